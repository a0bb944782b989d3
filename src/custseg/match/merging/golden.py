"""The result of a merge: golden records, where they come from, and what became of old ids."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Generic, TypeVar

import attrs
import numpy as np

from custseg._typing import Index
from custseg.frames import Attachable, Keys, Tabled
from custseg.frames.gather import gathered, recoded
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.merging.crosswalk import Crosswalk
from custseg.match.merging.owners import OwnerConflict, owner_conflicts
from custseg.match.merging.provenance import Provenance, Trace
from custseg.showing import Shown

T = TypeVar("T")


@attrs.frozen
class MergeReport(Shown):
    r"""A merge in numbers.

    Attributes:
        records: Records that went in.
        entities: Golden records that came out.
        conflicts: For each column the code of its rule and how many customers had records that
            disagree.
        unreadable: Columns of dates and how many of their values could not be read: such records
            count as the oldest.
        owners: Customers whose records have several owners.
        locked: Values that somebody settled by hand.
        idle_locks: Locks that gave way to a later one, or whose record or column is not there.

    >>> MergeReport(3, 2, (("city", "longest", 1),)).text()
    'records: 3\ncustomers: 2\ncity: longest, conflicts 1'
    """

    records: int
    entities: int
    conflicts: tuple[tuple[str, str, int], ...] = ()
    unreadable: tuple[tuple[str, int], ...] = ()
    owners: int = 0
    locked: int = 0
    idle_locks: int = 0

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """Plain data for JSON; it never holds a field value."""
        del values
        return {
            "records": self.records,
            "entities": self.entities,
            "conflicts": [
                {"field": name, "rule": rule, "entities": count}
                for name, rule, count in self.conflicts
            ],
            "unreadable": dict(self.unreadable),
            "owners": self.owners,
            "locked": self.locked,
            "idle_locks": self.idle_locks,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self.lines(locale))

    def lines(self, locale: str) -> Iterator[tuple[str, str]]:
        """What `text` says, as pairs of a heading and a number."""
        yield label("match.records", locale), f"{self.records:,}"
        yield label("match.entities", locale), f"{self.entities:,}"
        for name, rule, count in self.conflicts:
            said = f"{label(rule, locale)}, {label('match.conflicts', locale)} {count:,}"
            yield name, said
        for name, count in self.unreadable:
            yield name, f"{label('match.unreadable', locale)} {count:,}"
        for name in ("owners", "locked", "idle_locks"):
            if count := getattr(self, name):
                yield label(f"match.{name}", locale), f"{count:,}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self.lines(locale))


@attrs.frozen(eq=False)
class Golden(Tabled, Generic[T]):
    """One record a customer, with its past.

    Attributes:
        table: The golden records, of the same kind as the table that was merged; the id of each
            is the id of its customer.
        provenance: Where each value comes from, and the values that gave way.
        crosswalk: The map from the ids of the records to those of the customers.
        owner: The column with the owner, None if there is none.

    >>> from custseg.match import Merge
    >>> golden = Merge().golden([{"id": 1, "entity_id": 1}, {"id": 2, "entity_id": 1}])
    >>> golden.table, golden.crosswalk.of(2)
    ([{'id': 1, 'entity_id': 1}], 1)
    """

    table: T
    provenance: Provenance
    crosswalk: Crosswalk
    _report: MergeReport | Callable[[], MergeReport] = attrs.field(alias="report")
    owner: str | None = None

    @cached_property
    def report(self) -> MergeReport:
        """The merge in numbers; of a lazy table its engine is asked when it is wanted."""
        return self._report if isinstance(self._report, MergeReport) else self._report()

    def owners(self) -> tuple[OwnerConflict, ...]:
        """The customers whose records have several owners: who owned which record.

        Who shall keep such a customer is for a rule of allocation to say; the golden record bears
        the owner that its strategy chose.

        >>> from custseg.match import Merge
        >>> cards = [
        ...     {"id": 1, "entity_id": 1, "owner": "An"},
        ...     {"id": 2, "entity_id": 1, "owner": "Bo"},
        ... ]
        >>> Merge().golden(cards).owners()[0].as_dict()
        {'entity': 1, 'kept': 'An', 'owners': {'An': [1], 'Bo': [2]}}
        """
        if self.owner is None:
            return ()
        return owner_conflicts(self.provenance, self.owner)

    def as_dict(self, *, values: bool = False) -> dict[str, Any]:
        """The report, the provenance and the map as plain data; values only when asked."""
        return {
            "report": self.report.as_dict(),
            "provenance": self.provenance.as_dict(values=values),
            "crosswalk": self.crosswalk.as_dict(values=values),
        }

    def text(self, locale: str = "en") -> str:
        """The report to read."""
        return self.report.text(locale)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self.report.lines(locale))


def gilded(
    past: Provenance, unreadable: tuple[tuple[str, int], ...], owner: str | None
) -> Golden[Any]:
    """Make the golden records that a provenance tells of.

    Args:
        past: Where every value comes from.
        unreadable: Columns of dates with values that could not be read.
        owner: The column with the owner, if there is one.
    """
    firsts, entity = past.groups.firsts, past.whose.column or ""
    empty = _first_by_id(past)
    traces = {trace.field.name: trace for trace in past.traces}
    columns: dict[str, Attachable] = {}
    for name in past.records.columns:
        if name in traces:
            columns[name] = _surviving(past, traces[name], empty)
        elif name in {past.ids.column, entity}:
            columns[name] = gathered(past.records, entity, firsts)
    conflicts = tuple((t.field.name, t.rule, t.conflicts) for t in past.traces)
    owners = traces[owner].conflicts if owner is not None else 0
    report = MergeReport(len(past.ids.at), len(firsts), conflicts, unreadable, owners)
    records = past.records.build(columns)
    return Golden(records, past, _crosswalk(past), report, owner)


def _first_by_id(past: Provenance) -> Index:
    """The record that says how a value is missing (empty text or null) where none has one."""
    groups = past.groups
    if groups.ranked:
        return groups.firsts
    return np.where(groups.sizes == 1, groups.firsts, -1)


def _surviving(past: Provenance, trace: Trace, empty: Index) -> Attachable:
    name, won = trace.field.name, trace.won
    rows = np.where(won.row >= 0, won.row, empty)
    if not won.made:
        return gathered(past.records, name, rows)
    at = np.where(rows >= 0, trace.field.at[rows], -1)
    at[list(won.made)] = len(trace.field.values) + np.arange(len(won.made))
    return recoded(past.records, name, at, [*trace.field.values, *won.made.values()])


def _crosswalk(past: Provenance) -> Crosswalk:
    """From each distinct id of a record to the id of its entity."""
    known = np.flatnonzero(past.ids.at >= 0)
    at = np.full(len(past.ids.held.uniques), -1, dtype=np.intp)
    at[past.ids.at[known]] = past.whose.at[known]
    return Crosswalk(Keys(past.ids.at, past.ids.held.uniques), past.whose.held, at)
