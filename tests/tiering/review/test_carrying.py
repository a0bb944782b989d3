import pandas as pd
import polars as pl
import pytest

from custseg.errors import DataError, MissingColumnError
from custseg.tiering import Calm, Cuts, Retier, carried

MODEL = Retier(Cuts((100.0,)), Calm(grace=1)).fit()
FIRST = [{"customer_id": name, "revenue": x} for name, x in (("a", 500), ("b", 20), ("c", 120))]
LATER = [{"customer_id": name, "revenue": x} for name, x in (("d", 40), ("c", 60), ("a", 700))]
KINDS = [
    pytest.param(make, id=name)
    for name, make in {
        "records": list,
        "pandas": pd.DataFrame,
        "polars": pl.DataFrame,
        "lazy": pl.LazyFrame,
    }.items()
]


def listed(table):
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    return table if isinstance(table, list) else pl.DataFrame(table).to_dicts()


@pytest.mark.parametrize("before", KINDS)
@pytest.mark.parametrize("now", KINDS)
def test_what_was_said_of_each_customer_is_found_again(before, now):
    reviewed = MODEL.on("2026-03-31").apply(before(FIRST))
    table = carried(now(LATER), reviewed)
    assert type(table) is type(now(LATER))
    rows = {row["customer_id"]: row for row in listed(MODEL.on("2026-06-30").apply(table))}
    assert list(rows) == ["d", "c", "a"]
    moves = {name: (row["tier"], row["tier_move"]) for name, row in rows.items()}
    assert moves == {"d": ("low", "new"), "c": ("high", "same"), "a": ("high", "same")}
    assert rows["c"]["tier_reason"] == "kept_grace"
    assert rows["c"]["tier_below"] == 1.0


def test_nobody_before_means_nothing_is_remembered():
    table = carried(LATER, [{"customer_id": "x", "tier": "high"}])
    assert [row["tier_previous"] for row in table] == [None] * 3
    assert carried([], MODEL.on("2026-03-31").apply(FIRST)) == []


def test_a_row_without_an_id_has_no_past():
    table = carried([{"customer_id": None, "revenue": 5}], MODEL.on("2026-03-31").apply(FIRST))
    assert table[0]["tier_previous"] is None


def test_two_rows_of_one_customer_are_refused():
    twice = MODEL.on("2026-03-31").apply([*FIRST, FIRST[0]])
    with pytest.raises(DataError, match="1 rows of the last review repeat a customer"):
        carried(LATER, twice)


def test_ids_of_another_type_are_refused():
    with pytest.raises(DataError, match="same type"):
        carried([{"customer_id": 7, "revenue": 5}], MODEL.on("2026-03-31").apply(FIRST))


def test_a_table_that_is_no_review_is_refused():
    with pytest.raises(MissingColumnError, match="tier"):
        carried(LATER, FIRST)
