"""Rows for which a condition holds: the same of every kind, and no row crosses."""

import pytest

from custseg import frames
from custseg.rules import F

ROWS = [
    {"id": "a", "n": 3.0, "tier": "high"},
    {"id": "b", "n": None, "tier": "high"},
    {"id": "c", "n": 1.0, "tier": None},
    {"id": "d", "n": 5.0, "tier": "low"},
]
CONDITION = (F("n") > 2) & ~(F("tier") == "low")


@pytest.mark.parametrize("condition", [CONDITION, ~CONDITION, F("tier").is_missing()])
@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_engines_choose_what_records_choose(condition, kind):
    pl = pytest.importorskip("polars")
    lazy = pl.DataFrame(ROWS).lazy()
    if kind == "duckdb":
        held = lazy.collect()  # noqa: F841 - DuckDB finds it by its name
        lazy = pytest.importorskip("duckdb").sql("FROM held")
    with frames.crossings() as account:
        found = frames.table(frames.table(lazy).where(condition))
        assert found.columns == ("id", "n", "tier")
        assert found.lazy
    assert account == []
    chosen = frames.table(ROWS).where(condition)
    assert sorted(found.values("id").words) == sorted(row["id"] for row in chosen)


def test_a_condition_on_a_column_that_is_not_there_is_refused():
    with pytest.raises(KeyError, match="nn"):
        frames.table(ROWS).where(F("nn") > 2)


def test_nothing_chosen_keeps_the_columns():
    pd = pytest.importorskip("pandas")
    found = frames.table(pd.DataFrame(ROWS)).where(F("n") > 9)
    assert list(found.columns) == ["id", "n", "tier"]
    assert len(found) == 0
