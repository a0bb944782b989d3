"""What each level of likeness is worth, learnt from the records themselves."""
