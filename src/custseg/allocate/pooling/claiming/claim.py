"""The verdict on one wish to take, hand over, return or lock a customer."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs

from custseg.labels import label, title
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown

Action: TypeAlias = Literal["claim", "assign", "hand_over", "give_back", "lock", "unlock"]


@attrs.frozen
class Claim(Shown):
    """Whether somebody may do something with a customer, why not, and when.

    Nothing is changed: ``changes`` are the columns of the customer to write where it is granted,
    and ``event`` is the row to add to the owner history.

    Attributes:
        action: What was asked for.
        customer_id: The customer, as given.
        rep_id: Who is to have it, or has it.
        by: Who asked.
        at: The day.
        pool: The pool of the customer.
        granted: Whether it is granted.
        reasons: Everything that stands against it; empty where it is granted.
        possible_on: The day on which it would be granted if nothing else changed; ``None`` where
            time alone does not help.
        changes: Columns of the customer to write.
        event: The row for the owner history, where the owner changes.

    >>> from custseg.allocate import Pool, PoolLimit
    >>> sea = Pool(limits=[PoolLimit(1)], claims_a_day=2)
    >>> people = [{"customer_id": 1, "owner": None}, {"customer_id": 2, "owner": "R1"}]
    >>> people = [{**one, "received_at": None, "won": 0} for one in people]
    >>> verdict = sea.claim(1, "R1", [], customers=people, reps=[{"rep_id": "R1"}], at="2026-07-02")
    >>> print(verdict.text())
    claim: refused
      - 1 of 1 places are used (R1): give one back first
    """

    action: Action
    customer_id: object
    rep_id: object
    by: object
    at: date
    pool: str | None
    granted: bool
    reasons: tuple[Reason, ...] = ()
    possible_on: date | None = None
    changes: Mapping[str, object] = attrs.field(factory=dict[str, object])
    event: Mapping[str, object] | None = None

    @property
    def code(self) -> str:
        """The first reason, or ``granted``."""
        return self.reasons[0].code if self.reasons else "granted"

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        names = ("action", "customer_id", "rep_id", "by", "at", "pool", "granted", "possible_on")
        return {
            **_plain({name: getattr(self, name) for name in names}),
            "reasons": [reason.as_dict() for reason in self.reasons],
            "changes": _plain(self.changes),
            "event": None if self.event is None else _plain(self.event),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the verdict, what stands against it, when it is possible.

        Args:
            locale: ``en`` or ``zh``.
        """
        told = "claim.allowed" if self.granted else "claim.refused"
        action = label(f"action.{self.action}", locale)
        lines = [label(told, locale).format(action=action)]
        lines += [f"  - {reason.text(locale)}" for reason in self.reasons]
        if self.possible_on is not None:
            possible = label("claim.possible", locale).format(day=self.possible_on.isoformat())
            lines.append(f"  - {possible}")
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = (title("claim_reason", locale), title("possible_on", locale))
        rows = [(reason.text(locale), self.possible_on or "") for reason in self.reasons]
        return html_table(heads, rows or [(label("granted", locale), "")])


def _plain(given: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in given.items()}


def _value(value: object) -> object:
    """An id that JSON does not know, such as a UUID, as a text; a number of numpy as a number."""
    number: Any = value
    if hasattr(number, "dtype") and hasattr(number, "item"):
        return _value(number.item())
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)
