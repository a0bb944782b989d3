"""Text of an export as a header and rows: its separator, lines above the header, and totals."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import StringIO
from typing import Final

import attrs

from custseg.errors import DataError
from custseg.io.vocabulary import known_headers, loose
from custseg.values.tables import table

SEPARATORS: Final = (",", ";", "\t", "|")
_FIRST: Final = 40
"""Lines in which the header has to come."""
_LONGEST: Final = 12
"""Letters of the longest word for a total."""
_LEFT_EMPTY: Final = 0.25
_FORMULA: Final = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE: Final = re.compile(r"'[0-9+=@-].*", re.DOTALL)

Row = list[str]


@attrs.frozen(eq=False)
class Aside:
    """A row that is set aside.

    Attributes:
        line: The number of the row in the file, from 1.
        why: ``title`` (above the header), ``header`` (repeated), ``total``, ``footer``, or
            ``too_wide``: more fields than the header.
        cells: What it holds.
    """

    line: int
    why: str
    cells: tuple[str, ...]


@attrs.frozen(eq=False)
class Grid:
    """An export as a header and rows.

    Attributes:
        header: Names of the columns, each once.
        rows: The rows, each as wide as the header; an empty text where there is nothing.
        numbers: The number of each row in the file, from 1.
        aside: Rows that are none of the table.
        mended: What was done to cells, and how often.
    """

    header: tuple[str, ...]
    rows: list[Row]
    numbers: list[int]
    aside: tuple[Aside, ...] = ()
    mended: dict[str, int] = attrs.field(factory=dict[str, int])

    def columns(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each column by its name."""
        cells = zip(*self.rows, strict=True) if self.rows else (() for _ in self.header)
        return zip(self.header, cells, strict=True)


def separator(text: str) -> str:
    r"""What stands between the fields: the mark that cuts most lines into equally many.

    >>> separator("a;b\n1,5;2\n"), separator("a\tb\n1\t2\n"), separator("only\n")
    (';', '\t', ',')
    """
    first = "".join(text.splitlines(keepends=True)[:_FIRST])
    return max(SEPARATORS, key=lambda mark: _evenness(_read(first, mark)))


def _evenness(rows: Iterator[Row]) -> float:
    widths = Counter(len(row) for row in rows if any(row))
    width, often = max(widths.items(), key=lambda held: held[1] * (held[0] > 1), default=(0, 0))
    return often * (1 - 1 / width) if width > 1 else 0.0


def gridded(rows: Iterator[Row], name: str) -> Grid:
    """Rows of cells as a header and the rows below it.

    Args:
        rows: All rows of the file, from its first.
        name: Name of the file, for errors.

    Raises:
        DataError: There is no header.
    """
    seen, mended = _Cells(), Counter[str]()
    held: list[tuple[int, Row]] = []
    for number, row in enumerate(rows, 1):
        if any(cells := [seen[cell] for cell in row]):
            held.append((number, cells))
        if seen.how:
            mended.update(seen.how[cell] for cell in row if cell in seen.how)
    if not held:
        msg = f"{name!r} is empty: it has not even a header line"
        raise DataError(msg)
    top = _top([cells for _, cells in held[:_FIRST]])
    header = _trimmed(held[top][1])
    aside = [Aside(number, "title", tuple(cells)) for number, cells in held[:top]]
    sorted_out = _Sorted(header, aside, [], [])
    sorted_out.take(held[top + 1 :])
    mended["padded"] = sum(len(row) < len(header) for row in sorted_out.rows)
    full = [row + [""] * (len(header) - len(row)) for row in sorted_out.rows]
    return _unnamed(Grid(header, full, sorted_out.numbers, tuple(aside), dict(+mended)))


def delimited_rows(text: str) -> Iterator[Row]:
    """The rows of a text with separators."""
    return _read(text, separator(text))


def _read(text: str, mark: str) -> Iterator[Row]:
    return csv.reader(StringIO(text, newline=""), delimiter=mark)


