"""Asleep when no purchase within a horizon is likely, by a model of buying."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.fallback import instead
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.learned import Enough, Lesson, Purchases
from custseg.classify.strategies.limits import ChanceLimits
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.classify.strategies.silence import Silence, check_days, check_shares, named
from custseg.frames import Table
from custseg.lifetime import MBGNBD, NEW_CUSTOMER
from custseg.lifetime.purchases import PurchaseModel
from custseg.reasons import Reason

_TOLD: Final = {
    "awake": "chance_awake",
    "at_risk": "chance_at_risk",
    "dormant": "chance_dormant",
    "churned": "chance_churned",
}


@attrs.frozen
class ModelProbability:
    """Dormant when it is likely that a customer buys nothing within a horizon.

    A model of buying (MBG/NBD) learns from the profile how customers buy and leave; from it comes
    after how many days of silence each customer's chance of no purchase within the horizon reaches
    the limit. So a weekly buyer is dormant after weeks, a yearly one after years. Between two
    purchases these days stay as they are.

    Where the data do not suffice, or the horizon is so short that even who has just bought for the
    first time would be past a limit, the fallback decides, and each reason says so and what was
    lacking.

    Reads ``frequency``, ``recency_days`` and ``tenure_days`` of the profile; ``gap_last_days`` for
    reactivated customers.

    Attributes:
        horizon: Days within which a purchase counts.
        dormant: The chance of no purchase at which a customer is dormant: 0.8 is four to one.
        at_risk: The chance at which an active customer is at risk; ``None``: no such state.
        churned: The chance at which a dormant customer is churned; ``None``: no such state.
        new_for: Days after its first order for which a customer is new.
        reactivated_for: Days after its return for which a customer is reactivated that had been
            dormant.
        model: The model of buying.
        enough: What it needs at least.
        fallback: The strategy where the data do not suffice.

    Raises:
        ConfigError: A chance is not strictly between 0 and 1, the chances do not rise, or days are
            not above 0.

    Source: the chance of no purchase follows from Batislam, Denizel and Filiztekin 2007,
    International Journal of Research in Marketing 24(3). Four to one: Amperity, "Predicted
    lifecycle status", calls repeat customers lost below a chance of 20 % to buy again. BG/NBD's
    chance to be alive is no such measure: it is 1 for whoever bought once.

    >>> import custseg as cs
    >>> people = cs.profile(
    ...     transactions=cs.datasets.cdnow(), names=cs.Names(at="date"), as_of="1997-09-30"
    ... )
    >>> model = cs.classify.Lifecycle(ModelProbability(at_risk=0.75)).fit(people)
    >>> rows = [{"frequency": 6, "recency_days": n, "tenure_days": 200 + n} for n in (9, 149, 169)]
    >>> [model.one(row)["lifecycle_state"] for row in rows]
    ['active', 'at_risk', 'dormant']
    """

    horizon: int = 90
    dormant: float = 0.8
    at_risk: float | None = attrs.field(default=None, kw_only=True)
    churned: float | None = attrs.field(default=None, kw_only=True)
    new_for: int | None = attrs.field(default=None, kw_only=True)
    reactivated_for: int | None = attrs.field(default=None, kw_only=True)
    model: Purchases = attrs.field(factory=MBGNBD, kw_only=True)
    enough: Enough = attrs.field(factory=Enough, kw_only=True)
    fallback: LifecycleStrategy = attrs.field(factory=FixedDays, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the chances and the days."""
        check_shares(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)
        days = {"new_for": self.new_for, "reactivated_for": self.reactivated_for}
        check_days(horizon=self.horizon, **days)

    @property
    def _shares(self) -> Mapping[str, float]:
        return named(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Learn from the customers, and give steps by each customer's own limits."""
        lesson = Lesson.of(table, self.model, self.enough)
        lacks = lesson.lacks if lesson.model is None else self._short(lesson.model)
        if lesson.model is None or lacks:
            return instead(self.fallback.ladder(table), lacks)
        back = self.reactivated_for is not None
        shares = self._shares
        limits = ChanceLimits(
            purchases=lesson.model, shares=shares, horizon=self.horizon, returns=back
        )
        return Silence(
            {state: f"{state}_limit_days" for state in shares},
            told=_TOLD,
            settings={"horizon": self.horizon, **shares, "awake": next(iter(shares.values()))},
            new_for=self.new_for,
            reactivated_for=self.reactivated_for,
            gap="return_limit_days" if back else None,
        ).ladder(limits)

    def _short(self, model: PurchaseModel) -> tuple[Reason, ...]:
        """The horizon, where it is too short for how rarely people buy."""
        fresh = float(model.p_no_purchase(NEW_CUSTOMER, horizon=self.horizon)[0])
        if fresh < min(self._shares.values()):
            return ()
        return (Reason("horizon_short", {"horizon": self.horizon, "found": fresh}),)
