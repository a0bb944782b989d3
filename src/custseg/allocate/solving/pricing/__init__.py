"""The prices of limits: the smoothed dual, and what a pair is worth under them."""
