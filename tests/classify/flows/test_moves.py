from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anygrid
import custseg as cs
from custseg.classify import STATES
from custseg.classify.flows.moves import Moves, between_dates
from custseg.errors import ConfigError, DataError, NotEnoughDataError

PLACES = (None, *anygrid.WORDS)


@given(anygrid.grids())
def test_moves_are_those_of_plain_python(grid):
    found = Moves.of(grid.states, grid.words)
    plain = Counter(anygrid.moves(grid))
    assert {
        (step, PLACES[was], PLACES[now]): count
        for (step, was, now), count in np.ndenumerate(found.steps)
        if count
    } == dict(plain)
    lives = anygrid.histories(grid)
    triples = Counter(tuple(life[i : i + 3]) for life in lives for i in range(len(life) - 2))
    assert {
        tuple(PLACES[place] for place in at): count
        for at, count in np.ndenumerate(found.memory)
        if count
    } == dict(triples)
    assert found.latest.tolist() == [sum(life[-1] == word for life in lives) for word in PLACES]


@given(anygrid.grids())
def test_classes_are_counted_as_if_they_were_states(grid):
    classes = ("potential", "active", "dormant")
    place = np.array([*(classes.index(STATES[word]) for word in grid.words), -1], dtype=np.int8)
    apart = Moves.of(place[grid.states], classes)
    folded = Moves.of(grid.states, grid.words).by_class(grid)
    for one, other in ((apart.steps, folded.steps), (apart.memory, folded.memory)):
        assert np.array_equal(one, other)
    assert folded.words == classes


@given(anygrid.grids(), st.integers(0, 12))
def test_customers_add_up_and_their_order_does_not_matter(grid, cut):
    parts = [Moves.of(part, grid.words) for part in (grid.states[:, cut:], grid.states[:, :cut])]
    whole = Moves.of(grid.states[:, ::-1], grid.words)
    assert np.array_equal(whole.steps, sum(part.steps for part in parts))
    assert np.array_equal(whole.memory, sum(part.memory for part in parts))


def test_many_states_are_counted_as_well():
    words = tuple(f"s{i}" for i in range(60))
    states = np.array([[-1, 59, 3], [0, 59, 4], [58, 59, 3]], dtype=np.int8)
    found = Moves.of(states, words)
    assert found.steps[1, 1, 59] == found.memory[60, 60, 60] == found.memory[4, 5, 4] == 1


def test_one_state_alone_is_a_matrix_too():
    found = Moves.of(np.array([[-1, 0], [0, 0], [0, 0]], dtype=np.int8), ("only",))
    assert found.steps.tolist() == [[[0, 1], [0, 1]], [[0, 0], [0, 2]]]


def test_one_date_makes_no_move():
    with pytest.raises(NotEnoughDataError, match="two dates, got 1"):
        Moves.of(np.zeros((1, 3), dtype=np.int8), ("a",))


def test_who_is_known_stays_known():
    with pytest.raises(DataError, match="has none on a later one"):
        Moves.of(np.array([[0], [-1]], dtype=np.int8), ("a",))


def test_dates_are_asked_for_in_order():
    grid = anygrid.grid([[0], [0], [0]])
    assert between_dates(grid, ("2025-01-31", grid.dates[2])) == (0, 2)
    with pytest.raises(ConfigError, match="no dates of the grid"):
        between_dates(grid, ("2025-01-30", grid.dates[2]))
    with pytest.raises(ConfigError, match="an earlier and a later"):
        between_dates(grid, (grid.dates[2], grid.dates[0]))
    assert cs.errors.ConfigError is ConfigError
