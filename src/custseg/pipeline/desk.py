"""What is on the desk today: feedback to answer first, what hurts most, and deals to call."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg.features import Conventions, Names
from custseg.frames import Table
from custseg.frames.gather import gathered
from custseg.labels import label
from custseg.scoring import CallList, DealModel, PainPoints, Triage, Worklist, call_list
from custseg.scoring.deals.names import DealNames
from custseg.scoring.feedback.intake import taken_in
from custseg.scoring.feedback.painpoints import pains_of
from custseg.scoring.feedback.worklist import listed
from custseg.showing import Shown
from custseg.values.columns import contact_flag

_VALUE: Final = "revenue"
_SHOWN: Final = 5
_ROLES: Final = {
    "at": "at",
    "kind": "feedback_kind",
    "status": "status",
    "resolved": "resolved",
}
_DEALS: Final = ("stage", "opened", "closed", "amount")


@attrs.frozen(eq=False)
class Desk(Shown):
    """What is to be answered and called on the day of a job.

    Attributes:
        worklist: Feedback, important and urgent first; ``None`` without words of customers.
        pains: What customers complain about most; ``None`` without words of customers.
        calls: Open deals, what a call is expected to gain most on first; ``None`` without deals.

    >>> Desk().parts
    {}
    """

    worklist: Worklist | None = None
    pains: PainPoints | None = None
    calls: CallList | None = None

    @property
    def parts(self) -> Mapping[str, Any]:
        """What there is, by name."""
        made = {"worklist": self.worklist, "pains": self.pains, "calls": self.calls}
        return {name: part for name, part in made.items() if part is not None}

    @property
    def tables(self) -> Mapping[str, Any]:
        """The rows to work on, by name of their file."""
        made: dict[str, Any] = {}
        if self.worklist is not None:
            made["feedback"] = self.worklist.table
        if self.calls is not None:
            made["calls"] = self.calls.table()
        return made

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data; the rows are in ``tables``."""
        made: dict[str, object] = {}
        if self.worklist is not None:
            made["worklist"] = self.worklist.as_dict()
        if self.pains is not None:
            made["pains"] = self.pains.as_dict()
        if self.calls is not None:
            made["calls"] = {
                "calls": len(self.calls.calls),
                "left_out": dict(self.calls.left_out),
            }
        return made

    def text(self, locale: str = "en") -> str:
        """Lines to read: what to do first, what hurts, whom to call."""
        lines: list[str] = []
        for name, part in self.parts.items():
            shown = _first(part) if isinstance(part, CallList) else part
            lines += [label(f"desk.{name}", locale), *_indented(shown.text(locale))]
        return "\n".join(lines)


def _first(calls: CallList) -> CallList:
    """The first calls and all that tie with the last of them; the others are in the table."""
    shown = tuple(call for call in calls.calls if call.rank <= _SHOWN)
    return attrs.evolve(calls, calls=shown)


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


@attrs.frozen
class Clock:
    """The day of a job, and how its company counts.

    Attributes:
        as_of: The day.
        conventions: The company's.
        customer: Column of the customer's id in the customers.
        names: What columns are called, by table.
    """

    as_of: date
    conventions: Conventions
    customer: str
    names: Mapping[str, Names]

    def of(self, table: str) -> str:
        """Column of the customer's id in another table."""
        return self.names.get(table, Names()).customer


def desk_of(
    triage: Triage | None,
    deals: DealModel | None,
    histories: Mapping[str, Any],
    people: Any,  # noqa: ANN401 - the caller's kind
    clock: Clock,
) -> Desk:
    """Put on the desk what is due.

    Args:
        triage: How feedback is sorted, with the names of its columns.
        deals: What deals are scored by.
        histories: The tables of a job.
        people: One row a customer with every decision.
        clock: The day, and how the company counts.
    """
    worklist, pains = None, None
    feedback = histories.get("feedback")
    sorts = triage is not None and _has(feedback, triage.text)
    if sorts or (deals is not None and "opportunities" in histories):
        people = _narrow(people, triage, clock)
    if triage is not None and sorts:
        feedback = at_hand(feedback)
        who = _called(people, clock.customer, triage.column("customer"))
        taken = taken_in(triage, feedback, who, clock.as_of, clock.conventions)
        worklist = listed(taken, None)
        pains = pains_of(taken, who, _VALUE if _has(people, _VALUE) else None)
    calls = None
    if deals is not None and (table := histories.get("opportunities")) is not None:
        flagged = _flagged(frames.table(at_hand(table)), frames.table(people), clock)
        calls = call_list(flagged, deals.on(clock.as_of))
    return Desk(worklist, pains, calls)


