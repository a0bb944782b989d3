"""Words split and held against one another."""

import numpy as np

from custseg._typing import Codes
from custseg.allocate.wishing.wording import by_code, holders, shared_words


def test_a_word_twice_in_a_cell_is_one():
    assert holders(Codes(np.array([0]), ("a;a; a",)), ";") == {"a": [0]}


def test_missing_codes_are_the_last_class_and_words_no_row_uses_are_kept():
    at, points = shared_words(Codes(np.array([-1, 1]), ("x", "y")), Codes(np.array([0]), ("y",)))
    assert at.tolist() == [2, 1]
    assert points.tolist() == [[0.0], [1.0], [0.0]]
    assert by_code(np.array([], dtype=int), 0).tolist() == []
