"""What becomes of one cell: read, judged, rewritten or made missing."""

from functools import cache
from typing import Final, Literal

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
        if not isinstance(value, str) and (self.kind in ONLY_TEXT or frames.missing(value)):
            gone = frames.missing(value)
            return Cell(value, value, "missing" if gone else "valid", None if gone else str(value))
        text = value if isinstance(value, str) else _written(value)
        reading = self._reading(text)
        new = reading.value
        if self.invalid == "missing" and not reading.valid:
            new = None
        return Cell(
            value,
            new,
            _state(reading),
            reading.key,
            reading.problem,
            self._rule(value, new, reading),
        )

    def _reading(self, text: str) -> Reading:
        if self.placeholders and (tidy(text) or "").casefold() in self.placeholders:
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
