"""Branch and bound over whole customers."""
