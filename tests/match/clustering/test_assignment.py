"""One record a source: the best matching, not the strongest pair first."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.match.clustering.assignment import best_matches
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.edges import Edges
from custseg.match.clustering.grouping import cluster
from custseg.match.clustering.settings import Clusters


def pairs(*lines):
    left, right, weight = zip(*lines, strict=True)
    return Edges(np.array(left), np.array(right), np.array(weight, dtype=float))


def kept(edges):
    return sorted(zip(edges.left.tolist(), edges.right.tolist(), strict=True))


def test_two_good_pairs_beat_the_best_one():
    edges = pairs((0, 2, 10), (0, 3, 9), (1, 2, 9))
    assert kept(best_matches(edges, np.array([0, 0, 1, 1]), 0)) == [(0, 3), (1, 2)]
    found = cluster(
        edges,
        np.arange(4.0),
        rescore=lambda left, _: np.full(len(left), -20.0),
        settings=Clusters(one_per="*"),
        bounds=Bounds(source=Codes(np.array([0, 0, 1, 1]), ("erp", "shop"))),
    )
    assert found.at.tolist() == [0, 1, 1, 0]


def test_one_record_takes_its_best_partner_and_of_equal_ones_the_first():
    edges = pairs((0, 1, 3), (0, 2, 7), (0, 3, 7))
    assert kept(best_matches(edges, np.array([0, 1, 1, 1]), 0)) == [(0, 2)]


def test_each_pair_of_sources_is_matched_for_itself():
    edges = pairs((0, 1, 5), (0, 2, 4), (1, 2, 3), (0, 3, 1))
    assert kept(best_matches(edges, np.array([0, 1, 2, 2]), 0)) == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize("alone", [[-1, -1, -1], [0, -1, -1], [0, 0, 0]])
def test_sources_that_may_repeat_a_customer_do_not_contend(alone):
    edges = pairs((0, 1, 5), (0, 2, 4))
    assert kept(best_matches(edges, np.array(alone), 0)) == [(0, 1), (0, 2)]


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_no_other_matching_is_worth_more(one, two, data):
    cells = [(i, one + j) for i in range(one) for j in range(two)]
    weight = data.draw(st.lists(st.integers(-1, 9), min_size=len(cells), max_size=len(cells)))
    near = [(*cell, w) for cell, w in zip(cells, weight, strict=True) if w >= 0]
    if near:
        alone = np.repeat([0, 1], [one, two])
        best = best_matches(pairs(*near), alone, 0)
        assert len(set(best.left.tolist())) == len(set(best.right.tolist())) == len(best)
        assert best.weight.sum() == brute(near, one, two)


def brute(near, one, two):
    worth = {(i, j): w for i, j, w in near}
    seats = [*range(one, one + two), *([None] * one)]
    return max(
        sum(worth.get((i, j), 0) for i, j in enumerate(seating))
        for seating in permutations(seats, one)
    )
