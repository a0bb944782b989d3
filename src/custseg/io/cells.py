"""Cells of an export, column by column, without what spreadsheets and shops put around them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

import attrs

_BATCH: Final = 256
"""So many rows are turned into columns at a time: few enough to stay in the processor's cache, and
to be gone before Python looks for garbage among them."""
_FORMULA: Final = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE: Final = re.compile(r"'[0-9+=@-].*", re.DOTALL)
_EMPTY: Final = frozenset(
    ("", "-", "null", "NULL", "Null", "None", "nan", "NaN", "--", "\\N", "#N/A")
)
_RULE: Final = re.compile(r"[-=_]{3,}")
"""A line that is drawn across a page."""

Row = list[str]


@attrs.frozen(eq=False)
class Cells:
    """The cells of all rows of a file, as wide as the widest of them.

    Attributes:
        columns: The columns, each with a cell for every row; empty where a row ends before it.
        widths: How many cells each row has.
        mended: What was done to cells, and how often.
        broken: The cells of several lines.
    """

    columns: list[list[str]]
    widths: list[int]
    mended: Counter[str]
    broken: list[str]

    @classmethod
    def of(cls, rows: Iterator[Row]) -> "Cells":
        """Take the rows of a file in."""
        seen = _Seen()
        found = cls([], [], Counter(), seen.broken)
        while batch := list(islice(rows, _BATCH)):
            found._take(batch, seen)
        return found

    def row(self, place: int) -> Row:
        """One row, by its place from 0."""
        return [column[place] for column in self.columns[: self.widths[place]]]

    def _take(self, batch: list[Row], seen: "_Seen") -> None:
        before = len(self.widths)
        self.widths.extend(map(len, batch))
        taken = list(zip_longest(*batch, fillvalue=""))
        self.columns.extend([""] * before for _ in range(len(self.columns), len(taken)))
        taken.extend([("",) * len(batch)] * (len(self.columns) - len(taken)))
        for column, cells in zip(self.columns, taken, strict=True):
            column.extend(map(seen.__getitem__, cells))
            if seen.how:
                self.mended.update(seen.how[cell] for cell in cells if cell in seen.how)


class _Seen(dict[str, str]):
    """Each text that stands in a cell, looked at once."""

    def __init__(self) -> None:
        super().__init__()
        self.how: dict[str, str] = {}
        self.broken: list[str] = []

    def __missing__(self, held: str) -> str:
        cell = held.strip(" \0\t\r\n\u3000\u00a0\ufeff")
        if formula := _FORMULA.fullmatch(cell):
            cell, self.how[held] = formula[1].strip(), "formula"
        elif _APOSTROPHE.fullmatch(cell):
            cell, self.how[held] = cell[1:], "apostrophe"
        if cell in _EMPTY or _RULE.fullmatch(cell):
            if cell:
                self.how[held] = "null"
            cell = ""
        if "\n" in cell:
            self.broken.append(cell)
        self[held] = cell
        return cell
