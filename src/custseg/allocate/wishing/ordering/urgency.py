"""Who comes first, by several columns with a weight each, and why."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.ordering.weighted import (
    FINE,
    PriorityExplanation,
    PriorityPoints,
    PriorityTerm,
    added,
)
from custseg.errors import ConfigError
from custseg.frames import table


def _terms(given: Iterable[PriorityTerm]) -> tuple[PriorityTerm, ...]:
    return tuple(given)


@attrs.frozen
class Urgency:
    """A weighted order of priority: value, potential, history, complaints, relationship.

    Give it to ``Allocation(priority=...)``: the most points first. The points of a customer
    depend on that customer alone.

    Attributes:
        terms: The columns and what each weighs.

    Raises:
        ConfigError: There is no term, or a column stands twice.

    >>> order = Urgency([PriorityTerm("revenue", 30, half=10), PriorityTerm("orders", 10, full=5)])
    >>> people = {"revenue": np.array([30.0, 10.0]), "orders": np.array([5.0, np.nan])}
    >>> order.ranks(people).tolist()
    [32.5, 20.0]
    """

    terms: tuple[PriorityTerm, ...] = attrs.field(converter=_terms)

    def __attrs_post_init__(self) -> None:
        """Refuse no term, and one column twice.

        Raises:
            ConfigError: As above.
        """
        columns = [term.column for term in self.terms]
        if not columns or len(set(columns)) < len(columns):
            msg = f"must be terms of different columns, got {columns}"
            raise ConfigError(msg, "urgency.terms")

    @classmethod
    def preset(
        cls, unit: Literal["customer", "lead", "opportunity"], *, typical: float = 10_000.0
    ) -> "Urgency":
        """A usual order of priority.

        ``customer``: ``revenue`` 30 and ``potential`` 20 (half the points at the typical amount),
        ``frequency`` of purchases 15, ``open_complaints`` 25 and ``owner_years`` 10. ``lead``:
        ``probability`` 35, ``potential`` 25, ``waiting_days`` 25, ``open_complaints`` 5,
        ``contacts`` 10. ``opportunity``: ``amount`` 35, ``probability`` 25, ``days_to_close`` 20
        (the fewer, the more), ``open_complaints`` 10, ``owner_years`` 10. Without an entry there
        is no complaint; anything else that is missing counts as the middle.

        Args:
            unit: What is shared out.
            typical: A usual amount of money, such as the median revenue.

        Raises:
            ConfigError: There is no such unit.

        >>> [(term.column, term.weight) for term in Urgency.preset("customer").terms][:2]
        [('revenue', 30.0), ('potential', 20.0)]
        """
        if unit not in _PRESETS:
            msg = f"must be one of {list(_PRESETS)}, got {unit!r}"
            raise ConfigError(msg, "urgency.preset")
        return cls(
            attrs.evolve(term, half=typical) if term.column in _MONEY else term
            for term in _PRESETS[unit]
        )

    @property
    def needs(self) -> Needs:
        """The columns of the terms."""
        return {name: kind for term in self.terms for name, kind in term.needs.items()}

    def ranks(self, customers: Columns) -> Floats:
        """The points of each customer, the most first.

        Args:
            customers: The columns of ``needs``.
        """
        return np.asarray(sum(self._parts(customers)), dtype=np.float64) / FINE

    def breakdown(self, customers: Columns) -> tuple[tuple[PriorityTerm, Floats], ...]:
        """The points of each term; those of a customer add up to its rank.

        Args:
            customers: The columns of ``needs``.
        """
        parts = self._parts(customers)
        return tuple((t, part / FINE) for t, part in zip(self.terms, parts, strict=True))

    def explain(self, record: Mapping[str, object] | object) -> PriorityExplanation:
        """Why one customer comes where it does.

        Args:
            record: One record with the columns of ``needs``.

        Raises:
            MissingColumnError: A column is missing.
        """
        columns = table([record]).read(self.needs)
        told = [
            PriorityPoints(
                term.reason(known=not np.isnan(term.share(columns)[0])),
                float(part[0]) / FINE,
            )
            for term, part in zip(self.terms, self._parts(columns), strict=True)
        ]
        told.sort(key=lambda each: -each.points)
        total = added([each.points for each in told])
        reasons = tuple(each.reason for each in told)
        return PriorityExplanation("urgency", {"urgency": total}, reasons, tuple(told))

    def _parts(self, customers: Columns) -> list[Floats]:
        """The points of each term as whole numbers of ten-thousandths."""
        return [term.parts(customers) for term in self.terms]


_MONEY: Final = frozenset({"revenue", "potential", "amount"})
_COMPLAINTS: Final = PriorityTerm(
    "open_complaints", 25, half=1, unknown=0, code="urgent_complaints"
)
_YEARS: Final = PriorityTerm("owner_years", 10, half=3)
_PRESETS: Final[dict[str, tuple[PriorityTerm, ...]]] = {
    "customer": (
        PriorityTerm("revenue", 30, half=1),
        PriorityTerm("potential", 20, half=1),
        PriorityTerm("frequency", 15, half=5),
        _COMPLAINTS,
        _YEARS,
    ),
    "lead": (
        PriorityTerm("probability", 35, full=1),
        PriorityTerm("potential", 25, half=1),
        PriorityTerm("waiting_days", 25, half=1),
        attrs.evolve(_COMPLAINTS, weight=5),
        PriorityTerm("contacts", 10, half=3),
    ),
    "opportunity": (
        PriorityTerm("amount", 35, half=1),
        PriorityTerm("probability", 25, full=1),
        PriorityTerm("days_to_close", 20, half=14, smallest=True),
        attrs.evolve(_COMPLAINTS, weight=10),
        _YEARS,
    ),
}
