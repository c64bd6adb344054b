"""What a text says around its figures: sentences, goods, places, moneys, rates."""
