"""Grids of states of a few customers, for laws: who is known stays known, all else may happen."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from custseg import frames
from custseg.classify import STATES, StateGrid
from custseg.features.ids import Ids

WORDS = ("potential", "new", "active", "at_risk", "dormant", "churned")
FIRST = date(2025, 1, 31)


def grid(states, words=WORDS, dates=None, like=None):
    """A grid of given states: one row a date."""
    held = np.array(states, dtype=np.int8).reshape(len(states), -1)
    days = dates or tuple(FIRST + timedelta(days=30 * i) for i in range(len(held)))
    classes = tuple(STATES[word] for word in words)
    ids = Ids("customer_id", np.arange(held.shape[1]))
    return StateGrid(
        days, held, words, classes, ids, frames.table([{"a": 1}] if like is None else like)
    )


@st.composite
def lives(draw, dates):
    """One customer's states; unknown (-1) up to some date."""
    before = draw(st.integers(0, dates))
    after = draw(
        st.lists(st.integers(0, len(WORDS) - 1), min_size=dates - before, max_size=dates - before)
    )
    return [-1] * before + after


@st.composite
def grids(draw):
    dates = draw(st.integers(2, 5))
    people = draw(st.lists(lives(dates), max_size=12))
    columns = np.array(people, dtype=np.int8).reshape(len(people), dates)
    return grid(columns.T)


def histories(made):
    """Customer by customer: the states as words, None where not known."""
    return [
        [None if code < 0 else made.words[code] for code in column]
        for column in made.states.T.tolist()
    ]


def moves(made):
    """All (step, from, to), in plain Python."""
    return [
        (step, was, now)
        for life in histories(made)
        for step, (was, now) in enumerate(pairwise(life))
    ]
