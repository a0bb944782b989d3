"""A book of rules: who may have which customer, by rules that people can read."""

from datetime import date
from typing import Any, TypeAlias, TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Column, Columns, Record
from custseg.allocate.ruling.auditing.covering import Covering
from custseg.allocate.ruling.auditing.findings import RuleCoverage, RuleLint
from custseg.allocate.ruling.auditing.linting import Linting
from custseg.allocate.ruling.contents import Contents
from custseg.allocate.ruling.deciding.account import RuleExplanation
from custseg.allocate.ruling.deciding.decisions import Deciding
from custseg.allocate.ruling.deciding.reach import Staff
from custseg.allocate.ruling.ruled import Ruled, whom, written
from custseg.allocate.ruling.tabling.table import Way
from custseg.allocate.wishing.columns import codes
from custseg.errors import ConfigError
from custseg.frames import Table, as_mapping, table
from custseg.frames.parts import by_row
from custseg.frames.query import statement
from custseg.frames.scalar import day
from custseg.frames.sqljoint import joint_statement

T = TypeVar("T")
Day: TypeAlias = date | str


@attrs.frozen
class RuleBook(Contents):
    """Ordered rules and what holds where none does.

    Attributes:
        rules: First to last.
        fallback: Who has the customers of whom no rule holds, or whose representatives are all
            unknown or on leave.
        match: ``first``: the first rule that holds decides; ``all``: whoever one of the rules
            that hold allows.
        trees: Which region lies in which: a rule for a region holds for all that lies in it. Put
            rules for finer regions first.
        rep_id: The column of the representatives' ids.
        team: The column of their teams.
        leave_from: The column of first days of leave; read where it is there.
        leave_until: The column of last days of leave; likewise.
        column: The column that ``apply`` writes; ``<column>_to`` goes beside it.

    Raises:
        ConfigError: Two trees are over one column.

    >>> from custseg.allocate import Fallback, Rule, Same
    >>> from custseg.rules import F
    >>> book = RuleBook(
    ...     [
    ...         Rule("key accounts", F("tier") == "high", to=F("seniority") >= 3),
    ...         Rule("home", to=Same("region")),
    ...     ],
    ...     Fallback(pool="public"),
    ... )
    >>> book.needs, book.rep_needs
    ({'tier': 'text', 'region': 'text'},
     {'rep_id': 'text', 'seniority': 'number', 'region': 'text'})
    """

    def ruled(
        self,
        customers: Columns,
        reps: Columns,
        *,
        as_of: float | None = None,
        size: int | None = None,
        way: Way | None = None,
    ) -> Ruled:
        """The decision of each customer.

        Args:
            customers: The columns of ``needs``.
            reps: The columns of ``rep_needs``, and those of leave where there are any.
            as_of: Days since 1970-01-01; needed where rules hold on some days only. Without it
                nobody is on leave.
            size: How many customers there are; needed where no column is read.
            way: ``table`` or ``masks``, which decide alike; None: whichever is less work.

        Raises:
            ConfigError: A rule holds on some days only and no day is given.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.frames import table
        >>> book = RuleBook([Rule("all", to="R2")], Fallback(pool="public"))
        >>> team = table([{"rep_id": "R1"}, {"rep_id": "R2"}]).read(book.rep_needs)
        >>> book.ruled({}, team, size=1).allowed().tolist()
        [[False, True]]
        """
        force = self.force(as_of)
        count = _size(customers) if size is None else size
        found = force.chosen(customers, count, way)
        staff = Staff(reps, self.rep_id, self.team, self.trees)
        away = staff.away(self.leave_from, self.leave_until, as_of)
        return Deciding(force, staff, away).ruled(found, customers)

    def apply(self, data: T, reps: object = None, *, as_of: Day | None = None) -> T:
        """Add to each customer its rule and where that sends it.

        Args:
            data: One row a customer, any kind of table.
            reps: One row a representative; with them the second column holds the ids of whom the
                rule allows, joined by ``;``, or the pool, and is missing where nobody is there.
                Without them it says what the rule asks for, and leave is not looked at.
            as_of: The day; needed where rules hold on some days only.

        Returns:
            The same kind of table with two columns; a lazy table stays lazy.

        Raises:
            MissingColumnError: A column that is read is not there.
            ConfigError: A rule holds on some days only and no day is given.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.rules import F
        >>> book = RuleBook([Rule("north", F("region") == "N", to="R2")], Fallback(pool="public"))
        >>> book.apply([{"region": "N"}, {"region": None}])  # doctest: +NORMALIZE_WHITESPACE
        [{'region': 'N', 'rule': 'north', 'rule_to': 'R2'},
         {'region': None, 'rule': 'fallback', 'rule_to': 'public'}]
        """
        opened = table(data)
        force = self.force(_day(as_of))
        if opened.lazy and reps is None and force.is_query:
            return cast("T", opened.push(force.queries(self.column)))
        work = _Ruling(self, None if reps is None else self.staff(reps), _day(as_of))
        if opened.lazy:
            new = frozenset((self.column, f"{self.column}_to"))
            there = tuple(name for name in opened.columns if name in new)
            # Nobody reads a table without columns: rules for everybody read the first.
            needs = tuple(self.needs) or opened.columns[:1]
            return cast("T", by_row(opened, work, needs=needs, replaces=there))
        held = opened.select(self.needs) if self.needs else opened
        return cast("T", opened.attach(work.columns(held)))

    def one(
        self, record: Record, reps: object = None, *, as_of: Day | None = None
    ) -> dict[str, Any]:
        """Add to one record its rule and where that sends it, as ``apply`` does.

        Args:
            record: A dict, attrs or dataclass object.
            reps: One row a representative.
            as_of: The day; needed where rules hold on some days only.

        Raises:
            MissingColumnError: A field that is read is not there.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.rules import F
        >>> book = RuleBook([Rule("north", F("region") == "N", to="R2")], Fallback(pool="public"))
        >>> book.one({"region": "N"})
        {'region': 'N', 'rule': 'north', 'rule_to': 'R2'}
        """
        if reps is not None:
            return self.apply([dict(as_mapping(record))], reps, as_of=as_of)[0]
        force = self.force(_day(as_of))
        holds = force.holding(record)
        answer = {self.column: force.names(holds), f"{self.column}_to": force.told(holds)}
        return {**as_mapping(record), **answer}

    def explain(
        self, record: Record, reps: object = None, *, as_of: Day | None = None
    ) -> RuleExplanation:
        """Why one record has its rule, and for want of what it has none of those before.

        Args:
            record: A dict, attrs or dataclass object.
            reps: One row a representative.
            as_of: The day; needed where rules hold on some days only.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.rules import F
        >>> rules = Rule("big", F("size") >= 100, to="R1"), Rule("all", to="R2")
        >>> print(RuleBook(rules, Fallback(pool="public")).explain({"size": 7}).text())
        rule: all
          - rule 2 of 2
          - holds of every customer
          big: not so: size is 100 or more
        """
        answer = self.one(record, reps, as_of=as_of)
        return self.force(_day(as_of)).explained(record, self.column, answer)

    def lint(self, reps: object = None, *, as_of: Day | None = None) -> RuleLint:
        """What is wrong with the rules, told without a table of customers.

        Args:
            reps: One row a representative; without them nothing is told of targets.
            as_of: The day; without it nothing is told of rules that have expired, or of leave.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.rules import F
        >>> rules = Rule("some", F("orders") > 0, to="R1"), Rule("many", F("orders") > 9, to="R2")
        >>> print(RuleBook(rules, Fallback(pool="public")).lint().text())
        2 rules, 1 finding
          - rule 2 (many) never decides: rule 1 (some) before it takes all of its customers, such as
            orders = 10
        """
        staff = None
        if reps is not None:
            staff = Staff(self.staff(reps), self.rep_id, self.team, self.trees)
        now = _day(as_of)
        away = staff.away(self.leave_from, self.leave_until, now) if staff else None
        linting = Linting(self.rules, self.fallback, self.trees, self.match == "first")
        return linting.report(now, staff, away)

    def coverage(
        self,
        data: object,
        reps: object = None,
        *,
        as_of: Day | None = None,
        values: bool = False,
        most: int = 20,
    ) -> RuleCoverage:
        """How many customers each rule decides, and the combinations that no rule holds of.

        Args:
            data: One row a customer.
            reps: One row a representative; with them also whom a rule holds of that has nobody.
            as_of: The day; needed where rules hold on some days only.
            values: Name every word of the customers; otherwise only words that rules name, and
                ``…`` for all others.
            most: How many combinations to list.

        >>> from custseg.allocate import Fallback, Rule
        >>> from custseg.rules import F
        >>> book = RuleBook([Rule("north", F("region") == "N", to="R2")], Fallback(pool="public"))
        >>> print(book.coverage([{"region": "N"}, {"region": "S"}, {"region": None}]).text())
        33.3% of 3 customers have a rule
          north: 1
          - no rule holds: 2
            region = ?: 1
            region = …: 1
        """
        opened = table(data)
        held = opened.select(self.needs) if self.needs else opened
        columns, now = held.read(self.needs), _day(as_of)
        found = None
        if reps is not None:
            found = self.ruled(columns, self.staff(reps), as_of=now, size=held.size)
        return Covering(self.force(now), columns, held.size, values, most).report(found)

    def to_sql(
        self, *, table: str = "customers", dialect: str = "duckdb", as_of: Day | None = None
    ) -> str:
        """A SELECT that adds the two columns in a warehouse.

        Args:
            table: Name of the table that holds the needed columns.
            dialect: ``duckdb``, or any dialect of sqlglot (extra ``sql``).
            as_of: The day; needed where rules hold on some days only.

        Raises:
            ConfigError: Places are read from their spellings.
        """
        force = self.force(_day(as_of))
        if not force.is_text:
            msg = "only a book with trees that are lists is a query: places are read by Python"
            raise ConfigError(msg, "rule-book")
        if self.match == "all":
            return joint_statement(force.joint(self.column), table=table, dialect=dialect)
        return statement(force.queries(self.column), table=table, dialect=dialect)


