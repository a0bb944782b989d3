"""Text of an export as a header and columns: its separator, lines above the header, and totals."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import compress, islice
from typing import TYPE_CHECKING, Final

import attrs

from custseg.errors import DataError
from custseg.io.cells import Cells, Row
from custseg.io.heading import FIRST, Heading, heading_of
from custseg.io.setting_aside import PAIR, Aside, told_apart, width_of
from custseg.values.tables import table

if TYPE_CHECKING:
    import _csv

SEPARATORS: Final = (",", ";", "\t", "|", *table("exports")["wide_separators"])
_HEAD: Final = 1 << 18
_SWALLOWED: Final = 3
"""So many lines alike inside a cell are no text, but rows."""


@attrs.frozen(eq=False)
class Grid:
    """An export as a header and columns.

    Attributes:
        columns: The columns by their names, each cell an empty text where there is nothing.
        numbers: The number of each row in the file, from 1.
        heading: Where the header stands.
        aside: Rows that are none of the table.
        mended: What was done to cells, and how often.
    """

    columns: dict[str, list[str]]
    numbers: list[int]
    heading: Heading
    aside: tuple[Aside, ...] = ()
    mended: dict[str, int] = attrs.field(factory=dict[str, int])

    def row(self, place: int) -> tuple[str, ...]:
        """One row, by its place from 0."""
        return tuple(column[place] for column in self.columns.values())


def separator(text: str) -> str:
    r"""What stands between the fields: the mark that cuts most lines into equally many.

    >>> separator("a;b\n1,5;2\n"), separator("a\tb\n1\t2\n"), separator("only\n")
    (';', '\t', ',')
    """
    first = "".join(islice(StringIO(text[:_HEAD], newline=""), FIRST))
    first = first.replace("\t,", ",")  # shops keep spreadsheets from rounding numbers by a tab
    return max(SEPARATORS, key=lambda mark: _evenness(_read(first, mark)))


def _evenness(rows: Iterator[Row]) -> float:
    widths = Counter(len(row) for row in rows if any(row))
    width, often = max(widths.items(), key=lambda held: held[1] * (held[0] > 1), default=(0, 0))
    return often * (1 - 1 / width) if width > 1 else 0.0


def gridded(rows: Iterator[Row], name: str, header: str | None = None) -> Grid:
    """Rows of cells as a header and the columns below it.

    Args:
        rows: All rows of the file, from its first.
        name: Name of the file, for errors.
        header: Where the header is, where somebody said so: ``3``, or ``3-4``.

    Raises:
        ConfigError: The header is said to be where there is nothing.
        DataError: There is no header.
    """
    cells = Cells.of(rows)
    held = ((i + 1, row) for i in range(len(cells.widths)) if any(row := cells.row(i)))
    first = list(islice(held, FIRST))
    if not first:
        msg = f"{name!r} is empty: it has not even a header line"
        raise DataError(msg)
    heading = heading_of(first, header)
    return _below(heading, cells)


def _below(heading: Heading, cells: Cells) -> Grid:
    """What stands below a header, without rows that are none of the table."""
    width = width_of(cells, heading)
    why = told_apart(cells, heading, width)
    kept = [i not in why for i in range(len(cells.widths))]
    columns = [list(compress(column, kept)) for column in cells.columns[:width]]
    names = (*heading.names, *[""] * (width - len(heading.names)))
    used = [i for i, name in enumerate(names) if name or any(columns[i])]
    aside = [
        Aside(i + 1, told, _picked(cells.row(i), used, width)) for i, told in why.items() if told
    ]
    padded = sum(map(width.__gt__, compress(cells.widths, kept)))
    mended = Counter(padded=padded, row_inside=sum(_row_inside(c, width) for c in cells.broken))
    return Grid(
        columns=dict(zip(_named(names, used), (columns[i] for i in used), strict=True)),
        numbers=list(compress(range(1, len(kept) + 1), kept)),
        heading=heading,
        aside=tuple(aside),
        mended=dict(+(cells.mended + mended)),
    )


def delimited_rows(text: str, name: str) -> Iterator[Row]:
    """The rows of a text with separators.

    Args:
        text: The text.
        name: Name of the file, for errors.

    Raises:
        DataError: A quotation mark is opened and never closed.
    """
    mark = separator(text)
    reader, above = _read(text, mark), 0
    try:
        for row in reader:
            if reader.line_num > above + _SWALLOWED and _swallowed(row, mark):
                raise _unclosed(name, above + 1)
            above = reader.line_num
            yield row
    except csv.Error as error:
        raise _unclosed(name, above + 1) from error


def _swallowed(row: Row, mark: str) -> bool:
    """Whether a cell holds whole lines of the table, each with as many fields as its own."""
    held = (cell.splitlines()[1:-1] for cell in row)
    inside = (lines for lines in held if len(lines) >= _SWALLOWED)
    return any(all(line.count(mark) == len(row) - 1 for line in lines) for lines in inside)


def _row_inside(cell: str, width: int) -> bool:
    """Whether a line in a cell may be a row: a quotation mark opens and closes too late."""
    marks = SEPARATORS if width > PAIR else ()
    lines = cell.splitlines()[1:]
    return any(line.count(mark) == width - 1 for line in lines for mark in marks)


def _unclosed(name: str, line: int) -> DataError:
    msg = (
        f"{name!r} has a quotation mark in line {line} that is opened and not closed: the lines "
        "below it are read as one cell; close it, or take it away"
    )
    return DataError(msg)


def _read(text: str, mark: str) -> "_csv.Reader":
    return csv.reader(StringIO(text, newline=""), delimiter=mark)


def _picked(row: Row, used: list[int], width: int) -> tuple[str, ...]:
    """The cells of a row below the columns that are used, and those beyond them."""
    return (*(row[i] for i in used if i < len(row)), *row[width:])


def _named(header: tuple[str, ...], used: list[int]) -> list[str]:
    """A name for each column that is used, each once."""
    names: list[str] = []
    for i in used:
        name = header[i] or f"column {i + 1}"
        numbered = (name, *(f"{name} ({again})" for again in range(2, len(used) + 2)))
        taken = {*names, *header} - {name}
        names.append(next(each for each in numbered if each not in {*taken, *names}))
    return names
