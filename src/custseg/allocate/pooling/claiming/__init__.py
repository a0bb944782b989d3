"""Who may claim, get, hand over, return and lock a customer."""
