"""Between sources: the records of several tables that are one customer."""
