"""How alike two values are, in a few levels."""
