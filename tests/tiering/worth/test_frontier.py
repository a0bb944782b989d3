import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.tiering.worth.frontier import Credit, learnt, quantiles

WORDS = ("north", "south", "west")
customers = st.lists(
    st.tuples(
        st.floats(-100, 1e6), st.integers(-1, len(WORDS) - 1), st.integers(-1, len(WORDS) - 1)
    ),
    min_size=1,
    max_size=40,
)
credits_ = st.builds(
    Credit,
    quantile=st.sampled_from([0.5, 0.9]),
    shrink=st.sampled_from([0.0, 30.0]),
    rungs=st.just(3),
)


def made(rows, credit):
    values = np.array([row[0] for row in rows])
    peers = [Codes(np.array([row[i] for row in rows]), WORDS) for i in (1, 2)]
    return {group.path: group for group in learnt(values, peers, credit)}


def plain(rows, path, credit):
    """The frontier of a group, group by group, as the formula says it."""
    inside = [
        row[0]
        for row in rows
        if all(code >= 0 and WORDS[code] == word for code, word in zip(row[1:], path, strict=False))
    ]
    own = float(np.quantile(inside, credit.quantile))
    if not path:
        return own, len(inside)
    weight = len(inside) / (len(inside) + credit.shrink)
    return weight * own + (1 - weight) * plain(rows, path[:-1], credit)[0], len(inside)


@given(customers, credits_)
def test_each_group_is_shrunk_towards_the_coarser_one(rows, credit):
    groups = made(rows, credit)
    expected = {()}
    for row in rows:
        expected |= {tuple(WORDS[c] for c in row[1:n]) for n in (2, 3) if min(row[1:n]) >= 0}
    assert set(groups) == expected
    for path, group in groups.items():
        frontier, peers = plain(rows, path, credit)
        assert group.peers == peers
        assert group.frontier == pytest.approx(frontier, rel=1e-12, abs=1e-9)


@given(customers, credits_, st.randoms())
def test_the_order_of_customers_does_not_matter(rows, credit, rng):
    shuffled = list(rows)
    rng.shuffle(shuffled)
    assert made(shuffled, credit) == made(rows, credit)


@given(customers, credits_)
def test_more_rungs_are_more_confidence_and_none_is_certain(rows, credit):
    groups = made(rows, credit)
    for path, group in groups.items():
        assert 0 < group.confidence <= 1
        assert not path or groups[path[:-1]].confidence < group.confidence


def test_a_group_of_thirty_counts_by_half():
    rows = [(10.0, 0, -1)] * 30 + [(0.0, 1, -1)] * 1000
    groups = made(rows, Credit(quantile=0.9, shrink=30.0, rungs=3))
    assert groups["north",].frontier == 5.0
    assert groups[()].frontier == 0.0


def test_nobody_makes_no_group():
    assert learnt(np.empty(0), [], Credit(quantile=0.9, shrink=30.0, rungs=1)) == ()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_is_that_of_numpy(values, share):
    found = quantiles(np.sort(values), np.zeros(len(values), dtype=int), share)
    assert found[0] == pytest.approx(np.quantile(values, share), rel=1e-12, abs=1e-9)
