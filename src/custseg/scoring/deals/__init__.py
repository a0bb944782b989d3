"""Which leads and deals to work on today: chances to win, expected value, what is stuck."""
