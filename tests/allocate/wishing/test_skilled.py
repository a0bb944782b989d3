"""Skills that are needed."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Skills
from custseg.errors import ConfigError

NAN = np.nan
PEOPLE = {"required_skills": Codes(np.array([0, 1, -1, 2]), ("crm;erp;crm", "erp", " ; "))}
TEAM = {"skills": Codes(np.array([0, 1, -1]), ("crm", "erp; crm"))}


@pytest.mark.parametrize(
    ("needed", "required", "expected"),
    [
        ("all", False, [[0.5, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        ("all", True, [[NAN, 1, NAN], [NAN, 1, NAN], [0, 0, 0], [0, 0, 0]]),
        ("any", False, [[1, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        ("any", True, [[1, 1, NAN], [NAN, 1, NAN], [0, 0, 0], [0, 0, 0]]),
    ],
)
def test_all_or_any_as_gate_or_as_points(needed, required, expected):
    found = Skills(needed=needed, required=required).points(PEOPLE, TEAM)
    assert np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_all_or_any_and_nothing_else():
    with pytest.raises(ConfigError, match="needed"):
        Skills(needed="some")
