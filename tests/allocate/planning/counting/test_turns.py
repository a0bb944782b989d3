"""Who is served when places are short: by counts as by customers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.planning.counting.quota import Crowd
from custseg.allocate.planning.counting.turns import served_in_turn
from custseg.allocate.solving.seats.serving import served
from custseg.allocate.solving.solver import eligible


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 80), st.integers(0, 999))
def test_counts_serve_as_many_of_each_kind(kinds, reps, size, seed):
    draw = np.random.default_rng(seed)
    points = np.where(draw.random((kinds, reps)) < 0.5, np.nan, 1.0)
    hi = draw.integers(0, 12, reps)
    queue = draw.integers(0, kinds, size)  # the kind of each customer, in order of priority
    sizes = np.bincount(queue, minlength=kinds)
    cuts = np.sort(draw.integers(0, size + 1, draw.integers(0, 7)))
    asked = []

    def counts(some):
        place = np.full(kinds, -1)
        place[some] = np.arange(some.size)
        stretches = [place[part] for part in np.split(queue, cuts)]
        stretches = [part[part >= 0] for part in stretches]
        rows = [np.bincount(part, minlength=some.size) for part in stretches]

        def within(bucket):
            asked.append(bucket)
            return stretches[bucket]

        return np.array(rows, dtype=np.int64).reshape(len(rows), some.size), within

    found = served_in_turn(Crowd(points, sizes, np.arange(kinds), hi), counts)
    right = served(queue, eligible(points, hi), hi)
    assert found.tolist() == np.bincount(queue[right], minlength=kinds).tolist()
    assert len(asked) == len(set(asked)) <= reps
