from datetime import date

import pytest

from custseg.allocate import DealColumns, Results, review, with_results
from custseg.errors import ConfigError, MissingColumnError
from everykind import KINDS, as_records, as_table

DAY = "2026-06-30"
KIND_OF = {
    "rep_id": "text",
    "stage": "text",
    "amount": "number",
    "closed_at": "text",
    "satisfaction": "number",
}
DEALS = [
    dict(zip(KIND_OF, row, strict=True))
    for row in [
        ("R1", "Won", 100.0, "2026-06-30", 5.0),
        ("R1", "won", None, "2026-05-01", None),
        ("R1", " LOST ", 70.0, "2026-05-01", 2.0),
        ("R1", "won", 999.0, "2026-07-01", 1.0),
        ("R1", "won", 999.0, None, 1.0),
        ("R1", "proposal", 999.0, "2026-05-01", 1.0),
        ("R2", "lost", 5.0, "2026-01-01", None),
        ("R9", "won", 5.0, "2026-01-01", 4.0),
        (None, "won", 5.0, "2026-01-01", 4.0),
    ]
]
TEAM = [{"rep_id": "R2"}, {"rep_id": "R1"}, {"rep_id": "R3"}]
TOLD = {
    "R1": {"won": 2, "lost": 1, "closed": 3, "revenue_won": 100.0, "won_with_amount": 1}
    | {"satisfaction": 3.5, "surveys": 2},
    "R2": {"won": 0, "lost": 1, "closed": 1, "revenue_won": 0.0, "won_with_amount": 0}
    | {"satisfaction": None, "surveys": 0},
    "R3": {"won": 0, "lost": 0, "closed": 0, "revenue_won": 0.0, "won_with_amount": 0}
    | {"satisfaction": None, "surveys": 0},
}


@pytest.mark.parametrize("kind", KINDS)
def test_counted_up_to_the_day_from_any_kind_of_table(kind):
    found = with_results(TEAM, as_table(kind, DEALS, KIND_OF), DAY)
    assert {row.pop("rep_id"): row for row in found} == TOLD


@pytest.mark.parametrize("kind", KINDS)
def test_the_team_comes_back_as_its_kind(kind):
    found = with_results(as_table(kind, TEAM, {"rep_id": "text"}), DEALS, DAY)
    assert [row["closed"] for row in as_records(found)] == [1, 3, 0]


def test_the_order_of_rows_changes_nothing():
    deals = [
        {"rep_id": "R1", "stage": "won", "amount": x, "closed_at": DAY} for x in (0.1, 0.2, 1e9)
    ]
    one, other = with_results(TEAM, deals, DAY), with_results(TEAM, deals[::-1], DAY)
    assert one == other


def test_words_and_columns_of_your_own():
    names = DealColumns(rep_id="agent", stage="state", closed_at="day", won="赢单", lost="输单")
    deals = [{"agent": 7, "state": "赢单", "day": date(2026, 6, 30)}]
    [rep] = with_results([{"rep": 7}], deals, DAY, rep_id="rep", names=names)
    assert rep == {"rep": 7, "won": 1, "lost": 0, "closed": 1}


def test_words_that_are_both_are_refused():
    with pytest.raises(ConfigError, match="words for won"):
        DealColumns(won="done", lost="Done")
    with pytest.raises(MissingColumnError):
        with_results(TEAM, [{"rep_id": "R1", "stage": "won"}], DAY)


def test_nobody_on_one_side():
    assert with_results([], DEALS, DAY) == []
    assert [row["closed"] for row in with_results(TEAM, DEALS[:0], DAY, names=None)] == [0, 0, 0]


def test_a_review_and_the_wish_read_it():
    team = with_results(TEAM, DEALS, DAY)
    found = review([{"customer_id": 1, "owner": "R1"}], team, DAY)
    assert set(found.of("R1").results) == {"won/closed", "revenue_won/won", "satisfaction"}
    assert set(Results().rep_needs) <= set(team[0])
