"""What a job gives: decided customers, reports, reasons, and what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError
from custseg.features.daynumbers import day_of
from custseg.labels import heading, label, title
from custseg.layout import html_table
from custseg.pipeline.actions import Actions, actions
from custseg.pipeline.decision import Stamp
from custseg.pipeline.desk import Clock, Desk, desk_of
from custseg.pipeline.explanation import CustomerExplanation
from custseg.pipeline.prepare import Prepared
from custseg.pipeline.tables import Decides
from custseg.pipeline.telling import by_word, lead
from custseg.reasons import Reason
from custseg.rules import F
from custseg.showing import heads, page

_DECIDED = ("lifecycle", "grade", "segment", "tier")


@attrs.frozen(eq=False, slots=False, repr=False)
class Run(frames.Tabled):
    """The outcome of one job.

    Attributes:
        customers: One row a customer with every decision, the caller's kind of table.
        policy: The policy that decided.
        stamp: By which policy, on which input, on which day, for whom.
        prepared: The profile, the golden records and the reports of the steps before.
        plan: The allocation plan, where reps were given.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    >>> run.customers[0]["lifecycle"], run.stamp.as_of
    ('active', '2026-06-30')
    """

    customers: Any
    policy: Decides
    stamp: Stamp
    prepared: Prepared
    plan: Any = None

    @cached_property
    def size(self) -> int:
        """How many customers were decided; as many as were profiled."""
        return frames.table(self.prepared.people).size

    @property
    def day(self) -> date:
        """The day that the job is about."""
        return date.fromisoformat(str(self.stamp.as_of))

    @property
    def reports(self) -> Mapping[str, Any]:
        """What each step found, by step."""
        return self.prepared.reports

    @property
    def unassigned(self) -> tuple[Any, ...]:
        """The customers that got no owner, each with the reason."""
        return () if self.plan is None else tuple(self.plan.unassigned)

    @cached_property
    def waiting(self) -> tuple[tuple[Reason, int], ...]:
        """Reasons for which customers got no owner, each with their number; an engine counts."""
        if self.plan is None:
            return ()
        if (table := self.ownerless) is None:
            return tuple((one.reason, 1) for one in self.unassigned)
        column = f"{self._owner}_reason"
        found = table.counted(column).read({column: "text", "n": "number"})
        held: Any = found[column]
        why, number = held.texts(), np.asarray(found["n"]).tolist()
        counts = sorted(zip(map(str, why), number, strict=True))
        return tuple((Reason(code), int(n)) for code, n in counts)

    @property
    def ownerless(self) -> frames.Table[Any] | None:
        """The customers without an owner, where an engine holds them; ``None``: none does."""
        table = frames.table(self.customers)
        return frames.table(table.where(F(self._owner).is_missing())) if table.lazy else None

    @property
    def _owner(self) -> str:
        policy: Any = self.policy
        return str(getattr(policy.allocation, "owner", "owner"))

    @cached_property
    def actions(self) -> Actions:
        """What is due for whom; nobody who must not be contacted is listed."""
        day = day_of(self.day)
        return actions(self.customers, intervals=self.policy.intervals(), as_of=day)

    @cached_property
    def desk(self) -> Desk:
        """What is to be answered and called on the day of the job."""
        policy: Any = self.policy
        clock = Clock(self.day, policy.conventions, policy.id, policy.names)
        return desk_of(policy.triage, policy.deals, self.prepared.histories, self.customers, clock)

    @property
    def _left(self) -> set[str]:
        return {reason.code for reason, _ in self.waiting}

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Customers by lifecycle class, grade, segment and tier, as far as they were decided."""
        table = frames.table(self.customers)
        there = [name for name in _DECIDED if name in table.columns]
        if not table.lazy:
            return {name: _counted(table, name, self.policy.words(name)) for name in there}
        groups = table.counted(there)
        return {name: _counted(groups, name, self.policy.words(name), "n") for name in there}

    def kept(self) -> "Run":
        """The same, its customers worked out once and held by their engine.

        An engine decides again for each question that is asked of its customers: writing them is
        one, the counts and what is due are others. What is in memory stays as it is.
        """
        table = frames.table(self.customers)
        return attrs.evolve(self, customers=table.kept().native) if table.lazy else self

    def row(self, customer: object) -> dict[str, Any]:
        """The decided row of one customer.

        Raises:
            DataError: There is no such customer.
        """
        table = self._near(customer)
        keys = table.keys(self.policy.id)
        ids = keys.ids()
        place = next((i for i, key in enumerate(ids) if key == customer), None)
        if place is None:
            place = next((i for i, key in enumerate(ids) if str(key) == str(customer)), None)
        if place is None:
            msg = "no such customer among the decided ones; check the id and its leading zeros"
            raise DataError(msg, self.policy.id)
        found = frames.table(table.take(keys.first[[place]]))
        return {name: _first(found.values(name)) for name in found.columns}

    def _near(self, customer: object) -> frames.Table[Any]:
        """The rows among which a customer is: all, or those that an engine finds of that id."""
        table = frames.table(self.customers)
        if not table.lazy:
            return table
        alike = frames.table(table.where(F(self.policy.id) == str(customer)))
        return alike.select(alike.columns)

    def explain(self, customer: object) -> CustomerExplanation:
        """Why one customer was decided as it was.

        Raises:
            DataError: There is no such customer.
        """
        row = self.row(customer)
        said: CustomerExplanation = self.policy.explain(row, actor=self.stamp.actor)
        if self.plan is None:
            return attrs.evolve(said, stamp=self.stamp)
        owner = self.plan.explain(row[self.policy.id])
        return attrs.evolve(said, parts={**said.parts, "owner": owner}, stamp=self.stamp)

    def _native(self) -> Any:  # noqa: ANN401 - the caller's kind
        return self.customers

    def as_dict(self) -> dict[str, object]:
        """Counts, reports and the stamp as plain data; no field value of any customer."""
        return {
            "stamp": self.stamp.as_dict(),
            "customers": self.size,
            "counts": self.counts,
            "actions": self.actions.as_dict(),
            "desk": self.desk.as_dict(),
            "allocation": None if self.plan is None else dict(self.plan.totals),
            "reports": {name: report.as_dict() for name, report in self.reports.items()},
        }

    def text(self, locale: str = "en") -> str:
        """A page to read in a terminal: decisions, what is due, and what was left out."""
        decided = [
            f"{title(name, locale)}: {by_word(counts, locale)}"
            for name, counts in self.counts.items()
        ]
        parts = {"who_they_are": decided, "what_is_due": self.actions.text(locale).splitlines()}
        if self.desk.parts:
            parts["on_the_desk"] = self.desk.text(locale).splitlines()
        if self.plan is not None:
            shown = str(self.plan.text(locale)).splitlines()[: 1 + len(self._left)]
            parts["who_looks_after_them"] = shown
        found = [_headline(report, locale).splitlines() for report in self.reports.values()]
        parts["what_was_left_out"] = [line for lines in found for line in lines]
        head = lead(self.size, self.stamp.as_of, locale)
        return "\n\n".join([head, *(_part(name, lines, locale) for name, lines in parts.items())])

    def __repr__(self) -> str:
        """The counts."""
        return f"<Run {self.stamp.as_of}: {self.counts}>"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (title(name, locale), label(word, locale), number)
            for name, found in self.counts.items()
            for word, number in found.items()
        ]
        head = lead(self.size, self.stamp.as_of, locale)
        return page(head) + html_table(heads(locale, "decision", "word", "customers"), rows)


def _counted(
    table: frames.Table[Any], name: str, words: Sequence[str], number: str = ""
) -> dict[str, int]:
    """Customers by word; a table of groups holds their number in a column."""
    held = table.values(name)
    each = np.asarray(table.read({number: "number"})[number]) if number else None
    counts = np.bincount(held.at + 1, each, minlength=len(held.words) + 1).astype(np.int64).tolist()
    found = {str(word): n for word, n in zip(held.words, counts[1:], strict=True)}
    order = [*words, *(word for word in found if word not in words)]
    unknown = {"unknown": counts[0]} if counts[0] else {}
    return {w: found[w] for w in order if found.get(w)} | unknown


def _first(held: frames.Distinct) -> object:
    return held.words[held.at[0]] if held.at[0] >= 0 else None


def _headline(report: Any, locale: str) -> str:  # noqa: ANN401 - each room has its own report
    told = report.headline if hasattr(report, "headline") else report.text
    return str(told(locale))


def _part(name: str, lines: Sequence[str], locale: str) -> str:
    return "\n".join([heading(name, locale), *(f"  {line}" for line in lines)])
