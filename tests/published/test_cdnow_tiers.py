"""The CDNOW sample: 2,357 customers, of whom 51 % ordered once.

The edges are the type-7 quantiles that numpy, R and Excel give; the last rows show what other
packages make of the same column (mapclassify and R's rfm agree with `down`, SPSS's "same bin" with
`middle`; pandas.qcut raises, rank-based scores split customers with equal orders).
"""

from collections import Counter, defaultdict

import numpy as np
import pytest

import custseg as cs
from custseg.tiering import Pareto, Quantiles

QUINTILES = (0.2, 0.4, 0.6, 0.8)


@pytest.fixture(scope="module")
def customers():
    orders, cents = Counter(), defaultdict(int)
    for row in cs.datasets.cdnow():
        orders[row["customer_id"]] += 1
        cents[row["customer_id"]] += round(row["amount"] * 100)
    ids = sorted(orders)
    spent = np.array([cents[i] / 100 for i in ids])
    return np.array([orders[i] for i in ids], dtype=float), spent


def test_quintile_edges(customers):
    orders, spent = customers
    assert Quantiles(QUINTILES).cuts(orders).points == (1.0, 1.0, 2.0, 4.0)
    np.testing.assert_allclose(
        Quantiles(QUINTILES).cuts(spent), [15.36, 31.958, 59.25, 130.436], rtol=1e-9
    )


@pytest.mark.parametrize(
    ("ties", "sizes"),
    [("down", [1205, 0, 406, 358, 388]), ("middle", [0, 1205, 406, 208, 538])],
)
def test_customers_with_equal_orders_stay_together(customers, ties, sizes):
    orders, _ = customers
    codes = Quantiles(QUINTILES, ties=ties).cuts(orders).codes(orders)
    assert np.bincount(codes, minlength=5).tolist() == sizes


def test_a_third_of_the_customers_make_80_percent(customers):
    _, spent = customers
    codes = Pareto((0.8,)).cuts(spent).codes(spent)
    assert round(100 * codes.mean(), 2) == 32.97
