"""Sharing out under limits on value, hours and more, whole or in pieces."""
