"""What a fitted matcher does beyond one table on one day: several sources, and day after day."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from custseg import frames
from custseg.match.blocking.candidates import Which
from custseg.match.holding.account import EntityExplanation
from custseg.match.holding.hold import held_together
from custseg.match.lasting.roster import Roster
from custseg.match.lasting.updating import lasting, revised
from custseg.match.linking.link import linked
from custseg.match.linking.linked import Linked
from custseg.match.linking.stacking import Renamed, Stacked
from custseg.match.opened import Opened, Taught
from custseg.match.parting import Apart
from custseg.match.relating.relate import MANY, relate
from custseg.match.relating.relations import Relations

T = TypeVar("T")


class Beyond:
    """The verbs of a matcher for several sources and for the course of time."""

    __slots__ = ()

    def link(
        self: Taught,
        tables: Mapping[str, T],
        *,
        which: Which = "across",
        one_to_one: bool = False,
        names: Renamed | None = None,
        apart: Apart = (),
    ) -> Linked[T]:
        """Say which records of several sources are one customer.

        Args:
            tables: The table of each source; the first names a customer that it knows.
            which: ``across`` links the sources and takes each for free of doubles, ``all`` finds
                doubles within a source as well, ``within`` finds only these.
            one_to_one: Whether every source holds each customer once: then a record has at most one
                partner in each other source, chosen so that all partners together weigh the most.
                ``Clusters(one_per=...)`` says it of some sources only.
            names: For each source what it calls the columns that matching reads.
            apart: Pairs of records that are never one customer, such as ``erp:17`` and ``shop:3``:
                `Journal.apart` of a journal of the stacked sources.

        Returns:
            A table of links and a table of who each record is, of the kind of the first table.

        Raises:
            ConfigError: There is no table, or a source is renamed that is not there.
            DataError: Two records of a source bear one id.

        >>> from custseg.match import ExactKey, Matcher
        >>> matcher = Matcher((ExactKey("phone", read="phone", region="CN"),))
        >>> erp = [{"id": 17, "phone": "138 0013 8000"}, {"id": 18, "phone": None}]
        >>> shop = [{"id": 17, "mobile": "+8613800138000"}]
        >>> found = matcher.link({"erp": erp, "shop": shop}, names={"shop": {"phone": "mobile"}})
        >>> [(one["source"], one["id"], one["entity_id"]) for one in found.entities]
        [('erp', 17, 'erp:17'), ('erp', 18, 'erp:18'), ('shop', 17, 'erp:17')]
        """
        below = Stacked.of(tables, self.id, names or {})
        parts = below.parted(apart)
        run = linked(self, below, which=which, one_to_one=one_to_one, parted=parts)
        return cast("Linked[T]", run)

    def start(self: Taught, table: T, *, apart: Apart = ()) -> Roster[T]:
        """Say of each record which customer it is, with ids that last from run to run.

        Args:
            table: Records or a table; every record has an id.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Raises:
            MissingColumnError: A column is not there.
            DataError: A record has no id of its own.

        >>> from custseg.match import ExactKey, Matcher
        >>> matcher = Matcher((ExactKey("email", read="email"),), "id")
        >>> roster = matcher.start([{"id": 1, "email": "a@x.cn"}, {"id": 2, "email": "A@x.cn"}])
        >>> [(event.kind, event.entity_id, event.records) for event in roster.events]
        [('created', '1', ('1', '2'))]
        """
        return cast("Roster[T]", lasting(self, frames.table(table), None, apart))

    def update(
        self: Taught,
        roster: Roster[T],
        *,
        added: object = None,
        changed: object = None,
        deleted: Iterable[object] = (),
        apart: Apart = (),
    ) -> Roster[T]:
        """Match again after records came, changed or went; customers keep their ids.

        Who is one customer is what a run over all records of today says; the ids are carried on,
        and none is ever given to another customer.

        Args:
            roster: What `start` or the last `update` gave, or ``Roster(table, retired)``.
            added: New records, as a table of any kind.
            changed: Whole records that replace those of the same ids.
            deleted: Ids of records that are gone.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Raises:
            MissingColumnError: New records have a column that the table lacks.
            DataError: A record to change or delete is not there, or one to add is there already.

        >>> from custseg.match import ExactKey, Matcher
        >>> matcher = Matcher((ExactKey("email", read="email"),), "id")
        >>> roster = matcher.start([{"id": 1, "email": "a@x.cn"}])
        >>> roster = matcher.update(roster, added=[{"id": 2, "email": "A@x.cn"}], deleted=[1])
        >>> [(event.kind, event.entity_id, event.records) for event in roster.events]
        [('created', '2', ('2',)), ('removed', '1', ('1',))]
        """
        today = revised(roster, self.id, added=added, changed=changed, deleted=deleted)
        return cast("Roster[T]", lasting(self, frames.table(today), roster, apart))

    def related(
        self: Taught,
        table: T,
        *,
        names: Mapping[str, str] | None = None,
        many: int = MANY,
        apart: Apart = (),
    ) -> Relations[T]:
        """Which customers belong together without being one.

        Branches of a company and companies of a group, the people of a household, and those who
        only share a switchboard or a mobile. What the matcher takes for one customer is none.

        Args:
            table: Records or a table.
            names: Columns by role (``name``, ``given_name``, ``surname``, ``company``, ``phone``,
                ``address``), where they are not called so; what a table lacks tells nothing.
            many: A value that more records share tells of no relation; the report counts them. Of
                a home's telephone and address no more than 12 records tell.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Returns:
            A table of relations, of the kind of the given one.

        Raises:
            MissingColumnError: A column that the matcher reads or that was named is not there.

        >>> from custseg.match import ExactKey, Matcher
        >>> firms = [
        ...     {"id": 1, "company": "Acme Ltd", "uscc": None},
        ...     {"id": 2, "company": "Acme Ltd London Branch", "uscc": None},
        ... ]
        >>> found = Matcher((ExactKey("uscc", read="uscc"),), "id").related(firms)
        >>> [(one["left_id"], one["right_id"], one["relation"]) for one in found.table]
        [(1, 2, 'branch')]
        """
        opened = Opened.of(self, frames.table(table), apart)
        return cast("Relations[T]", relate(self, opened, names or {}, many))

    def explain_entity(
        self: Taught, table: object, record: object, *, apart: Apart = ()
    ) -> EntityExplanation:
        """What holds a customer together: its links, the weakest of them, records that bridge it.

        Args:
            table: All records: they decide who is one customer, and how common a value is.
            record: The id of any record of the customer.
            apart: Pairs of ids of records that are never one customer: `Journal.apart`.

        Raises:
            MissingColumnError: A column is not there.
            DataError: There is no such record.

        >>> from custseg.match import ExactKey, Matcher
        >>> people = [
        ...     {"id": 1, "email": "a@x.cn", "phone": None},
        ...     {"id": 2, "email": "A@x.cn", "phone": "13800138000"},
        ...     {"id": 3, "email": None, "phone": "138 0013 8000"},
        ... ]
        >>> keys = ExactKey("email", read="email"), ExactKey("phone", read="phone", region="CN")
        >>> print(Matcher(keys, "id").explain_entity(people, 3).text())
        3 records are one customer
          - 1 - 2: email
          - 2 - 3: phone
        without these it falls apart: 2
        """
        return held_together(self, frames.table(table), record, apart)
