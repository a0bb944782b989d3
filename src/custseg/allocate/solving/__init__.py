"""Customers shared out: exact, by classes, by hash, greedy."""
