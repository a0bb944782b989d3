import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.features.fewest import FEWEST, hidden

counts = st.lists(st.integers(0, 12), max_size=8)


@given(counts)
def test_what_is_hidden_cannot_be_computed(many):
    """Either nobody's money is hidden, or enough of it that the rest of the sum tells of nobody."""
    away, held = hidden(many), np.array(many, dtype=int)
    assert away[(held > 0) & (held < FEWEST)].all()
    assert not away[held == 0].any()
    if away.any() and (~away & (held > 0)).any():
        assert away.sum() >= 2
        assert held[away].sum() >= FEWEST


@given(counts)
def test_no_more_is_hidden_than_that_takes(many):
    away, held = hidden(many), np.array(many, dtype=int)
    if not (held[held > 0] < FEWEST).any():
        assert not away.any()
    extra = away & (held >= FEWEST)
    if extra.any():
        rest = np.delete(held[away], np.argmax(held[away]))
        assert len(rest) < 2 or rest.sum() < FEWEST
        assert held[extra].max() <= held[(held > 0) & ~away].min(initial=99)


@pytest.mark.parametrize(
    ("many", "away"),
    [
        ([], []),
        ([5], [False]),
        ([4], [True]),
        ([4, 90, 8], [True, False, True]),
        ([1, 1, 90, 8], [True, True, False, True]),
        ([4, 4, 90], [True, True, False]),
        ([0, 4, 0], [False, True, False]),
        ([0, 0], [False, False]),
    ],
)
def test_by_hand(many, away):
    assert hidden(many).tolist() == away
