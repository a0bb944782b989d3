from fractions import Fraction
from math import nan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering import Pareto
from custseg.tiering.crossing import last_inside
from custseg.tiering.tallies import Tally
from custseg.tiering.wholes import Wholes

SIZE = 5000
SHARES = st.lists(st.integers(1, 99).map(lambda n: Fraction(n, 100)), min_size=1, max_size=3)
MADE = {
    "spread": lambda rng: rng.lognormal(5, 1.5, SIZE),
    "money": lambda rng: np.round(rng.lognormal(5, 1.5, SIZE) + 0.01, 2),
    "ties": lambda rng: rng.integers(1, 30, SIZE).astype(float),
    "equal": lambda rng: np.full(SIZE, rng.integers(1, 9) / 3),
    "whales": lambda rng: np.append(rng.pareto(0.5, SIZE) + 1e-9, np.full(9, 1e9)),
    "far": lambda rng: 10.0 ** rng.uniform(-300, 300, SIZE),
}


def by_exact_sums(values, shares, speaker):
    tally = Tally.of(values)
    largest = tally.sizes[::-1]
    whole = Wholes.of(largest, tally.counts[::-1].astype(np.int64))
    inside = [whole.inside(share, speaker) for share in shares]
    return [float(largest[n - 1]) if n else nan for n in inside]


@given(st.sampled_from(sorted(MADE)), st.integers(0, 99), SHARES, st.integers(0, 2))
def test_what_is_told_without_sorting_is_what_exact_sums_say(kind, seed, shares, speaker):
    values = MADE[kind](np.random.default_rng(seed))
    told = last_inside(values, shares, speaker)
    if told is not None:
        assert np.array_equal(told, by_exact_sums(values, shares, speaker), equal_nan=True)
    assert told is not None or kind not in {"money", "ties"}  # their sums are exact


def test_a_sum_that_only_rounding_could_part_from_its_share_is_not_told():
    thirds = np.full(9000, 1 / 3)
    assert last_inside(thirds, [Fraction(1, 2)], 0) is not None  # equals are all in
    halves = np.concatenate((np.full(4500, 2 / 3), np.full(4500, 1 / 3)))
    assert last_inside(halves, [Fraction(2, 3)], 0) is None
    assert Pareto((2 / 3,)).cuts(halves).points == (2 / 3,)  # exact sums tell


def test_order_changes_nothing_and_who_holds_nothing_is_left_out():
    rng = np.random.default_rng(7)
    values = rng.lognormal(5, 1.5, 20_000)
    cuts = Pareto().cuts(values)
    mixed = np.concatenate((values, [-5.0, 0.0, np.nan]))
    assert Pareto().cuts(rng.permutation(mixed)) == cuts
    assert Pareto((0.5,), ties="down").cuts(np.full(5000, 3.0)).points > (3.0,)
