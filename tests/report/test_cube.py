import numpy as np
import pytest

import custseg as cs
from custseg.report.cube import Purses, cube_of


def test_sums_are_those_of_the_rows(run):
    cube = cube_of(run)
    rows = run.customers
    assert cube.whole("customers") == len(rows)
    assert cube.whole("units") == round(sum(row["revenue"] or 0 for row in rows) * 10_000)
    for place, word in enumerate(cube.words["tier"]):
        mine = [row for row in rows if row["tier"] == word]
        assert cube.sums("tier")[place] == len(mine)
        assert cube.sums("tier", "buyers")[place] == sum((row["revenue"] or 0) > 0 for row in mine)
    grid = cube.grid("lifecycle", "tier")
    assert sum(map(sum, grid)) == len(rows)
    assert cube.first == min(
        row["first_purchase"].toordinal() - 719163 for row in rows if row["first_purchase"]
    )


def test_the_curve_is_that_of_the_sorted_money(run):
    paid = np.sort([row["revenue"] for row in run.customers if (row["revenue"] or 0) > 0])[::-1]
    held = np.concatenate(([0.0], np.cumsum(paid) / paid.sum()))
    people = np.arange(len(held)) / len(paid)
    purses = cube_of(run).purses
    for part in (0.05, 0.2, 0.5):
        assert purses.held(part) == pytest.approx(np.interp(part, people, held), abs=0.002)
    assert purses.few(0.8) == pytest.approx(np.interp(0.8, held, people), abs=0.002)


def test_no_corner_of_the_curve_tells_what_few_hold():
    purses = Purses(np.ones(12, dtype=np.int64), np.arange(12, 0, -1))
    people, money = purses.curve(5)
    assert np.diff(people).min() >= 5 / 12
    assert (people[-1], money[-1]) == (1.0, 1.0)


def test_money_of_few_is_not_open():
    orders = [
        {"customer_id": i, "paid_at": "2026-06-01", "amount": 10.0 if i < 20 else 5_000.0}
        for i in range(22)
    ]
    tier = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1_000.0)))
    cube = cube_of(cs.Pipeline(tier=tier).run(transactions=orders, as_of="2026-06-30"))
    told = dict(zip(cube.words["tier"], cube.open("tier"), strict=True))
    assert not told["high"]
    assert not told["low"]  # else the whole less the low would tell the high


def test_a_refund_alone_is_money_too():
    orders = [{"customer_id": i, "paid_at": "2026-06-01", "amount": 10.0} for i in range(9)]
    orders.append({"customer_id": "x", "paid_at": "2026-06-01", "amount": -50.0})
    cube = cube_of(cs.Pipeline().run(transactions=orders, as_of="2026-06-30"))
    assert (cube.whole("buyers"), cube.whole("paid")) == (9, 10)
    assert not any(cube.open("lifecycle"))


def test_nobody_is_no_fault():
    cube = cube_of(cs.Pipeline().run(customers=[], as_of="2026-06-30"))
    assert cube.whole("customers") == 0
    assert np.isnan(cube.first)
