"""Laws of clustering: the order of rows decides nothing, and what is forbidden never happens."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.edges import Edges
from custseg.match.clustering.grouping import cluster
from custseg.match.clustering.settings import Clusters

WEIGHTS = st.sampled_from([-np.inf, -12.0, -6.0, -3.0, -1.0, 0.0, 1.0, 4.0, 9.0, np.inf])
SETTINGS = st.builds(
    Clusters,
    cut=st.sampled_from([-3.0, -8.0, 0.0]),
    largest=st.sampled_from([None, 2, 3]),
    one_per=st.sampled_from([(), ("a",), ("*",)]),
    complete=st.sampled_from([4, 1000]),
)
PLAIN = st.builds(Clusters, cut=st.sampled_from([-3.0, -8.0, 0.0]))


class Case:
    """Records with a weight for every pair, some of them candidates, and rules."""

    def __init__(self, weight, asked, keys, order):
        self.weight, self.asked, self.keys, self.order = weight, asked, keys, order

    def run(self, settings, order=None):
        rows = np.arange(len(self.weight)) if order is None else np.array(order, dtype=int)
        weight = self.weight[np.ix_(rows, rows)]
        asked = self.asked[np.ix_(rows, rows)]
        left, right = np.nonzero(np.triu(asked, 1))
        same, apart, source = (Codes(key[rows], ("a", "b", "c")) for key in self.keys)
        found = cluster(
            Edges(right, left, weight[left, right]),
            rows.astype(float),
            rescore=lambda a, b: weight[a, b],
            settings=settings,
            bounds=Bounds((same,), (apart,), source=source),
        )
        back = np.argsort(rows)
        return found.at[back], found.weakest[back], found.report


@st.composite
def cases(draw, weights=WEIGHTS):
    count = draw(st.integers(1, 7))
    pairs = count * (count - 1) // 2
    upper = np.zeros((count, count))
    upper[np.triu_indices(count, 1)] = draw(st.lists(weights, min_size=pairs, max_size=pairs))
    asked = np.zeros((count, count), dtype=bool)
    asked[np.triu_indices(count, 1)] = draw(st.lists(st.booleans(), min_size=pairs, max_size=pairs))
    weight = np.where(np.tri(count, dtype=bool), upper.T, upper)
    keys = [
        np.array(draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count)))
        for _ in range(3)
    ]
    keys[0][draw(st.booleans()) * count :] = -1
    return Case(weight, asked | asked.T, keys, draw(st.permutations(range(count))))


@given(cases(), SETTINGS)
def test_row_order_does_not_matter(case, settings):
    at, weakest, report = case.run(settings)
    turned, held, told = case.run(settings, case.order)
    assert at.tolist() == turned.tolist()
    np.testing.assert_array_equal(weakest, held)
    assert report == told


@given(cases(), SETTINGS)
def test_what_is_forbidden_never_happens(case, settings):
    at, _, _ = case.run(settings)
    _, apart, source = case.keys
    once = [code for code, word in enumerate("abc") if {word, "*"} & set(settings.one_per)]
    for i, j in zip(*np.nonzero(at[:, None] == at), strict=True):
        if i < j:
            assert min(apart[i], apart[j]) < 0 or apart[i] == apart[j]
            assert source[i] != source[j] or source[i] not in once
            assert case.weight[i, j] > -np.inf or not case.asked[i, j]


@given(cases(), SETTINGS)
def test_rules_that_nothing_forbids_are_never_split(case, settings):
    case.keys[1][:] = -1
    case.keys[2][:] = -1
    case.weight = np.where(case.weight == -np.inf, -12.0, case.weight)
    at, _, report = case.run(settings)
    same = case.keys[0]
    must = case.asked & (case.weight == np.inf)
    must |= (same[:, None] == same) & (same >= 0)
    i, j = np.nonzero(must)
    assert (at[i] == at[j]).all()
    assert report.torn == 0


@given(cases(st.integers(-20, 20).map(float)), PLAIN)
def test_it_is_average_linkage_of_what_hangs_together(case, settings):
    for key in case.keys:
        key[:] = -1
    at, _, _ = case.run(settings)
    assert at.tolist() == slowly(case, settings.cut)


def slowly(case, cut):
    """One merge at a time, as the definition says."""
    near = case.asked & (case.weight >= 0)
    hangs = np.linalg.matrix_power(near + np.eye(len(near)), len(near)) > 0
    parts = [[i] for i in range(len(near))]
    while len(parts) > 1:
        means = {
            (-round(float(case.weight[np.ix_(one, two)].mean()), 9), one[0], two[0]): (one, two)
            for a, one in enumerate(parts)
            for two in parts[a + 1 :]
            if hangs[one[0], two[0]]
        }
        best = min(means, default=(np.inf,))
        if -best[0] < cut:
            break
        one, two = means[best]
        one += two
        parts.remove(two)
    number = {i: a for a, part in enumerate(parts) for i in part}
    return [number[i] for i in range(len(near))]
