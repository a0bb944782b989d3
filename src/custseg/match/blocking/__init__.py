"""Which pairs of records are worth comparing."""
