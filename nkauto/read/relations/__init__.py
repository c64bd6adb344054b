"""Claims told in words: conversions, changes, ratios, sums, and what a wage buys; ``nkauto.read.claims`` is the door.

``words`` and ``drafts`` serve every kind. Conversions: ``links``, ``quote``, ``quotes``, ``rates``, ``hinted``,
``agree``, ``noughts``, ``reform``, brought together by ``convert``. Changes and ratios: ``multiple`` reads the
percentage, ``operands``, ``shares``, ``scope`` find its two figures, ``senses`` what it comes to, brought together by
``change``; ``gaps``, ``steps``, ``parts``, ``parts_of`` and ``levels`` beside them. Sums and products:
``total``, ``product``, ``measures``. What words tell outright (``told``): ``each``,
``compared``, ``two_times``, ``rests``, ``levels_told``. What speaks against calling a
claim wrong: ``rivals``, ``another`` and, last of all, ``acquitted``.
"""
