"""What one step of the journal changed: which customers, which ids, and what others must do."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import attrs

from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.merging.entry import MergeEntry, in_order
from custseg.match.merging.joined import Joined
from custseg.showing import Shown


class Knows(Protocol):
    """Knows who is one customer: a journal."""

    @property
    def joined(self) -> Joined:
        """Who is one customer."""
        ...


J = TypeVar("J", bound=Knows)
T = TypeVar("T")


@attrs.frozen(eq=False)
class MergeStep(Shown, Generic[J]):
    """What a merge or its undoing changed.

    Attributes:
        journal: The journal after it: keep this one.
        merges: The merges that were done, or the one that was undone, as they stand now.
        skipped: Ids of planned merges that were not done: known already, undone, or apart.
        before: The journal before it.

    >>> from custseg.match import Journal, MergePlan
    >>> step = Journal().apply(MergePlan((MergeEntry.of((1, 2), 1), MergeEntry.of((1, 3), 1))))
    >>> step.moved, step.gone, step.changed
    ({2: 1, 3: 1}, (2, 3), (1,))
    >>> back = step.journal.undo(step.merges[0].id)
    >>> len(back.moved), back.gone, len(back.changed)
    (1, (), 2)
    """

    journal: J
    merges: tuple[MergeEntry, ...]
    skipped: tuple[str, ...]
    before: J

    @property
    def moved(self) -> dict[object, object]:
        """The records that are another customer now, with the id of that customer."""
        then, now = self.before.joined.of, self.journal.joined.of
        return {one: now(one) for one in self._touched if then(one) != now(one)}

    @property
    def gone(self) -> tuple[object, ...]:
        """Ids of customers that there are no more: their golden records go."""
        then, now = self.before.joined, self.journal.joined
        names = {then.of(record) for record in self._touched}
        return in_order(names - {now.of(record) for record in self._touched})

    @property
    def changed(self) -> tuple[object, ...]:
        """Ids of customers whose golden record is new or another: make these anew.

        ``journal.golden(records, only=step.changed)`` does.
        """
        then, now = self.before.joined, self.journal.joined
        names = {now.of(record) for record in self._touched}
        return in_order(
            name for name in names if then.of(name) != name or then.group(name) != now.group(name)
        )

    @cached_property
    def _touched(self) -> tuple[object, ...]:
        """The records of all customers that the merges name, before and after."""
        then, now = self.before.joined, self.journal.joined
        named = [record for merge in self.merges for record in merge.records]
        groups = [
            known.members.get(name, (name,))
            for known in (then, now)
            for name in dict.fromkeys(map(known.of, named))
        ]
        return tuple(dict.fromkeys(record for group in groups for record in group))

    def as_dict(self) -> dict[str, Any]:
        """Plain data; it holds ids and no field value."""
        return {
            "merges": [merge.as_dict() for merge in self.merges],
            "skipped": list(self.skipped),
            "moved": [{"record": a, "entity": b} for a, b in self.moved.items()],
            "gone": list(self.gone),
            "changed": list(self.changed),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {count}" for head, count in self._lines(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))

    def _lines(self, locale: str) -> list[tuple[str, str]]:
        counts = {
            "merges": len(self.merges),
            "not_done": len(self.skipped),
            "moved": len(self.moved),
            "gone": len(self.gone),
            "changed": len(self.changed),
        }
        return [(label(f"match.{name}", locale), f"{count:,}") for name, count in counts.items()]


@attrs.frozen(eq=False)
class Erasure(Tabled, Generic[J, T]):
    """What is left when a person is forgotten, and what else must forget it.

    Attributes:
        journal: The journal without the person: keep this one.
        records: The records without the person, of the same kind.
        erased: The ids of the records that went: take them out of the lookup index, of your own
            tables of keys, and of whatever points at customers.
        stay: Records of the same customer that stay, where only one was to go.
        renamed: Merges that named the person: the old id and the new one, None if it is gone.

    >>> from custseg.match import Journal
    >>> left = Journal().erase([{"id": 1, "name": "Li"}, {"id": 2, "name": "Han"}], 1)
    >>> left.records, left.erased
    ([{'id': 2, 'name': 'Han'}], (1,))
    """

    journal: J
    records: T
    erased: tuple[object, ...]
    stay: tuple[object, ...]
    renamed: Mapping[str, str | None]

    def _native(self) -> T:
        return self.records

    def as_dict(self) -> dict[str, Any]:
        """How much went, in numbers: an account of an erasure names nobody."""
        return {
            "erased": len(self.erased),
            "stay": len(self.stay),
            "merges": len(self.renamed),
        }

    def text(self, locale: str = "en") -> str:
        """One line to read."""
        return f"{label('match.erased', locale)}: {len(self.erased):,}"
