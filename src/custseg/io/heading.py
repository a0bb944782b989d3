"""Where the header of an export stands: in one row, or in two with groups above the names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise, zip_longest
from typing import Final

import attrs

from custseg.errors import ConfigError
from custseg.io.amounts import plain
from custseg.io.cells import Row
from custseg.io.moments import moment
from custseg.io.vocabulary import known_headers, loose
from custseg.values.tables import longest_first, table
from custseg.values.text import tidy

FIRST: Final = 100
"""Rows in which the header has to come."""
_LISTED: Final = 8
_MOST: Final = 0.5
_ALONE: Final = frozenset(map(loose, table("exports")["headings_that_need_their_group"]))
_GROUPS: Final = longest_first(table("exports")["ends_of_group_headings"])


@attrs.frozen
class Heading:
    """Where the header stands.

    Attributes:
        rows: Its rows, by their numbers in the file: one, or two with groups above the names.
        names: What the columns are called; empty where nothing names one.
        cells: What stands in each of its rows, and in one below that says it in other words.
        others: Other rows that may as well be it, written as they are answered: ``3``, ``3-4``.
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    others: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Its rows as they are answered."""
        return "-".join(map(str, self.rows))

    @property
    def known(self) -> int:
        """How many of its names are known."""
        return sum(map(_known, self.names))


def heading_of(first: Sequence[tuple[int, Row]], told: str | None = None) -> Heading:
    """Find the header: the row, or the two, with most names that are known; else the first full.

    Args:
        first: The first rows that hold anything, with their numbers in the file.
        told: Where it is, where somebody said so: ``3``, or ``3-4``.

    Raises:
        ConfigError: There is no such row.
    """
    single = [_single(number, cells) for number, cells in first]
    if told is not None:
        return _told(single, told)
    double = {
        lower.rows: both
        for upper, lower in pairwise(single)
        if (both := _double(upper, lower)) is not None
    }
    places = [double.get(each.rows, each) for each in single]
    chosen = max(places, key=lambda each: (each.known, len(each.rows)))
    if chosen.known <= 1:
        return _first_full(single)
    chosen = _with_translation(chosen, single)
    near = (each for each in single if each.known >= max(chosen.known - 1, 2))
    others = (each.said for each in near if not _sure(chosen, each))
    return attrs.evolve(chosen, others=tuple(others))


def has_header(rows: Sequence[Row]) -> bool:
    """Whether one of the first rows looks like a header.

    >>> has_header([["Report"], ["Order ID", "Order Date"]]), has_header([["Read me"]])
    (True, False)
    """
    return any(sum(map(_known, set(row))) > 1 for row in rows[:FIRST])


def trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """A row without empty cells at its end.

    >>> trimmed(["a", "", "b", ""])
    ('a', '', 'b')
    """
    last = max((i for i, cell in enumerate(row) if cell), default=-1)
    return tuple(row[: last + 1])


def _single(number: int, cells: Row) -> Heading:
    names = trimmed(cells)
    return Heading((number,), names, (names,))


def _told(single: Sequence[Heading], told: str) -> Heading:
    """The header in the rows that somebody said."""
    at = {each.said: each for each in single}
    upper, _, lower = told.partition("-")
    if upper not in at or (lower and (lower not in at or int(lower) <= int(upper))):
        numbers = ", ".join(at if len(at) <= _LISTED else (*islice(at, _LISTED), "..."))
        msg = (
            "is a row of the file that holds something, or two: one of "
            f"{numbers}, or such as 3-4, got {told!r}"
        )
        raise ConfigError(msg, "header")
    return _joined(at[upper], at[lower]) if lower else at[upper]


def _first_full(single: Sequence[Heading]) -> Heading:
    """The first row that is as wide as most are."""
    widths = Counter(len(each.names) for each in single)
    usual = max(widths, key=lambda width: (widths[width], width))
    return next((each for each in single if len(each.names) >= usual), single[0])


def _with_translation(chosen: Heading, single: Sequence[Heading]) -> Heading:
    """With the row below it that says the same in another language: it comes once more."""
    for each in single:
        words = sum(map(bool, each.names))
        if each.rows[0] == chosen.rows[-1] + 1 and each.known >= max(2, _MOST * words):
            return attrs.evolve(chosen, cells=(*chosen.cells, *each.cells))
    return chosen


def _sure(chosen: Heading, other: Heading) -> bool:
    """Whether another row is no header of its own, but one of the two, above it, or it again."""
    (place,) = other.rows
    its_own = (chosen.rows[0] - 1, *chosen.rows)
    return place in its_own or other.names in {chosen.names, *chosen.cells}


def _double(upper: Heading, lower: Heading) -> Heading | None:
    """Two rows as one header, if they can be one and it says more than the lower alone.

    A group stands over several names, and what stands over nothing is the name itself: no column
    may be without one, and a row that holds days, numbers or remarks is none of a header.
    """
    above, below = upper.names, lower.names
    both = _joined(upper, lower)
    groups = set(filter(None, above))
    if not 1 < len(groups) < len(both.names) or not all(both.names):
        return None
    if any(map(_value, (*above, *below))) or both.known < upper.known:
        return None
    says_more = both.known > lower.known or (_clear(both) and not _clear(lower))
    return both if says_more else None


def _clear(heading: Heading) -> bool:
    """Whether each column has a name of its own."""
    return all(heading.names) and len(set(heading.names)) == len(heading.names)


def _joined(upper: Heading, lower: Heading) -> Heading:
    """Two rows as one header: names that stand twice, or say little alone, have their group."""
    cells = list(_grouped(upper.names, lower.names))
    often = Counter(name for _, name in cells)
    names = (
        full if group and (often[name] > 1 or (_known(full) and _vague(name))) else name
        for group, name in cells
        for full in [f"{group} {name}"]
    )
    return Heading((*upper.rows, *lower.rows), tuple(names), (*upper.cells, *lower.cells))


def _grouped(above: Sequence[str], below: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The group and the name of each column; a group reaches to the next filled cell."""
    group = ""
    for up, low in zip_longest(above, below, fillvalue=""):
        if up:
            group = _group(up) if low and low != up else ""
        yield group if low else "", low or up


def _group(heading: str) -> str:
    """What a group adds to a name: the buyer of buyer information."""
    said = heading.casefold()
    end = next((end for end in _GROUPS if said.endswith(end) and len(said) > len(end)), "")
    return heading[: len(heading) - len(end)].strip()


@cache
def _known(name: str) -> bool:
    return bool(name) and loose(name) in known_headers()


def _vague(name: str) -> bool:
    return loose(name) in _ALONE or not _known(name)


def _value(cell: str) -> bool:
    """Whether a cell holds what no header does: a day, a number, a remark with a colon."""
    said = tidy(cell) or ""
    return ":" in said or moment(said) is not None or plain(said) is not None
