"""The customer value matrix: purchases by average purchase, each cut at its mean.

Source: Marcus 1998, "A practical yet meaningful approach to customer segmentation", Journal of
Consumer Marketing 15(5): best (often and much), frequent, spender (seldom but much), uncertain.
"""

from collections import Counter, defaultdict

import pytest

import custseg as cs
from custseg.tiering import Thresholds, TierPlan


@pytest.fixture(scope="module")
def customers():
    days, money = defaultdict(set), Counter()
    for row in cs.datasets.cdnow():
        days[row["customer_id"]].add(row["date"])
        money[row["customer_id"]] += round(100 * row["amount"])
    return [
        {"frequency": len(d), "average_order": money[key] / 100 / len(d)} for key, d in days.items()
    ]


def test_the_four_quadrants_on_cdnow(customers):
    means = [
        sum(row[name] for row in customers) / len(customers)
        for name in ("frequency", "average_order")
    ]
    plan = TierPlan.preset(
        "marcus",
        Thresholds((means[0],)),
        value="frequency",
        potential="average_order",
        potential_cutter=Thresholds((means[1],)),
    )
    found = Counter(row["tier"] for row in plan.fit(customers).apply(customers))
    by_hand = Counter(
        {(1, 1): "best", (1, 0): "frequent", (0, 1): "spender", (0, 0): "uncertain"}[
            row["frequency"] >= means[0], row["average_order"] >= means[1]
        ]
        for row in customers
    )
    assert found == by_hand
    assert sum(found.values()) == 2357
    assert set(found) == {"best", "frequent", "spender", "uncertain"}
