"""Do the data suffice to let a model of buying tell who is silent for too long?"""

from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats
from custseg.features.periods import Unit, unit_days
from custseg.frames import Table
from custseg.lifetime.history import NEEDS, History
from custseg.reasons import Reason
from custseg.showing import Shown, page

_REGULARS: Final = 10
_REPEATS: Final = 2
_SLACK: Final = 1e-6  # days in weeks and back again


@attrs.frozen
class DataGate(Shown):
    """Whether the data suffice, and what they lack.

    Attributes:
        ok: Whether they suffice.
        reasons: What they lack; empty where they suffice.

    >>> DataGate.of(()).text()
    'the data suffice for states by a model of buying'
    """

    ok: bool
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: tuple[Reason, ...]) -> "DataGate":
        """Open where there is no reason against it."""
        return cls(not reasons, reasons)

    def text(self, locale: str = "en") -> str:
        """What the data lack, one line a reason."""
        told = self.reasons or (Reason("data_suffice"),)
        return "\n".join(reason.text(locale) for reason in told)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {"ok": self.ok, "reasons": [reason.as_dict() for reason in self.reasons]}

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return page(self.text(locale))


def data_gate(
    summary: object,
    *,
    unit: Unit = "day",
    buyers: int = 500,
    span_days: float = 180,
    recent_days: float = 30,
) -> DataGate:
    """Whether a summary says enough for states by a model of buying.

    Beside the limits below, ten customers must have bought on three days or more: from fewer no
    model can tell those who pause from those who left.

    Args:
        summary: A table with ``frequency``, ``recency`` and ``T``, one row a customer. Rows that
            are missing something or impossible do not count.
        unit: Unit of ``recency`` and ``T``.
        buyers: Customers who have bought, at least.
        span_days: Days since the first purchase of all, at least.
        recent_days: Somebody has bought within so many days; raise it where people buy rarely.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: There is no such unit.

    Source: Klaviyo, help centre, "Understanding predictive analytics" (500 buyers, 180 days of
    history, orders in the last 30 days, some customers with three orders or more).

    >>> shop = [{"frequency": 2, "recency": 20.0, "T": 90.0}] * 40
    >>> [reason.code for reason in data_gate(shop).reasons]
    ['few_buyers', 'short_history', 'no_recent_orders']
    >>> data_gate(shop, buyers=30, span_days=60, recent_days=90).ok
    True
    """
    limits = Limits(buyers, span_days, recent_days)
    return gate_of(*_known(frames.table(summary)), limits, unit=unit)


@attrs.frozen
class Limits:
    """What a model of buying needs at least, as ``data_gate`` says it.

    Attributes:
        buyers: Customers who have bought.
        span_days: Days since the first purchase of all.
        recent_days: Somebody has bought within so many days.
    """

    buyers: int
    span_days: float
    recent_days: float


def gate_of(known: History, weight: Floats, limits: Limits, *, unit: Unit = "day") -> DataGate:
    """Whether histories that are read already say enough.

    Args:
        known: The histories.
        weight: How many customers have each.
        limits: What they must say.
        unit: Unit of the histories.
    """
    there, days = known.known, unit_days(unit)
    many = int(weight[there].sum())
    regulars = int(weight[there & (known.frequency >= _REPEATS)].sum())
    age, silence = known.age[there] * days, (known.age - known.recency)[there] * days
    span, quiet = float(age.max(initial=0.0)), float(silence.min(initial=np.inf))
    lacks = (
        (many < limits.buyers, Reason("few_buyers", {"found": many, "needed": limits.buyers})),
        (
            span < limits.span_days - _SLACK,
            Reason("short_history", {"found": round(span), "needed": limits.span_days}),
        ),
        (
            quiet >= limits.recent_days - _SLACK,
            Reason("no_recent_orders", {"needed": limits.recent_days}),
        ),
        (regulars < _REGULARS, Reason("few_regulars", {"found": regulars, "needed": _REGULARS})),
    )
    return DataGate.of(tuple(reason for lacking, reason in lacks if lacking))


def _known(table: Table[Any]) -> tuple[History, Floats]:
    """Histories and the customers of each; those of a lazy table are counted in its engine."""
    if not table.lazy:
        known = History.read(table.read(NEEDS))
        return known, np.ones_like(known.age)
    cols = table.counted(tuple(NEEDS)).read({**NEEDS, "n": "number"})
    return History.read(cols), cast("Floats", cols["n"])
