"""The laws of routing find strategies and guards that break them."""

from typing import ClassVar

import attrs
import numpy as np
import pytest

from custseg.allocate import RoundRobin
from custseg.checks import BrokenLawError
from custseg.checks.routing import guard, strategy
from custseg.reasons import Reason


@attrs.frozen
class Counting(RoundRobin):
    """Remembers outside of the state."""

    calls: ClassVar[list[int]] = []

    def levels(self, desk):
        self.calls.append(1)
        return np.roll(super().levels(desk), len(self.calls) // 5)


@attrs.frozen
class Moody:
    """A guard that changes its mind."""

    calls: ClassVar[list[int]] = []

    @property
    def reason(self):
        return Reason("next_in_turn")

    @property
    def window(self):
        return 0.0

    def rep_needs(self, there):
        return {}

    def refuses(self, desk):
        self.calls.append(1)
        return np.full(desk.size, len(self.calls) % 7 == 0)


@pytest.mark.parametrize(("laws", "made"), [(strategy, Counting()), (guard, Moody())])
def test_what_remembers_outside_of_the_state_is_found(laws, made):
    with pytest.raises(BrokenLawError, match="one by one"):
        list(laws(made))


def test_what_keeps_the_laws_passes():
    assert {"one by one", "state", "refused", "row order"} <= set(strategy(RoundRobin()))
