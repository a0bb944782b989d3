"""Which customer stays which: ids that last while records come, change and go."""
