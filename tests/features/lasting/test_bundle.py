"""Rows that stand for several transactions, and the transactions again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.lasting.bundle import COST, NO_DAY, Bundle, bundled
from custseg.features.rows import Rows

SIZE = 3
orders = st.lists(
    st.tuples(
        st.integers(0, SIZE - 1),  # customer
        st.integers(5, 7),  # day
        st.integers(-3, 3),  # money
        st.sampled_from([0, 2**62, -(2**62)]),  # order
        st.sampled_from([-1, 0, 1]),  # channel
        st.sampled_from([NO_DAY, 0, 9]),  # due
        st.sampled_from([0, 1]),  # whether the cost is known
    ),
    max_size=12,
)


def bundle_of(rows, words=("shop", "web")):
    code, day, units, order, channel, due, known = (
        np.array([row[i] for row in rows], dtype=np.int64) for i in range(7)
    )
    marks = {"order": order, "channel": channel, "due": due, COST: known}
    table = Rows(code.astype(np.int32), day.astype(np.int32), units, SIZE)
    ones = np.ones(len(rows), dtype=np.int64)
    return Bundle.of(table, ones, known * 7, marks, {"channel": words})


def plain(bundle):
    """Every row as a tuple, with what it sums up."""
    words = (*bundle.words.get("channel", ()), None)
    channel = [words[i] for i in bundle.marks["channel"].tolist()]
    columns = (bundle.rows.code, bundle.rows.day, bundle.rows.units, bundle.count, bundle.cost)
    marks = [bundle.marks[role].tolist() for role in ("order", "due", COST)]
    return sorted(zip(*(c.tolist() for c in columns), *marks, channel, strict=True), key=str)


@given(orders)
def test_grouped_rows_add_up(rows):
    grouped = bundle_of(rows).grouped
    expected = {}
    for code, day, units, *marks in rows:
        sums = expected.setdefault((code, day, units < 0, *marks), [0, 0, 0])
        sums[0], sums[1], sums[2] = sums[0] + units, sums[1] + 1, sums[2] + 7 * marks[-1]
    words = ("shop", "web", None)
    told = [
        (code, day, units, count, cost, order, due, known, words[channel])
        for (code, day, _, order, channel, due, known), (units, count, cost) in expected.items()
    ]
    assert plain(grouped) == sorted(told, key=str)
    assert grouped.grouped is grouped


@given(orders)
def test_spread_rows_are_grouped_to_the_same(rows):
    grouped = bundle_of(rows).grouped
    spread = grouped.spread
    assert len(spread) == len(rows)
    assert (spread.count == 1).all()
    assert np.count_nonzero(spread.rows.units < 0) == sum(row[2] < 0 for row in rows)
    assert plain(spread.grouped) == plain(grouped)


@given(orders, orders)
def test_bundles_share_their_words(one, two):
    first, second = bundle_of(one), bundle_of(two, words=("web", "zoo"))
    both = bundled([first, second], SIZE)
    assert plain(both) == sorted([*plain(first), *plain(second)], key=str)


def test_roles_that_nobody_has_are_missing():
    blank = bundle_of([(0, 5, 1, 0, 0, 0, 0)]).having(("product", "category", "amount"))
    assert list(blank.marks) == ["order", "product", "category", "channel", "due", COST]
    assert blank.marks["category"].tolist() == [-1]
    assert blank.words["category"] == ()
