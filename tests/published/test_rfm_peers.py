"""Defects of other RFM packages, each shown not to be ours.

PyPI rfm 1.0.9 cuts two characters off every amount with ".0" in it, drops identical rows, changes
the table that it is given, and scores by the order of rows where values are equal. pymc-marketing
0.19.2 puts 18 of 64 combinations of scores into "Other" without a word. openretailscience 0.48.1
orders equal values by the id of the customer.
"""

import copy

import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import RFM, SegmentMap, rfm_measures


def bought(rows):
    return rfm_measures(cs.TransactionLog.of(rows), as_of="2026-06-30")


@pytest.mark.parametrize("amount", [10.05, 1000.09, 20.0, 0.05, 100.01])
def test_money_is_kept_to_the_last_digit(amount):
    (row,) = bought([{"customer_id": "a", "at": "2026-06-01", "amount": amount}])
    assert row["revenue"] == amount


def test_two_identical_orders_are_two():
    row = {"customer_id": "a", "at": "2026-06-01", "amount": 10.05}
    (found,) = bought([row, dict(row)])
    assert (found["orders"], found["frequency"], found["revenue"]) == (2, 1, 20.1)


def test_the_table_that_is_given_stays_as_it_is():
    orders = pd.DataFrame(
        {"customer_id": [1, 1, 2], "date": ["2026-06-01"] * 3, "amount": [10.05, 3.0, 7.0]}
    )
    before = orders.copy(deep=True)
    people = rfm_measures(cs.TransactionLog.of(orders, cs.Names(at="date")), as_of="2026-06-30")
    untouched = people.copy(deep=True)
    RFM(segments=None).fit(people).apply(people)
    pd.testing.assert_frame_equal(orders, before)
    pd.testing.assert_frame_equal(people, untouched)


def test_equal_customers_have_equal_scores_in_any_order():
    people = [
        {"customer_id": i, "recency_days": 30, "frequency": 1 + i % 2, "revenue": 5.0}
        for i in range(20)
    ]
    model = RFM().fit(people)
    found = {(r["frequency"], r["rfm_score"]) for r in model.apply(people)}
    assert len(found) == 2
    assert RFM().fit(copy.deepcopy(people)[::-1]) == model


def test_nobody_falls_to_other_without_a_word():
    holes = SegmentMap.of_patterns({"premium": "[4-5][4-5].", "rest": "[1-3].."})
    with pytest.raises(ConfigError, match="leaves 30 combinations of scores without a segment"):
        RFM(segments=holes)
    said = RFM(segments=SegmentMap(holes.rules, otherwise="other"))
    assert "other" in said.map.segments
