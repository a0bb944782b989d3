"""The present owner first."""

import numpy as np

from custseg._typing import Codes
from custseg.allocate import Stay

NAN = np.nan


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)


def same(found, expected):
    return np.array_equal(found, np.array(expected, dtype=float), equal_nan=True)


def test_stay_prefers_the_present_owner_and_knows_who_left():
    people = {"owner": codes("R2", None, "gone")}
    team = {"rep_id": codes("R1", "R2")}
    assert same(Stay().points(people, team), [[0, 1], [0, 0], [0, 0]])
    assert same(Stay(required=True).points(people, team), [[NAN, 1], [0, 0], [0, 0]])
