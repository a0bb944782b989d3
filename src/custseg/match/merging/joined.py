"""Who is one customer by the merges that are in force, in whatever order they came."""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from custseg.match.merging.entry import MergeEntry, in_order, place_of


@attrs.frozen(eq=False)
class Joined:
    """The customers that merges make.

    Attributes:
        name: For each record that a merge joins the id of its customer.
        members: For each customer of several records their ids, in ascending order.

    >>> one = Joined.by([MergeEntry.of((1, 2), 1), MergeEntry.of((1, 3), 3)])
    >>> one.of(2), one.of(9), one.members
    (3, 9, {3: (1, 2, 3)})
    """

    name: Mapping[object, object]
    members: Mapping[object, tuple[object, ...]]

    @classmethod
    def by(cls, merges: Iterable[MergeEntry]) -> "Joined":
        """The customers that these merges make.

        A customer bears the id that no merge in force has merged into another, the smallest of
        them if there are several.

        Args:
            merges: The merges; what was taken out of them does not count.
        """
        in_force = [(merge.name, joined) for merge in merges if (joined := merge.joined)]
        times = Counter(record for _, joined in in_force for record in joined)
        alone: list[bool] = [all(times[one] == 1 for one in joined) for _, joined in in_force]
        members = dict(one for one, free in zip(in_force, alone, strict=True) if free)
        members |= _mixed(one for one, free in zip(in_force, alone, strict=True) if not free)
        name = {record: name for name, group in members.items() for record in group}
        return cls(name, members)

    def of(self, record: object) -> object:
        """The id of the customer that a record is: its own if no merge joins it."""
        return self.name.get(record, record)

    def group(self, record: object) -> tuple[object, ...]:
        """The records of the customer that a record is."""
        return self.members.get(self.of(record), (record,))


class Union:
    """Groups that grow together.

    >>> union = Union()
    >>> union.join((1, 2)), union.join((4, 2)), union.same(1, 4)
    (None, None, True)
    """

    __slots__ = ("_above",)

    def __init__(self) -> None:
        self._above: dict[object, object] = {}

    def join(self, records: Iterable[object]) -> None:
        """Put records together."""
        first: object = None
        for place, record in enumerate(records):
            if place == 0:
                first = self.top(record)
            else:
                self._above[self.top(record)] = first

    def top(self, record: object) -> object:
        """The record that stands for the group."""
        above = self._above
        at = record
        while (up := above.setdefault(at, at)) != at:
            above[at] = at = above[up]
        return at

    def same(self, one: object, other: object) -> bool:
        """Whether two records are in one group."""
        return self.top(one) == self.top(other)

    def groups(self) -> list[tuple[object, ...]]:
        """All groups of several, each in ascending order."""
        found: dict[object, list[object]] = {}
        for record in list(self._above):
            found.setdefault(self.top(record), []).append(record)
        return [in_order(group) for group in found.values() if len(group) > 1]


def _mixed(
    merges: Iterable[tuple[object, tuple[object, ...]]],
) -> dict[object, tuple[object, ...]]:
    """The customers of merges that have records in common."""
    union, absorbed = Union(), set[object]()
    for name, joined in merges:
        union.join(joined)
        absorbed.update(record for record in joined if record != name)
    return {_name(group, absorbed): group for group in union.groups()}


def _name(group: tuple[object, ...], absorbed: set[object]) -> object:
    free = [record for record in group if record not in absorbed]
    return min(free or group, key=place_of)
