import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate.rebalancing.moving.exchanges import exchanges

REPS = 4
WAYS = st.lists(st.tuples(st.integers(-1, REPS - 1), st.integers(-1, REPS - 1)), max_size=25)


def counts(at):
    return np.bincount(at[at >= 0], minlength=REPS)


def taken_apart(ways, families=None):
    before = np.array([a for a, _ in ways], dtype=np.intp)
    after = np.array([b for _, b in ways], dtype=np.intp)
    gain = np.arange(len(ways)) % 3 / 3
    return before, after, exchanges(before, after, gain, reps=REPS, families=families)


@given(WAYS, st.randoms())
def test_any_choice_of_groups_keeps_counts_between_both_ends(ways, random):
    before, after, found = taken_apart(ways)
    assert (found.group >= 0).all()
    low, high = np.minimum(counts(before), counts(after)), np.maximum(counts(before), counts(after))
    chosen = np.array([random.random() < 0.5 for _ in range(found.size)], dtype=bool)
    at = before.copy()
    rows = found.rows[chosen[found.group]] if found.size else found.rows
    at[rows] = after[rows]
    assert (counts(at) >= low).all()
    assert (counts(at) <= high).all()


@given(WAYS)
def test_a_chain_done_step_by_step_never_takes_a_place_before_it_is_free(ways):
    before, after, found = taken_apart(ways)
    high = np.maximum(counts(before), counts(after))
    at = before.copy()
    for group in np.flatnonzero(~found.whole):
        members = np.flatnonzero(found.group == group)
        for member in members[np.argsort(found.step[members])]:
            row = found.rows[member]
            at[row] = after[row]
            assert (counts(at) <= high).all()


def test_who_only_stays_is_in_no_group():
    _, _, found = taken_apart([(1, 1), (-1, -1), (0, 2)])
    assert found.rows.tolist() == [2]
    assert found.size == 1
    assert not found.whole[0]


def test_three_in_a_ring_go_together():
    _, _, found = taken_apart([(0, 1), (1, 2), (2, 0)])
    assert found.group.tolist() == [0, 0, 0]
    assert found.whole.tolist() == [True]


def test_a_newcomer_pushes_a_chain_to_who_has_room():
    _, _, found = taken_apart([(-1, 0), (0, 1)])
    assert found.size == 1
    assert found.step.tolist() == [1, 0]
    _, _, found = taken_apart([(-1, 0), (0, -1)])
    assert found.size == 1
    assert found.step.tolist() == [1, 0]


def test_a_family_joins_its_groups_into_one_that_is_done_at_once():
    families = np.array([7, 7, -1])
    _, _, found = taken_apart([(0, 1), (0, 1), (0, 1)], families)
    assert found.size == 2
    assert found.group[0] == found.group[1] != found.group[2]
    assert found.whole[found.group].tolist() == [True, True, False]


def test_totals_are_by_group():
    _, _, found = taken_apart([(0, 1), (1, 0), (2, 3)])
    assert sorted(found.total(np.array([1.0, 2.0, 4.0])).tolist()) == [3.0, 4.0]
    assert sorted(map(len, found.members())) == [1, 2]
