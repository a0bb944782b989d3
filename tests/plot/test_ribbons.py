import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.plot.ribbons import apart, ribbons

moves = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 50), min_size=n + 1, max_size=n + 1),
        min_size=n + 1,
        max_size=n + 1,
    )
)


@given(moves)
def test_ribbons_fill_the_column_that_they_leave_and_leave_room_for_newcomers(rows):
    step = np.array(rows)
    step[:, 0] = 0  # nobody is forgotten
    found = list(ribbons(step[None]))
    known = step[1:, 1:]
    edges = sorted((r.low[0], r.high[0]) for r in found)
    assert edges == [(a, b) for a, b in edges if a < b]
    assert [a for a, _ in edges[1:]] == [b for _, b in edges[:-1]]
    assert sum(b - a for a, b in edges) == known.sum()
    ground = np.concatenate(([0], np.cumsum(step[:, 1:].sum(axis=0))))
    for target in range(len(known)):
        enters = sorted((r.low[1], r.high[1]) for r in found if r.target == target)
        assert sum(b - a for a, b in enters) == known[:, target].sum()
        if enters:
            assert enters[0][0] == ground[target]
            assert enters[-1][1] == ground[target + 1] - step[0, target + 1]


@given(moves)
def test_a_ribbon_is_as_high_where_it_begins_as_where_it_ends(rows):
    step = np.array(rows)
    for ribbon in ribbons(step[None]):
        size = step[ribbon.source + 1, ribbon.target + 1]
        assert ribbon.high[0] - ribbon.low[0] == ribbon.high[1] - ribbon.low[1] == size


def test_the_outline_goes_from_edge_to_edge():
    (ribbon,) = ribbons(np.array([[[0, 0], [0, 7]]]))
    box = ribbon.outline(10.0, 20.0).get_extents()
    assert (box.x0, box.x1, box.y0, box.y1) == (10.0, 20.0, 0.0, 7.0)


places = st.lists(st.integers(-1000, 1000), min_size=1, max_size=8).map(sorted)


@given(places, st.integers(1, 100))
def test_labels_are_apart_and_in_order(some, least):
    moved = apart(np.array(some, dtype=float), float(least))
    assert (np.diff(moved) >= least - 1e-6).all()


@given(places, st.integers(1, 100))
def test_labels_that_are_apart_already_stay(some, least):
    far = np.array(some, dtype=float) + 2 * least * np.arange(len(some))
    assert apart(far, float(least)).tolist() == far.tolist()


@given(places, st.integers(1, 100))
def test_labels_are_moved_as_little_as_possible(some, least):
    """The least squares under an order are those of isotonic regression: no shift does better."""
    given_places = np.array(some, dtype=float)
    moved = apart(given_places, float(least))
    best = ((moved - given_places) ** 2).sum()
    for i in range(len(some)):
        for shift in (-0.1, 0.1):
            other = moved.copy()
            other[i:] += shift
            if (np.diff(other) >= least).all():
                assert ((other - given_places) ** 2).sum() >= best - 1e-6
