"""Asleep when a silence is too long for a customer's own rhythm."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Needs
from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.fallback import instead
from custseg.classify.strategies.fixed import FixedDays
from custseg.classify.strategies.learned import Enough, Lesson, Purchases
from custseg.classify.strategies.limits import GapLimits
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.classify.strategies.silence import Silence, check_days, check_shares, named
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.lifetime import MBGCNBD, MBGNBD

_TOLD: Final = {
    "awake": "cadence_awake",
    "at_risk": "cadence_at_risk",
    "dormant": "cadence_dormant",
    "churned": "cadence_churned",
}
_MOST: Final = 12


@attrs.frozen
class OwnCadence:
    """Dormant when a silence is longer than nearly all gaps that a customer has between orders.

    The gaps of a customer are told from its own orders and, where there are few, from those of all:
    a rate of buying has a Gamma distribution among customers, learned by a model that knows of
    customers who leave, so that silence of who has left is not taken for a slow rhythm. The limit
    is the quantile of the next gap given the customer's orders: with ten orders it is nearly its
    own rhythm, with one that of the population, which is long, since some of all customers buy very
    rarely; see ``OneTime`` for a rule of their own.

    Reads ``frequency``, ``recency_days`` and ``tenure_days`` of the profile; ``gap_last_days`` for
    reactivated customers, ``gap_cv`` to tell how regular gaps are.

    Attributes:
        dormant: Share of a customer's gaps that are shorter than the silence that makes it dormant.
        at_risk: The same of the silence that puts it at risk; ``None``: no such state.
        churned: The same of the silence that makes it churned; ``None``: no such state.
        stages: How regular gaps are: 1 for purchases at random, k for gaps of k stages (Erlang);
            ``None`` tells it from ``gap_cv``.
        new_for: Days after its first order for which a customer is new.
        reactivated_for: Days after its return for which a customer is reactivated that had been
            dormant.
        enough: What the model needs at least.
        fallback: The strategy where the data do not suffice; each reason then says so.

    Raises:
        ConfigError: A share is not strictly between 0 and 1, the shares do not rise, or days or
            stages are not above 0.

    Source: gamma mixing of exponential or Erlang gaps (Ehrenberg 1959; Chatfield and Goodhardt
    1973), whose predictive gap is beta prime; Clutch, "Customer status", for shares of own gaps: at
    risk beyond 80 %.

    >>> import custseg as cs
    >>> people = cs.profile(
    ...     transactions=cs.datasets.cdnow(), names=cs.Names(at="date"), as_of="1997-09-30"
    ... )
    >>> model = cs.classify.Lifecycle(OwnCadence(at_risk=0.8)).fit(people)
    >>> often = {"frequency": 26, "tenure_days": 260}
    >>> seldom = {"frequency": 3, "tenure_days": 260}
    >>> [model.one({**row, "recency_days": 40})["lifecycle_state"] for row in (often, seldom)]
    ['dormant', 'active']
    """

    dormant: float = 0.9
    at_risk: float | None = attrs.field(default=None, kw_only=True)
    churned: float | None = attrs.field(default=None, kw_only=True)
    stages: int | None = attrs.field(default=1, kw_only=True)
    new_for: int | None = attrs.field(default=None, kw_only=True)
    reactivated_for: int | None = attrs.field(default=None, kw_only=True)
    enough: Enough = attrs.field(factory=Enough, kw_only=True)
    fallback: LifecycleStrategy = attrs.field(factory=FixedDays, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the shares, the days and the stages."""
        check_shares(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)
        check_days(new_for=self.new_for, reactivated_for=self.reactivated_for)
        if self.stages is not None and self.stages < 1:
            msg = f"must be 1 or more, got {self.stages}"
            raise ConfigError(msg, "stages")

    @property
    def _shares(self) -> Mapping[str, float]:
        return named(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Learn from the customers, and give steps by each customer's own limits."""
        lesson = Lesson.of(table, self._model(table), self.enough)
        if lesson.model is None:
            return instead(self.fallback.ladder(table), lesson.lacks)
        back = self.reactivated_for is not None
        shares = self._shares
        limits = GapLimits(purchases=lesson.model, shares=shares, returns=back)
        return Silence(
            {state: f"{state}_limit_days" for state in shares},
            told=_TOLD,
            settings={**shares, "awake": next(iter(shares.values()))},
            new_for=self.new_for,
            reactivated_for=self.reactivated_for,
            gap="return_limit_days" if back else None,
        ).ladder(limits)

    def _model(self, table: Table[Any]) -> Purchases:
        stages = self.stages
        if stages is None:
            stages = stages_of(table) if table.size else 1
        return MBGNBD() if stages == 1 else MBGCNBD(stages)


def stages_of(table: Table[Any]) -> int:
    """How many stages the gaps of customers have, told from their variation.

    Args:
        table: A profile with ``frequency`` and ``gap_cv``; the customers of a lazy one are counted
            in its engine.

    Source: of n gaps of k stages (Erlang), whatever the customer's rate, the squared coefficient of
    variation has the mean n / (n k + 1): the moments of a Dirichlet distribution, to which the gaps
    as shares of their sum belong. The k at which the means meet what is observed.

    >>> from custseg import frames
    >>> stages_of(
    ...     frames.table([{"frequency": 11, "gap_cv": 0.5}, {"frequency": 2, "gap_cv": None}])
    ... )
    4
    """
    needs: Needs = {"frequency": "number", "gap_cv": "number"}
    if table.lazy:
        cols = table.counted(tuple(needs)).read({**needs, "n": "number"})
    else:
        cols = table.read(needs)
    many = np.asarray(cols.get("n", np.ones(1)))
    gaps, cv = np.asarray(cols["frequency"]) - 1.0, np.asarray(cols["gap_cv"])
    known = (gaps >= 2) & (cv >= 0)  # noqa: PLR2004 - variation needs two
    n, seen = gaps[known], (cv * cv)[known]
    held = np.broadcast_to(many, known.shape)[known]
    if not len(n):
        return 1

    def excess(k: Floats) -> Floats:
        """How far the mean of so many stages lies from what is seen, the larger n counting more."""
        return np.asarray(np.abs((held * n * (n / (n * k[:, None] + 1.0) - seen)).sum(axis=1)))

    return int(np.argmin(excess(np.arange(1.0, _MOST + 1.0)))) + 1
