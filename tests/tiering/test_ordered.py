"""Buckets are split only where it matters, and never lose a value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.frames import Unit
from custseg.frames.passes import ArrayPasses
from custseg.tiering import ordered as home
from custseg.tiering.ordered import Ordered

VALUES = st.lists(st.integers(-500, 500).map(float), min_size=1, max_size=80)
CENTS = st.lists(st.integers(1, 500).map(lambda c: c / 100), min_size=1, max_size=80)


@pytest.mark.parametrize("few", [2, 1000])
@given(values=VALUES, edges=st.sets(st.integers(-400, 400).map(float)))
def test_all_buckets_split_are_the_distinct_values(few, values, edges):
    passes = ArrayPasses(np.array(values))
    start = Ordered.of(passes.buckets(np.array(sorted(edges))))
    before, home._FEW = home._FEW, few
    try:
        found = start.narrowed(passes, lambda known: known.low == known.low)
    finally:
        home._FEW = before
    sizes, counts = np.unique(values, return_counts=True)
    assert found.low.tolist() == found.high.tolist() == sizes.tolist()
    assert found.count.tolist() == counts.tolist()


@given(values=CENTS)
def test_sums_come_along(values):
    passes, unit = ArrayPasses(np.array(values)), Unit()
    start = Ordered.of(passes.sums(np.array([1.0, 2.0]), unit))
    found = start.narrowed(passes, lambda known: known.high >= 2, unit)
    assert sum(found.whole) == sum(start.whole) == round(sum(values) * 10_000)
    assert all(found.low[found.high >= 2] == found.high[found.high >= 2])


def test_what_does_not_matter_stays_together():
    passes = ArrayPasses(np.arange(100.0))
    start = Ordered.of(passes.buckets(np.array([50.0])))
    found = start.narrowed(passes, lambda known: known.low >= 50)
    assert found.count.tolist() == [50] + [1] * 50
    assert found.at([0, 49, 50, 99]).tolist() == [0, 0, 1, 50]
