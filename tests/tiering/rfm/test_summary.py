import json

import numpy as np
import pandas as pd
import pytest

from custseg.checks.kinds import contents, kinds
from custseg.errors import ConfigError, MissingColumnError
from custseg.tiering import MONETARY, RECENCY, RFM, Thresholds

CUTTERS = {
    "recency": Thresholds((30, 90, 180, 365)),
    "frequency": Thresholds((2, 3, 5, 8)),
    "monetary": Thresholds((100, 300, 500, 1000)),
}
PEOPLE = [
    {"recency_days": 5, "frequency": 9, "revenue": 10.05, "orders": 10},
    {"recency_days": 6, "frequency": 9, "revenue": 20.1, "orders": 11},
    {"recency_days": 400, "frequency": 1, "revenue": 0.05, "orders": 1},
    {"recency_days": None, "frequency": 0, "revenue": 0.0, "orders": 0},
]
MODEL = RFM(cutters=CUTTERS).fit([])


def test_segments_with_the_most_money_come_first():
    told = MODEL.summary(PEOPLE)
    rows = [(s.segment, s.customers, s.orders, s.revenue) for s in told.segments]
    assert rows == [("champions", 2, 21, 30.15), ("hibernating", 1, 1, 0.05), (None, 1, 0, 0)]
    assert told.unknown == {"orders": 0, "revenue": 0}
    assert told.segments[0].average_order == 30.15 / 21
    assert told.segments[2].average_order is None
    assert told.unscored == 1


def test_what_is_not_known_is_not_zero():
    blind = [{**row, "orders": None} for row in PEOPLE[:2]] + PEOPLE[2:]
    told = MODEL.summary(blind)
    champions = told.segments[0]
    assert (champions.orders, champions.revenue, champions.average_order) == (None, 30.15, None)
    assert told.unknown == {"orders": 2, "revenue": 0}
    assert "champions: 2 customers, - orders, revenue 30.15, - an order" in told.text()
    assert "not known: orders of 2 customers" in told.text()


def test_the_mean_order_is_of_customers_of_whom_both_are_known():
    some = [PEOPLE[0], {**PEOPLE[1], "revenue": None, "recency_days": 6}]
    model = RFM(
        cutters={n: CUTTERS[n] for n in ("recency", "frequency")}, measures=RFM().measures[:2]
    ).fit([])
    (told,) = model.summary(some, revenue="revenue").segments
    assert (told.customers, told.orders, told.revenue) == (2, 21, 10.05)
    assert told.average_order == 10.05 / 10


def test_orders_that_nobody_has_leave_purchase_days():
    """As of orders with ids, which a log does not hold."""
    told = MODEL.summary([{**row, "orders": None} for row in PEOPLE])
    assert told.segments[0].orders == 18
    assert told.unknown["orders"] == 0


def test_the_grid_has_every_score_the_lowest_first():
    told = MODEL.summary(PEOPLE)
    assert told.across == ("recency", "frequency")
    wanted = np.zeros((5, 5))
    wanted[4, 4], wanted[0, 0] = 30.15, 0.05
    np.testing.assert_array_equal(told.grid(), wanted)
    assert told.grid("customers")[4, 4] == 2
    assert told.grid("orders")[4, 4] == 21
    assert told.grid("mean_revenue")[4, 4] == 15.075
    assert np.isnan(told.grid("mean_revenue")[1, 1])
    with pytest.raises(ConfigError, match="no figure 'sum'"):
        told.grid("sum")


def test_the_table_is_of_the_callers_kind():
    made = {name: MODEL.summary(table).table for name, table in kinds(PEOPLE)}
    first = contents(made["records"])
    assert first["segment"] == ["champions", "hibernating", None]
    assert first["average_order"][2] is None
    assert all(contents(table) == first for table in made.values())
    assert isinstance(MODEL.summary(pd.DataFrame(PEOPLE)).table, pd.DataFrame)


def test_text_and_html_and_data():
    told = MODEL.summary(PEOPLE)
    assert told.text().splitlines()[:2] == [
        "4 customers in 3 segments, 1 without scores",
        "  champions: 2 customers, 21 orders, revenue 30.15, 1.44 an order",
    ]
    assert "  未分群：1 位客户" in told.text("zh")
    assert "<td>champions</td>" in told._repr_html_()
    assert json.loads(json.dumps(told.as_dict()))["customers"][4][4] == 2


def test_columns_may_be_named():
    told = MODEL.summary(PEOPLE, orders="frequency")
    assert told.segments[0].orders == 18
    with pytest.raises(MissingColumnError, match="turnover"):
        MODEL.summary(PEOPLE, revenue="turnover")


def test_other_measures_and_no_segments():
    model = RFM(
        cutters={"recency": CUTTERS["recency"], "monetary": CUTTERS["monetary"]},
        measures=(RECENCY, MONETARY),
    ).fit([])
    told = model.summary(PEOPLE)
    assert told.across == ("recency", "monetary")
    assert [s.segment for s in told.segments] == [None]
    assert told.segments[0].customers == 4


def test_nobody_and_one_measure():
    alone = RFM(2, {"recency": Thresholds((30,))}, (RECENCY,)).fit([])
    told = alone.summary(PEOPLE)
    assert told.across == ("recency", "recency")
    assert told.grid("customers").tolist() == [[1, 0], [0, 2]]


def test_the_order_of_customers_changes_nothing():
    assert MODEL.summary(PEOPLE).as_dict() == MODEL.summary(PEOPLE[::-1]).as_dict()
