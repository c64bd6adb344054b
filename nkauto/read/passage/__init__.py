"""What a text says around its figures: sentences, goods, places, moneys, rates.

``passage`` puts each figure in its place; the others each answer one question about it.
"""
