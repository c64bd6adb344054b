"""An article's text -> its figures, with unit, denominator and place; ``nkauto.read.figures`` is the door.

The walk: ``text`` makes the article ready, ``openings`` and ``scan`` find where numbers may begin, ``dates`` turns
away what is no figure, ``numbers`` reads one figure with ``signs`` before and ``words`` behind it. Numbers that
need their neighbours come next (``ranges``, ``shared``, ``compared``, ``headed``, ``partitive``,
``bare_rates``), then which money it is (``won``, ``won_rates``, ``money``), then what each price is for
(``prices``, with ``cues``, ``beside``, ``told``, ``wares``, ``follows``, ``carried``, ``reckoned``,
``modified``; and ``quantities``). ``prose`` gives the words of all of them.
"""
