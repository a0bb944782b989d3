"""Which records hold the same value as others."""

from collections.abc import Sequence

import numpy as np

from custseg._typing import Index, Ints
from custseg.clean.columns import ReadColumn
from custseg.values import phones

# A switchboard and a service line belong to many people.
_OF_MANY = frozenset({"landline", "service", "extension"})


def holders(column: ReadColumn) -> Ints:
    """For each row how many rows hold its value, in any spelling; 0 where none can be used.

    Args:
        column: A column that was read; of telephones only mobiles and those abroad count.
    """
    group = _groups(column.keys, phone=column.kind == "phone")
    rows = np.append(group, np.intp(-1))[column.at]
    size = int(group.max(initial=-1)) + 1
    counts = np.bincount(np.where(rows < 0, size, rows), minlength=size + 1).astype(np.int64)
    counts[size] = 0
    held: Ints = counts[rows]
    return held


def distinct(column: ReadColumn) -> int:
    """How many different values can be used, each counted in one spelling."""
    return len({*column.keys} - {None})


def _groups(keys: Sequence[str | None], *, phone: bool) -> Index:
    """For each distinct value the number of its key, -1 where it has none that counts."""
    place: dict[str, int] = {}
    found = np.full(len(keys), -1, dtype=np.intp)
    for at, key in enumerate(keys):
        if key is not None:
            found[at] = place.setdefault(key, len(place))
    if phone and place:
        own = np.array([phones.kind(key) not in _OF_MANY for key in place], dtype=np.bool_)
        found[(found >= 0) & ~np.append(own, [False])[found]] = -1
    return found
