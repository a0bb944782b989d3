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

        def within(some):
            asked.append(some)
            return {bucket: stretches[bucket] for bucket in some}

        return np.array(rows, dtype=np.int64).reshape(len(rows), some.size), within

    found = served_in_turn(Crowd(points, sizes, np.arange(kinds), hi), counts)
    right = served(queue, eligible(points, hi), hi)
    assert found.tolist() == np.bincount(queue[right], minlength=kinds).tolist()
    buckets = [bucket for some in asked for bucket in some]
    assert len(buckets) == len(set(buckets))
    assert len(asked) <= 1 + reps


def test_what_runs_out_in_many_places_is_asked_for_at_once():
    draw = np.random.default_rng(1)
    queue = draw.integers(0, 20, 40_000)
    stretches = np.split(queue, 500)
    points = np.where(np.arange(20)[:, None] == np.arange(60) % 20, 1.0, np.nan)
    hi, asked = 300 + 5 * np.arange(60), []

    def counts(some):
        def within(buckets):
            asked.append(len(buckets))
            return {bucket: stretches[bucket] for bucket in buckets}

        return np.array([np.bincount(part, minlength=some.size) for part in stretches]), within

    crowd = Crowd(points, np.bincount(queue), np.arange(20), hi)
    found = served_in_turn(crowd, counts)
    assert found.tolist() == hi.reshape(3, 20).sum(axis=0).tolist()
    assert len(asked) <= 3
    assert sum(asked) >= 15
