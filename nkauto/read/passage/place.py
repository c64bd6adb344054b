"""To which place a figure was written: 0.01 for ``$1.76``, 100,000 for ``2.4 million``."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from nkauto.core.figure import Figure

_ONE = Decimal(1)
_POWERS = (0, 3, 4, 6, 8, 9, 12, -2, -1, 1, 2, 5, 7, 10, 11, 13, 14, 15, 16, -3, -4)
"""Powers of ten that a number may be multiplied by, the commonest first."""
_NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")


def place(figure: Figure) -> Decimal:
    """Return the place that a figure was written to: 0.01 for ``$1.76``, 100,000 for ``2.4 million``, 1 for words.

    Zeros at the end of decimals only write money out: ``$1.50`` stands for 1.5, but ``3.0 times`` for 2.95-3.05.
    """
    literals = _NUMBER.findall(figure.span)
    high = figure.high
    exponent = high.normalize().as_tuple().exponent
    plain = _ONE if not isinstance(exponent, int) or exponent >= 0 else _ONE.scaleb(exponent)
    if not literals or not high:
        return plain
    digits = literals[-1].replace(",", "").replace("，", "").replace("．", ".")
    value = Decimal(digits)
    if not value:
        return plain
    whole, _, decimals = digits.partition(".")
    for power in _POWERS:
        unit = _ONE.scaleb(power)
        rest = high - value * unit
        if rest == 0 or (rest > 0 and Fraction(rest) % Fraction(unit.scaleb(len(whole))) == 0):
            if figure.unit == "%" and power == 1:
                return unit / 2  # 4割 is nearer to 40 % than to 4割5分
            written = decimals if figure.unit in ("%", "x") else decimals.rstrip("0")
            return unit.scaleb(-len(written))
    return plain
