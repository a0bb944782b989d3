import datetime as dt

import numpy as np
import pytest

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError
from custseg.tiering import (
    Bars,
    Calm,
    Cuts,
    Retier,
    ValueHistory,
    carried,
    tier_history,
    values_at,
)

VALUES = {
    "a": (90.0, 130.0, 95.0, 60.0),
    "b": (None, 500.0, 2000.0, 900.0),
    "c": (10.0, 10.0, 10.0, 10.0),
}
DAYS = ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30")
ROWS = [
    {"customer_id": who, "as_of": day, "revenue": value}
    for who, values in VALUES.items()
    for day, value in zip(DAYS, values, strict=True)
    if value is not None
]
KINDS = {"customer_id": "text", "as_of": "text", "revenue": "number"}
POLICY = Retier(Cuts((100.0, 1000.0)), Calm(bars=Bars(keep=0.8)))


def told(kind="records"):
    return tier_history(ValueHistory.of(everykind.as_table(kind, ROWS, KINDS)), POLICY)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_changes_and_the_last_review_in_every_kind_of_table(kind):
    found = told(kind)
    moved = everykind.as_records(found.changes)
    said = [(row["customer_id"], str(row["as_of"])[:10], row["from"], row["to"]) for row in moved]
    assert sorted(said, key=str) == [
        ("a", "2026-01-31", None, "low"),
        ("a", "2026-02-28", "low", "medium"),
        ("a", "2026-04-30", "medium", "low"),
        ("b", "2026-02-28", None, "medium"),
        ("b", "2026-03-31", "medium", "high"),
        ("c", "2026-01-31", None, "low"),
    ]
    last = {row["customer_id"]: row["tier"] for row in everykind.as_records(found.table)}
    assert last == {"a": "low", "b": "high", "c": "low"}


def test_counts_and_moves_of_each_review():
    found = told()
    assert found.counts.tolist() == [[2, 0, 0], [1, 2, 0], [1, 1, 1], [2, 0, 1]]
    assert found.as_dict()["moves"] == [[0, 0, 2], [1, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert found.moves.pooled.counts.sum() == 8  # 2, 3 and 3 customers had a tier before
    assert "2026-04-30" in found.text("zh")


def test_between_two_reviews_the_money_adds_up():
    moves = told().between("2026-01-31", dt.date(2026, 4, 30))
    assert moves.moved == {"entered": 1, "up": 0, "stayed": 2, "down": 0, "left": 0}
    assert moves.bridge is not None
    assert (moves.bridge.before, moves.bridge.after) == (100.0, 970.0)


def test_a_day_without_a_review_is_refused():
    with pytest.raises(ConfigError, match="no review on 2026-02-01"):
        told().at("2026-02-01")


def test_one_night_after_another_is_the_same():
    """What a company does: review, keep the table, bring it to the next review."""
    rng = np.random.default_rng(3)
    calm = Calm(bars=Bars(keep=0.8), grace=1, cooldown="2 months", min_tenure="2 months")
    policy = Retier(Cuts((80.0, 150.0)), calm)
    values = rng.lognormal(4.5, 0.6, size=(6, 50)).round(2)
    days = [f"2026-0{month}-28" for month in range(1, 7)]
    rows = [
        {"customer_id": i, "as_of": day, "revenue": float(values[at, i])}
        for at, day in enumerate(days)
        for i in range(50)
    ]
    whole = tier_history(ValueHistory.of(rows), policy)
    kept = None
    for day in days:
        tonight = [row for row in rows if row["as_of"] == day]
        kept = policy.fit().apply(tonight if kept is None else carried(tonight, kept))
        said = [row["tier"] for row in kept]
        assert said == [row["tier"] for row in whole.at(day)]
    july = [{**row, "as_of": "2026-07-28"} for row in tonight]
    later, again = carried(july, kept), carried(july, whole.table)
    assert policy.fit().apply(later) == policy.fit().apply(again)


def test_ids_come_back_as_they_went_in():
    log = cs.TransactionLog.of(
        [{"customer_id": "007", "at": "2026-01-10", "amount": 500}], cs.Names(at="at")
    )
    found = tier_history(values_at(log, ["2026-01-31"]), POLICY)
    assert [row["customer_id"] for row in found.table] == ["007"]


@pytest.mark.parametrize("rows", [[], [{"customer_id": None, "as_of": DAYS[0], "revenue": 5.0}]])
def test_a_history_without_a_review_is_refused_by_name(rows):
    history = ValueHistory.of(rows)
    assert history.values.size == history.first.size == 0
    with pytest.raises(DataError, match="no review in this history"):
        tier_history(history, POLICY)


def test_what_is_no_policy_is_refused():
    with pytest.raises(ConfigError, match="got Calm"):
        tier_history(ValueHistory.of(ROWS), Calm())
