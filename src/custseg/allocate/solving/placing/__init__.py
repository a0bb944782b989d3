"""Whole customers under hard limits: moves, exchanges, and who is left out."""
