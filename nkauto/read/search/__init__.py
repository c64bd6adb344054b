"""Claims found by what computes: formulas over near figures, believed where chance would hardly have met them."""
