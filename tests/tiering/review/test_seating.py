from datetime import date

import pandas as pd
import polars as pl
import pytest

from custseg.errors import ConfigError, MissingColumnError
from custseg.tiering import ByHand, Calm, Cuts, Retier, Seats

MODEL = Retier(Cuts((100.0, 1000.0)), Calm(lock="6 months", cooldown=30)).fit().on("2026-06-30")


def people(*said):
    return [
        {
            "customer_id": name,
            "revenue": revenue,
            "tier_previous": tier,
            "tier_since_previous": date(2025, 1, 1) if tier else None,
        }
        for name, revenue, tier in said
    ]


def seated(rows, seats, model=MODEL):
    told = Seats(seats).seat(model, model.apply(rows))
    return {row["customer_id"]: row for row in told}


def tiers(rows, seats):
    return {name: row["tier"] for name, row in seated(rows, seats).items()}


def test_incumbents_come_first_then_the_value():
    rows = people(("old", 1001, "high"), ("new", 9000, "medium"), ("next", 8000, "medium"))
    assert tiers(rows, {"high": 2}) == {"old": "high", "new": "high", "next": "medium"}


def test_a_tie_at_the_last_seat_keeps_all_of_it_out():
    rows = people(("a", 9000, "low"), ("b", 5000, "low"), ("c", 5000, "low"))
    for turned in (rows, rows[::-1], [rows[1], rows[0], rows[2]]):
        assert tiers(turned, {"high": 2}) == {"a": "high", "b": "medium", "c": "medium"}
    assert tiers(rows, {"high": 3}) == dict.fromkeys("abc", "high")


def test_a_promotion_without_a_seat_has_not_been():
    said = seated(people(("a", 9000, "high"), ("b", 5000, "medium")), {"high": 1})["b"]
    assert (said["tier"], said["tier_move"], said["tier_reason"]) == ("medium", "same", "no_seat")
    assert said["tier_since"] == date(2025, 1, 1)
    assert said["tier_locked_until"] is None
    assert said["needed_for_next"] == 0.0


def test_from_two_tiers_below_one_goes_as_far_as_there_are_seats():
    said = seated(people(("a", 9000, "high"), ("b", 5000, "low")), {"high": 1})["b"]
    assert (said["tier"], said["tier_move"]) == ("medium", "up")
    assert said["tier_since"] == date(2026, 6, 30)


def test_too_many_incumbents_lose_by_value():
    rows = people(("a", 9000, "high"), ("b", 5000, "high"), ("c", 5000, "high"))
    said = seated(rows, {"high": 2})
    assert [row["tier"] for row in said.values()] == ["high", "medium", "medium"]
    assert said["b"]["tier_move"] == "down"
    assert said["b"]["tier_demoted"] == date(2026, 6, 30)


def test_several_limits_go_from_the_top():
    rows = people(*((f"c{i}", 9000 - i, None) for i in range(5)))
    assert list(tiers(rows, {"high": 1, "medium": 3}).values()) == [
        "high",
        "medium",
        "medium",
        "low",
        "low",
    ]


def test_who_is_kept_without_a_value_comes_last_among_the_incumbents():
    rows = people(("a", None, "high"), ("b", 1000, "high"))
    assert tiers(rows, {"high": 1}) == {"a": "medium", "b": "high"}


def test_a_tier_by_hand_has_its_seat():
    model = Retier(Cuts((100.0,)), Calm(by_hand=ByHand())).fit().on("2026-06-30")
    rows = [
        {"customer_id": "a", "revenue": 5, "tier_override": "high"},
        {"customer_id": "b", "revenue": 5000, "tier_override": None},
    ]
    said = seated(rows, {"high": 1}, model)
    assert [row["tier"] for row in said.values()] == ["high", "low"]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_frames_are_seated_alike(make):
    rows = people(("a", 9000, "low"), ("b", 5000, "low"), ("c", 5000, "low"))
    said = Seats({"high": 2}).seat(MODEL, MODEL.apply(make(rows)))
    assert type(said) is type(make(rows))
    assert list(said["tier"]) == ["high", "medium", "medium"]


def test_no_seats_and_seats_for_all():
    rows = people(("a", 9000, "high"), ("b", 10, "low"))
    assert tiers(rows, {"high": 0}) == {"a": "medium", "b": "low"}
    assert Seats({"high": 9}).seat(MODEL, MODEL.apply(rows)) == MODEL.apply(rows)
    assert Seats({"high": 9}).seat(MODEL, []) == []


def test_impossible_seats_are_refused():
    with pytest.raises(ConfigError, match="0 seats or more"):
        Seats({"high": -1})
    with pytest.raises(ConfigError, match="0 seats or more"):
        Seats({})
    for tier in ("low", "vip"):
        with pytest.raises(ConfigError, match="can be limited are"):
            Seats({tier: 1}).seat(MODEL, MODEL.apply(people(("a", 5, None))))
    with pytest.raises(MissingColumnError, match="tier"):
        Seats({"high": 1}).seat(MODEL, people(("a", 5, None)))


def test_who_loses_its_seat_is_forgiven_anew_in_the_tier_below():
    """Two forgiven reviews as high are none as medium: the next review forgives the first."""
    model = Retier(Cuts((100.0, 1000.0)), Calm(grace=2, grace_for=200)).fit().on("2026-06-30")
    past = {"tier_below_previous": 1.0, "tier_below_since_previous": date(2026, 3, 31)}
    rows = people(("a", 9000, "high"), ("b", 50, "high"))
    said = seated([rows[0], {**rows[1], **past}], {"high": 1}, model)["b"]
    assert (said["tier"], said["tier_below"], said["tier_below_since"]) == ("medium", 0.0, None)
    kept = seated([rows[0], {**rows[1], **past}], {"high": 2}, model)["b"]
    assert (kept["tier"], kept["tier_below"]) == ("high", 2.0)
