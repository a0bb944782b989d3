"""The customers of a churn report, the greatest loss first, and their sums."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Days, Floats, Index, Ints
from custseg.classify.churn.evidence import Evidence
from custseg.features.consent import WORDS
from custseg.features.fewest import hidden
from custseg.frames import UNITS, Attachable, amounts
from custseg.showing import Shown

GROUPS: Final = ("at_risk", "fallen")
"""At risk, and fallen dormant recently."""

BANDS: Final = ("top_tenth", "upper_half", "lower_half", "value_unknown")
"""The most valuable tenth of the customers listed, the rest of the upper half, the lower half."""

ALL: Final = "all_listed"
"""All customers listed."""

_TENTH, _HALF = 0.1, 0.5


@attrs.frozen
class LossSum(Shown):
    """Some customers, what they are worth and what of it may be lost.

    Attributes:
        customers: How many they are.
        known: Of how many the value is known.
        value: Their value.
        at_risk: The sum of value times probability.
        told: Of how many value and probability are both known.

    >>> LossSum(2, 1, 100.0, 60.0, 1).as_dict()
    {'customers': 2, 'known': 1, 'value': 100.0, 'at_risk': 60.0, 'told': 1}
    """

    customers: int
    known: int
    value: float
    at_risk: float
    told: int = 0

    @property
    def weighed(self) -> int:
        """Of how many customers its money tells, at the least."""
        return self.told or self.known

    def as_dict(self, *, money: bool = True) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            money: Whether to show money; else it is ``None``.
        """
        told = attrs.asdict(self)
        return told if money else {**told, "value": None, "at_risk": None}


def shown(sums: Mapping[str, LossSum], total: LossSum) -> dict[str, bool]:
    """Whether the money of each sum, and of their total, can be shown without telling of one.

    Args:
        sums: The parts.
        total: The whole.

    >>> parts = {"a": LossSum(9, 9, 90.0, 0.0), "b": LossSum(1, 1, 3.0, 0.0)}
    >>> shown(parts, LossSum(10, 10, 93.0, 0.0))
    {'a': False, 'b': False, 'all_listed': True}
    """
    away = hidden([one.weighed for one in sums.values()]).tolist()
    whole = hidden([total.weighed]).tolist()
    return {name: not it for name, it in zip((*sums, ALL), (*away, *whole), strict=True)}


@attrs.frozen(eq=False)
class Listed:
    """The customers of a report.

    Attributes:
        names: Their ids as text.
        group: At risk or fallen dormant.
        state: State of the lifecycle.
        since: Day since when, NaN where unknown.
        recency: Days since the last order.
        chance: The chance of no purchase within the horizon, NaN where unknown.
        units: What each is worth, in 1/10000; 0 where unknown.
        known: Whether that is known.
        contact: Whether each may be contacted.
        evidence: The signs of why.
    """

    names: tuple[str, ...]
    group: Codes
    state: Codes
    since: Floats
    recency: Floats
    chance: Floats
    units: Ints
    known: Bools
    contact: Codes
    evidence: Evidence

    def __len__(self) -> int:
        """Number of customers."""
        return len(self.names)

    @property
    def told(self) -> Bools:
        """Whether value and probability are both known."""
        return self.known & ~np.isnan(self.chance)

    @property
    def at_risk(self) -> Ints:
        """Value times probability in whole 1/10000, 0 where either is unknown."""
        return np.rint(np.where(self.told, self.units * self.chance, 0.0)).astype(np.int64)

    def money(self, row: int) -> tuple[float | None, float | None]:
        """What one is worth, and what of it may be lost; ``None`` where unknown."""
        if not self.known[row]:
            return None, None
        units, chance = int(self.units[row]), float(self.chance[row])
        return units / UNITS, None if np.isnan(chance) else round(units * chance) / UNITS

    @property
    def may(self) -> Bools:
        """Whether each may be contacted."""
        return np.asarray(self.contact.at == 0)

    def order(self) -> Index:
        """The greatest loss first, then the likeliest; equal ones by id, whatever their rows."""
        by_id = np.array(sorted(range(len(self)), key=self.names.__getitem__), dtype=np.int64)
        loss = np.where(self.told, -self.at_risk, 1)  # unknown comes last
        chance = np.where(np.isnan(self.chance), 1.0, -self.chance)
        return by_id[np.lexsort((chance[by_id], loss[by_id]))]

    def take(self, rows: Index) -> "Listed":
        """Some of them."""
        some: list[int] = rows.tolist()
        columns: dict[str, Any] = {name: _taken(getattr(self, name), rows) for name in _COLUMNS}
        names = tuple(self.names[row] for row in some)
        return attrs.evolve(self, names=names, evidence=self.evidence.take(rows), **columns)

    def columns(self, ids: Mapping[str, Attachable]) -> dict[str, Attachable]:
        """The columns of the report's table."""
        own = self.evidence.columns
        return {
            **ids,
            "churn_group": self.group,
            "lifecycle_state": self.state,
            "lifecycle_since": Days(self.since),
            "recency_days": self.recency,
            "p_no_purchase": self.chance,
            "value": np.where(self.known, amounts(self.units), np.nan),
            "value_at_risk": np.where(self.told, amounts(self.at_risk), np.nan),
            "churn_reason": self.evidence.main,
            "churn_reasons": self.evidence.every,
            "overdue_ratio": own["overdue_ratio"],
            "own_gap_days": own["own_gap_days"],
            "contact": self.contact,
        }

    @property
    def band(self) -> Codes:
        """How valuable each is among those listed; equal ones are in the same band."""
        held = np.sort(self.units[self.known])
        above = len(held) - np.searchsorted(held, self.units, side="right")
        share = above / max(len(held), 1)
        at = np.where(share < _TENTH, 0, np.where(share < _HALF, 1, 2))
        return Codes(np.where(self.known, at, 3), BANDS)

    def sums(self, by: Codes) -> dict[str, LossSum]:
        """Sums by words, those that occur."""
        return {
            word: self.total(np.asarray(by.at == place))
            for place, word in enumerate(by.words)
            if (by.at == place).any()
        }

    def total(self, rows: Bools | None = None) -> LossSum:
        """The sum of some of them; without ``rows`` of all."""
        some = np.ones(len(self), dtype=np.bool_) if rows is None else rows
        known = some & self.known
        value, lost = int(self.units[known].sum()), int(self.at_risk[some].sum())
        many, valued, told = (int(np.count_nonzero(it)) for it in (some, known, some & self.told))
        return LossSum(many, valued, value / UNITS, lost / UNITS, told)


_COLUMNS: Final = (
    "group",
    "state",
    "since",
    "recency",
    "chance",
    "units",
    "known",
    "contact",
)


def _taken(column: Any, rows: Index) -> Any:  # noqa: ANN401 - any column
    held: Column | Codes = column
    return attrs.evolve(held, at=held.at[rows]) if isinstance(held, Codes) else column[rows]


def withheld(listed: Listed) -> dict[str, int]:
    """Customers who must not be contacted, by reason.

    Args:
        listed: The customers.
    """
    counts = np.bincount(listed.contact.at, minlength=len(WORDS)).tolist()
    return {word: n for word, n in zip(WORDS[1:], counts[1:], strict=True) if n}
