"""What a rebalancing says: moves, loads, flows, who stays in the pool, the Pareto curve."""

from collections.abc import Mapping
from datetime import date

import attrs

from custseg.labels import label
from custseg.reasons import Reason
from custseg.showing import Shown


@attrs.frozen
class Move(Shown):
    """A customer who changes hands.

    Attributes:
        customer_id: The id as it was given.
        before: The owner before; ``None`` for nobody.
        after: The owner afterwards; ``None``: the customer stays in the pool.
        why: What forces the move, or what it gains most.
        gain: Points gained, 0 to 1; below 0 where others gain more by it.
        value: The customer's value; ``None`` where it is not known.
        day: The day of the move.
        forced: It does not count in the budget: nobody of the team had the customer, or merged
            accounts have one owner.

    >>> Move("C1", "R7", "R2", Reason("rep_leaves"), 0.5, None, None, forced=True).after
    'R2'
    """

    customer_id: object
    before: object
    after: object
    why: Reason
    gain: float
    value: float | None
    day: date | None
    forced: bool

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            **attrs.asdict(self),
            "why": self.why.code,
            "day": self.day and self.day.isoformat(),
        }


@attrs.frozen
class RepChange(Shown):
    """One representative before and after.

    Attributes:
        rep_id: The id as it was given.
        capacity: The most customers in all; ``None`` for no limit.
        before: Customers before, with the load from elsewhere.
        after: Customers afterwards.
        value_before: Their known value before; ``None`` if no value is read.
        value_after: Their known value afterwards.
        given: Customers that go.
        received: Customers that come.
        covering: Customers looked after for somebody on leave.
        state: ``leaves``, ``on_leave`` or empty.

    >>> print(RepChange("R1", 10, 4, 6, None, None, 1, 3, 0, "").text())
    R1: 4 -> 6 of 10 (-1 +3)
    """

    rep_id: object
    capacity: int | None
    before: int
    after: int
    value_before: float | None
    value_after: float | None
    given: int
    received: int
    covering: int
    state: str

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "rebalance.rep" if self.capacity is not None else "rebalance.rep_free"
        code = "rebalance.rep_gone" if self.state == "leaves" else code
        line = label(code, locale).format_map(attrs.asdict(self))
        if self.covering:
            line += label("rebalance.covering", locale).format(covering=self.covering)
        return f"{line}{label('rebalance.on_leave', locale)}" if self.state == "on_leave" else line


@attrs.frozen
class MoveFlow:
    """Customers that go from one representative to another: one ribbon of a drawing.

    Attributes:
        before: The owner before; ``None`` for nobody.
        after: The owner afterwards; ``None`` for the pool.
        count: How many customers.
        value: Their known value; ``None`` if no value is read.

    >>> MoveFlow("R7", "R2", 120, None).count
    120
    """

    before: object
    after: object
    count: int
    value: float | None


@attrs.frozen
class Blocked(Shown):
    """Customers who stay in the pool for one and the same reason.

    Attributes:
        reason: ``capacity_full``, ``no_eligible_rep`` or ``do_not_assign``.
        reps: Who would be eligible, and is full or on leave.
        customers: How many customers.
        value: Their known value; ``None`` if no value is read.
        ids: The first of them, by priority.

    >>> Blocked(Reason("capacity_full"), ("R2", "R5"), 12, None, ("C9",)).text()
    '12: everybody who is eligible is full or on leave (R2, R5)'
    """

    reason: Reason
    reps: tuple[object, ...]
    customers: int
    value: float | None
    ids: tuple[object, ...]

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        shown = ", ".join(map(str, self.reps[:8])) + (" …" if len(self.reps) > 8 else "")  # noqa: PLR2004
        line = f"{self.customers}: {self.reason.text(locale)}"
        return f"{line} ({shown})" if self.reps else line

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "reason": self.reason.code}


@attrs.frozen
class ParetoPoint(Shown):
    """The best plan within one budget.

    Attributes:
        budget: What may move, in customers or value.
        moved: What moves.
        share: What moves as part of all that could.
        price: Points that a move has to gain.
        points: The points of the whole plan.
        gain: Points above the plan that moves least.
        bound: What no plan within the budget can exceed; ``None``: no proof.

    >>> ParetoPoint(10.0, 9.0, 0.09, 0.1, 52.0, 2.0, 52.0).gap
    0.0
    """

    budget: float
    moved: float
    share: float
    price: float
    points: float
    gain: float
    bound: float | None

    @property
    def gap(self) -> float | None:
        """What a better plan could gain at most, as part of the bound; ``None``: no proof."""
        if self.bound is None:
            return None
        missing = max(self.bound - self.points, 0.0)
        return round(missing / max(abs(self.bound), 1e-9), 9)

    def as_dict(self) -> Mapping[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "gap": self.gap}
