"""What R's package rfm prints, reproduced by options.

Source: rsquaredacademy/rfm 0.3.0 (MIT): the thresholds and the first rows of its table of orders
(4,906 orders of 995 customers, as of 2006-12-31), `tests/testthat/test-utils.R`,
`tests/testthat/test-rfm-segment.R`, and the table of segments of `rfm_segment_summary`.
The whole table is compared by `benchmarks/_published_rfm.py` where its data is at hand.
"""

import numpy as np
import pytest

from custseg.tiering import MONETARY, RECENCY, RFM, Measure, RQuantiles, SegmentMap, Thresholds
from peersegments import TESTTHAT

CUTTERS = {
    "recency": Thresholds((115, 181, 297.4, 482)),
    "frequency": Thresholds((4, 5, 6, 8)),
    "monetary": Thresholds((255.8, 382, 506.4, 666)),
}
PRINTED = [
    (205, 6, 472, 343, "loyal"),
    (140, 3, 340, 412, "potential_loyalist"),
    (194, 4, 405, 323, "potential_loyalist"),
    (98, 7, 596, 544, "champions"),
    (132, 5, 448, 433, "loyal"),
]
MPG = (
    *(21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4),
    *(10.4, 14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7),
    *(15.0, 21.4),
)


@pytest.mark.parametrize(("days", "orders", "money", "score", "segment"), PRINTED)
def test_the_rows_that_it_prints(days, orders, money, score, segment):
    rules = SegmentMap(TESTTHAT.rules, otherwise="others")
    measures = (RECENCY, Measure("frequency", "orders"), MONETARY)
    model = RFM(5, CUTTERS, measures, segments=rules).fit([])
    row = model.one({"recency_days": days, "orders": orders, "revenue": money})
    assert (row["rfm_score"], row["segment"]) == (score, segment)


def test_bins_of_mtcars():
    cuts = RQuantiles().cuts(np.array(MPG))
    np.testing.assert_allclose(cuts, [16.20, 18.92, 22.00, 25.08], rtol=1e-12)
    assert cuts.closed == "left"


def test_the_preset_takes_its_options():
    people = [
        {"recency_days": mpg, "orders": mpg, "revenue": mpg, "frequency": None} for mpg in MPG
    ]
    model = RFM.preset("r_rfm").fit(people)
    rows = [row for row in model.thresholds if row.measure == "recency"]
    assert [row.score for row in rows] == [5, 4, 3, 2, 1]
    assert (rows[0].low, rows[-1].high) == (min(MPG), max(MPG))
    assert [round(row.high, 2) for row in rows[:-1]] == [16.20, 18.92, 22.00, 25.08]
    assert model.one(people[0])["frequency_score"] == 3


def test_its_one_that_is_added_ruins_amounts_in_thousands():
    """994 of its 995 customers score 1 with amounts kept in thousands; ours do not notice."""
    amounts = np.linspace(0.1, 0.9, 500)
    assert set(RQuantiles().cuts(amounts).codes(amounts)) == {0}
    people = [{"recency_days": 1, "frequency": 1, "revenue": x} for x in amounts.tolist()]
    scores = [row["monetary_score"] for row in RFM().fit(people).apply(people)]
    assert [scores.count(score) for score in (1, 2, 3, 4, 5)] == [100] * 5


@pytest.mark.parametrize(
    ("customers", "orders", "revenue", "average"),
    [
        (102, 283, 23449, 82.86),
        (28, 216, 22227, 102.90),
        (47, 274, 32446, 118.42),
        (35, 316, 31646, 100.15),
        (148, 393, 35324, 89.88),
        (170, 799, 76562, 95.82),
        (10, 57, 4562, 80.04),
        (104, 329, 28837, 87.65),
        (342, 2211, 204856, 92.65),
        (9, 28, 4249, 151.75),
    ],
)
def test_the_mean_order_of_its_table_of_segments(customers, orders, revenue, average):
    """Of the sums of a segment, not the mean of means."""
    blank = {"recency_days": 1, "frequency": 1, "orders": 0, "revenue": 0}
    people = [{**blank, "orders": orders, "revenue": revenue}, *[blank] * (customers - 1)]
    (told,) = RFM(cutters=CUTTERS).fit([]).summary(people).segments
    assert (told.customers, told.orders, told.revenue) == (customers, orders, revenue)
    assert round(told.average_order, 2) == average
