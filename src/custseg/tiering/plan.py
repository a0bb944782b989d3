"""Which tier does each customer belong to, and what service follows?"""

from collections.abc import Mapping
from typing import TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, words
from custseg.errors import DataError, NotEnoughDataError
from custseg.tiering.cuts import Cuts, Cutter
from custseg.tiering.cutters.pareto import Pareto
from custseg.tiering.model import TierModel
from custseg.tiering.service.policy import ServicePolicy, services
from custseg.tiering.settings import check_tiers

T = TypeVar("T")


def _customary(plan: "TierPlan") -> Mapping[str, ServicePolicy]:
    return services(plan.tiers)


@attrs.frozen
class TierPlan:
    """How to tier customers; needs data before it can be applied.

    Attributes:
        cutter: Where to cut; any class with a method ``cuts``.
        value: The column that says what a customer is worth.
        tiers: Names, lowest first: one more than there are cuts.
        service: What each tier gets; by default the highest VIP service, the lowest standard
            care, those between a development plan.

    Raises:
        ConfigError: The number of tiers does not match the cuts, a name comes twice, or a tier
            has no service.

    >>> from custseg.tiering import Thresholds
    >>> plan = TierPlan(Thresholds((100.0, 1000.0)), value="revenue")
    >>> plan.fit([]).one({"customer_id": "x", "revenue": 2100.0})["tier"]
    'high'
    """

    cutter: Cutter = attrs.field(factory=Pareto)
    value: str = attrs.field(default="revenue", kw_only=True)
    tiers: tuple[str, ...] = attrs.field(
        default=("low", "medium", "high"), converter=words, kw_only=True
    )
    service: Mapping[str, ServicePolicy] = attrs.field(
        default=attrs.Factory(_customary, takes_self=True), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check that tiers, cuts and services fit one another."""
        check_tiers(self.tiers, self.service, getattr(self.cutter, "classes", None))

    def fit(self, data: object) -> TierModel:
        """Freeze the cut points that the data implies.

        Args:
            data: One row a customer with the value column; a cutter that does not learn
                (``Thresholds``) leaves it unread.

        Raises:
            NotEnoughDataError: No value is there to choose cut points from.
            DataError: A value is infinite, or the column is not a number.
            MissingColumnError: There is no such column.
            ConfigError: The cutter made another number of classes than there are tiers.
        """
        return TierModel(
            value=self.value, cuts=self._cuts(data), tiers=self.tiers, service=self.service
        )

    def _cuts(self, data: object) -> Cuts:
        if not getattr(self.cutter, "learns", True):
            return self.cutter.cuts(np.empty(0))
        read = frames.table(data).select([self.value]).read({self.value: "number"})
        try:
            return self.cutter.cuts(cast("Floats", read[self.value]))
        except DataError as error:
            raise DataError(error.message, self.value, error.row) from error
        except NotEnoughDataError as error:
            msg = f"column {self.value!r}: {error}"
            raise NotEnoughDataError(msg) from error


def tiers(data: T, cutter: Cutter | None = None, *, value: str = "revenue") -> T:
    """Tier customers as low, medium or high by what they are worth.

    Args:
        data: One row a customer: records or a frame.
        cutter: Where to cut; by default where the largest customers hold 80 % and 95 % of the
            sum.
        value: The column that says what a customer is worth.

    Returns:
        The same kind of table with ``tier``, ``tier_reason`` and ``service`` added.

    >>> [one["tier"] for one in tiers([{"revenue": 80}, {"revenue": 15}, {"revenue": 5}])]
    ['high', 'medium', 'low']
    """
    opened = frames.table(data)
    return cast("T", TierPlan(cutter or Pareto(), value=value).fit(opened).apply(opened))
