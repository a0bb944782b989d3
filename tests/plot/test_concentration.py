from collections import defaultdict

import numpy as np
import pytest

import custseg as cs
from custseg.plot import pareto_curve
from custseg.tiering import Cuts

PAID = np.array([80.0, 10.0, 5.0, 4.0, 1.0])


def curve(ax):
    return next(line for line in ax.lines if line.get_linewidth() == 2.0)


def said(ax):
    return [text.get_text() for text in ax.texts]


def test_corners_are_what_the_largest_hold():
    line = curve(pareto_curve(PAID))
    assert np.allclose(line.get_xdata(), [0, 0.2, 0.4, 0.6, 0.8, 1])
    assert np.allclose(line.get_ydata(), [0, 0.8, 0.9, 0.95, 0.99, 1])


def test_equal_customers_are_one_straight_piece():
    line = curve(pareto_curve(np.array([6.0, 1.0, 1.0, 1.0, 1.0])))
    assert len(line.get_xdata()) == 3


def test_classes_end_where_their_customers_do():
    ax = pareto_curve(PAID, Cuts((8.0, 50.0)))
    assert said(ax)[:2] == [
        "high: 20 % of customers, 80 % of the sum",
        "medium: 20 % of customers, 10 % of the sum",
    ]
    dots = np.vstack([dot.get_offsets() for dot in ax.collections])
    assert np.allclose(dots, [[0.2, 0.8], [0.4, 0.9]])


def test_the_sample_of_cdnow():
    """The top 20 % hold 67 %, 33 % make 80 %."""
    spent = defaultdict(float)
    for row in cs.datasets.cdnow():
        spent[row["customer_id"]] += row["amount"]
    told = said(pareto_curve(np.array(list(spent.values()))))[-1]
    assert told == "the largest 20 % of customers hold 67 % of value; 33 % hold 80 %"


def test_what_is_below_0_is_told():
    assert (
        "values below 0 (in sum -30.00) are left out"
        in said(pareto_curve(np.array([100.0, -10.0, -20.0])))[-1]
    )


@pytest.mark.parametrize("values", [[], [0.0], [-1.0, 0.0], [np.nan]])
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nobody_holds_anything(values, locale):
    ax = pareto_curve(np.array(values), Cuts((1.0,)), locale=locale)
    ax.figure.canvas.draw()
    assert said(ax) == [{"en": "no value is above 0", "zh": "没有大于 0 的值"}[locale]]


def test_one_customer_holds_all():
    ax = pareto_curve(np.array([5.0]), Cuts((1.0,)))
    assert said(ax)[0] == "high: 100 % of customers, 100 % of the sum"
