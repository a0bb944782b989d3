"""Which rules hold of each row of a table? Asked once of each combination."""
