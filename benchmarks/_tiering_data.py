"""Made-up customers for the benchmarks of tiering."""

import numpy as np

QUICK, USUAL, LARGE = 100_000, 1_000_000, 10_000_000


def spend(many):
    return {"spent": np.random.default_rng(1).lognormal(4, 1.2, many).round(2)}


def measures(many):
    rng = np.random.default_rng(2)
    return {
        "recency": np.minimum(rng.exponential(120, many).astype(np.int64), 720),
        "frequency": rng.geometric(0.45, many),
        "money": rng.lognormal(4, 1.2, many).round(2),
    }


def orders(customers, many):
    rng = np.random.default_rng(3)
    day = np.datetime64("2024-07-01") + rng.integers(0, 730, many)
    return {
        "customer_id": rng.integers(0, customers, many),
        "transaction_date": day.astype("datetime64[s]"),
        "unit_spend": rng.lognormal(3, 1, many).round(2),
        "transaction_id": np.arange(many),
    }


def tiers(many):
    rng = np.random.default_rng(4)
    before = rng.choice(3, many, p=[0.6, 0.3, 0.1])
    after = np.clip(before + rng.choice([-1, 0, 1], many, p=[0.1, 0.8, 0.1]), 0, 2)
    return {"tier_previous": before, "tier": after}


def reviews(many):
    rng = np.random.default_rng(5)
    since = np.datetime64("2025-07-01") + rng.integers(0, 300, many)
    before = rng.choice(3, many, p=[0.5, 0.4, 0.1])
    return {
        "spent": rng.lognormal(5, 1.5, many).round(2),
        "tier_previous": np.array(["low", "medium", "high"])[before],
        "tier_since_previous": since.astype("datetime64[s]"),
    }
