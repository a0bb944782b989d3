"""Natural breaks are the best there are, whatever the values; the bounds that find them hold."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import breaksoracle as oracle
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames.passes import ArrayPasses
from custseg.tiering import NaturalBreaks, gvf_curve
from custseg.tiering.breaks import bucketed, solving
from custseg.tiering.breaks.bounds import Spots, look
from custseg.tiering.breaks.doubled import DoubledSums
from custseg.tiering.breaks.layers import Window, layered
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import Solution, solved
from custseg.tiering.breaks.sums import PlainSums

EXACT = 1 + 1e-12


def groups(rng, size, apart):
    half = size // 2
    return np.concatenate((rng.normal(0, 1, half), rng.normal(apart, 1, size - half)))


KINDS = {
    "spread evenly": lambda rng, n: rng.random(n),
    "lognormal": lambda rng, n: rng.lognormal(4, 1.2, n),
    "cents": lambda rng, n: np.round(rng.lognormal(4, 1.2, n), 2),
    "many ties": lambda rng, n: rng.integers(0, 12, n).astype(float),
    "evenly spaced": lambda _, n: np.arange(n) * 7.0,
    "mirrored": lambda _, n: np.concatenate((np.arange(n), -np.arange(n))) * 1.0,
    "offset 1e5": lambda rng, n: rng.lognormal(4, 1.2, n) + 1e5,
    "offset 1e7": lambda rng, n: rng.lognormal(4, 1.2, n) + 1e7,
    "offset 1e9": lambda rng, n: rng.lognormal(4, 1.2, n) + 1e9,
    "two groups 1e6 apart": lambda rng, n: groups(rng, n, 1e6),
    "two groups 1e9 apart": lambda rng, n: groups(rng, n, 1e9),
    "two groups 1e13 apart": lambda rng, n: groups(rng, n, 1e13),
    "a whale of 1e10": lambda rng, n: np.append(rng.uniform(0, 100, n), 1e10),
    "a whale of 1e15": lambda rng, n: np.append(rng.uniform(0, 100, n), 1e15),
    "a whale of 1e100": lambda rng, n: np.append(rng.uniform(0, 100, n), 1e100),
    "whales both ways": lambda rng, n: np.concatenate((rng.normal(0, 1, n), [-1e8, 3e12])),
    "heavy tail": lambda rng, n: rng.pareto(0.5, n),
    "powers of two": lambda _, n: 2.0 ** np.arange(n % 899 + 1),
    "tight clusters": lambda rng, n: rng.integers(0, 6, n) + rng.normal(0, 1e-9, n),
    "half are zero": lambda rng, n: rng.lognormal(3, 1, n) * (rng.random(n) < 0.5),
}
WEIGHTS = {
    "none": lambda *_: None,
    "whole": lambda rng, n: rng.integers(1, 50, n).astype(float),
    "fractions": lambda rng, n: rng.lognormal(0, 2, n),
    "of any size": lambda rng, n: 10.0 ** rng.integers(-12, 12, n),
    "some are zero": lambda rng, n: rng.integers(0, 3, n).astype(float),
}
seeds = st.integers(0, 2**32 - 1)
kinds = st.sampled_from(sorted(KINDS))


def instance(kind, weights, size, seed):
    rng = np.random.default_rng(seed)
    values = KINDS[kind](rng, size)
    return values, WEIGHTS[weights](rng, len(values))


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds, size=st.integers(2, 48), weights=st.sampled_from(sorted(WEIGHTS)))
def test_no_dynamic_programme_in_long_doubles_finds_better_breaks(kind, seed, size, weights):
    values, weighs = instance(kind, weights, size, seed)
    assume(weighs is None or weighs.any())
    points = Points.of(values, weighs)
    cost = oracle.costs(points.values, points.weights)
    for k in range(2, min(7, len(points))):
        found = solved(points, Limits((), (), k))
        assert found.certified
        assert oracle.of(cost, found.cuts) <= oracle.least(cost, k) * EXACT


@given(kind=kinds, seed=seeds)
def test_nor_where_the_values_are_too_many_to_be_looked_at_one_by_one(kind, seed):
    values, _ = instance(kind, "none", 400, seed)
    points, k = Points.of(values), 3 + seed % 4
    cost = oracle.costs(points.values, points.weights) if len(points) > k else None
    found = solved(points, Limits((), (), k))
    assert found.certified
    assert cost is None or oracle.of(cost, found.cuts) <= oracle.least(cost, k) * EXACT


small = st.lists(
    st.integers(-6, 6).map(float) | st.floats(-1e6, 1e6) | st.sampled_from([1e9, 1e9 + 1, 0.1]),
    min_size=1,
    max_size=9,
)


@given(small, st.integers(2, 5), st.data())
def test_the_cuts_are_those_of_fractions_and_of_equals_the_highest(values, k, data):
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(values), max_size=len(values)))
    points = Points.of(np.array(values), np.array(weights, dtype=float))
    want = oracle.exactly(points.values, points.weights, min(k, len(points)))
    assert solved(points, Limits((), (), k)) == Solution(want, certified=True)


@given(
    small,
    st.integers(2, 4),
    st.sampled_from([0, 1, 2, 3, 0.1, 0.2, 0.3]),
    st.sampled_from([1, 0.9, 0.7, 0.5, 0.4]),
)
def test_limits_are_part_of_the_question(values, k, at_least, at_most):
    points = Points.of(np.array(values))
    classes, whole = min(k, len(points)), len(values)
    smallest = Fraction(str(at_least)) * (whole if at_least < 1 else 1)
    largest = Fraction(str(at_most)) * whole
    want = oracle.exactly(
        points.values, points.weights, classes, lambda _, size: smallest <= size <= largest
    )
    try:
        spec = NaturalBreaks(k, at_least=at_least, at_most=at_most)
    except ConfigError:
        assert want is None or classes < k
        return
    if want is None:
        with pytest.raises(NotEnoughDataError, match=r"at_least|at_most"):
            spec.cuts(np.array(values))
    else:
        upper = [points.values[cut - 1] for cut in want]
        assert list(spec.cuts(np.array(values)))[: len(upper)] == upper


@given(small, st.data())
def test_each_class_may_have_limits_of_its_own(values, data):
    points = Points.of(np.array(values))
    assume(len(points) >= 3)
    limits = [data.draw(st.sampled_from([0, 1, 2])) for _ in range(3)]
    tops = [data.draw(st.sampled_from([1, 0.8, 0.5])) for _ in range(3)]
    whole = len(values)
    want = oracle.exactly(
        points.values,
        points.weights,
        3,
        lambda i, size: limits[i] <= size <= Fraction(str(tops[i])) * whole,
    )
    try:
        found = solved(points, Limits(tuple(limits), tuple(tops), 3)).cuts
    except NotEnoughDataError:
        found = None
    assert found == want


def intervals(data, size):
    """Any division of the positions into intervals."""
    marks = data.draw(st.sets(st.integers(2, size - 1))) if size > 2 else set()
    first = np.array(sorted({1, *marks}))
    return Spots(first, np.append(first[1:] - 1, size - 1))


sums = st.sampled_from([PlainSums, DoubledSums])


@given(
    kind=kinds, data=st.data(), seed=seeds, size=st.integers(6, 24), k=st.integers(2, 6), made=sums
)
def test_no_bound_exceeds_what_the_best_cuts_cost(kind, data, seed, size, k, made):
    """The proof in `bounds`, tried: each cut of the best lies in an interval that is not lost."""
    values, weights = instance(kind, data.draw(st.sampled_from(sorted(WEIGHTS))), size, seed)
    assume(weights is None or weights.any())
    points = solving.tamed(Points.of(values, weights))
    assume(len(points) > k)
    best = solved(points, Limits((), (), k)).cuts
    prefix = made.of(points)
    spots = [intervals(data, len(points)) for _ in range(k - 1)]
    cost = oracle.of(oracle.costs(points.values, points.weights), best)
    seen = look(prefix, spots)
    for cut, spot, least in zip(best, spots, seen.least, strict=True):
        here = np.searchsorted(spot.first, cut, side="right") - 1
        assert least[here] <= cost * EXACT + k * prefix.margin
    assert seen.cost >= cost / EXACT - k * prefix.margin


@given(
    kind=kinds,
    seed=seeds,
    size=st.integers(2, 30),
    weights=st.sampled_from(sorted(WEIGHTS)),
    made=sums,
)
def test_no_cost_is_farther_from_the_truth_than_its_margin(kind, seed, size, weights, made):
    values, weighs = instance(kind, weights, size, seed)
    assume(weighs is None or weighs.any())
    points = solving.tamed(Points.of(values, weighs))
    prefix, cost = made.of(points), oracle.costs(points.values, points.weights)
    all_ = np.arange(len(points) + 1)
    found = prefix.classes(all_, all_)
    full = all_[:, None] < all_[None, :]
    assert (np.abs(found[full] - cost[full]) <= prefix.margin + 1e-15 * cost[full]).all()


def divided(rng, size):
    """The positions in intervals, most of them short."""
    marks = np.flatnonzero(rng.random(size - 2) < rng.random()) + 2
    first = np.append(1, marks)
    return Spots(first, np.append(first[1:] - 1, size - 1))


@given(seeds)
def test_nor_does_any_of_many_bounds_on_few_points(seed):
    """Groups of points of different weight, so that bounds lie close to what is true."""
    rng = np.random.default_rng(seed)
    for _ in range(20):
        k, size = int(rng.integers(2, 5)), int(rng.integers(5, 12))
        near = rng.integers(0, k + 1, size) + rng.random(size) * rng.choice([0.02, 0.2, 1.0])
        points = Points.of(near, np.round(10.0 ** rng.uniform(0, 1.5, size)))
        prefix, best = PlainSums.of(points), solved(points, Limits((), (), k)).cuts
        cost = oracle.of(oracle.costs(points.values, points.weights), best)
        for _ in range(10):
            spots = [divided(rng, size) for _ in range(k - 1)]
            for cut, spot, least in zip(best, spots, look(prefix, spots).least, strict=True):
                here = np.searchsorted(spot.first, cut, side="right") - 1
                assert least[here] <= cost * EXACT + k * prefix.margin


@given(small, st.integers(2, 4), sums)
def test_divide_and_conquer_loses_no_best_cut(values, k, made):
    points = Points.of(np.array(values))
    assume(len(points) > k)
    best = solved(points, Limits((), (), k)).cuts
    found = layered(made.of(points), [Window.free(len(points))] * k)
    for cut, spot in zip(best, found.spots, strict=True):
        assert cut in spot.first


@given(kind=kinds, seed=seeds, k=st.integers(2, 7), few=st.sampled_from([20, 100, 400]))
def test_passes_over_buckets_give_the_breaks_of_the_rows(kind, seed, k, few):
    values, _ = instance(kind, "none", 900, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bucketed, "_FEW", few)
        patch.setattr(bucketed, "_PARTS", 64)
        found = NaturalBreaks(k).by_passes(ArrayPasses(values))
    assert found == NaturalBreaks(k).cuts(values)


@given(small, st.integers(1, 5), st.randoms())
def test_rows_have_no_order_and_missing_moves_nothing(values, k, rng):
    shuffled = [*values, float("nan")]
    rng.shuffle(shuffled)
    assert NaturalBreaks(k).cuts(np.array(shuffled)) == NaturalBreaks(k).cuts(np.array(values))


@given(seeds, st.integers(2, 6))
def test_weights_of_equal_values_have_no_order_either(seed, k):
    rng = np.random.default_rng(seed)
    values, weights = rng.integers(0, 9, 40).astype(float), rng.lognormal(0, 3, 40)
    order = rng.permutation(40)
    cutter = NaturalBreaks(k)
    assert cutter.cuts(values, weights) == cutter.cuts(values[order], weights[order])


@given(small, st.integers(2, 5), st.integers(-60, 60), st.sampled_from([1.0, -1.0]))
def test_the_unit_of_money_does_not_matter(values, k, power, sign):
    given_ = np.array(values) * 2.0**-60 if power > 0 else np.array(values)
    cuts = np.array(NaturalBreaks(k).cuts(given_))
    scaled = np.array(NaturalBreaks(k).cuts(given_ * 2.0**power))
    assert (scaled == cuts * 2.0**power).all()
    assert NaturalBreaks(k).breaks(given_ * sign).gvf == pytest.approx(
        NaturalBreaks(k).breaks(given_).gvf, rel=1e-9, abs=1e-9
    )


@given(small, st.integers(2, 6))
def test_one_class_more_never_fits_worse(values, most):
    curve = gvf_curve(np.array(values), range(1, most))
    assert all(a <= b + 1e-12 for a, b in zip(curve.gvf, curve.gvf[1:], strict=False))
    assert [one.cuts for one in curve.breaks] == [
        NaturalBreaks(k).cuts(np.array(values)) for k in range(1, most)
    ]
