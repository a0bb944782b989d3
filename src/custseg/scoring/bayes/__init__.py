"""Counts of won and lost by what was known, and the card that they make."""
