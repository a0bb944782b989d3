"""Who is one customer by the merges that are in force, in whatever order they came."""

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
        union, absorbed = Union(), set[object]()
        for merge in merges:
            joined = merge.joined
            union.join(joined)
            absorbed.update(record for record in joined if record != merge.name)
        members = {_name(group, absorbed): group for group in union.groups()}
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
        tops = [self.top(record) for record in records]
        for top in tops[1:]:
            self._above[self.top(top)] = self.top(tops[0])

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


def _name(group: tuple[object, ...], absorbed: set[object]) -> object:
    free = [record for record in group if record not in absorbed]
    return min(free or group, key=place_of)
