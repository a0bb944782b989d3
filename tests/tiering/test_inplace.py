"""A table in an engine keeps its rows while it is cut, and the answer is the one in memory."""

import duckdb
import numpy as np
import polars as pl
import pytest

import everykind
from custseg.errors import DataError, MissingColumnError, NotEnoughDataError
from custseg.frames import crossings
from custseg.tiering import HeadTail, Pareto, Quantiles, Quota, TierPlan, fitted

NEEDS = {"x": "number", "g": "text", "as_of": "text"}
SPENT = [*(round(abs(np.sin(i)) ** 9 * 5000, 2) for i in range(400)), -3.5, 0.0, 0.0, None]
ROWS = [{"x": x, "g": f"g{i % 2}", "as_of": "2026-06-30"} for i, x in enumerate(SPENT)]
CUTTERS = [
    Quantiles((0.2, 0.5, 0.9)),
    Quantiles((1 / 3,), "middle"),
    Quantiles((0.5,), "up"),
    Pareto(),
    Pareto((0.5,), "down"),
    Quota((150, 20)),
    Quota((0.2, 0.05), "up"),
    Quota((1000, 1)),
]


@pytest.mark.parametrize("kind", everykind.LAZY)
@pytest.mark.parametrize("cutter", CUTTERS, ids=str)
def test_cut_points_and_what_they_were_learnt_from_are_those_in_memory(kind, cutter):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        found = fitted(cutter, data, value="x")
    wanted = fitted(cutter, ROWS, value="x")
    assert (found, found.learnt) == (wanted, wanted.learnt)
    assert str(found.learnt.as_of) == "2026-06-30"
    assert all(one.sums for one in account)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_plan_of_a_lazy_table_fetches_no_row(kind):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        out = TierPlan(Pareto(), value="x").fit(data).apply(data)
    assert all(one.sums for one in account)
    assert type(out) is type(data)
    wanted = TierPlan(Pareto(), value="x").fit(ROWS).apply(ROWS)
    assert everykind.column(out, "tier") == [row["tier"] for row in wanted]


@pytest.mark.parametrize("kind", everykind.LAZY)
@pytest.mark.parametrize(
    ("cutter", "how"),
    [(HeadTail(), {}), (Pareto(), {"by": "g"}), (Pareto(), {"refunds": "own"})],
)
def test_groups_and_classes_apart_are_cut_there_too(kind, cutter, how):
    data = everykind.as_table(kind, ROWS, NEEDS)
    with crossings() as account:
        found = fitted(cutter, data, value="x", **how)
    assert found == fitted(cutter, ROWS, value="x", **how)
    assert all(one.sums for one in account)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_refusals_name_the_column_as_in_memory(kind):
    def of(*values):
        return everykind.as_table(kind, [{"x": v} for v in values], {"x": "number"})

    with pytest.raises(NotEnoughDataError, match=r"column 'x': no value .* \(1 rows, all missing"):
        fitted(Quantiles(), of(None), value="x")
    with pytest.raises(DataError, match="column 'x': 1 of 2 values are infinite"):
        fitted(Quota((1,)), of(1.0, np.inf), value="x")
    with pytest.raises(MissingColumnError):
        fitted(Pareto(), of(1.0), value="y")


def test_floats_that_are_no_money_are_summed_as_floats():
    frame = pl.LazyFrame({"x": [1 / 3, 2 / 3, 5.0]})
    assert fitted(Quota((1,)), frame, value="x").learnt.sums == pytest.approx((1.0, 5.0))


def test_a_day_column_that_holds_no_day_says_nothing():
    relation = duckdb.sql("SELECT 1.5 AS x, NULL::DATE AS as_of UNION ALL SELECT 2.5, NULL")
    assert fitted(Quantiles((0.5,)), relation, value="x").learnt.as_of is None
