"""How good the data is, what to mend first, and what is to be verified again."""
