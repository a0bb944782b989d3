"""Is this new record somebody we have? One record against all, in a moment."""
