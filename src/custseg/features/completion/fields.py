"""What each field adds to the completeness of each record, and what it could add."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.features.completion.filling import Check, filling
from custseg.features.completion.freshness import Freshness
from custseg.frames import Table
from custseg.frames.vector import holds
from custseg.rules import Condition

_BLOCK: Final = 1 << 16


@attrs.frozen
class Part:
    """A column that fills a field.

    Attributes:
        column: Which.
        check: What makes its values valid.
        freshness: How they grow old, ``None`` where they do not.
    """

    column: str
    check: Check
    freshness: Freshness | None = None


@attrs.frozen
class Field:
    """One of the fields that make a record complete.

    Attributes:
        name: A column, or the name of a group of which the best counts.
        weight: What it counts.
        parts: The columns that fill it.
        applies: To whom it applies, ``None`` for everybody.
    """

    name: str
    weight: float
    parts: tuple[Part, ...]
    applies: Condition | None = None

    @property
    def columns(self) -> set[str]:
        """The columns that are read for it."""
        dated = {part.freshness.column for part in self.parts if part.freshness}
        asked = set(self.applies.needs) if self.applies is not None else set[str]()
        return {part.column for part in self.parts} | dated | asked


@attrs.frozen(eq=False)
class Seen:
    """What the rows hold of a field.

    Attributes:
        field: Which.
        filled: Whether there is something.
        valid: Whether it can be true.
        quality: What it counts, 0 to 1; whether it counts where values do not grow old.
        applies: To which rows it applies, ``None`` for all.
    """

    field: Field
    filled: Bools
    valid: Bools
    quality: Floats | Bools
    applies: Bools | None

    def earned(self) -> Floats | Bools:
        """What it counts, 0 where it does not apply."""
        return self.quality if self.applies is None else self.quality * self.applies

    def lacking(self) -> Floats:
        """What it could count in addition, 0 where it does not apply."""
        lacks = np.subtract(1.0, self.quality, dtype=np.float64)
        return lacks if self.applies is None else lacks * self.applies


@attrs.frozen(eq=False)
class Shortfall:
    """Completeness of each record, and the field that would add most to it.

    Attributes:
        earned: Weight that counts.
        possible: Weight that applies.
        best: Place of the field that would add most, the first of equals; -1 where none would.
        gain: The weight that it would add.
    """

    earned: Floats
    possible: Floats
    best: Index
    gain: Floats

    @property
    def share(self) -> Floats:
        """Completeness, 0 to 1; NaN where nothing applies."""
        return share(self.earned, self.possible)


def share(earned: Floats, possible: Floats) -> Floats:
    """The part of the weight that counts; NaN where nothing applies."""
    there = possible > 0
    return np.where(there, np.minimum(earned / np.where(there, possible, 1.0), 1.0), np.nan)


def looked_at(table: Table[Any], fields: Sequence[Field], as_of: Floats) -> Iterator[Seen]:
    """Look at one field after the other.

    Args:
        table: The customers.
        fields: The fields.
        as_of: The day at which values are as old as they are, row by row.
    """
    for field in fields:
        yield _seen(table, field, as_of)


def _seen(table: Table[Any], field: Field, as_of: Floats) -> Seen:
    found = [_part(table, part, as_of) for part in field.parts]
    filled, valid, quality = found[0]
    for other in found[1:]:
        filled, valid = filled | other[0], valid | other[1]
        quality = np.maximum(quality, other[2])
    return Seen(field, filled, valid, quality, _applies(table, field))


def _applies(table: Table[Any], field: Field) -> Bools | None:
    if field.applies is None:
        return None
    return holds(field.applies, table.read(field.applies.needs), table.size)


def _part(table: Table[Any], part: Part, as_of: Floats) -> tuple[Bools, Bools, Floats | Bools]:
    held = filling(table, part.column, part.check)
    if part.freshness is None:
        return held.filled, held.valid, held.valid
    return held.filled, held.valid, part.freshness.of(table, as_of) * held.valid


def possible_of(table: Table[Any], fields: Sequence[Field]) -> Floats:
    """The weight that applies to each row."""
    total = np.zeros(table.size)
    for field in fields:
        _add(total, field.weight, _applies(table, field))
    return total


def completeness_of(found: Iterator[Seen], size: int) -> tuple[Floats, Floats]:
    """Weight that counts and weight that applies, row by row.

    Summed one field after the other, so that a row's figure does not depend on other rows.
    """
    earned, possible = np.zeros((2, size))
    for seen in found:
        weight = seen.field.weight
        _add(earned, weight, seen.earned())
        _add(possible, weight, seen.applies)
    return earned, possible


def _add(total: Floats, weight: float, share: Floats | Bools | None) -> None:
    """Add in blocks that stay in cache."""
    if share is None:
        total += weight
        return
    for low in range(0, len(total), _BLOCK):
        here = slice(low, low + _BLOCK)
        total[here] += weight * share[here]


def shortfall_of(found: Iterator[Seen], size: int) -> Shortfall:
    """Completeness and the field that would add most to it."""
    earned, possible, gain = np.zeros((3, size))
    best = np.full(size, -1, dtype=np.intp)
    for i, seen in enumerate(found):
        weight = seen.field.weight
        _add(earned, weight, seen.earned())
        _add(possible, weight, seen.applies)
        lacking = weight * seen.lacking()
        more = lacking > gain
        best[more] = i
        gain[more] = lacking[more]
    return Shortfall(earned, possible, best, gain)
