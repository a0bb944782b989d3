import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

import anygrid
import custseg as cs
import everykind
from custseg.classify import STATES, growth_accounting
from custseg.errors import ConfigError, NotEnoughDataError

UNKNOWN = (None, "potential")


def by_hand(grid):
    """Each period's figures, customer by customer."""
    found = [
        dict.fromkeys(("start", "new", "resurrected", "churned", "end", "passed"), 0)
        for _ in grid.dates[1:]
    ]
    for life in anygrid.histories(grid):
        classes = [word and STATES[word] for word in life]
        for period, (was, now) in zip(found, pairwise(classes), strict=True):
            period["start"] += was == "active"
            period["end"] += now == "active"
            period["new"] += was in UNKNOWN and now == "active"
            period["resurrected"] += was == "dormant" and now == "active"
            period["churned"] += was == "active" and now != "active"
            period["passed"] += was in UNKNOWN and now == "dormant"
    return found


@given(anygrid.grids())
def test_it_is_what_one_counts_by_hand(grid):
    found = growth_accounting(grid)
    names = ("start", "new", "resurrected", "churned", "end", "passed")
    told = [
        dict(zip(names, row, strict=True))
        for row in zip(*(getattr(found, name).tolist() for name in names), strict=True)
    ]
    assert told == by_hand(grid)


@given(anygrid.grids())
def test_growth_adds_up(grid):
    found = growth_accounting(grid)
    assert np.array_equal(found.end, found.start + found.new + found.resurrected - found.churned)
    assert np.array_equal(found.retained, found.start - found.churned)
    assert np.array_equal(found.start[1:], found.end[:-1])
    low, high = found.churn_interval
    kept = found.start > 0
    assert (low[kept] <= found.churn[kept]).all()
    assert (found.churn[kept] <= high[kept]).all()
    assert found.retention[kept] == pytest.approx(1 - found.churn[kept])
    assert np.isnan(found.churn[~kept]).all()


@given(anygrid.grids())
def test_it_is_data_and_text(grid):
    found = growth_accounting(grid)
    told = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert told["end"] == found.end.tolist()
    assert told["money"] is None
    for locale in ("en", "zh"):
        assert len(found.text(locale).splitlines()) == len(grid.dates)
    assert found._repr_html_().startswith("<table>")


def test_nobody_lost_is_no_ratio():
    found = growth_accounting(anygrid.grid([[-1, 2, 4], [2, 2, 2]]))
    assert found.new.tolist() == found.resurrected.tolist() == [1]
    assert np.isnan(found.quick_ratio).all()
    assert " -  " in found.text()
    lost = growth_accounting(anygrid.grid([[-1, 2, 4], [2, 4, 2]]))
    assert lost.quick_ratio.tolist() == [2.0]


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_table_is_of_the_callers_kind(kind):
    like = everykind.as_table(kind, [{"customer_id": "a"}], {"customer_id": "text"})
    grid = anygrid.grid([[-1, 0], [0, 1], [0, 0]], ("active", "dormant"), like=like)
    rows = everykind.as_records(growth_accounting(grid, value=np.ones((3, 2))).table)
    assert [(row["new"], row["churned"], row["end"]) for row in rows] == [(1, 1, 1), (0, 0, 2)]
    assert [str(row["to_date"])[:10] for row in rows] == [d.isoformat() for d in grid.dates[1:]]
    assert [row["end_money"] for row in rows] == [1.0, 2.0]
    assert rows[0]["churn"] == 1.0


def test_one_date_is_no_period():
    with pytest.raises(NotEnoughDataError):
        growth_accounting(anygrid.grid([[0]]))
    with pytest.raises(ConfigError):
        growth_accounting(anygrid.grid([[0], [0]]), level=1.0)


def test_cdnow_in_quarters():
    """Everybody came in the first quarter, so growth is what comes back and what goes."""
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    days = cs.classify.period_ends("1997-03-31", "1998-06-30", unit="quarter")
    grid = cs.classify.states_asof(log, days, cs.classify.Lifecycle(cs.classify.FixedDays(90)))
    found = growth_accounting(grid, value=cs.classify.revenue_asof(log, grid))
    assert found.start[0] == 2357
    assert not found.new.any()
    assert found.end.tolist() == [521, 409, 400, 384, 299]
    assert found.money.start[0] == pytest.approx(
        sum(row["amount"] for row in cs.datasets.cdnow() if str(row["date"]) <= "1997-03-31")
    )
    assert "net" not in found.text()
    assert len(found.text("zh").split("\n\n")) == 2
