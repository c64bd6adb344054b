"""Claims told in words: conversions, changes, ratios, sums, and what a wage buys."""