class _Cells(dict[str, str]):
    """Cells without what spreadsheets and shops put around them; each is looked at once."""

    def __init__(self) -> None:
        super().__init__()
        self.how: dict[str, str] = {}

    def __missing__(self, held: str) -> str:
        cell = held.strip(" \0\t\r\n\u3000\u00a0\ufeff")
        if formula := _FORMULA.fullmatch(cell):
            cell, self.how[held] = formula[1].strip(), "formula"
        elif _APOSTROPHE.fullmatch(cell):
            cell, self.how[held] = cell[1:], "apostrophe"
        if cell in _EMPTY:
            if cell:
                self.how[held] = "null"
            cell = ""
        self[held] = cell
        return cell


_EMPTY: Final = frozenset(
    ("", "-", "null", "NULL", "Null", "None", "nan", "NaN", "--", "\\N", "#N/A")
)


def _top(first: Sequence[Row]) -> int:
    """The row of the header: the one with most headers that are known, else the first full one."""
    known = [sum(loose(cell) in known_headers() for cell in row if cell) for row in first]
    best = max(known)
    if best > 1:
        return known.index(best)
    widths = Counter(len(_trimmed(row)) for row in first)
    usual = max(widths, key=lambda width: (widths[width], width))
    return next((i for i, row in enumerate(first) if len(_trimmed(row)) >= usual), 0)


def _trimmed(row: Row) -> tuple[str, ...]:
    """A row without empty cells at its end."""
    last = max((i for i, cell in enumerate(row) if cell), default=-1)
    return tuple(row[: last + 1])


@attrs.frozen(eq=False)
class _Sorted:
    """The rows below a header, as they are sorted into those of the table and others."""

    header: tuple[str, ...]
    aside: list[Aside]
    rows: list[Row]
    numbers: list[int]

    def take(self, held: Sequence[tuple[int, Row]]) -> None:
        tail = len(held)
        while tail and self._footer(held[tail - 1][1]):
            tail -= 1
        for i, (number, cells) in enumerate(held):
            why = "footer" if i >= tail else self._why(cells)
            if i >= tail and _total(cells):
                why = "total"
            if why:
                self.aside.append(Aside(number, why, tuple(cells)))
            else:
                self.rows.append(cells[: len(self.header)])
                self.numbers.append(number)

    def _footer(self, cells: Row) -> bool:
        filled = sum(map(bool, cells))
        return _total(cells) or (filled == 1 and len(self.header) > len("ab"))

    def _why(self, cells: Row) -> str:
        if cells[0] == self.header[0] and _trimmed(cells) == self.header:
            return "header"
        if _total(cells):
            return "total"
        return "too_wide" if any(cells[len(self.header) :]) else ""


def _total(cells: Row) -> bool:
    """Whether a row adds up those above it: it says so, and leaves most cells empty."""
    first = cells[0] or next((cell for cell in cells if cell), "")
    return _says_total(first) and cells.count("") >= _LEFT_EMPTY * len(cells)


@lru_cache(maxsize=1 << 16)
def _says_total(cell: str) -> bool:
    if len(cell) > _LONGEST or cell[:1].isdigit():
        return False
    return loose(cell) in _TOTALS


_TOTALS: Final = frozenset(map(loose, table("exports")["rows_of_totals"]))


def _unnamed(grid: Grid) -> Grid:
    """With a name for each column, and without columns that have neither name nor values."""
    used = [i for i, name in enumerate(grid.header) if name or any(row[i] for row in grid.rows)]
    names: list[str] = []
    for i in used:
        name = grid.header[i] or f"column {i + 1}"
        again = 1 + sum(1 for before in used[: len(names)] if grid.header[before] == name)
        names.append(name if again == 1 else f"{name} ({again})")
    if used == list(range(len(grid.header))):
        return attrs.evolve(grid, header=tuple(names))
    rows = [[row[i] for i in used] for row in grid.rows]
    return attrs.evolve(grid, header=tuple(names), rows=rows)
