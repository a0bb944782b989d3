"""Which moves: within a budget, in chains and rings, by day, and how many are forced."""
