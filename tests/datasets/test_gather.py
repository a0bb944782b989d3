import numpy as np

from custseg.datasets.gather import gather


def test_lists_are_taken_by_position() -> None:
    assert gather(("a", "b"), np.array([1, 1, 0])) == ["b", "b", "a"]
    assert gather(("a",), np.array([], dtype=np.intp)) == []
