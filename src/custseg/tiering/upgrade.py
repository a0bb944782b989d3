"""How far is the next tier, in money and in orders, and by when could it be reached?"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from math import ceil, floor, isfinite, isnan, nan
from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Floats, Gives, Index, Kind, Needs, Record
from custseg.features.daynumbers import as_date, day_of
from custseg.frames.scalar import reader
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.rules import merged
from custseg.tiering.model import TierModel
from custseg.tiering.plan import TierPlan
from custseg.tiering.service.timing import given_day

_GIVES: Final = ("plan_value", "plan_orders", "plan_by")
_FAR: Final = 36_525.0  # days: a plan of a century is none


@attrs.frozen(kw_only=True)
class UpgradeModel(RowModel):
    """The gap to the next tier as a plan.

    Adds

    - ``next_tier``: the tier that more value leads to, the potential being as it is; missing at
      the top, and of prospects and those whose value is not known;
    - ``plan_value``: the value that is lacking;
    - ``plan_orders``: orders of the customer's own average that make up for it;
    - ``plan_by``: the day on which these orders are there at the customer's own pace.

    Attributes:
        tier: The fitted tiers.
        average: The column of the average order.
        pace: The column of the mean days between purchases.
        as_of: The day; ``None``: the column ``as_of`` of each row says it.

    >>> from custseg.tiering import Thresholds
    >>> model = UpgradeModel(tier=TierPlan(Thresholds((100.0, 1000.0))).fit([]))
    >>> row = {"revenue": 400, "average_order": 250, "gap_mean_days": 30, "as_of": "2026-06-30"}
    >>> {name: model.one(row)[name] for name in model.gives}
    {'next_tier': 'high', 'plan_value': 600.0, 'plan_orders': 3.0, \
'plan_by': datetime.date(2026, 9, 28)}
    """

    schema_version: ClassVar[int] = 1

    tier: TierModel
    average: str = "average_order"
    pace: str = "gap_mean_days"
    as_of: date | None = None

    @property
    def needs(self) -> Needs:
        """What the tiers read, the average order, the pace and the day."""
        own: dict[str, Kind] = {self.average: "number", self.pace: "number"}
        if self.as_of is None:
            own["as_of"] = "day"
        return merged((dict(self.tier.needs), own))

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        kinds: tuple[Gives, ...] = ("number", "number", "day")
        return {"next_tier": self.tier.tiers, **dict(zip(_GIVES, kinds, strict=True))}

    @cached_property
    def _targets(self) -> tuple[Index, Index]:
        """The class to reach and its tier, by class and level; the last are not known; -1: none."""
        classes = len(self.tier.cuts.words())
        second = self.tier.potential_cuts
        levels = [*range(1 if second is None else len(second.words())), None]
        target = [[self.tier.target(i, j) for j in levels] for i in range(classes)]
        reach = [[-1 if k is None else k for k in row] for row in target]
        tier = [
            [-1 if k is None else self.tier.tiers.index(self.tier.tier_of(k, j)) for k, j in pairs]
            for pairs in (zip(row, levels, strict=True) for row in target)
        ]
        nobody = [[-1] * len(levels)]
        return np.array(reach + nobody), np.array(tier + nobody)

    def kernel(self, cols: Columns) -> Columns:
        """Find the next cut point, then the way to it."""
        value = cast("Floats", cols[self.tier.value])
        i, j = (_place(at) for at in self.tier.standing.places(cols, len(value)))
        reach, tier = (table[i, j] for table in self._targets)
        lacking, beyond = np.full(len(value), np.nan), np.zeros(len(value), dtype=np.bool_)
        for rows, record in self._groups(cols, len(value)):
            cuts = self.tier.cuts.at(record)
            point = np.array([*cuts.points, np.nan])[np.maximum(reach[rows], 0) - 1]
            lacking[rows] = np.where(reach[rows] > 0, point, np.nan) - value[rows]
            beyond[rows] = cuts.closed == "right"
        lacking = np.where(np.isfinite(lacking), lacking, np.nan)
        orders = _orders(lacking, cast("Floats", cols[self.average]), beyond)
        day = np.full(len(value), self._day) if self.as_of else cast("Floats", cols["as_of"])
        pace = cast("Floats", cols[self.pace])
        with np.errstate(invalid="ignore", over="ignore"):
            wait = np.ceil(orders * np.where(pace > 0, pace, np.nan))
        by = np.where(wait <= _FAR, day + wait, np.nan)
        made = (lacking, orders, Days(by))
        return {"next_tier": Codes(tier, self.tier.tiers), **dict(zip(_GIVES, made, strict=True))}

    def _groups(self, cols: Columns, size: int) -> Iterator[tuple[Index, Record]]:
        """Rows that share their cut points, and what tells which they are."""
        needs = self.tier.cuts.why(self.tier.value).needs
        texts = [name for name, kind in needs.items() if kind == "text"]
        if not (texts and size):
            if size:
                yield np.arange(size), {}
            return
        held = np.array([cast("Codes", cols[name]).at for name in texts])
        groups, which = np.unique(held, axis=1, return_inverse=True)
        for place, codes in enumerate(groups.T):
            said: dict[str, object] = {
                name: cast("Codes", cols[name]).words[code] if code >= 0 else None
                for name, code in zip(texts, codes.tolist(), strict=True)
            }
            yield np.flatnonzero(which == place), said

    @property
    def _day(self) -> float:
        return nan if self.as_of is None else float(day_of(self.as_of))

    def shortcut(self) -> Scalar:
        """The same of one record, by numbers alone."""
        read = reader(self.needs)

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read(record)
            i, j = self.tier.standing.place(row)
            k = None if i is None else self.tier.target(i, j)
            if k is None:
                return dict.fromkeys(self.gives)
            cuts = self.tier.cuts.at(row)
            lacking = cuts.points[k - 1] - row[self.tier.value]
            lacking = lacking if isfinite(lacking) else nan
            beyond = cuts.closed == "right"
            orders = _one_order(lacking, row[self.average], beyond=beyond)
            return {
                "next_tier": self.tier.tier_of(k, j),
                "plan_value": None if isnan(lacking) else lacking,
                "plan_orders": None if isnan(orders) else orders,
                "plan_by": self._by(orders, row),
            }

        return run

    def _by(self, orders: float, row: Mapping[str, Any]) -> date | None:
        day, pace = self._day if self.as_of else row["as_of"], row[self.pace]
        wait = orders * pace if pace > 0 else nan
        wait = float(ceil(wait)) if isfinite(wait) else nan
        if not (wait <= _FAR and isfinite(day)):
            return None
        return as_date(day + wait)

    def explain(self, record: Record) -> Explanation:
        """What the plan is.

        Args:
            record: One customer, with the columns that are needed.

        Returns:
            The next tier; what is lacking is shown only with ``values=True``.

        >>> from custseg.tiering import Thresholds
        >>> model = UpgradeModel(tier=TierPlan(Thresholds((100.0, 1000.0))).fit([]))
        >>> row = {"revenue": 400, "average_order": 250, "gap_mean_days": 30, "as_of": "2026-06-30"}
        >>> print(model.explain(row).text())
        next tier: high
          - orders of the customer's usual size lead to the next tier
        """
        out = self.one(record)
        held = {name: out[name] for name in (self.tier.value, self.average, self.pace, *_GIVES)}
        code = "plan_orders"
        if out["next_tier"] is None:
            code = "plan_none"
        elif out["plan_orders"] is None:
            code = "plan_unpaced"
        reason = Reason(code, {}, held)
        return Explanation("next_tier", {"next_tier": out["next_tier"]}, (reason,))


@attrs.frozen
class UpgradePlan:
    """The gap to the next tier as a plan: how much, in how many orders, and by when.

    Attributes:
        tier: How customers are tiered.
        average: The column of the average order.
        pace: The column of the mean days between purchases.
        as_of: The day; by default the column ``as_of`` of each row says it.

    >>> from custseg.tiering import Thresholds
    >>> UpgradePlan(TierPlan(Thresholds((100.0, 1000.0)))).fit([]).tier.value
    'revenue'
    """

    tier: TierPlan = attrs.field(factory=TierPlan)
    average: str = attrs.field(default="average_order", kw_only=True)
    pace: str = attrs.field(default="gap_mean_days", kw_only=True)
    as_of: date | None = attrs.field(default=None, converter=given_day, kw_only=True)

    def fit(self, data: object) -> UpgradeModel:
        """Freeze the cut points of the tiers.

        Args:
            data: One row a customer.

        Raises:
            NotEnoughDataError: No value is there to choose cut points from.
        """
        return UpgradeModel(
            tier=self.tier.fit(data), average=self.average, pace=self.pace, as_of=self.as_of
        )


def _place(at: Floats) -> Index:
    """Places of a table from levels; who has none is in its last place."""
    return np.where(np.isnan(at), -1.0, at).astype(np.intp)


def _orders(lacking: Floats, average: Floats, beyond: Bools) -> Floats:
    """Orders that make up for what is lacking; where it must be exceeded, one more at the point."""
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        ratio = lacking / np.where(average > 0, average, np.nan)
        orders = np.where(beyond, np.floor(ratio) + 1, np.ceil(ratio))
    return np.where(np.isfinite(orders), orders, np.nan)


def _one_order(lacking: float, average: float, *, beyond: bool) -> float:
    ratio = lacking / average if average > 0 else nan
    if not isfinite(ratio):
        return nan
    return float(floor(ratio) + 1 if beyond else ceil(ratio))
