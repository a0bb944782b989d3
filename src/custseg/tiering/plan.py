"""Which tier does each customer belong to, and what service follows?"""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Kind, words
from custseg.errors import ConfigError
from custseg.rules import F
from custseg.tiering.bands import Scale
from custseg.tiering.currency import Currency, check_currency
from custseg.tiering.cuts import Cutter
from custseg.tiering.cutters.pareto import Pareto
from custseg.tiering.fitting import POLICIES, Policy, Reading, fitted
from custseg.tiering.inplace import InPlace
from custseg.tiering.model import TierModel, check_box, check_unknown
from custseg.tiering.service.policy import STANDARD_CARE, ServicePolicy, services
from custseg.tiering.settings import check_cutter, check_tiers, check_word
from custseg.tiering.worth.box import NineBox

T = TypeVar("T")


def _customary(plan: "TierPlan") -> Mapping[str, ServicePolicy]:
    own = plan.tiers[: plan.apart]
    return {**dict.fromkeys(own, STANDARD_CARE), **services(plan.tiers[plan.apart :])}


def _lowest(plan: "TierPlan") -> str | None:
    return next(iter(plan.tiers[plan.apart :]), None)


def _usual_box(plan: "TierPlan") -> NineBox | None:
    return None if plan.potential is None else NineBox()


def _names(plan: "TierPlan") -> tuple[str, ...]:
    if plan.box is not None:
        return plan.box.tiers
    return ("negative", "low", "medium", "high")[1 - plan.apart :]


