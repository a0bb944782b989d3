"""What partitions answer adds up to what the whole answers."""

import numpy as np
import pytest

from custseg.frames.engines.daskpasses import DaskPasses
from custseg.frames.engines.partial import Added, Counted, Summed
from custseg.frames.passes import LIMB, ArrayPasses, Unit

CHANCE = np.random.default_rng(3)
WILD = [np.nan, np.nan, np.inf, -np.inf, -0.0, 0.0, 5e-324, 1.7e300, -3.25, -1.7e300]
VALUES = np.concatenate((np.round(CHANCE.lognormal(4, 2, 900), 2), CHANCE.normal(size=99), WILD))
EDGES = (np.empty(0), np.array([0.0]), np.geomspace(0.01, 1e5, 60))
UNITS = (Unit(), Unit.of(5e-324, 1.7e300))
RANGES = [(-1.0, 1.0), (5.0, 50.0), (1e299, 1.1e299)]


def parts(number):
    shuffled = CHANCE.permutation(VALUES)
    return [VALUES[:0], *np.array_split(shuffled, number)]


def totals(made):
    """The pieces of the sums put together: parts may split one number in several ways."""
    held = dict(made)
    pieces = [held.pop(f"h{i}") for i in range(sum(name[1:].isdigit() for name in made))]
    whole = np.zeros(len(held["n"]), dtype=object)
    for piece in pieces:
        whole = (whole << LIMB) + piece.astype(object)
    return {**held, "whole": whole}


def alike(one, other):
    one, other = totals(one), totals(other)
    assert one.keys() == other.keys()
    for name, column in one.items():
        np.testing.assert_array_equal(column, other[name])


@pytest.mark.parametrize("number", [1, 2, 17])
@pytest.mark.parametrize(
    "asked",
    [Counted(*np.array(RANGES).T), *(Added(edges, unit) for edges in EDGES for unit in UNITS)],
)
def test_exact_answers_of_parts_are_those_of_the_whole(asked, number):
    alike(asked.merged(map(asked.of, parts(number))), asked.merged([asked.of(VALUES)]))


@pytest.mark.parametrize("edges", EDGES)
def test_sums_of_floats_differ_by_their_last_digits_only(edges):
    asked = Summed(edges, np.linspace(0, 3, len(edges) + 1))
    near = np.where(np.abs(VALUES) < 1e200, VALUES, np.nan)
    whole, added = asked.of(near), asked.merged(map(asked.of, np.array_split(near, 9)))
    alike({c: whole[c] for c in ("place", "n")}, {c: added[c] for c in ("place", "n")})
    known = whole["place"] >= 0
    for name in ("low", "high", "total", "squares"):
        np.testing.assert_allclose(added[name][known], whole[name][known], rtol=1e-12)


@pytest.mark.parametrize("partitions", [1, 40])
def test_dask_answers_as_numpy_does(partitions):
    dd = pytest.importorskip("dask.dataframe")
    pd = pytest.importorskip("pandas")
    frame = dd.from_pandas(pd.DataFrame({"paid in": VALUES}), npartitions=partitions)
    here, there = ArrayPasses(VALUES), DaskPasses(frame, "paid in", "dask")
    for edges in EDGES:
        one, other = here.buckets(edges), there.buckets(edges)
        for name in ("low", "high", "count", "missing", "infinite"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        for unit in UNITS:
            assert here.sums(edges, unit).whole == there.sums(edges, unit).whole
    one, other = here.tally(RANGES), there.tally(RANGES)
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.counts, other.counts)
