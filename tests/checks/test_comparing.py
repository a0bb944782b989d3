"""Comparisons that break a law are refused by its name."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np
import pytest
from numpy.typing import NDArray

from custseg._typing import Codes, Floats, Index
from custseg.checks import BrokenLawError, check
from custseg.checks.comparing import comparison
from custseg.match import Phones, Prepared
from custseg.match.reading import Once


@attrs.frozen
class Spoilt(Phones):
    """Phones, but for one thing."""

    fault: str = ""

    def prepare(self, columns: Once, region: str | None = None) -> Any:
        """The same, spoilt."""
        return Turned(super().prepare(columns, region), self.fault)


class Turned:
    """A side that breaks one law."""

    def __init__(self, side: Prepared, fault: str) -> None:
        """Take the right side, and what to do wrong."""
        self._side, self._fault = side, fault

    @property
    def codes(self) -> Codes:
        """As they are."""
        return self._side.codes

    def levels(self, left: Index, right: Index) -> NDArray[np.int8]:
        """The levels, wrong on one side or where something is missing."""
        found = self._side.levels(left, right)
        if self._fault == "either side":
            return np.where(left < right, found, np.int8(1))
        return np.maximum(found, 1) if self._fault == "missing" else found

    def chances(self, sample: int = 1500) -> Floats:
        """The shares, or too few of them."""
        found = self._side.chances(sample)
        return found[:-1] if self._fault == "shares" else found

    def levels_of(self, values: Mapping[str, str | None], rows: Index) -> NDArray[np.int8]:
        """The levels of one record, or the best for all."""
        found = self._side.levels_of(values, rows)
        return np.maximum(found, 1) if self._fault in {"one record", "missing"} else found


def test_phones_keep_the_laws() -> None:
    assert {"either side", "one record", "missing", "row order", "shares"} <= set(check(Phones()))


@pytest.mark.parametrize("fault", ["either side", "one record", "missing", "shares"])
def test_a_broken_law_is_named(fault: str) -> None:
    with pytest.raises(BrokenLawError) as told:
        list(comparison(Spoilt(fault=fault)))
    assert told.value.law == fault
