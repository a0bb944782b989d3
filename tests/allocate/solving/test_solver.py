"""What a solver may be asked and may answer."""

import pickle

import numpy as np
import pytest

from custseg.allocate import InfeasibleError
from custseg.allocate.solving.solver import check_answer, eligible
from custseg.errors import CapacityError


def test_the_error_survives_a_worker_and_names_everybody():
    error = pickle.loads(pickle.dumps(InfeasibleError(("R1", 2), 5, 3)))
    assert (error.reps, error.needed, error.eligible) == (("R1", 2), 5, 3)
    assert "'R1', 2 must get 5" in str(error)
    assert error.code == "capacity"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ([0, 0], "limits are 0 to 1"),
        ([1, -1], "not eligible"),
        ([2, -1], "columns from -1 to 1"),
        ([0], "shape"),
        ([-1, -1], "limits are 1 to 1"),
    ],
)
def test_an_answer_outside_the_limits_is_refused(at, said):
    points = np.array([[0.5, np.nan], [0.5, 0.5]])
    lo = np.array([int(said.endswith("1 to 1")), 0])
    with pytest.raises(CapacityError, match=said):
        check_answer(np.array(at), points, lo, np.array([1, 1]))


def test_nobody_is_eligible_where_there_is_no_place():
    assert eligible(np.array([[0.0, 0.0, np.nan]]), np.array([1, 0, 1])).tolist() == [
        [True, False, False]
    ]
