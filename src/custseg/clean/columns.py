"""One column read cell by distinct cell, and what follows for its rows."""

from collections.abc import Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index, Ints
from custseg.clean.cell import Cell, CellReader, State
from custseg.frames import Attachable, Keys
from custseg.values.columns import Kind


@attrs.frozen(eq=False)
class ReadColumn:
    """A column as it was understood.

    Attributes:
        name: Its name.
        kind: What it holds.
        at: For each row the position of its cell, -1 where nothing was there.
        cells: The distinct cells.
    """

    name: str
    kind: Kind
    at: Index
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, name: str, keys: Keys, read: CellReader) -> "ReadColumn":
        """Read each distinct value once."""
        return cls(name, read.kind, keys.at, tuple(map(read.cell, keys.ids())))

    @property
    def counts(self) -> Ints:
        """Rows of each cell, then of no value at all."""
        size = len(self.cells)
        return np.bincount(np.where(self.at < 0, size, self.at), minlength=size + 1).astype(
            np.int64
        )

    def rows_where(self, wanted: Sequence[bool]) -> Bools:
        """The rows whose cell is wanted; a row without a value is not."""
        return np.array([*wanted, False], dtype=np.bool_)[self.at]

    def valid(self) -> Bools:
        """The rows whose value can be used."""
        return self.rows_where([cell.state == "valid" for cell in self.cells])

    def changed(self) -> Bools:
        """The rows whose value became another."""
        return self.rows_where([cell.rule is not None for cell in self.cells])

    def states(self) -> dict[State, int]:
        """Rows by what their value was; they add up to all rows."""
        out: dict[State, int] = {"missing": 0, "placeholder": 0, "invalid": 0, "valid": 0}
        *counts, nothing = self.counts.tolist()
        for cell, count in zip(self.cells, counts, strict=True):
            out[cell.state] += count
        out["missing"] += nothing
        return out

    def problems(self) -> dict[str, int]:
        """Rows by problem, the most frequent first; a null is no problem of spelling."""
        out: dict[str, int] = {}
        for cell, count in zip(self.cells, self.counts.tolist(), strict=False):
            if cell.problem is not None:
                out[cell.problem] = out.get(cell.problem, 0) + count
        return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))

    def cleaned(self) -> Attachable | None:
        """The column with its new values, None if nothing changed."""
        if all(cell.rule is None for cell in self.cells):
            return None
        words = dict.fromkeys(cell.new for cell in self.cells if isinstance(cell.new, str))
        if any(not isinstance(cell.new, str | None) for cell in self.cells):
            new: list[object] = [*(cell.new for cell in self.cells), None]
            return [new[i] for i in self.at.tolist()]
        place = {word: i for i, word in enumerate(words)}
        codes = [-1 if cell.new is None else place[str(cell.new)] for cell in self.cells]
        return Codes(np.array([*codes, -1], dtype=np.intp)[self.at], tuple(words), plain=True)
