"""Customers of a pool as the tests tell them: what is said, and the rest as usual."""

from datetime import date, timedelta

NOW = date(2026, 6, 30)
TEAM = [
    {"rep_id": "A", "team": "x", "department": "sales", "places": 2},
    {"rep_id": "B", "team": "x", "department": "shop", "places": None},
    {"rep_id": "boss", "team": None, "department": None, "places": 9},
]


def ago(days):
    return NOW - timedelta(days)


def customer(**told):
    usual = {"customer_id": 1, "owner": "A", "received_at": ago(500), "last_follow_up": None}
    return {**usual, "won": 0, "open_opportunities": 0, "locked": 0, "tier": "low", **told}


def found(sea, **told):
    """State and reason of one customer."""
    (row,) = sea.recycle([customer(**told)], NOW).table
    return row["pool_state"], row["pool_reason"]
