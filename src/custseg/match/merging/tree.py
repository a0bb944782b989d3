"""Accounts with parents, after a merge: each chain leads to a top, and none runs in a circle."""

from typing import Any, Generic, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats, Index, Ints
from custseg.frames import Attachable, Keys, Tabled
from custseg.frames.gather import recoded
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.merging.golden import Golden
from custseg.match.merging.provenance import Provenance

T = TypeVar("T")


@attrs.frozen(eq=False)
class AccountTree(Tabled, Generic[T]):
    """Golden accounts under their parents.

    Attributes:
        table: The golden records with the parent column pointing at golden records, ``group_id``
            (the top of the chain, itself where it has no parent) and ``depth`` (steps to the top).
        cut: Accounts that lost their parent, since the merge had closed a circle: the smallest id
            of each circle becomes its top.
        own: Accounts whose parent was merged into themselves: the parent of another of their
            records took its place, if there is one.
        strangers: How many accounts name a parent that is not in the table; they keep it, and
            count as a top.

    >>> from custseg.match import Merge
    >>> accounts = [
    ...     {"id": "A", "entity_id": "A", "parent_id": None},
    ...     {"id": "B", "entity_id": "B", "parent_id": "C"},
    ...     {"id": "C", "entity_id": "A", "parent_id": None},
    ... ]
    >>> tree = account_tree(Merge().golden(accounts))
    >>> [(one["id"], one["parent_id"], one["group_id"], one["depth"]) for one in tree.table]
    [('A', None, 'A', 0), ('B', 'A', 'A', 1)]
    """

    table: T
    cut: tuple[object, ...] = ()
    own: tuple[object, ...] = ()
    strangers: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain data; it holds ids and no field value."""
        return {"cut": list(self.cut), "own": list(self.own), "strangers": self.strangers}

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {count}" for head, count in self._lines(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))

    def _lines(self, locale: str) -> list[tuple[str, str]]:
        counts = {"cut": len(self.cut), "own": len(self.own), "strangers": self.strangers}
        return [(label(f"match.{name}", locale), f"{count:,}") for name, count in counts.items()]


def account_tree(golden: Golden[T], parent: str = "parent_id") -> AccountTree[T]:
    """Point the parents of golden accounts at golden accounts, and find the top of each.

    Args:
        golden: Merged accounts.
        parent: The column with the id of the parent, as the records bear it.

    Raises:
        MissingColumnError: There is no such column.
        DataError: The ids of parents are of another type than those of records.

    >>> from custseg.match import Merge
    >>> ring = [
    ...     {"id": 1, "entity_id": 1, "parent_id": 2},
    ...     {"id": 2, "entity_id": 2, "parent_id": 3},
    ...     {"id": 3, "entity_id": 1, "parent_id": None},
    ... ]
    >>> account_tree(Merge().golden(ring)).cut
    (1,)
    """
    there, past = frames.table(golden.table), golden.provenance
    if not there.columns:
        return AccountTree(golden.table)
    there.require([parent])
    above = _above(past, parent)
    up, cut = _opened(above.up, past.ids.rank[past.groups.firsts])
    top, depth = _tops(up)
    names = [past.whose.id_of(row) for row in past.groups.firsts.tolist()]
    kept = np.where(above.strange & (up < 0), len(names) + np.arange(len(up)), up)
    ids = past.ids.column or parent
    columns: dict[str, Attachable] = {
        parent: recoded(there, parent, kept, [*names, *above.given]),
        "group_id": recoded(there, ids, top, names),
        "depth": depth,
    }
    return AccountTree(
        cast("T", there.attach(columns)),
        tuple(names[at] for at in cut.tolist()),
        tuple(names[at] for at in above.own.tolist()),
        int((kept >= len(names)).sum()),
    )


@attrs.frozen(eq=False)
class _Above:
    """The parent of each customer.

    Attributes:
        up: Its place among the customers, -1 for none.
        given: The parent as it stands in the records.
        strange: Whether it is not among the records.
        own: The customers whose parent is one of their own records.
    """

    up: Index
    given: list[object]
    strange: Bools
    own: Index


def _above(past: Provenance, parent: str) -> _Above:
    groups, ids = past.groups, past.ids
    trace = next(trace for trace in past.traces if trace.field.name == parent)
    held = trace.field.held
    entity = np.full(len(ids.held.uniques) + 1, -1, dtype=np.intp)
    entity[ids.at] = np.where(ids.at >= 0, groups.at, -1)
    found = frames.align(Keys(ids.at, ids.held.uniques), Keys(held.at, held.uniques))
    up_of = np.append(entity[found], [-1])
    up = up_of[held.at]
    won = trace.won.row
    chosen = np.where(won >= 0, up[won], -1)
    given = [held.values[at] if at >= 0 else None for at in np.append(held.at, [-1])[won].tolist()]
    place = dict(zip(held.values, up_of.tolist(), strict=False))
    known = dict(zip(ids.held.values, entity.tolist(), strict=False))
    for customer, value in trace.won.made.items():
        chosen[customer], given[customer] = place.get(value, known.get(value, -1)), value
    own = np.flatnonzero(chosen == np.arange(len(chosen)))
    other = groups.best((up >= 0) & (up != groups.at), [ids.rank])
    chosen[own] = np.where(other[own] >= 0, up[other[own]], -1)
    lost = np.array([value is not None for value in given], dtype=np.bool_) & (chosen < 0)
    lost[own] = False
    return _Above(chosen, given, lost, own)


def _opened(up: Index, rank: Floats) -> tuple[Index, Index]:
    """Chains without circles: in each the customer with the smallest id becomes the top."""
    end = _climbed(up)
    circle = np.unique(end[end >= 0])
    ring = np.full(len(up), -1, dtype=np.intp)
    cut: list[int] = []
    for start in circle[np.argsort(rank[circle], kind="stable")].tolist():
        if ring[start] >= 0:
            continue
        cut.append(start)
        at = start
        while ring[at] < 0:
            ring[at] = start
            at = int(up[at])
    opened = up.copy()
    opened[cut] = -1
    return opened, np.array(cut, dtype=np.intp)


def _climbed(up: Index) -> Index:
    """Where each chain is after more steps than there are customers: -1 if it came to a top."""
    at = np.append(up, [-1])
    for _ in range(max(len(up), 1).bit_length()):
        at = at[at]
    return at[:-1]


def _tops(up: Index) -> tuple[Index, Ints]:
    """The top of each chain, and how far below it each customer is."""
    top = np.where(up < 0, np.arange(len(up)), up)
    depth = (up >= 0).astype(np.int64)
    while not np.array_equal(top, top[top]):
        depth += depth[top]
        top = top[top]
    return top, depth
