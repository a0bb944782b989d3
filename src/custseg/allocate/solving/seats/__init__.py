"""Who sits where: the book, groups with the same choices, who is served, even loads."""
