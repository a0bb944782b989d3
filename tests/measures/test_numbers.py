import numpy as np
import pytest

from custseg.errors import DataError
from custseg.measures.numbers import numbers


def test_lists_and_arrays_are_figures():
    assert numbers([1, 2.5], "counts").tolist() == [1.0, 2.5]
    assert numbers(np.array([[1, 0]]), "counts").dtype == np.float64


@pytest.mark.parametrize("given", ["abc", ["1", "x"], [[1], [1, 2]], [object()]])
def test_what_is_none_is_refused_and_not_shown(given):
    with pytest.raises(DataError, match=r"^counts holds something that is no number") as error:
        numbers(given, "counts")
    assert error.value.__cause__ is None
