"""The customers and their ids, as a value that the caller stores between runs."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import attrs

from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.lasting.events import ORDER, EntityEvent
from custseg.match.report import MatchReport

T = TypeVar("T")


@attrs.frozen(eq=False)
class Roster(Tabled, Generic[T]):
    """Records with ids of customers that last.

    Store the table and the retired ids; ``Roster(table, retired)`` takes them up again.

    Attributes:
        table: The records with ``entity_id``: text, the id of the customer's oldest record when it
            was first seen.
        retired: Ids that no customer bears any more, each with the id of the customer that its
            oldest record went to; None where all its records were deleted.
        events: What happened in the last run.
        report: What matching found in the last run.

    >>> from custseg.match import ExactKey, Matcher
    >>> matcher = Matcher((ExactKey("email", read="email"),), "id")
    >>> roster = matcher.start([{"id": 1, "email": "a@x.cn"}, {"id": 2, "email": "b@x.cn"}])
    >>> roster = matcher.update(roster, changed=[{"id": 2, "email": "A@x.cn"}])
    >>> [one["entity_id"] for one in roster.table], roster.now("2")
    (['1', '1'], '1')
    >>> print(roster.text())
    customers merged: 1
    """

    table: T
    retired: Mapping[str, str | None] = attrs.field(factory=dict[str, "str | None"])
    events: tuple[EntityEvent, ...] = ()
    report: MatchReport | None = None

    def now(self, entity_id: str) -> str | None:
        """The customer that an id stands for today, through all mergers; None if it is gone.

        Args:
            entity_id: An id that a customer bears or bore.
        """
        at: str | None = entity_id
        while at is not None and at in self.retired:
            at = self.retired[at]
        return at

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """How much happened; the events and the retired ids themselves when asked."""
        out: dict[str, Any] = {"events": dict(self._counts), "retired": len(self.retired)}
        if values:
            out["events"] = [event.as_dict() for event in self.events]
            out["retired"] = dict(self.retired)
        return out

    def text(self, locale: str = "en") -> str:
        """One line for each kind of event that happened."""
        return "\n".join(f"{head}: {count}" for head, count in self._lines(locale))

    @property
    def _counts(self) -> dict[str, int]:
        found = Counter(event.kind for event in self.events)
        return {kind: found[kind] for kind in ORDER if found[kind]}

    def _lines(self, locale: str) -> list[tuple[str, str]]:
        counts = self._counts
        return [(label(f"match.event.{kind}", locale), f"{n:,}") for kind, n in counts.items()]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))
