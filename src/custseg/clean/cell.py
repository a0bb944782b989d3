"""What becomes of one cell: read, judged, rewritten or made missing."""

from functools import cache
from math import isinf
from typing import Final, Literal, NamedTuple

import attrs

from custseg import frames
from custseg.clean.readers import ONLY_TEXT, RULES, Reader, reader
from custseg.values.columns import Kind
from custseg.values.mojibake import repair
from custseg.values.reading import Reading
from custseg.values.text import tidy

Policy = Literal["keep", "missing"]
"""What becomes of a value that cannot be right."""

State = Literal["missing", "placeholder", "invalid", "valid"]

_BLANK: Final = frozenset([None, "blank"])


@attrs.frozen
class Cell:
    """One value before and after cleaning.

    Attributes:
        old: As it came.
        new: As it is now, None if it is missing.
        state: What it was: missing, placeholder, invalid or valid.
        key: What to count it by, None unless it is valid.
        problem: What is wrong or doubtful about it.
        rule: By which rule it changed, None if it did not.
    """

    old: object = attrs.field(repr=False)
    new: object = attrs.field(repr=False)
    state: State
    key: str | None = attrs.field(default=None, repr=False)
    problem: str | None = None
    rule: str | None = None


class Sort(NamedTuple):
    """What many cells have in common: what they were, and by which rule they changed."""

    state: State
    problem: str | None = None
    rule: str | None = None


FINE: Final = Sort("valid")
"""Cells that were right as they came."""

_INFINITE: Final = Sort("invalid", "not_finite")
_INFINITE_GONE: Final = Sort("invalid", "not_finite", "not_finite")


@attrs.frozen
class CellReader:
    """Read the cells of one column.

    Attributes:
        kind: What they hold.
        read: Reads one text.
        invalid: What becomes of what cannot be right.
        placeholders: More texts that stand for nothing, in lower case.

    Example:
        >>> cell_reader("phone", "CN").cell("暂无").problem
        'placeholder'
    """

    kind: Kind
    read: Reader
    invalid: Policy = "keep"
    placeholders: frozenset[str] = frozenset()

    def cell(self, value: object) -> Cell:
        """Read one value."""
        new, key, sort = self.judged(value)
        return Cell(value, new, sort.state, key, sort.problem, sort.rule)

    def judged(self, value: object) -> tuple[object, str | None, Sort]:
        """What one value becomes, what to count it by, and why."""
        if not isinstance(value, str) and (self.kind in ONLY_TEXT or frames.missing(value)):
            if isinstance(value, float) and isinf(value):
                gone = self.invalid == "missing"
                return None if gone else value, None, _INFINITE_GONE if gone else _INFINITE
            gone = frames.missing(value)
            return value, None if gone else str(value), Sort("missing") if gone else FINE
        text = value if isinstance(value, str) else _written(value)
        return self.settled(value, self.reading(text))

    def settled(self, value: object, reading: Reading) -> tuple[object, str | None, Sort]:
        """What becomes of a value that was read."""
        new = None if self.invalid == "missing" and not reading.valid else reading.value
        rule = self._rule(value, new, reading)
        return new, reading.key, Sort(_state(reading), reading.problem, rule)

    @property
    def reading(self) -> Reader:
        """Reads one text, the house's own placeholders first."""
        return self._beyond if self.placeholders else self.read

    def _beyond(self, text: str) -> Reading:
        if (tidy(text) or "").casefold() in self.placeholders:
            return Reading(problem="placeholder")
        return self.read(text)

    def _rule(self, old: object, new: object, reading: Reading) -> str | None:
        if isinstance(old, str) and old == new:
            return None
        if new is None:
            return reading.problem or "blank"
        if isinstance(old, str) and repair(old) is not None:
            return "repaired_text"
        return RULES[self.kind] if reading.valid else "tidy_text"


@cache
def cell_reader(
    kind: Kind,
    region: str | None,
    *,
    invalid: Policy = "keep",
    placeholders: tuple[str, ...] = (),
) -> CellReader:
    """The reader of a kind, made once.

    Args:
        kind: What the cells hold.
        region: Where a bare phone number belongs.
        invalid: What becomes of what cannot be right.
        placeholders: More texts that stand for nothing.
    """
    more = frozenset((tidy(text) or "").casefold() for text in placeholders)
    return CellReader(kind, reader(kind, region), invalid, more)


def _written(value: object) -> str:
    """A value that is no text as text; whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _state(reading: Reading) -> State:
    """What a value was, by its reading."""
    if reading.valid:
        return "valid"
    if reading.value is not None:
        return "invalid"
    return "missing" if reading.problem in _BLANK else "placeholder"
