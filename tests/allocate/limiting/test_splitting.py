"""Who may be cut into what."""

import numpy as np
import pytest

from custseg.allocate import Split
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.wishing.sides import read_side
from custseg.errors import ConfigError
from custseg.frames import table
from custseg.rules import F


@pytest.mark.parametrize("pieces", [(100,), (), (60, 30), (40, 60), (90, 10, 0), (40, 30, 30)])
def test_pieces_make_a_whole_and_the_primary_has_half(pieces):
    with pytest.raises(ConfigError, match="add up to 100"):
        Split(F("tier") == "high", pieces)


def test_a_split_marks_who_may_be_cut():
    split = Split(F("tier") == "high", (60, 40))
    people = [{"id": 1, "tier": "high"}, {"id": 2, "tier": None}]
    loads = Loads.of_one("value", np.ones(2), np.zeros(1), np.ones(1))
    found = split.into(loads, read_side(table(people), "id", split.needs))
    assert found.pieces == (60, 40)
    assert found.cut.tolist() == [True, False]
