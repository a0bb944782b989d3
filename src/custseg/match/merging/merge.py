"""One golden record a customer: for each column, whose value survives."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.frames.held import held
from custseg.match.ids import Ids, ids_of
from custseg.match.merging.beside import Beside, beside
from custseg.match.merging.consent import StrictestConsent
from custseg.match.merging.field import Field
from custseg.match.merging.golden import Golden, gilded
from custseg.match.merging.groups import Groups
from custseg.match.merging.provenance import Provenance, Trace
from custseg.match.merging.survivorship import FirstFilled, Survivorship
from custseg.match.merging.winners import winners
from custseg.values.columns import contact_flag

T = TypeVar("T")
MARKS = ("match_rule",)
"""Columns that say of a record how it was matched: they mean nothing of a golden one."""


@attrs.frozen
class Merge:
    """How the records of one customer become one record.

    The columns ``consent`` and ``do_not_contact`` always survive at their strictest. A missing
    value never beats one that is there. Ties go to the record with the smallest id, so the order
    of the rows does not matter.

    Attributes:
        survivorship: The strategy of each column.
        default: The strategy of the other columns.
        id: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``.
        entity: The column that says which customer a record is, as a `Matcher` adds it.

    Raises:
        ConfigError: A column of consent is given another strategy.

    >>> from custseg.match import Longest
    >>> merge = Merge({"name": Longest()})
    >>> cards = [
    ...     {"id": 1, "entity_id": 1, "name": "Li", "city": ""},
    ...     {"id": 2, "entity_id": 1, "name": "Li Lei", "city": "Ulm"},
    ... ]
    >>> golden = merge.golden(cards)
    >>> golden.table
    [{'id': 1, 'entity_id': 1, 'name': 'Li Lei', 'city': 'Ulm'}]
    >>> golden.provenance.of(1)[0].lost
    (Lost(record=1, value='Li'),)
    """

    survivorship: Mapping[str, Survivorship] = attrs.field(factory=dict[str, Survivorship])
    default: Survivorship = attrs.field(factory=FirstFilled)
    id: str | None = None
    entity: str = "entity_id"

    def __attrs_post_init__(self) -> None:
        for name, given in self.survivorship.items():
            if contact_flag(name) and not isinstance(given, StrictestConsent):
                msg = f"{name} survives at its strictest, always; leave it out of survivorship"
                raise ConfigError(msg, f"survivorship.{name}")

    def golden(self, table: T) -> Golden[T]:
        """Merge the records of each customer.

        Args:
            table: Records or a table, with the column that says which customer each is.

        Returns:
            One record a customer, in the order of their first records and of the same kind;
            where each value comes from; the map from old ids.

        Raises:
            MissingColumnError: A column is not there.
            DataError: A strategy cannot work on what a column holds.
        """
        there = frames.table(table)
        there.require((self.entity, *self.survivorship))
        ids, whose = ids_of(there, self.id), ids_of(there, self.entity)
        groups = _groups(whose)
        plan = {
            name: self.strategy(name)
            for name in there.columns
            if name not in {ids.column, self.entity, *MARKS}
        }
        work = Work(there, groups, ids, beside(there, plan.values()))
        traces = tuple(work.trace(name, strategy) for name, strategy in plan.items())
        past = Provenance(there, ids, whose, groups, traces)
        return cast("Golden[T]", gilded(past, work.beside.unreadable))

    def strategy(self, column: str) -> Survivorship:
        """The strategy that a column is merged by.

        Args:
            column: Its name.

        >>> Merge().strategy("consent")
        StrictestConsent(holds='permission')
        """
        if holds := contact_flag(column):
            return self.survivorship.get(column) or StrictestConsent(holds)
        return self.survivorship.get(column, self.default)


@attrs.frozen(eq=False)
class Work:
    """One table being merged.

    Attributes:
        table: The records.
        groups: The records by customer.
        ids: Their ids.
        beside: What the strategies read besides the column that they merge.
    """

    table: Table[Any]
    groups: Groups
    ids: Ids
    beside: Beside

    def trace(self, name: str, strategy: Survivorship) -> Trace:
        """Let one column's strategy choose."""
        columns = self.beside.of(strategy.needs)
        field = Field(name, held(self.table, name), self.groups, columns)
        return Trace(field, code_of(strategy), winners(field, strategy, self._ties(field)))

    def _ties(self, field: Field) -> tuple[Floats, ...]:
        if self.ids.column is None:
            return (field.order,)
        rank = self.ids.rank
        return (rank,) if self.ids.distinct else (rank, field.order)


def code_of(strategy: Survivorship) -> str:
    """The code that names a strategy in provenance: its class in small letters.

    >>> from custseg.match import MostRecent
    >>> code_of(MostRecent())
    'most_recent'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(strategy).__name__).lower()


def _groups(whose: Ids) -> Groups:
    """Records by customer, in the order of first records; one without a customer is its own."""
    at, alone = whose.at.copy(), whose.at < 0
    at[alone] = len(whose.held.uniques) + np.arange(int(alone.sum()))
    _, first, place = np.unique(at, return_index=True, return_inverse=True)
    turn = np.empty(len(first), dtype=np.intp)
    turn[np.argsort(first)] = np.arange(len(first))
    return Groups.of(turn[place], len(first))