def at_hand(table: Any) -> Any:  # noqa: ANN401 - any kind of table
    """A table that people work through row by row, in memory; one of an engine is fetched.

    >>> at_hand([{"deal_id": 1}])
    [{'deal_id': 1}]
    """
    opened = frames.table(table)
    return opened.select(opened.columns).native if opened.lazy else table


def _narrow(people: Any, triage: Triage | None, clock: Clock) -> Any:  # noqa: ANN401 - the caller's kind
    """The customers; of those that an engine holds only what the desk reads is fetched."""
    table = frames.table(people)
    if not table.lazy:
        return people
    tier = "tier" if triage is None else triage.column("tier")
    read = {clock.customer, tier, _VALUE}
    return table.select(n for n in table.columns if n in read or contact_flag(n)).native


def sorting(triage: Triage, names: Names, columns: tuple[str, ...]) -> Triage:
    """A triage that knows what the columns of a table of feedback are called.

    Args:
        triage: As it was set; what it names stays.
        names: What the company calls its columns.
        columns: The columns that there are.

    >>> triage = sorting(Triage(), Names(text="内容", at="日期"), ("客户", "日期", "内容"))
    >>> triage.text, triage.columns["at"]
    ('内容', '日期')
    """
    said = {role: names.find(of, columns) for role, of in _ROLES.items()}
    found = {role: column for role, column in said.items() if column is not None}
    if names.customer in columns:
        found["customer"] = names.customer
    text = names.find("text", columns)
    column = triage.text if triage.text in columns or text is None else text
    return attrs.evolve(triage, text=column, columns={**found, **triage.columns})


def dealing(given: DealNames, names: Names, columns: tuple[str, ...]) -> DealNames:
    """The names of deals, with those that a job gives for its opportunities.

    Args:
        given: As they were set; what is there stays.
        names: What the company calls its columns.
        columns: The columns that there are.

    >>> dealing(DealNames(), Names(stage="阶段"), ("阶段", "amount")).stage
    '阶段'
    """
    found = {role: names.find(role, columns) for role in _DEALS}
    kept = {
        role: column
        for role, column in found.items()
        if column is not None and getattr(given, role) not in columns
    }
    return attrs.evolve(given, **kept)


def _called(people: Any, column: str, name: str) -> Any:  # noqa: ANN401 - the caller's kind
    """The customers with their id under the name that another table has for it."""
    table = frames.table(people)
    if name == column or name in table.columns:
        return people
    return table.attach({name: gathered(table, column, np.arange(table.size))})


def _has(table: Any, column: str) -> bool:  # noqa: ANN401 - any kind of table
    return table is not None and column in frames.table(table).columns


def _flagged(deals: Table[Any], people: Table[Any], clock: Clock) -> Any:  # noqa: ANN401 - the caller's kind
    """The deals with what their customers say of being contacted."""
    key = clock.of("opportunities")
    flags = [name for name in people.columns if contact_flag(name) and name not in deals.columns]
    if key not in deals.columns or not flags or not deals.size:
        return deals.native
    own, theirs = people.keys(clock.customer), deals.keys(key)
    place = np.append(frames.align(own, theirs), -1)[theirs.at]
    rows = np.append(own.first, -1)[place]
    return deals.attach({name: gathered(people, name, rows) for name in flags})


__all__ = ["Clock", "Desk", "at_hand", "dealing", "desk_of", "sorting"]
