import pytest

import custseg as cs
from custseg.classify import Membership

BUYER = {
    "frequency": 10.0,
    "tenure_days": 1000.0,
    "gap_mean_days": 100.0,
    "gap_cv": 0.8,
    "average_order": 100.0,
    "refunds": 0.0,
    "revenue": 1000.0,
    "categories": 3.0,
}


@pytest.mark.parametrize(
    ("changed", "group"),
    [
        ({"frequency": 0}, "not_bought"),
        ({"frequency": 1, "gap_mean_days": None, "gap_cv": None}, "one_off"),
        ({"frequency": 2, "gap_mean_days": None, "gap_cv": None}, "occasional"),
        ({}, "occasional"),
        ({"frequency": 10, "tenure_days": 300}, "frequent"),
        ({"frequency": 10, "tenure_days": 301}, "occasional"),
        ({"frequency": 2, "tenure_days": 5, "gap_mean_days": None}, "occasional"),  # too few
        ({"frequency": 3, "gap_mean_days": 365, "gap_cv": 0.1}, "seasonal"),
        ({"frequency": 3, "gap_mean_days": 365, "gap_cv": 0.5}, "occasional"),
        ({"frequency": 3, "gap_mean_days": 180, "gap_cv": 0.1}, "occasional"),
        ({"frequency": None}, "unknown"),
        ({"tenure_days": None}, "unknown"),
    ],
)
def test_purchase_behaviour(changed, group):
    model = Membership.preset("purchase_behaviour").fit([])
    assert model.one(BUYER | changed)["purchase_behaviour"] == group


def test_a_share_of_the_season_of_ones_own():
    model = Membership.preset("purchase_behaviour", season_share="q4").fit([])
    found = {
        (share, tenure): model.one(BUYER | {"q4": share, "tenure_days": tenure})
        for share in (0.6, 0.5, None)
        for tenure in (730, 729)
    }
    seasonal = [key for key, row in found.items() if row["purchase_behaviour"] == "seasonal"]
    assert seasonal == [(0.6, 730)]


def test_the_behaviour_of_histories():
    """From purchases to the group, by the profile."""
    days = {
        "monthly": [f"2025-{m:02d}-05" for m in range(1, 13)],
        "each September": ["2022-09-20", "2023-09-12", "2024-09-15", "2025-09-10"],
        "once": ["2025-03-01"],
        "now and then": ["2024-01-10", "2024-09-01", "2025-10-07"],
    }
    orders = [
        {"customer_id": who, "paid_at": day, "amount": 50} for who in days for day in days[who]
    ]
    people = cs.profile(transactions=orders, as_of="2025-12-20")
    model = Membership.preset("purchase_behaviour").fit(people)
    found = {row["customer_id"]: row["purchase_behaviour"] for row in model.apply(people)}
    assert found == {
        "monthly": "frequent",
        "each September": "seasonal",
        "once": "one_off",
        "now and then": "occasional",
    }


@pytest.mark.parametrize(
    ("changed", "group"),
    [
        ({}, "no_habit_seen"),
        ({"frequency": None}, "unknown"),
        ({"frequency": 0}, "not_bought"),
        ({"frequency": 2}, "few_purchases"),
        ({"refunds": 429}, "returns_often"),  # 429 of 1429 came back
        ({"refunds": 428}, "no_habit_seen"),
        ({"refunds": 0, "revenue": 0}, "no_habit_seen"),
        ({"average_order": 500}, "big_basket"),
        ({"average_order": 49, "tenure_days": 300}, "small_frequent"),
        ({"average_order": 49}, "no_habit_seen"),
        ({"categories": 1}, "one_category"),
        ({"categories": 5}, "many_categories"),
        ({"gap_cv": 0.3}, "like_clockwork"),
    ],
)
def test_consumption_habits(changed, group):
    model = Membership.preset("consumption_habit", big_order=500, small_order=50).fit([])
    assert model.one(BUYER | changed)["consumption_habit"] == group


def test_habits_overlap():
    spec = Membership.preset("consumption_habit", big_order=500, match="all")
    found = spec.fit([]).one(BUYER | {"average_order": 900, "categories": 1, "gap_cv": None})
    flags = {k.removeprefix("consumption_habit_"): v for k, v in found.items() if k not in BUYER}
    assert flags == {
        "unknown": 0,
        "not_bought": 0,
        "few_purchases": 0,
        "returns_often": 0,
        "big_basket": 1,
        "one_category": 1,
        "many_categories": 0,
        "like_clockwork": None,
    }


def test_columns_of_other_names():
    model = Membership.preset("purchase_behaviour", names={"frequency": "次数"}).fit([])
    assert "次数" in model.needs
    assert "frequency" not in model.needs
