"""What a wish has, and may have."""

from datetime import date
from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg.allocate import Availability, CoolOff, Match
from custseg.allocate.wishing.protocol import classes_of, dated
from custseg.errors import ConfigError
from custseg.reasons import Reason


@attrs.frozen
class Bare:
    needs: ClassVar = {}
    rep_needs: ClassVar = {}
    reason: ClassVar = Reason("bare")

    def points(self, customers, reps):
        return np.zeros((1, 1))


def test_a_wish_without_classes_knows_none():
    assert classes_of(Bare(), {}, {}) is None


def test_the_day_is_put_into_wishes_that_ask_for_it():
    given = (Match("region"), Bare(), CoolOff(30), Availability(as_of="2026-01-01"))
    found = dated(given, 20_635.0)
    assert found[:2] == given[:2]
    assert found[2].as_of == found[3].as_of == date(2026, 7, 1)


def test_a_wish_that_depends_on_the_day_asks_for_one():
    with pytest.raises(ConfigError, match="CoolOff depends on the day"):
        dated([CoolOff(30)], None)
    assert dated([CoolOff(30, as_of="2026-07-01")], None)[0].as_of == date(2026, 7, 1)
