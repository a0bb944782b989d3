"""Territories: a tree of areas, in which a customer lies, and who covers it."""
