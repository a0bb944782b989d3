"""One record of several: whose value survives, where it comes from, and how it is undone."""
