import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from custseg.errors import DataError
from custseg.measures import mobility

counts = st.integers(2, 5).flatmap(
    lambda k: hnp.arrays(np.float64, (k, k), elements=st.integers(0, 9).map(float))
)


def test_nobody_moves():
    found = mobility(np.eye(3), [5, 3, 2])
    assert set(found.as_dict().values()) == {0.0}


def test_everybody_moves_as_far_as_can_be():
    found = mobility([[0, 1], [1, 0]])
    assert (found.unconditional, found.distance, found.shorrocks) == (2.0, 1.0, 2.0)
    assert found.eigenvalue == pytest.approx(0.0), "it is known where everybody came from"


def test_the_class_before_tells_nothing():
    """All rows alike: P = D = L2 = 1."""
    found = mobility([[0.5, 0.3, 0.2]] * 3)
    assert (found.shorrocks, found.determinant, found.eigenvalue) == pytest.approx((1, 1, 1))


def test_by_hand():
    """.5 of 4 leave by one, .25 of 2 by one and .25 by two: 2 + .5 + 2 * .5 over 6 over 2."""
    found = mobility([[0.5, 0.5, 0], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]], [4, 0, 2])
    assert found.distance == pytest.approx((4 * 0.5 + 2 * (0.25 + 0.5)) / 6 / 2)
    assert found.unconditional == pytest.approx(3 * 0.5 / 2)


def test_a_class_of_which_nothing_is_known():
    chances = [[0.9, 0.1, 0], [np.nan] * 3, [0, 0.2, 0.8]]
    known, unknown = mobility(chances, [1, 0, 1]), mobility(chances)
    assert known.unconditional == pytest.approx(3 * 0.15 / 2)
    assert known.distance == pytest.approx(0.15 / 2)
    assert np.isnan([known.shorrocks, known.determinant, known.eigenvalue, known.singular]).all()
    assert np.isnan([unknown.unconditional, unknown.distance]).all()
    assert json.loads(json.dumps(known.as_dict(), allow_nan=False))["singular"] is None


@pytest.mark.parametrize("size", [0, 1])
def test_one_class_has_no_mobility(size):
    assert set(mobility(np.eye(size)).as_dict().values()) == {None}


def test_nobody_at_all_has_none_that_weighs_customers():
    found = mobility(np.eye(2), [0, 0])
    assert np.isnan([found.distance, found.unconditional]).all()
    assert found.shorrocks == 0.0


@given(counts)
def test_laws(moves):
    if not moves.sum(axis=1).all():
        return
    chances = moves / moves.sum(axis=1, keepdims=True)
    found = mobility(chances, moves.sum(axis=1))
    classes = len(moves)
    assert 0 <= found.shorrocks <= classes / (classes - 1) + 1e-12
    assert -1e-9 <= found.determinant <= 1
    assert found.eigenvalue <= 1
    assert 0 <= found.distance <= 1
    flipped = mobility(chances[::-1, ::-1], moves.sum(axis=1)[::-1])
    for name, value in found.as_dict().items():
        assert getattr(flipped, name) == pytest.approx(value, abs=1e-6), name


@pytest.mark.parametrize(
    ("chances", "weights"),
    [
        ([[0.5, 0.4], [0, 1]], None),
        ([[1.5, -0.5], [0, 1]], None),
        ([[1.0, 0.0]], None),
        ([1.0], None),
        ([[1, 0], [0, 1]], [1]),
        ([[1, 0], [0, 1]], [1, -1]),
        ([[1, 0], [0, 1]], [1, np.nan]),
        ([[1, 0], [0, 1]], [1, np.inf]),
        ([[1, 0], [0, 1]], ["a", "b"]),
        ([["a"]], None),
        ([[1], [0.5, 0.5]], None),
    ],
)
def test_what_is_no_matrix_of_chances_is_refused(chances, weights):
    with pytest.raises(DataError):
        mobility(chances, weights)
