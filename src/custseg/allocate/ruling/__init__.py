"""Which rule sends a customer where? Ordered conditions, compiled to one table."""
