"""How good each record is, of what that is made, and what to mend first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum

import attrs
import numpy as np

from custseg._typing import Codes, Floats
from custseg.clean.assessing.faults import DIMENSIONS, Dimension, Fault
from custseg.showing import Shown

_WHOLE = 1e12  # shares are summed as whole numbers: in any order of rows the same


@attrs.frozen
class Fix(Shown):
    """One fault of one field, as a piece of work.

    Attributes:
        column: The field.
        dimension: What it is a fault of.
        problem: Its code, such as ``missing``, ``invalid_length``, ``shared``, ``overdue``.
        records: Records that have it.
        share: Their share of all records.
        gain: What the mean score of all records would gain without it, 0 to 1.
        value: Value of the customers whose records have it, each at least 0; None if no value was
            given.
        example: One of the values, None where there is none; not shown unless asked for.

    Example:
        >>> Fix("phone", "completeness", "missing", 10, 0.1, 0.05).as_dict()["records"]
        10
    """

    column: str
    dimension: Dimension
    problem: str
    records: int
    share: float
    gain: float
    value: float | None = None
    example: object = attrs.field(default=None, repr=False)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the example only when asked."""
        out: dict[str, object] = attrs.asdict(self)
        del out["example"]
        return out | ({"example": self.example} if values else {})


@attrs.frozen(eq=False)
class Standing:
    """How good records are.

    Attributes:
        score: Of each record, 0 to 1; NaN where no field counts.
        lost: What each record has lost, by dimension; with the score it adds up to 1.
        field: The field that costs each record most; missing where none does.
        problem: Its fault there.
        fixes: What to mend, the most value at risk first, or else the most gain.
    """

    score: Floats = attrs.field(repr=False)
    lost: Mapping[Dimension, Floats] = attrs.field(repr=False)
    field: Codes = attrs.field(repr=False)
    problem: Codes = attrs.field(repr=False)
    fixes: tuple[Fix, ...]


@attrs.frozen(eq=False)
class Records:
    """What is known of the records that are judged.

    Attributes:
        size: How many they are.
        weights: What each field counts.
        values: Value of each customer; None if none was given.
        example: The value of a field in a row.
    """

    size: int
    weights: Sequence[float]
    values: Floats | None = None
    example: Callable[[Fault], object] = lambda _: None


class _Worst:
    """The field and the fault that cost each record most, the first of equals."""

    def __init__(self, size: int) -> None:
        self._most = np.zeros(size)
        self._at = np.full(size, -1, dtype=np.intp)
        self._faults: list[tuple[str, str]] = []

    def see(self, fault: Fault, lost: Floats) -> None:
        more = lost > self._most
        self._most[more] = lost[more]
        self._at[more] = len(self._faults)
        self._faults.append((fault.column, fault.problem))

    def told(self) -> tuple[Codes, Codes]:
        return self._codes([c for c, _ in self._faults]), self._codes([p for _, p in self._faults])

    def _codes(self, said: Sequence[str]) -> Codes:
        words = tuple(dict.fromkeys(said))
        place = {word: i for i, word in enumerate(words)}
        table = np.array([*(place[word] for word in said), -1], dtype=np.intp)
        return Codes(table[self._at], words, plain=True)


def standing(found: Iterable[Fault], records: Records) -> Standing:
    """Weigh what was found.

    A record's score is 1 less what its fields lose, each by its weight, divided by all weights.
    A field loses everything where nothing is there or it cannot be right; what is left of it is
    less where it is shared, where it contradicts another field, and as it grows old.

    Args:
        found: Every fault.
        records: The records.
    """
    whole = fsum(records.weights)
    lost: dict[Dimension, Floats] = {name: np.zeros(records.size) for name in DIMENSIONS}
    worst, fixes = _Worst(records.size), list[Fix]()
    for fault in found:
        weight = 0.0 if fault.at is None or not whole else records.weights[fault.at] / whole
        share = fault.lost * weight
        lost[fault.dimension] += share
        if fault.mend and fault.rows.any():
            worst.see(fault, share)
            fixes.append(_fix(fault, share, records))
    total = np.zeros(records.size)
    for part in lost.values():
        total += part
    score = np.clip(1 - total, 0.0, 1.0) if whole else np.full(records.size, np.nan)
    field, problem = worst.told()
    return Standing(score, lost, field, problem, ranked(fixes))


def ranked(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The most value at risk first where it is known; then the most gain; then records."""
    held = list(enumerate(fixes))
    held.sort(key=lambda one: (-(one[1].value or 0.0), -one[1].gain, -one[1].records, one[0]))
    return tuple(fix for _, fix in held)


def _fix(fault: Fault, lost: Floats, records: Records) -> Fix:
    touched = int(fault.rows.sum())
    gain = int(np.rint(lost * _WHOLE).astype(np.int64).sum()) / _WHOLE / records.size
    value = None
    if records.values is not None:
        held = records.values[fault.rows]
        value = fsum(held[held > 0].tolist())
    share = touched / records.size
    shown = records.example(fault)
    return Fix(fault.column, fault.dimension, fault.problem, touched, share, gain, value, shown)
