"""What pairs of ids draw."""

import numpy as np
import pytest

from custseg.allocate.solving.drawing import drawn, keys


@pytest.mark.parametrize("other", [["17"], [17.0], [18]])
def test_ids_of_other_types_are_others(other):
    assert keys([17]).tolist() != keys(other).tolist()
    assert keys([17]).tolist() == keys([17]).tolist()


def test_numbers_of_numpy_are_those_of_python():
    assert keys(list(np.array([17, 18]))).tolist() == keys([17, 18]).tolist()


def test_what_is_drawn_is_exponential_and_of_both_sides():
    found = drawn(keys(range(400)), keys([f"R{i}" for i in range(50)]))
    assert found.shape == (400, 50)
    assert abs(found.mean() - 1) < 0.03
    assert abs(found.std() - 1) < 0.03
    assert np.abs(np.corrcoef(found.T) - np.eye(50)).max() < 0.25