@attrs.frozen(eq=False)
class _Ruling:
    """Work on rows: the rule of each customer and where that sends it.

    Attributes:
        book: The rules.
        staff: What they read of the representatives; ``None``: tell what the rules ask for.
        on: The day.
    """

    book: RuleBook
    staff: Columns | None
    on: float | None

    def __call__(self, rows: Table[Any]) -> object:
        """Two columns, row for row."""
        return rows.build(self.columns(rows))

    def columns(self, rows: Table[Any]) -> dict[str, Column]:
        """The same as they are attached."""
        book, columns = self.book, rows.read(self.book.needs)
        if self.staff is None:
            force = book.force(self.on)
            chosen = force.chosen(columns, rows.size)
            names = [force.names(some) for some in chosen.sets]
            told = [force.told(some) for some in chosen.sets]
            return written(book.column, chosen.at, names, told)
        found = book.ruled(columns, self.staff, as_of=self.on, size=rows.size)
        targets = whom(found, codes(self.staff, book.rep_id).texts())
        return written(book.column, found.at, found.names, targets)


def _day(as_of: Day | None) -> float | None:
    return None if as_of is None else float(day(as_of))


def _size(columns: Columns) -> int:
    column = next(iter(columns.values()), None)
    return 0 if column is None else len(getattr(column, "at", np.asarray(column)))
