import itertools
import json

import numpy as np
import pytest
from hypothesis import given

import anygrid
import custseg as cs
import everykind
from custseg.classify import month_ends, transition_matrix
from custseg.classify.flows.matrix import FEW
from custseg.errors import ConfigError


def cdnow(dormant_after=90):
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    lifecycle = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after))
    return cs.classify.states_asof(log, month_ends("1997-03-31", "1998-06-30"), lifecycle)


@given(anygrid.grids())
def test_everybody_is_somewhere_in_every_step(grid):
    matrix = transition_matrix(grid)
    here = np.array([np.bincount(row + 1, minlength=7)[1:] for row in grid.states])
    for step, (was, now) in enumerate(itertools.pairwise(here)):
        assert np.array_equal(matrix.steps[step].sum(axis=1), was)
        assert np.array_equal(matrix.steps[step].sum(axis=0) + matrix.arrivals[step], now)
    assert np.array_equal(matrix.latest, here[-1])
    assert np.array_equal(matrix.totals, here[:-1].sum(axis=0))


@given(anygrid.grids())
def test_chances_are_shares_of_their_row_and_lie_in_their_intervals(grid):
    matrix = transition_matrix(grid)
    share, (low, high) = matrix.probabilities, matrix.intervals
    empty = matrix.totals == 0
    assert np.isnan(share[empty]).all()
    assert np.isnan(low[empty]).all()
    assert np.allclose(share[~empty].sum(axis=1), 1.0)
    assert (low[~empty] <= share[~empty]).all()
    assert (share[~empty] <= high[~empty]).all()
    assert set(matrix.few) == {
        s for s, n in zip(matrix.states, matrix.totals, strict=True) if n < FEW
    }


@given(anygrid.grids())
def test_two_dates_are_one_step(grid):
    ends = (grid.dates[0], grid.dates[-1])
    matrix = transition_matrix(grid, between=ends)
    assert matrix.dates == ends
    apart = transition_matrix(anygrid.grid(grid.states[[0, -1]], dates=ends))
    assert np.array_equal(matrix.steps, apart.steps)
    assert matrix.same_over_time is None
    assert matrix.memoryless is None


@given(anygrid.grids())
def test_it_is_data_and_text(grid):
    for by in ("state", "class"):
        matrix = transition_matrix(grid, by=by)
        told = json.loads(json.dumps(matrix.as_dict(), allow_nan=False))
        assert told["counts"] == matrix.counts.tolist()
        assert len(told["warnings"]) == len(matrix.warnings)
        for locale in ("en", "zh"):
            assert "{" not in matrix.text(locale)
        assert matrix._repr_html_().startswith("<table>")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_table_is_of_the_callers_kind(kind):
    like = everykind.as_table(kind, [{"customer_id": "a"}], {"customer_id": "text"})
    grid = anygrid.grid([[-1, 0, 1], [0, 1, 1]], ("active", "dormant"), like=like)
    rows = everykind.as_records(transition_matrix(grid).table)
    told = {(row["from"], row["to"]): row for row in rows}
    assert told["active", "dormant"]["customers"] == told["active", "dormant"]["of"] == 1
    assert told["active", "active"]["probability"] == 0.0
    assert told[None, "active"]["customers"] == 1  # who came, apart from the matrix
    assert len(rows) == 6
    assert sum(row["customers"] for row in rows) == 3


def test_a_row_of_nobody_is_unknown_not_zero():
    grid = anygrid.grid([[1], [1]], ("active", "dormant"))
    matrix = transition_matrix(grid)
    row = next(r for r in matrix.table if r["from"] == "active" and r["to"] == "dormant")
    assert row["of"] == 0
    assert row["probability"] is row["low"] is row["high"] is None


def test_what_speaks_against_it_is_said():
    grid = cdnow()
    warned = {reason.code: reason for reason in transition_matrix(grid).warnings}
    assert set(warned) == {"moves_change", "moves_remember"}
    assert "p < 0.001" in warned["moves_change"].text()
    assert warned["moves_remember"].settings["misplaced"].endswith("%")
    some = anygrid.grid(
        [[0] * 5, [0] * 5, [0] * 5],
        dates=(*month_ends("2025-01-01", "2025-02-28"), anygrid.date(2025, 12, 31)),
    )
    warned = transition_matrix(some).warnings
    assert [reason.code for reason in warned] == ["uneven_steps", "few_moves"]
    assert warned[0].settings == {"shortest": 28, "longest": 306}
    assert "潜在客户" in warned[1].text("zh")


def test_months_are_even_enough():
    codes = [reason.code for reason in transition_matrix(cdnow()).warnings]
    assert "uneven_steps" not in codes


def test_cdnow_moves_are_those_of_pandas():
    import pandas as pd

    grid = cdnow()
    frame = pd.DataFrame(grid.states, index=pd.Index(grid.dates)).T
    pooled = sum(
        pd.crosstab(frame[a], frame[b]).reindex(index=range(3), columns=range(3), fill_value=0)
        for a, b in zip(grid.dates[:-1], grid.dates[1:], strict=True)
    )
    assert np.array_equal(transition_matrix(grid).counts, pooled.to_numpy())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "tier"}, "by: must be"),
        ({"level": 2}, "level: must"),
        ({"between": ("x", "y")}, "between"),
    ],
)
def test_impossible_questions_are_refused(asked, said):
    with pytest.raises(ConfigError, match=said):
        transition_matrix(anygrid.grid([[0], [0]]), **asked)


def test_nobody_at_all_makes_an_empty_matrix():
    matrix = transition_matrix(anygrid.grid(np.empty((3, 0), dtype=np.int8)))
    assert not matrix.counts.any()
    assert matrix.warnings == ()
    assert matrix.stationary() is None
    assert matrix.text().splitlines()[0].startswith("from / to")


@given(anygrid.grids())
def test_states_that_were_seen_are_those_on_any_of_the_dates(grid):
    matrix = transition_matrix(grid)
    met = {int(place) for place in np.unique(grid.states) if place >= 0}
    assert set(matrix.seen) == ({*met} if len(grid.dates) > 1 else set())
