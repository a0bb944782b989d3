"""Customers who stay in their engine: counted by class, shared out as counts, placed there."""
