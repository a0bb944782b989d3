"""What changed in the tables, in order."""
