"""What returns to the pool on which day, and what will."""
