"""In which territory a customer lies: named account, word, address, postcode, telephone."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from custseg._typing import Bools, Codes, Columns, Index
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.territories.areas import SIGNS, Area, line, lying, number, postal

BY = ("account", "territory", "address", "postcode", "phone")
"""The signs of a territory, the surest first."""

Signs = Mapping[str, str | None]
"""The column of each sign; ``None`` where it is not read."""


def placed(
    areas: Sequence[Area], customers: Columns, signs: Signs, region: str | None
) -> tuple[Index, Index]:
    """The area of each customer and the sign that told it, -1 where none does.

    A named account goes where it is named. Else the surest sign tells the area, and a less sure
    one makes it finer where it tells an area within that one; it never contradicts.

    Args:
        areas: The tree.
        customers: Columns of the customers.
        signs: The columns.
        region: The country of bare telephone numbers.
    """
    inside = _inside(areas)
    at: Index | None = None
    by: Index = np.zeros(0, dtype=np.intp)
    for place, sign in enumerate(BY):
        name = signs[sign]
        if name is None:
            continue
        found = _by_word(codes(customers, name), _reader(sign, areas, region))
        if at is None:
            at, by = found, np.where(found >= 0, place, -1)
            continue
        finer = (found >= 0) & ((at < 0) | (inside[found, at] & (by != 0)))
        at, by = np.where(finer, found, at), np.where(finer, place, by)
    if at is None:
        at = by
    return at, by


def _by_word(column: Codes, read: Callable[[str], int]) -> Index:
    """The area of each row, read once for each word."""
    told = np.array([*(read(word) for word in column.words), -1], dtype=np.intp)
    return told[column.at]


def _reader(sign: str, areas: Sequence[Area], region: str | None) -> Callable[[str], int]:
    """How a sign tells an area: its place in the tree, -1 for none."""
    if sign == "account":
        return _exactly(_known(areas, "accounts"))
    if sign == "territory":
        return _exactly({area.name: k for k, area in enumerate(areas)})
    if sign == "address":
        return _lying(_known(areas, "places"))
    if sign == "postcode":
        return _begun(_known(areas, "postcodes"), lambda text: postal(text, region))
    return _begun(_known(areas, "phones"), lambda text: number(text, region) or "")


def _known(areas: Sequence[Area], signs: str) -> dict[str, int]:
    """The area of each sign, as signs are compared."""
    read = SIGNS[signs]
    return {read(sign): k for k, area in enumerate(areas) for sign in getattr(area, signs)}


def _exactly(known: Mapping[str, int]) -> Callable[[str], int]:
    return lambda text: known.get(text.strip(), -1)


def _lying(known: Mapping[str, int]) -> Callable[[str], int]:
    return lambda text: next((known[node] for node in lying(text) if node in known), -1)


def _begun(known: Mapping[str, int], read: Callable[[str], str]) -> Callable[[str], int]:
    """The area of the longest beginning."""
    lengths = sorted({len(start) for start in known}, reverse=True)

    def told(text: str) -> int:
        whole = read(text)
        return next((known[whole[:k]] for k in lengths if whole[:k] in known), -1)

    return told


def _inside(areas: Sequence[Area]) -> Bools:
    """Whether the first area lies within the second."""
    known = {area.name: area for area in areas}
    place = {name: k for k, name in enumerate(known)}
    out = np.zeros((len(areas), len(areas)), dtype=np.bool_)
    for k, area in enumerate(areas):
        for above in line(area.name, known)[1:]:
            out[k, place[above]] = True
    return out
