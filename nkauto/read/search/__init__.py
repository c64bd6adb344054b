"""Claims found by what computes, believed where chance would hardly have met them.

Three searches are general: ``bases`` asks of which two near figures a percentage or a multiple follows (``scene``,
``pairs``, ``ties``, ``names``, ``wholes``, ``option``), ``convert`` of which amount at which rate a sum follows
(``sources``, ``rates``; ``bound`` what the form ties, ``contradicted`` what may be called wrong), and
``formulas`` what follows by its units alone (``operands``, ``shapes``, ``counts``).
``phrasings`` goes by whole sentences, which stand in tables (``phrasing``, ``phrased``): what they tell holds or is
wrong.
``open`` runs those for one form each and says what a text leaves undecided; ``settle`` brings all together with what
words told.
"""
