"""What other packages make of one real column, and of one large customer; done right here.

The CDNOW sample: 2,357 customers, of whom 1,205 ordered once. pandas is tried; the figures
of the others (scikit-learn 1.7, mapclassify 2.10, R's rfm 0.3.0,
inventorize 1.2.6, abc-classification 0.8, abc-analysis 0.1.23) were seen when they were run.
"""

from collections import Counter
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import custseg as cs
from custseg.tiering import Pareto, Quantiles


@pytest.fixture(scope="module")
def orders():
    counts = Counter(row["customer_id"] for row in cs.datasets.cdnow())
    return np.array([counts[name] for name in sorted(counts)], dtype=float)


def sizes(cuts, values):
    return np.bincount(cuts.codes(values), minlength=cuts.classes).tolist()


def test_pandas_raises_or_merges(orders):
    with pytest.raises(ValueError, match="unique"):
        pd.qcut(orders, 5)
    merged = pd.qcut(orders, 5, duplicates="drop", labels=False)
    assert np.bincount(merged).tolist() == [1611, 358, 388]  # one order and two are alike
    with pytest.raises(ValueError, match="labels"):
        pd.qcut(orders, 5, duplicates="drop", labels=list("12345"))
    assert sizes(Quantiles.of(5).cuts(orders), orders) == [1205, 0, 406, 358, 388]


def test_ranks_by_row_tell_equal_customers_apart(orders):
    ranked = pd.qcut(pd.Series(orders).rank(method="first"), 5, labels=False)
    assert np.bincount(ranked).tolist() == [472, 471, 471, 471, 472]
    assert set(ranked[orders == 1]) == {0, 1, 2}  # customers with one order: scores 1, 2 and 3
    for ties in ("down", "up", "middle"):
        cuts = Quantiles.of(5, ties).cuts(orders)
        assert len(set(cuts.codes(orders[orders == 1]))) == 1


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        ("down", [1205, 0, 406, 358, 388]),  # R's rfm; mapclassify and polars, one class fewer
        ("middle", [0, 1205, 406, 208, 538]),  # SPSS, "same bin"
        ("up", [0, 0, 1205, 614, 538]),  # KBinsDiscretizer, which closes on the left
    ],
)
def test_one_column_has_one_answer_a_policy(orders, ties, found):
    assert sizes(Quantiles.of(5, ties).cuts(orders), orders) == found


WHALE = np.array([96.0, 2.0, 1.0, 1.0])


def by_share_with_the_item(values, limits):
    """The rule of inventorize (0.8, 0.95) and abc-classification (0.7, 0.9)."""
    through = np.cumsum(np.sort(values)[::-1]) / values.sum()
    return ["ABC"[sum(share > limit for limit in limits)] for share in through]


def test_the_customer_with_96_percent_is_a():
    assert by_share_with_the_item(WHALE, (0.8, 0.95))[0] == "C"
    assert by_share_with_the_item(WHALE, (0.7, 0.9))[0] == "C"
    for shares in ((0.95, 0.80), (0.9, 0.7)):
        for ties in ("up", "middle", "down"):
            cuts = Pareto(shares, ties=ties).cuts(WHALE)
            assert cuts.codes(WHALE).tolist() == [2, 0, 0, 0]


def test_a_is_never_empty_where_somebody_holds_something():
    """abc-analysis may leave class A empty."""
    rng = np.random.default_rng(7)
    for _ in range(50):
        values = np.rint(rng.lognormal(3, 2, rng.integers(1, 40)) * 100) / 100 + 0.01
        codes = Pareto().cuts(values).codes(values)
        assert codes.max() == 2
        held = sum(Fraction(str(v)) for v in values[codes == 2])
        assert held >= Fraction("0.8") * sum(Fraction(str(v)) for v in values)


def test_customers_of_equal_worth_are_in_one_class():
    """By cumulative share the first of ten equals is A and the last is C."""
    equal = np.full(10, 7.0)
    assert set(by_share_with_the_item(equal, (0.8, 0.95))) == {"A", "B", "C"}
    assert set(Pareto().cuts(equal).codes(equal).tolist()) == {2}


def test_floats_that_are_added_up_move_the_line():
    """The first three hold 3.6 of 4.5, which is 80 %; added up as floats it is more."""
    values = np.array([1.5, 1.2, 0.9, 0.5, 0.3, 0.1])
    assert (np.cumsum(values) / values.sum())[2] > 0.8
    assert Pareto((0.8,)).cuts(values).codes(values).tolist() == [1, 1, 1, 0, 0, 0]
