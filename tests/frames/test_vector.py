"""Whole columns at once: every row once, and a part that is named twice computed once."""

import numpy as np
import pytest

from custseg.frames.bound import BLOCK
from custseg.frames.vector import evaluated, evaluated_all
from custseg.rules import Bands, Line, Scaled, Sum


@pytest.mark.parametrize("rows", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_no_row_is_lost_between_blocks(rows):
    cols = {"x": np.arange(rows, dtype=float)}
    rule = Line("x", ((0.0, 0), (float(4 * BLOCK), 4 * BLOCK)))
    made = evaluated_all({"same": rule, "half": Scaled(Sum((rule,), 0), 2.0)}, cols, rows)
    assert np.array_equal(made["same"], cols["x"])
    assert np.array_equal(made["half"], cols["x"] / 2)


def test_words_keep_their_order_and_missing_its_place():
    cols = {"x": np.tile([0.0, np.nan, 2.0], BLOCK)}
    made = evaluated(Bands("x", (1.0,), ("low", "high")), cols, 3 * BLOCK)
    assert made.words == ("low", "high")
    assert np.array_equal(made.at, np.tile([0, -1, 1], BLOCK))
