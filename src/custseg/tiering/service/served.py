"""What does this customer get, what is to be done, and when?"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from math import isnan, nan
from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Days, Floats, Gives, Index, Kind, Needs, Record
from custseg.features.daynumbers import as_date, day_of
from custseg.frames import as_mapping, first_of
from custseg.frames.scalar import condition, number, reader
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.rules import merged
from custseg.tiering.service.permission import WITHHELD, forbidden, forbids
from custseg.tiering.service.rule import ServiceRule
from custseg.tiering.service.timing import (
    MONTH,
    READ,
    REASONS,
    TIMINGS,
    due_day,
    due_days,
    told,
)
from custseg.values.columns import ContactFlag

_WHY: Final = (*REASONS, "no_rule", "no_interval", *WITHHELD)
_NO_RULE, _NO_INTERVAL = _WHY.index("no_rule"), _WHY.index("no_interval")
_FIRST: Final = _WHY.index(WITHHELD[0])
_DUE: Final = ("never", "later", "now")
_KEPT: Final = frozenset({"lifecycle", "tier"})


def _rules(given: Iterable[ServiceRule]) -> tuple[ServiceRule, ...]:
    return tuple(given)


@attrs.frozen(kw_only=True)
class ServiceModel(RowModel):
    """A book of services ready to apply.

    Adds

    - ``service`` and ``action``: codes of what the customer gets and of what to do; missing where
      no rule fits;
    - ``contact_due``: ``now``, ``later`` or ``never`` (nothing is due);
    - ``next_contact_due``: the day, which may be past; missing where nothing is due;
    - ``due_reason``: why then, or why never: no permission comes before all else.

    Where contacts are recorded, who has none was never contacted, and is due on the day itself.
    Where they are not, the day is when a purchase can be expected (in the favourite month, or by
    the customer's own rhythm); where that is not known or past, the interval is counted from the
    last purchase, and for those who have bought nothing no day can be named.

    Attributes:
        book: The rules, in order.
        flags: Columns that say who may be contacted.
        as_of: The day; ``None``: the column ``as_of`` of each row says it.
        contacts_recorded: Whether contacts are recorded at all.

    >>> from custseg.tiering.service.policy import VIP_SERVICE
    >>> model = ServiceModel(book=(ServiceRule(VIP_SERVICE, "keep", tier="high"),))
    >>> row = {"tier": "high", "contact_days": 10, "as_of": "2026-06-30"}
    >>> model.one(row)["next_contact_due"]
    datetime.date(2026, 7, 20)
    """

    schema_version: ClassVar[int] = 1

    book: tuple[ServiceRule, ...] = attrs.field(converter=_rules)
    flags: Mapping[str, ContactFlag] = attrs.field(factory=dict[str, ContactFlag])
    as_of: date | None = None
    contacts_recorded: bool = True

    @property
    def needs(self) -> Needs:
        """What the rules ask, the days of contact and purchase, and who may be contacted."""
        asked: list[dict[str, Kind]] = [rule.condition.needs for rule in self.book]
        read: dict[str, Kind] = {**dict.fromkeys(READ, "number"), MONTH: "text"}
        day: dict[str, Kind] = {} if self.as_of else {"as_of": "day"}
        return merged((*asked, read, dict.fromkeys(self.flags, "text"), day))

    @property
    def optional(self) -> frozenset[str]:
        """All but the lifecycle class, the tier, the day, and who may be contacted."""
        return frozenset(self.needs) - _KEPT - {"as_of"} - frozenset(self.flags)

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        return {
            "service": self._words[0],
            "action": self._words[1],
            "contact_due": _DUE,
            "due_reason": _WHY,
            "next_contact_due": "day",
        }

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        services = dict.fromkeys(rule.policy.code for rule in self.book)
        return tuple(services), tuple(dict.fromkeys(rule.action for rule in self.book))

    @cached_property
    def _table(self) -> tuple[Index, Index, Floats, Index]:
        """Service, action, interval and timing by rule; the last is no rule."""
        services, actions = self._words
        days = [rule.policy.contact_interval_days for rule in self.book]
        timing = [TIMINGS.index(rule.policy.timing) for rule in self.book]
        return (
            np.array([*(services.index(rule.policy.code) for rule in self.book), -1]),
            np.array([*(actions.index(rule.action) for rule in self.book), -1]),
            np.array([*(nan if d is None else float(d) for d in days), nan]),
            np.array([*timing, 0]),
        )

    def kernel(self, cols: Columns) -> Columns:
        """Find the rule, then the day."""
        size = len(cast("Floats", cols["contact_days"]))
        rule = first_of([one.condition for one in self.book], cols, size)
        services, actions, intervals, timings = self._table
        interval = intervals[rule]
        days = np.full(size, self._day) if self.as_of else cast("Floats", cols["as_of"])
        recorded = self.contacts_recorded
        due, reason = due_days(cols, days, interval, timings[rule], recorded=recorded)
        reason = np.where(np.isnan(interval), _NO_INTERVAL, reason)
        reason = np.where(rule == len(self.book), _NO_RULE, reason)
        barred = forbidden(cols, self.flags, size)
        due = np.where(barred > 0, np.nan, due)
        reason = np.where(barred > 0, _FIRST + barred - 1, reason)
        when = np.where(np.isnan(due), 0, np.where(due <= days, 2, 1))
        return {
            "service": Codes(services[rule], self._words[0]),
            "action": Codes(actions[rule], self._words[1]),
            "contact_due": Codes(when, _DUE),
            "due_reason": Codes(reason, _WHY),
            "next_contact_due": Days(due),
        }

    @property
    def _day(self) -> float:
        return nan if self.as_of is None else float(day_of(self.as_of))

    def shortcut(self) -> Scalar:
        """The same of one record, by numbers alone."""
        read, spare = reader(self.needs), dict.fromkeys(self.optional)
        conditions = [condition(rule.condition) for rule in self.book]

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read({**spare, **record})
            place = next((i for i, holds in enumerate(conditions) if holds(row)), -1)
            return self._single(row, None if place < 0 else self.book[place])

        return run

    def _single(self, row: Mapping[str, Any], rule: ServiceRule | None) -> dict[str, Any]:
        day = self._day if self.as_of else row["as_of"]
        due, why = self._due(row, rule, day)
        return {
            "service": None if rule is None else rule.policy.code,
            "action": None if rule is None else rule.action,
            "contact_due": "never" if isnan(due) else "now" if due <= day else "later",
            "due_reason": why,
            "next_contact_due": None if isnan(due) else as_date(due),
        }

    def _due(
        self, row: Mapping[str, Any], rule: ServiceRule | None, day: float
    ) -> tuple[float, str]:
        barred = max((forbids(row[name], holds) for name, holds in self.flags.items()), default=0)
        if barred:
            return nan, WITHHELD[barred - 1]
        if rule is None or rule.policy.contact_interval_days is None:
            return nan, _WHY[_NO_RULE if rule is None else _NO_INTERVAL]
        interval = float(rule.policy.contact_interval_days)
        timing, recorded = TIMINGS.index(rule.policy.timing), self.contacts_recorded
        due, reason = due_day(row, day, interval, timing, recorded=recorded)
        return due, REASONS[reason]

    def explain(self, record: Record) -> Explanation:
        """What is to be done and why then.

        Args:
            record: One customer, with the columns that are needed.

        Returns:
            The decision; the days of contact and purchase and the day that is due are shown only
            with ``values=True``.

        >>> from custseg.tiering.service.policy import VIP_SERVICE
        >>> model = ServiceModel(book=(ServiceRule(VIP_SERVICE, "keep", tier="high"),))
        >>> row = {"tier": "high", "contact_days": 10, "as_of": "2026-06-30"}
        >>> print(model.explain(row).text())
        action: keep and serve
          - the service is VIP service
          - the next contact is due 30 days after the last one
        """
        given = {**dict.fromkeys(self.optional), **as_mapping(record)}
        out = self.one(record)
        days = {rule.policy.code: rule.policy.contact_interval_days for rule in self.book}
        settings = {"service": out["service"], "days": days.get(str(out["service"]))}
        held = {name: given[name] for name in (*READ, MONTH) if given[name] is not None}
        held = {"next_contact_due": out["next_contact_due"], **held}
        why = Reason(self._code(given, out["due_reason"]), settings, held)
        served = () if out["service"] is None else (Reason("served", settings),)
        decision = {name: out[name] for name in ("action", "service", "contact_due", "due_reason")}
        return Explanation("action", decision, (*served, why))

    def _code(self, given: Record, due_reason: str) -> str:
        """The code of the reason; a right time without contacts that are recorded has its own."""
        timed = due_reason in {"own_rhythm", "favourite_month"}
        alone = timed and not self.contacts_recorded and not told(number(given["contact_days"]))
        return f"due_{due_reason}{'_alone' if alone else ''}"
