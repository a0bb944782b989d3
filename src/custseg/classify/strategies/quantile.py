"""Asleep when a silence is longer than most gaps between orders in the population."""

from collections.abc import Mapping
from math import isnan
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.fallback import instead
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.classify.strategies.silence import Silence, check_days, check_shares, named
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.reasons import Reason

_NEEDS: Final = {"frequency": "number", "recency_days": "number", "gap_last_days": "number"}
_NOBODY: Final = (np.zeros(0), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64))
_TOLD: Final = {
    "awake": "quantile_awake",
    "at_risk": "quantile_at_risk",
    "dormant": "quantile_dormant",
    "churned": "quantile_churned",
}


@attrs.frozen
class PopulationQuantile:
    """Dormant when a silence is longer than nearly all gaps after which customers come back.

    The limits are quantiles of the gaps between purchase days in the population, of those that end:
    at ``dormant=0.9``, of ten customers who come back nine have done so by then. They are learned
    once and are whole days for everybody, so the model is plain rules. With ``BySegment`` each
    segment has quantiles of its own.

    Customers who have not come back yet tell something too: their gap is at least as long as their
    silence. Leaving them out, as usual, makes gaps too short, and so does counting every gap, of
    which frequent buyers have more. Here each customer counts once, by the gap before its last
    order, or by its silence so far if it has ordered once.

    Reads ``frequency``, ``recency_days`` and ``gap_last_days`` of the profile.

    Attributes:
        dormant: Share of ending gaps that are shorter than the silence that makes a customer
            dormant.
        at_risk: The same of the silence that puts it at risk; ``None``: no such state.
        churned: The same of the silence that makes it churned; ``None``: no such state.
        new_for: Days after its first order for which a customer is new.
        reactivated_for: Days after its return for which a customer is reactivated that had been
            dormant.
        returns: Customers who have come back, at least: of 100, ten gaps are beyond 0.9.
        fallback: The strategy where there are fewer; each reason then says so. ``None``: an error.

    Raises:
        ConfigError: A share is not strictly between 0 and 1, the shares do not rise, or days are
            not above 0.

    Source: EC-Power, "RFM" recipes: at risk between the 75th and the 90th percentile of purchase
    intervals. Censored gaps as in Wang and Chang 1999, Journal of the American Statistical
    Association 94(445), who let each customer count once and leave out the open gap of who has a
    complete one; one complete gap stands for all of a customer's, since their order does not
    matter.

    >>> from custseg.classify import Lifecycle
    >>> rows = [{"frequency": 2, "recency_days": 1, "gap_last_days": n} for n in range(1, 101)]
    >>> model = Lifecycle(PopulationQuantile(at_risk=0.75)).fit(rows)
    >>> print(model.explain({"frequency": 3, "recency_days": 95}).text())
    lifecycle: dormant
      - no order for 90 days or more: of customers who come back, 90% do so by then
    """

    dormant: float = 0.9
    at_risk: float | None = attrs.field(default=None, kw_only=True)
    churned: float | None = attrs.field(default=None, kw_only=True)
    new_for: int | None = attrs.field(default=None, kw_only=True)
    reactivated_for: int | None = attrs.field(default=None, kw_only=True)
    returns: int = attrs.field(default=100, kw_only=True)
    fallback: LifecycleStrategy | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the shares and the days."""
        check_shares(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)
        check_days(new_for=self.new_for, reactivated_for=self.reactivated_for, returns=self.returns)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Learn the limits from the gaps of the customers.

        Raises:
            NotEnoughDataError: Too few have come back, and there is no fallback.
        """
        gap, ended, many = last_gaps(table) if table.size else _NOBODY
        found = int(many[ended].sum())
        if found < self.returns:
            return self._instead(table, found)
        shares = named(at_risk=self.at_risk, dormant=self.dormant, churned=self.churned)
        days = quantiles(gap, ended, shares, many=many)
        awake = next(iter(days.values()))
        return Silence(
            days,
            told=_TOLD,
            settings={
                **shares,
                **{f"{state}_days": limit for state, limit in days.items()},
                "awake_days": awake,
            },
            new_for=self.new_for,
            reactivated_for=self.reactivated_for,
            gap=days["dormant"],
        ).ladder()

    def _instead(self, table: Table[Any], found: int) -> StateLadder:
        if self.fallback is None:
            msg = (
                f"{found} customers have come back and {self.returns} are needed to learn how long "
                "gaps are; take more customers, lower returns, or give a fallback such as FixedDays"
            )
            raise NotEnoughDataError(msg)
        few = Reason("few_returns", {"found": found, "needed": self.returns})
        return instead(self.fallback.ladder(table), (few,))


def last_gaps(table: Table[Any]) -> tuple[Floats, Bools, Ints]:
    """The gaps of customers who have bought, one each, and whether they have ended.

    Args:
        table: A profile; the customers of a lazy one are counted in its engine.

    Returns:
        The gap before the last order, or of who has ordered once the silence so far; whether it
        has ended; and how many customers are so.

    >>> from custseg import frames
    >>> rows = [(3, 5, 20), (1, 40, None), (0, None, None), (2, 7, None)]
    >>> names = ("frequency", "recency_days", "gap_last_days")
    >>> last_gaps(frames.table([dict(zip(names, row)) for row in rows]))
    (array([20., 40.]), array([ True, False]), array([1, 1]))
    """
    held = table.counted(tuple(_NEEDS)) if table.lazy else table
    cols = held.read(dict.fromkeys(_NEEDS, "number"))
    often, silence, gap = (np.asarray(cols[name]) for name in _NEEDS)
    ended, once = (often > 1) & (gap > 0), (often == 1) & (silence >= 0)
    known = ended | once
    many = np.ones(len(gap), dtype=np.int64)
    if table.lazy:
        many = np.asarray(held.read({"n": "number"})["n"]).astype(np.int64)
    return np.where(ended, gap, silence)[known], ended[known], many[known]


def quantiles(
    gap: Floats, ended: Bools, shares: Mapping[str, float], *, many: Ints | None = None
) -> dict[str, float]:
    """The days by which shares of the gaps that end have ended.

    Args:
        gap: Gaps, each of another customer.
        ended: Whether each has ended; the others are at least as long as said.
        shares: Name -> share.
        many: How many customers have each gap; by default one.

    Returns:
        Name -> whole days. What never ended within the time observed is beyond it.

    Source: Kaplan and Meier 1958, Journal of the American Statistical Association 53(282).

    >>> quantiles(np.array([1.0, 2.0, 2.0, 9.0]), np.array([True, True, False, True]), {"x": 0.5})
    {'x': 2.0}
    """
    weight = np.ones(len(gap), dtype=np.int64) if many is None else many
    days, at = np.unique(gap, return_inverse=True)
    held = np.bincount(at, weights=weight, minlength=len(days))
    open_before = np.cumsum(held) - held
    ends = np.bincount(at, weights=ended * weight, minlength=len(days))
    ending = 1.0 - ends / (float(weight.sum()) - open_before)
    left = np.asarray(np.cumprod(ending), dtype=np.float64)
    gone = (1.0 - left) / (1.0 - left[-1])
    found = {name: days[np.searchsorted(gone, share - 1e-12)] for name, share in shares.items()}
    return {name: float(np.ceil(limit)) for name, limit in found.items() if not isnan(limit)}
