"""The joints found are the best of all there are: every way is tried where there are few."""

from itertools import combinations, pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg.scoring.binning.evidence import Base
from custseg.scoring.binning.segments import Course, Joints, course_of

COUNTS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 40)).map(lambda p: (sum(p), p[1])),
    min_size=1,
    max_size=7,
)


def joints(counts, least=0, most=7):
    base = Base(
        1.0 + sum(won for _, won in counts), 1.0 + sum(many - won for many, won in counts), 2.0
    )
    many, few = (np.concatenate(([0.0], np.cumsum(part))) for part in zip(*counts, strict=True))
    size = len(many)
    worth, rate = np.full((size, size), -np.inf), np.full((size, size), np.nan)
    for a, b in combinations(range(size), 2):
        held, cases = np.array([many[b] - many[a]]), np.array([few[b] - few[a]])
        won, lost = base.shrunk(held, cases)
        rate[a, b] = (won / (won + lost))[0]
        if held[0] >= least or (a, b) == (0, size - 1):
            worth[a, b] = base.information(held, cases)[0]
    return Joints(worth, rate, most)


def may(course, rates):
    """Whether rates run that way; each must differ from the one before."""
    up = [b > a + 1e-12 for a, b in pairwise(rates)]
    down = [b < a - 1e-12 for a, b in pairwise(rates)]
    first, then = (up, down) if course in {"ascending", "peak"} else (down, up)
    if course == "none":
        return True
    if course in {"ascending", "descending"}:
        return all(first)
    return any(all(first[:i]) and all(then[i:]) for i in range(len(rates)))


def every_way(made, course):
    """The best worth of all ways, by trying them."""
    last = len(made.worth) - 1
    best = -np.inf
    for bins in range(1, min(made.most, last) + 1):
        for cuts in combinations(range(1, last), bins - 1):
            ends = list(pairwise((0, *cuts, last)))
            if may(course, [made.rate[a, b] for a, b in ends]):
                best = max(best, sum(made.worth[a, b] for a, b in ends))
    return best


@pytest.mark.parametrize("course", get_args(Course))
@settings(max_examples=60)
@given(COUNTS, st.integers(1, 7), st.sampled_from([0, 15]))
def test_no_other_way_is_better(course, counts, most, least):
    made = joints(counts, least, most)
    worth, cuts = made.best(course)
    ends = list(pairwise((0, *cuts, len(counts))))
    assert len(ends) <= most
    assert sum(made.worth[a, b] for a, b in ends) == pytest.approx(worth)
    assert may(course, [made.rate[a, b] for a, b in ends])
    assert worth == pytest.approx(every_way(made, course))


def test_of_equals_the_fewest_bins():
    worth, cuts = joints([(10, 5), (10, 5), (10, 5)]).best("none")
    assert cuts == ()
    assert worth == pytest.approx(0)


@pytest.mark.parametrize(
    ("rates", "course"),
    [
        ([0.1, 0.2, 0.3], "ascending"),
        ([0.3, 0.2], "descending"),
        ([0.1, 0.3, 0.2], "peak"),
        ([0.3, 0.1, 0.2], "valley"),
        ([0.1, 0.3, 0.2, 0.4], "none"),
    ],
)
def test_what_rates_do(rates, course):
    assert course_of(np.array(rates)) == course
