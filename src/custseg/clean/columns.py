"""One column read distinct value by distinct value, and what follows for its rows."""

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Codes, Index, Ints
from custseg.clean.cell import FINE, Cell, CellReader, Sort, State
from custseg.clean.steps import steps
from custseg.frames import Attachable, Keys
from custseg.values.columns import Kind


@attrs.frozen(eq=False)
class ReadColumn:
    """A column as it was understood.

    Attributes:
        name: Its name.
        kind: What it holds.
        at: For each row the position of its value, -1 where nothing was there.
        old: The distinct values as they came.
        new: What each became; the same object where it stayed.
        keys: What to count each by, None unless it is valid.
        sort: For each its place among the sorts.
        sorts: What was found of values.
    """

    name: str
    kind: Kind
    at: Index
    old: list[object]
    new: list[object]
    keys: list[str | None]
    sort: NDArray[np.int16]
    sorts: tuple[Sort, ...]

    @classmethod
    def of(cls, name: str, keys: Keys, read: CellReader) -> "ReadColumn":
        """Read each distinct value once."""
        old = keys.ids()
        new, found = list(old), list[str | None]()
        places: dict[Sort, int] = {FINE: 0}
        sort = np.zeros(len(old), dtype=np.int16)
        look, settle, judge = read.reading, read.settled, read.judged
        for i, value in enumerate(old):
            if type(value) is str:
                reading = look(value)
                key = reading.key
                if key is not None and reading.problem is None and reading.value == value:
                    found.append(value if key == value else key)
                    continue
                given, key, held = settle(value, reading)
            else:
                given, key, held = judge(value)
            if held.rule is not None:
                new[i] = given
            # One object for equal texts: a column of a million keys is half as large.
            found.append(given if key == given and isinstance(given, str) else key)
            sort[i] = places.setdefault(held, len(places))
        return cls(name, read.kind, keys.at, old, new, found, sort, tuple(places))

    def __len__(self) -> int:
        """Count the distinct values."""
        return len(self.old)

    def cell(self, at: int) -> Cell:
        """One distinct value before and after."""
        sort = self.sorts[int(self.sort[at])]
        key = self.keys[at]
        return Cell(self.old[at], self.new[at], sort.state, key, sort.problem, sort.rule)

    @property
    def counts(self) -> Ints:
        """Rows of each distinct value, then of no value at all."""
        size = len(self.old)
        return np.bincount(np.where(self.at < 0, size, self.at), minlength=size + 1).astype(
            np.int64
        )

    def sorted_rows(self) -> Ints:
        """Rows of each sort, then of no value at all."""
        size = len(self.sorts)
        return np.bincount(self._by_row(self.sort, size), minlength=size + 1).astype(np.int64)

    def rows_where(self, wanted: Callable[[Sort], bool]) -> Bools:
        """The rows whose sort is wanted; a row without a value is not."""
        chosen = np.array([*map(wanted, self.sorts), False], dtype=np.bool_)
        return chosen[self._by_row(self.sort, len(self.sorts))]

    def valid(self) -> Bools:
        """The rows whose value can be used."""
        return self.rows_where(lambda sort: sort.state == "valid")

    def empty(self) -> Bools:
        """The rows where nothing was there at all."""
        return np.asarray(self.at < 0)

    def changed(self) -> Bools:
        """The rows whose value became another."""
        return self.rows_where(lambda sort: sort.rule is not None)

    def states(self) -> dict[State, int]:
        """Rows by what their value was; they add up to all rows."""
        out: dict[State, int] = {"missing": 0, "placeholder": 0, "invalid": 0, "valid": 0}
        *counts, nothing = self.sorted_rows().tolist()
        for sort, count in zip(self.sorts, counts, strict=True):
            out[sort.state] += count
        out["missing"] += nothing
        return out

    def problems(self) -> dict[str, int]:
        """Rows by problem, the most frequent first; a null is no problem of spelling."""
        out: dict[str, int] = {}
        for sort, count in zip(self.sorts, self.sorted_rows().tolist(), strict=False):
            if sort.problem is not None and count:
                out[sort.problem] = out.get(sort.problem, 0) + count
        return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))

    def cleaned(self) -> Attachable | None:
        """The column with its new values, None if nothing changed."""
        if all(sort.rule is None for sort in self.sorts):
            return None
        if not all(new is None or isinstance(new, str) for new in self.new):
            new: list[object] = [*self.new, None]
            return [new[i] for i in self.at.tolist()]
        place: dict[Any, int] = {}
        codes = [-1 if new is None else place.setdefault(new, len(place)) for new in self.new]
        words = tuple(place)
        return Codes(np.array([*codes, -1], dtype=np.intp)[self.at], words, plain=True)

    def rewritten(self) -> Bools:
        """Which distinct values became others."""
        changed = np.array([sort.rule is not None for sort in self.sorts], dtype=np.bool_)
        return changed[self.sort] if len(self.sort) else np.zeros(0, dtype=np.bool_)

    def steps(self, at: int) -> tuple[str, ...]:
        """What was done to a distinct value that became another."""
        rule = str(self.sorts[int(self.sort[at])].rule)
        return steps(self.kind, rule, self.old[at], self.new[at])

    def _by_row(self, marks: NDArray[np.int16], nothing: int) -> NDArray[np.int16]:
        """The mark of each row's value, another where there is none."""
        return np.append(marks, np.int16(nothing))[self.at]
