"""CDNOW, the sample of 2,357 customers, as of 1998-07-01: edges, shares, what peers make of it.

The edges are type-7 quantiles, as numpy, R and Excel give; `down` gives the sizes that mapclassify
and R's rfm give, `middle` those of SPSS with ties in the same bin. The master table is checked by
`benchmarks/_published_rfm.py` where it is at hand.
"""

from collections import Counter

import pytest

import custseg as cs
from custseg.tiering import FREQUENCY, MONETARY, RECENCY, RFM, Measure, rfm_measures

ORDERS = Measure("frequency", "orders")


@pytest.fixture(scope="module")
def buyers():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    return rfm_measures(log, as_of="1998-07-01")


def test_the_whole(buyers):
    assert len(buyers) == 2357
    assert sum(row["orders"] for row in buyers) == 6919
    assert round(sum(row["revenue"] for row in buyers), 2) == 244091.94
    assert round(sum(row["orders"] == 1 for row in buyers) / len(buyers), 3) == 0.511


def test_the_edges(buyers):
    cuts = RFM(measures=(RECENCY, ORDERS, MONETARY)).fit(buyers).cuts
    assert cuts["recency"].points == (153, 443, 487, 513)
    assert cuts["frequency"].points == (1, 1, 2, 4)
    assert cuts["monetary"].points == pytest.approx((15.36, 31.958, 59.25, 130.436), rel=1e-12)


@pytest.mark.parametrize(
    ("ties", "sizes"),
    [
        ("down", {1: 1205, 3: 406, 4: 358, 5: 388}),
        ("middle", {2: 1205, 3: 406, 4: 208, 5: 538}),
    ],
)
def test_scores_keep_their_meaning_where_edges_are_equal(buyers, ties, sizes):
    model = RFM(measures=(RECENCY, ORDERS, MONETARY), ties=ties).fit(buyers)
    assert Counter(row["frequency_score"] for row in model.apply(buyers)) == sizes


def test_compact_scores_are_numbered_anew(buyers):
    model = RFM(measures=(ORDERS,), compact=True).fit(buyers)
    found = Counter(row["frequency_score"] for row in model.apply(buyers))
    assert found == {1: 1205, 2: 406, 3: 358, 4: 388}


def test_everybody_has_a_segment(buyers):
    """pymc-marketing's default map has nobody in "Premium" or "Repeat" here."""
    told = RFM().fit(buyers).summary(buyers)
    assert {each.segment for each in told.segments} >= {"champions", "loyal", "hibernating"}
    assert sum(each.customers for each in told.segments) == 2357
    assert round(sum(each.revenue for each in told.segments), 2) == 244091.94
    assert told.unscored == 0


def test_the_next_period_is_scored_by_the_scale_of_this_one(buyers):
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    early = rfm_measures(log, as_of="1997-12-31")
    model = RFM(measures=(RECENCY, FREQUENCY, MONETARY)).fit(early)
    by_id = {row["customer_id"]: row for row in model.apply(buyers)}
    point = model.cuts["monetary"].points[-1]
    for row in buyers:
        best = row["revenue"] > point
        assert (by_id[row["customer_id"]]["monetary_score"] == 5) is best
