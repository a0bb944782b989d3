"""Transactions as a value that lasts: grouped by day, merged with what came later, kept."""
