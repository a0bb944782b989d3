"""Groups and classes apart of a lazy table: as in memory, without its rows."""

import attrs
import pytest

import everykind
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import crossings, table
from custseg.tiering import RFM, HeadTail, NaturalBreaks, Pareto, Quantiles, Quota, TierPlan
from custseg.tiering.apart import MOST_GROUPS
from custseg.tiering.fitting import fitted
from custseg.tiering.rfm.cutters import Halves, RQuantiles

ROWS = [
    {
        "paid": None if i % 17 == 0 else (i * i % 997 - 60.0) / 4,
        "shop": ("a", "b", "", None, "c")[i % 5 if i < 300 else 0],
        "half": float(i % 3),
        "orders": float(i % 4),
    }
    for i in range(360)
]
KINDS = {"paid": "number", "shop": "text", "half": "number", "orders": "number"}
CUTTERS = (
    Quantiles((0.2, 0.8)),
    Pareto((0.9, 0.5)),
    NaturalBreaks(3),
    HeadTail(),
    Quota((0.5, 0.1)),
    Halves(),
    Halves("median"),
    RQuantiles(4),
)
WAYS = ({}, {"by": "shop"}, {"refunds": "own"}, {"zero": "own", "by": "shop", "least": 90})


def away(kind, rows=ROWS):
    return everykind.as_table(kind, rows, KINDS)


@pytest.mark.parametrize("kind", everykind.LAZY)
@pytest.mark.parametrize("cutter", CUTTERS, ids=repr)
def test_cut_points_are_those_of_the_rows_in_memory(kind, cutter):
    data = away(kind)
    for how in WAYS:
        with crossings() as account:
            found = fitted(cutter, data, value="paid", **how)
        assert all(one.sums for one in account)
        assert attrs.asdict(found) == attrs.asdict(fitted(cutter, ROWS, value="paid", **how))


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_weights_and_many_groups_are_counted_by_value(kind):
    with crossings() as account:
        found = fitted(HeadTail(), away(kind), value="paid", weight="half")
    assert all(one.sums for one in account)
    assert found == fitted(HeadTail(), ROWS, value="paid", weight="half")
    many = [{**row, "shop": str(i % (MOST_GROUPS + 1))} for i, row in enumerate(ROWS)]
    found = fitted(Quantiles((0.5,)), away(kind, many), value="paid", by="shop", least=2)
    assert found == fitted(Quantiles((0.5,)), many, value="paid", by="shop", least=2)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_what_is_refused_is_refused_there_too(kind):
    below = sum((row["paid"] or 0) < 0 for row in ROWS)
    for data in (away(kind), ROWS):
        with pytest.raises(DataError, match=f"column 'paid': {below} values are below 0"):
            fitted(Quantiles((0.5,)), data, value="paid", refunds="refuse")


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_a_plan_learns_from_who_has_bought(kind):
    plan = TierPlan.preset("importance_by_value", Quantiles((0.5, 0.9)), value="paid")
    rows = [{**row, "frequency": row["orders"]} for row in ROWS]
    kinds = {**KINDS, "frequency": "number"}
    with crossings() as account:
        model = plan.fit(everykind.as_table(kind, rows, kinds))
    assert all(one.sums for one in account)
    assert model == plan.fit(rows)


@pytest.mark.parametrize("kind", everykind.LAZY)
def test_scores_of_rfm_are_learnt_there(kind):
    rows = [
        {
            "recency_days": None if i % 9 == 0 else float(i * 7 % 300),
            "frequency": 1.0 + i % 11,
            "revenue": i * i % 997 / 4,
        }
        for i in range(300)
    ]
    data = everykind.as_table(kind, rows, dict.fromkeys(rows[0], "number"))
    with crossings() as account:
        model = RFM().fit(data)
    assert all(one.sums for one in account)
    assert model == RFM().fit(rows)
    nobody = [{**row, "recency_days": None} for row in rows]
    with pytest.raises(NotEnoughDataError, match="nobody has bought"):
        RFM().fit(everykind.as_table(kind, nobody, dict.fromkeys(rows[0], "number")))
    assert table(data).columns == tuple(rows[0])
