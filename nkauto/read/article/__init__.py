"""An article's text -> its figures, with unit, denominator and place."""
