"""Rows of an export that are none of its table: titles, headers once more, totals, remarks."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from typing import Final

import attrs

from custseg.io.amounts import plain
from custseg.io.cells import Cells, Row
from custseg.io.heading import Heading, trimmed
from custseg.io.vocabulary import loose
from custseg.values.tables import table
from custseg.values.text import has_han

_LONGEST: Final = 12
"""Letters of the longest word for a total."""
PAIR: Final = 2
"""Columns of a table so narrow that a cell alone, or a mark in one, tells nothing."""
_LEFT_EMPTY: Final = 0.25
_HALF: Final = 0.5
_TOTALS: Final = frozenset(map(loose, table("exports")["rows_of_totals"]))
_PAGES: Final = frozenset(table("exports")["lines_between_pages"])
_PAGE: Final = 24
"""Letters of the longest number of a page."""
_COUNT: Final = re.compile(r"[\d\s/]+")
_DIGIT: Final = re.compile(r"\d")
_EXPLAIN: Final = table("exports")["words_that_explain_headings"]
_HAN: Final = tuple(filter(has_han, _TOTALS))
_NUMBERED: Final = re.compile(r"[\s(:\uff08\uff1a]*[0-9].*", re.DOTALL)
"""What a total adds to its word: so many rows."""
_REMARK: Final = re.compile(r"[^\d:\uff1a]+[:\uff1a].*", re.DOTALL)


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


def width_of(cells: Cells, heading: Heading) -> int:
    """How many columns the table has: also those at its end without a name that most rows fill."""
    width = len(heading.names)
    below = slice(heading.rows[-1], None)
    rows = len(cells.widths[below])
    while width < len(cells.columns) and sum(map(bool, cells.columns[width][below])) > _HALF * rows:
        width += 1
    return width


def told_apart(cells: Cells, heading: Heading, width: int) -> dict[int, str]:
    """The rows that are none of the table, by their places; empty ones are so for no reason.

    Args:
        cells: All rows.
        heading: Where the header stands.
        width: How many columns the table has.
    """
    top, start = heading.rows[0] - 1, heading.rows[-1]
    places = range(start, len(cells.widths))
    why = {i: "title" if any(cells.row(i)) else "" for i in range(top)}
    why |= dict.fromkeys(range(top, start), "")
    looked_at = {*places[:1], *_marked(cells, heading, places), *_beyond(cells, width, places)}
    for i in sorted(looked_at):
        row = cells.row(i)
        if not any(row):
            why[i] = ""
        elif i == start and _explains(row):
            why[i] = "header"
        elif told := _why(row, heading, width):
            why[i] = told
    return why | _tail(cells, width, places)


def _marked(cells: Cells, heading: Heading, places: range) -> Iterator[int]:
    """The rows whose first cell may say that they are none: few of most files."""
    first = cells.columns[0][places.start :]
    again = {row[0] for row in heading.cells}
    marks = {cell for cell in set(first) if not cell or cell in again or _tells(cell)}
    return compress(places, map(marks.__contains__, first))


def _beyond(cells: Cells, width: int, places: range) -> Iterator[int]:
    """The rows that hold something beyond the last column."""
    for column in cells.columns[width:]:
        yield from compress(places, column[places.start :])


def _why(row: Row, heading: Heading, width: int) -> str:
    if any(row[0] == once[0] and trimmed(row) == once for once in heading.cells):
        return "header"
    if _total(row):
        return "total"
    if _between_pages(row[0]) and not any(row[1:]):
        return "footer"
    return "too_wide" if any(row[width:]) else ""


def _tail(cells: Cells, width: int, places: range) -> dict[int, str]:
    """Totals and remarks at the end."""
    why: dict[int, str] = {}
    for i in reversed(places):
        row = cells.row(i)
        if not any(row):
            why[i] = ""
        elif _total(row) or _adds_up(row):
            why[i] = "total"
        elif _remark(row, width):
            why[i] = "footer"
        else:
            break
    return why


def _total(row: Sequence[str]) -> bool:
    """Whether a row adds up those above it: it says so, and leaves most cells empty."""
    first, *others = [cell for cell in row if cell]
    if says_total(first):
        return _gappy(row)
    only_numbers = bool(others) and all(plain(cell) is not None for cell in others)
    return only_numbers and len(others) < _HALF * len(row) and _mentions_total(first)


def _adds_up(row: Sequence[str]) -> bool:
    """As `_total`, of a row at the end: it may say so anywhere, and of how many rows."""
    filled = [cell for cell in row if cell]
    others = [cell for cell in filled if not says_total(_NUMBERED.sub("", cell))]
    told = all(plain(cell) is not None or _REMARK.fullmatch(cell) for cell in others)
    return len(others) < len(filled) and (_gappy(row) or told)


def _explains(row: Sequence[str]) -> bool:
    """Whether a row says how the columns are to be filled in, as in a form to import from."""
    filled = [cell.casefold() for cell in row if cell]
    others = [cell for cell in filled if not any(word in cell for word in _EXPLAIN)]
    return len(others) <= _HALF * len(filled) and not any(map(_DIGIT.search, others))


def _remark(row: Sequence[str], width: int) -> bool:
    filled = [cell for cell in row if cell]
    if len(filled) == 1:
        return width > PAIR
    return len(filled) <= _HALF * width and all(map(_REMARK.fullmatch, filled))


def _gappy(row: Sequence[str]) -> bool:
    return row.count("") >= _LEFT_EMPTY * len(row)


def _tells(cell: str) -> bool:
    """Whether a first cell may say that its row is none of the table."""
    return _mentions_total(cell) or _between_pages(cell)


def _between_pages(cell: str) -> bool:
    return len(cell) <= _PAGE and _COUNT.sub("", cell).casefold() in _PAGES


@lru_cache(maxsize=1 << 16)
def _mentions_total(cell: str) -> bool:
    """Whether a cell says of what its row is the total: of January, of the north."""
    if has_han(cell):
        said = loose(cell)
        return said.startswith(_HAN) or said.endswith(_HAN)
    words = cell.split()
    return bool(words) and (says_total(words[0]) or says_total(words[-1]))


@lru_cache(maxsize=1 << 16)
def says_total(cell: str) -> bool:
    """Whether a cell says that its row adds up others.

    >>> says_total("合 计："), says_total("Grand Total"), says_total("Total Wine")
    (True, True, False)
    """
    if len(cell) > _LONGEST or cell[:1].isdigit():
        return False
    return loose(cell) in _TOTALS
