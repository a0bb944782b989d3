"""Signals of who goes well with whom: what both sides said, and results."""
