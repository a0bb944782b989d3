"""Everybody given a representative: locks, families, classes and the rest by the solver."""
