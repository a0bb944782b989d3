"""Factors that move: exactly by what they are told to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.frames.scalar import compiled
from custseg.rules import Line
from custseg.scoring import Bins, Decay, Factor, Levels, Ramp, Scorecard, Steps
from custseg.scoring.effects.field import Field
from custseg.scoring.prior.moving import Shift, moved, stepped

POINTS = st.integers(-2000, 2000).map(lambda p: p / 100)
VISITS, SOURCE = Field("x", (2.0, 5.0)), Field("x", words=("fair", "talk"))


def points(factors, value):
    return sum(int(compiled(f.rule())({"x": value})) for f in factors)


@given(st.lists(POINTS, min_size=4, max_size=4), st.floats(-3, 9))
@pytest.mark.parametrize(
    "curve",
    [
        Steps((1, 5), (0, 0.5, 1)),
        Bins((2, 3), (-4, 2, 8), missing=1.5, special={4: 9}),
        Decay(3),
        Bins((5,), (1, 2), closed="right"),
    ],
)
def test_bands_move_by_their_shift(curve, shift, value):
    worth = {} if hasattr(curve, "own_worth") else {"worth": 20}
    factor = Factor("f", "x", curve=curve, **worth)
    card = Scorecard((factor,))
    after = moved(card, [Shift(VISITS, np.array(shift))])
    for x, by in ((value, shift[int(np.searchsorted((2.0, 5.0), value, side="right"))]),):
        assert points(after, x) == points([factor], x) + round(100 * by)
    assert points(after, float("nan")) == points([factor], float("nan")) + round(100 * shift[3])


@given(st.lists(POINTS, min_size=4, max_size=4))
def test_words_move_by_their_shift(shift):
    factor = Factor("f", "x", curve=Levels({"fair": 5, "ad": 2}, otherwise=1), missing=0)
    after = moved(Scorecard((factor,)), [Shift(SOURCE, np.array(shift))])
    by = {"fair": shift[0], "talk": shift[1], None: shift[2], "ad": shift[3], "unseen": shift[3]}
    for word, points_of in by.items():
        assert points(after, word) == points([factor], word) + round(100 * points_of)


@given(st.integers(-4000, 4000), st.integers(-4000, 4000), st.floats(-5, 25))
def test_a_line_in_steps_is_at_most_half_a_hundredth_of_its_height_off(low, high, value):
    line = Line("x", ((0.0, low), (10.0, high), (20.0, low)))
    exact, near = (int(compiled(rule)({"x": value})) for rule in (line, stepped(line)))
    assert abs(exact - near) <= max(1.0, abs(high - low) / 100) / 2 + 1


def test_what_hardly_moves_is_left_as_it_is():
    factor = Factor("f", "x", worth=9, curve=Ramp(0, 1))
    assert moved(Scorecard((factor,)), [Shift(VISITS, np.full(4, 0.004))]) == (factor,)


def test_a_column_that_no_factor_reads_becomes_a_factor_of_a_name_of_its_own():
    card = Scorecard((Factor("x", "y", worth=9, curve=Ramp(0, 1)),))
    added = moved(card, [Shift(VISITS, np.array([0.0, 1, 2, 3]))])[-1]
    assert (added.name, added.field, added.title) == ("x_learnt", "x", "x")
