"""Recency, frequency, monetary: scores, the segments that follow, and their figures."""