@attrs.frozen
class TierPlan:
    """How to tier customers; needs data before it can be applied.

    Attributes:
        cutter: Where to cut; any class with a method ``cuts``.
        value: The column that says what a customer is worth.
        potential: The column that says what a customer could be worth; ``None``: tiers are by
            value alone.
        potential_cutter: Where to cut the potential; ``None``: as the value.
        box: What each level of value means beside each level of potential; with a potential by
            default ``NineBox()``.
        bought: With a box, the column of purchases of which a prospect has 0: a prospect is
            tiered by potential alone and moves no cut of the value. ``None``: nobody is one.
        refunds: What becomes of values below 0: ``keep``, a class of their ``own``, ``refuse``.
        tiers: Names, lowest first: one more than there are cuts, and one before them for refunds
            with a class of their own; in a box its own.
        service: What each tier gets; by default the highest VIP service, the lowest standard
            care, those between a development plan. In a box its cells say that.
        unknown: The tier of customers whose value is not known: by default the lowest (but not
            that of refunds); a word of its own; or ``None``: no tier.
        by: Column of a group, such as the industry; each group gets cut points of its own.
        weight: Column of the weight of each row.
        currency: The currency of the value, where rows say theirs in a column.

    Raises:
        ConfigError: The number of tiers does not match the cuts, a name comes twice, a tier has
            no service, or the box does not fit the cuts.

    >>> from custseg.tiering import Thresholds
    >>> plan = TierPlan(Thresholds((100.0, 1000.0)), value="revenue")
    >>> plan.fit([]).one({"customer_id": "x", "revenue": 2100.0})["tier"]
    'high'
    >>> both = TierPlan(Thresholds((100.0, 1000.0)), potential="potential", bought=None)
    >>> both.fit([]).one({"revenue": 50.0, "potential": 1800.0})["tier"]
    'medium'
    """

    cutter: Cutter = attrs.field(factory=Pareto)
    value: str = attrs.field(default="revenue", kw_only=True)
    potential: str | None = attrs.field(default=None, kw_only=True)
    potential_cutter: Cutter | None = attrs.field(default=None, kw_only=True)
    box: NineBox | None = attrs.field(
        default=attrs.Factory(_usual_box, takes_self=True), kw_only=True
    )
    bought: str | None = attrs.field(default="frequency", kw_only=True)
    refunds: Policy = attrs.field(default="keep", kw_only=True)
    tiers: tuple[str, ...] = attrs.field(
        default=attrs.Factory(_names, takes_self=True), converter=words, kw_only=True
    )
    service: Mapping[str, ServicePolicy] = attrs.field(
        default=attrs.Factory(_customary, takes_self=True), kw_only=True
    )
    unknown: str | None = attrs.field(default=attrs.Factory(_lowest, takes_self=True), kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    weight: str | None = attrs.field(default=None, kw_only=True)
    currency: Currency | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that tiers, cuts, services and box fit one another."""
        for cutter in (self.cutter, self.potential_cutter or self.cutter):
            check_cutter(cutter)
        check_word("refunds", self.refunds, POLICIES)
        check_currency(self.currency)
        classes = getattr(self.cutter, "classes", None)
        classes = None if classes is None else classes + self.apart
        served = {tier for tier in self.service if tier in self.tiers or tier != self.unknown}
        check_tiers(self.tiers, served, classes if self.box is None else None)
        check_unknown(self.unknown, self.tiers)
        others: int | None = 1
        if self.potential is not None:
            if self.box is None:
                msg = "a potential needs a box that says what its levels mean, such as NineBox()"
                raise ConfigError(msg)
            others = getattr(self.potential_cutter or self.cutter, "classes", None)
        check_box(self.box, self.tiers, (classes, others))

    @property
    def apart(self) -> int:
        """Classes below those of the cutter: one where refunds have their own, else none.

        >>> TierPlan(refunds="own").apart, TierPlan(refunds="own").tiers
        (1, ('negative', 'low', 'medium', 'high'))
        """
        return int(self.refunds == "own")

    @classmethod
    def preset(cls, name: str, cutter: Cutter | None = None, **settings: Any) -> "TierPlan":  # noqa: ANN401 - the fields of a plan
        """A plan whose box has a name.

        Args:
            name: A preset of ``NineBox``: ``nine``, ``importance`` (potential, ordinary and
                important customers), ``importance_by_value``, ``marcus``.
            cutter: Where to cut.
            settings: The other fields of a plan, such as ``value`` and ``potential``.

        Raises:
            ConfigError: There is no such preset, or a setting is impossible.

        >>> from custseg.tiering import Thresholds
        >>> plan = TierPlan.preset("importance_by_value", Thresholds((100.0, 1000.0)))
        >>> rows = [{"revenue": 0, "frequency": 0}, {"revenue": 2100, "frequency": 3}]
        >>> [row["tier"] for row in plan.fit(rows).apply(rows)]
        ['potential', 'important']
        """
        box = NineBox.preset(name)
        if "potential" not in settings and len(box.potential_levels) > 1:
            settings["potential"] = "average_order" if name == "marcus" else "potential"
        return cls(cutter or Pareto(), box=box, **settings)

    def fit(self, data: object) -> TierModel:
        """Freeze the cut points that the data implies.

        Args:
            data: One row a customer with the columns that are named; cutters that do not learn
                (``Thresholds``) leave it unread.

        Raises:
            NotEnoughDataError: No value is there to choose cut points from.
            DataError: A value is infinite, a column is not a number, or currencies are mixed.
            MissingColumnError: There is no such column.
            ConfigError: The cutter made another number of classes than there are tiers.
        """
        second = None
        opened = self._opened(data)
        bought = None if self.box is None else self.bought
        customers = opened if bought is None else self._customers(opened, bought)
        if self.potential is not None:
            cutter = self.potential_cutter or self.cutter
            second = self._cuts(cutter, opened, self.potential, refunds="keep")
        return TierModel(
            value=self.value,
            cuts=self._cuts(self.cutter, customers, self.value, refunds=self.refunds),
            tiers=self.tiers,
            service=self.service,
            unknown=self.unknown,
            potential=self.potential,
            potential_cuts=second,
            box=self.box,
            bought=bought,
        )

    def _opened(self, data: object) -> Any:  # noqa: ANN401 - a table
        """What is read of a table: nothing where no cutter learns, or where an engine can cut."""
        cutters = (self.cutter, self.potential_cutter or self.cutter)
        if not any(getattr(cutter, "learns", True) for cutter in cutters):
            return data
        money = None if self.currency is None else self.currency.column
        bought = None if self.box is None else self.bought
        alone = not any((self.by, self.weight, self.currency, bought)) and self.refunds == "keep"
        if alone and all(isinstance(cutter, InPlace) for cutter in cutters):
            return frames.table(data)
        named = (self.value, self.potential, self.by, self.weight, money, bought)
        if (opened := frames.table(data)).lazy:
            return opened
        return opened.select(dict.fromkeys(name for name in named if name))

    def _customers(self, opened: Any, bought: str) -> Any:  # noqa: ANN401 - a table
        """Those who have bought, or of whom that is not known."""
        if not getattr(self.cutter, "learns", True):
            return opened
        if opened.lazy:
            opened.require((bought,))
            return frames.table(opened.where(F(bought).is_missing() | (F(bought) != 0)))
        needs: dict[str, Kind] = {bought: "number"}
        orders = cast("Floats", opened.read(needs)[bought])
        return frames.table(opened.take(np.flatnonzero(orders != 0)))

    def _cuts(self, cutter: Cutter, data: Any, column: str, *, refunds: Policy) -> Scale:  # noqa: ANN401 - a table
        how: Reading = {"by": self.by, "weight": self.weight, "refunds": refunds}
        how["currency"] = self.currency
        return fitted(cutter, data, value=column, **how)


def tiers(data: T, cutter: Cutter | None = None, *, value: str = "revenue") -> T:
    """Tier customers as low, medium or high by what they are worth.

    Args:
        data: One row a customer: records or a frame.
        cutter: Where to cut; by default where the largest customers hold 80 % and 95 % of the
            sum.
        value: The column that says what a customer is worth.

    Returns:
        The same kind of table with ``tier``, ``tier_reason``, ``tier_rank`` and ``service`` added.

    >>> [one["tier"] for one in tiers([{"revenue": 80}, {"revenue": 15}, {"revenue": 5}])]
    ['high', 'medium', 'low']
    """
    opened = frames.table(data)
    return cast("T", TierPlan(cutter or Pareto(), value=value).fit(opened).apply(opened))
