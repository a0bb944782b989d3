"""Words split and held against one another."""

import numpy as np

from custseg._typing import Codes
from custseg.allocate.wishing.wording import by_code, holders, shared_words


def test_a_word_twice_in_a_cell_is_one():
    assert holders(Codes(np.array([0]), ("a;a; a",)), ";") == {"a": [0]}


def test_there_are_no_more_classes_than_sets_of_representatives():
    mine = Codes(np.array([-1, 1, 0, 2, 4, 3]), ("x", "y", "z;y", " ; ", "y;x", "no row says so"))
    at, points = shared_words(mine, Codes(np.array([0, 0]), ("y",)), separator=";")
    assert points[at].tolist() == [[0, 0], [1, 1], [0, 0], [1, 1], [1, 1], [0, 0]]
    assert len(points) == 3
    assert (at == len(points) - 1).tolist() == [True, False, False, False, False, True]


def test_missing_codes_are_the_last_class():
    assert by_code(np.array([0, -1]), 1).tolist() == [0, 1]
    assert by_code(np.array([], dtype=int), 0).tolist() == []
