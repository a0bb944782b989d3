"""What was kept of each load."""

import json

import attrs
import numpy as np

from custseg.allocate import KeptLoad
from custseg.allocate.limiting.keeping import carried, kept
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.solving.solution import Solution

LOADS = Loads.of_one("value", np.array([6.0, 5.0, 4.0]), np.array([0.0, 8.0]), np.array([5.0, 99]))


def test_what_is_missing_and_what_is_too_much_is_said():
    found = Solution(np.array([0, 1, -1]), np.zeros(2), (np.array([0.5, 0.0]),))
    first, second = kept(LOADS, found)
    assert (first.over, first.short, first.price) == (1.0, 0.0, 0.5)
    assert (second.over, second.short, second.held) == (0.0, 3.0, 5.0)
    assert first.text() == "0: value 6 of 0 to 5 (1 over)"
    assert second.text("zh").endswith("（差 3）")
    assert json.loads(json.dumps(second.as_dict()))["short"] == 3.0


def test_no_limit_above_is_said_too():
    free = attrs.evolve(LOADS, hi=(np.full(2, np.inf),))
    found = kept(free, Solution.bare(np.array([0, 1, 1]), 2))
    assert [row.high for row in found] == [None, None]
    assert found[1].text() == "1: value 9, at least 8"


def test_shared_customers_are_carried_by_share():
    split = Solution(np.array([0, 1, 1]), np.zeros(2), splits=((0, 0, 0.75), (0, 1, 0.25)))
    assert carried(LOADS, split)[0].tolist() == [4.5, 10.5]


def test_a_hair_is_no_shortfall():
    assert KeptLoad("value", "R", 1e6, 2e6, 1e6 - 1e-7, 0.0).short == 0.0
