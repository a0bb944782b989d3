"""Tiers over time: reviews that keep calm, windows for the value, policies tried on history."""
