"""One golden record a customer: for each column, whose value survives."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg.errors import ConfigError, MissingColumnError
from custseg.frames.held import held
from custseg.match.ids import Ids, ids_of
from custseg.match.merging.afar import golden_afar
from custseg.match.merging.beside import beside
from custseg.match.merging.consent import StrictestConsent
from custseg.match.merging.fieldgroup import FieldGroup
from custseg.match.merging.golden import Golden, gilded
from custseg.match.merging.groups import Groups
from custseg.match.merging.locks import NO_LOCKS, Lock, Locks
from custseg.match.merging.provenance import Provenance
from custseg.match.merging.survivorship import FirstFilled, Survivorship
from custseg.match.merging.work import Work
from custseg.values.columns import contact_flag

T = TypeVar("T")
MARKS = ("match_rule", "match_chance")
"""Columns that say of a record how it was matched: they mean nothing of a golden one."""
_SOURCES = ("source", "channel")
_MOMENTS = ("updated_at", "modified_at")
_OWNERS = ("owner", "owner_id")


@attrs.frozen
class Merge:
    """How the records of one customer become one record.

    The columns ``consent`` and ``do_not_contact`` always survive at their strictest. A missing
    value never beats one that is there, unless a strategy is `Clearable`. Ties go to the record
    with the smallest id, so the order of the rows does not matter.

    Attributes:
        survivorship: The strategy of each column.
        default: The strategy of the other columns.
        id: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``.
        entity: The column that says which customer a record is, as a `Matcher` adds it.
        groups: Columns that survive together, from one record: the parts of an address.
        source: The column that names the source of each record, for provenance; None takes
            ``source`` or ``channel``.
        moment: The column that says when a record was last updated, for provenance; None takes
            ``updated_at`` or ``modified_at``.
        owner: The column with the owner; customers whose records have several are reported. None
            takes ``owner`` or ``owner_id``.

    Raises:
        ConfigError: A column of consent is given another strategy, or a column is merged twice.

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
    (Lost(record=1, value='Li', source=None, at=None),)
    """

    survivorship: Mapping[str, Survivorship] = attrs.field(factory=dict[str, Survivorship])
    default: Survivorship = attrs.field(factory=FirstFilled)
    id: str | None = None
    entity: str = "entity_id"
    groups: tuple[FieldGroup, ...] = ()
    source: str | None = None
    moment: str | None = None
    owner: str | None = None

    def __attrs_post_init__(self) -> None:
        for name, given in self.survivorship.items():
            if contact_flag(name) and not isinstance(given, StrictestConsent):
                msg = f"{name} survives at its strictest, always; leave it out of survivorship"
                raise ConfigError(msg, f"survivorship.{name}")
        seen = set(self.survivorship)
        for name in (name for group in self.groups for name in group.columns):
            if name in seen or contact_flag(name):
                msg = f"{name} is merged by a rule of its own or by another group; leave it out"
                raise ConfigError(msg, "groups")
            seen.add(name)

    def golden(self, table: T, locks: Iterable[Lock] = ()) -> Golden[T]:
        """Merge the records of each customer.

        Args:
            table: Records or a table, with the column that says which customer each is.
            locks: Values that somebody settled by hand: no rule overrides them.

        Returns:
            One record a customer, in the order of their first records and of the same kind;
            where each value comes from; the map from old ids.

        Raises:
            MissingColumnError: A column is not there.
            DataError: A strategy cannot work on what a column holds.
        """
        there = frames.table(table)
        grouped = [name for group in self.groups for name in group.columns]
        there.require((self.entity, *self.survivorship, *grouped))
        if there.lazy:
            owned = self._owner([n for n in there.columns if n not in {self.entity, *MARKS}])
            return cast("Golden[T]", golden_afar(self, there, tuple(locks), owned))
        ids, whose = ids_of(there, self.id), ids_of(there, self.entity)
        names = [name for name in there.columns if name not in {ids.column, self.entity, *MARKS}]
        plan = {name: self.strategy(name) for name in names}
        helds = {name: held(there, name) for name in names}
        read = beside(there, [*plan.values(), *(group.by for group in self.groups)], helds)
        groups = _groups(whose, ids)
        settled = _settled(locks, ids, groups, names)
        work = Work(there, groups, ids, read, settled, helds)
        together = work.together(self.groups) if there.columns else {}
        traces = tuple(together.get(n) or work.trace(n, how) for n, how in plan.items())
        source, moment = self._marks(there.columns)
        past = Provenance(there, ids, whose, groups, traces, source, moment)
        found = gilded(past, read.unreadable, self._owner(names))
        counted = attrs.evolve(
            found.report,
            locked=sum(len(trace.locks) for trace in traces),
            idle_locks=settled.overruled + settled.unknown,
        )
        return cast("Golden[T]", attrs.evolve(found, report=counted))

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

    def _marks(self, columns: tuple[str, ...]) -> tuple[str | None, str | None]:
        return _named(self.source, _SOURCES, columns), _named(self.moment, _MOMENTS, columns)

    def _owner(self, columns: list[str]) -> str | None:
        return _named(self.owner, _OWNERS, tuple(columns))


def _named(given: str | None, usual: tuple[str, ...], columns: tuple[str, ...]) -> str | None:
    """The column that was named, or the first of the usual ones that is there.

    Raises:
        MissingColumnError: The column that was named is not there.
    """
    if given is None:
        return next((name for name in usual if name in columns), None)
    if given not in columns and columns:
        raise MissingColumnError(given, columns)
    return given if columns else None


def _settled(locks: Iterable[Lock], ids: Ids, groups: Groups, names: list[str]) -> Locks:
    given = tuple(locks)
    if not given:
        return NO_LOCKS
    known = np.flatnonzero(ids.at >= 0)
    entity = np.full(len(ids.held.uniques), -1, dtype=np.intp)
    entity[ids.at[known]] = groups.at[known]
    place = dict(zip(ids.held.values, entity.tolist(), strict=True))
    mine = tuple(lock for lock in given if lock.field in names)
    found = Locks.of(mine, ids, place)
    return attrs.evolve(found, unknown=found.unknown + len(given) - len(mine))


def _groups(whose: Ids, ids: Ids) -> Groups:
    """Records by customer, in the order of first records; one without a customer is its own."""
    at, alone = whose.at.astype(np.intp), whose.at < 0
    at[alone] = len(whose.held.uniques) + np.arange(int(alone.sum()))
    first = np.full(int(at.max(initial=-1)) + 1, len(at), dtype=np.intp)
    first[at[::-1]] = np.arange(len(at))[::-1]
    count = int((first < len(at)).sum())
    turn = np.empty(len(first), dtype=np.intp)
    turn[np.argsort(first, kind="stable")] = np.arange(len(first))
    rank = ids.rank if ids.column is not None and ids.distinct else None
    return Groups.of(turn[at], count, rank)
