"""A signal tried day by day, and what all days together say of it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.classify.churn.verdicts import DECILES, LEVEL, Chances, SignalFigures
from custseg.features.daynumbers import as_date
from custseg.measures import Area, Influence, MonotoneMap, Tally, influence, monotone_map, quantile
from custseg.measures.areas import bounded, pulled
from custseg.measures.tally import counted

_GROUPS: Final = 1000


@attrs.frozen(eq=False)
class Looked:
    """Customers on one day, and what came of them.

    Attributes:
        day: The day, since 1970-01-01.
        who: Their codes.
        lost: Whether each bought nothing within the horizon.
        baseline: The baseline of each.
    """

    day: int
    who: Index
    lost: Bools
    baseline: Floats

    @cached_property
    def pull(self) -> Influence:
        """How far each pulls the area of the baseline."""
        return influence(self.baseline, self.lost)


@attrs.frozen(eq=False)
class Trial:
    """A signal on one day.

    Attributes:
        day: The day, since 1970-01-01.
        tally: The signal and what came.
        coarse: The same in groups of neighbouring signals.
        mapped: The same as probabilities, by what was known on the day.
        figures: Its figures.
        scale: What its numbers mean on that day.
    """

    day: int
    tally: Tally
    coarse: Tally
    mapped: Tally | None
    figures: SignalFigures
    scale: str


@attrs.frozen(eq=False)
class Trials:
    """A signal tried day by day.

    Attributes:
        signal: Its name.
        chance: Whether it is the probability of no purchase.
        horizon: Days after each day.
        pull: How far each customer pulls the area under the curve, all days added up.
        drift: How far each pulls its distance from that of the baseline.
        done: One trial a day.
    """

    signal: str
    chance: bool
    horizon: int
    pull: Floats
    drift: Floats
    done: list[Trial] = attrs.field(factory=list[Trial])

    @classmethod
    def blank(cls, signal: str, horizon: int, size: int, *, chance: bool) -> "Trials":
        """Not tried yet.

        Args:
            signal: Its name.
            horizon: Days after each day.
            size: Number of customers.
            chance: Whether it is the probability of no purchase.
        """
        return cls(signal, chance, horizon, np.zeros(size), np.zeros(size))

    def add(self, looked: Looked, score: Floats, scale: str = "") -> None:
        """Try the signal on one day; who has no signal is counted and left out.

        Args:
            looked: The customers, and what came of them.
            score: The signal of each, NaN where it cannot tell.
            scale: What the numbers mean on that day.
        """
        told = ~np.isnan(score)
        lost = looked.lost[told]
        tally, place = counted(score[told], lost)
        own = pulled(tally, place, lost)
        base = looked.pull if told.all() else influence(looked.baseline[told], lost)
        known = self.known_by(looked.day, scale)
        mapped = None if known is None else tally.mapped(known.of(tally.score))
        figures = SignalFigures(
            signal=self.signal,
            at=as_date(looked.day),
            customers=tally.rows,
            lost=tally.happened,
            unknown=len(score) - tally.rows,
            auc=own.area(LEVEL),
            gain=_apart(own.value - base.value, own.of - base.of),
            average_precision=tally.average_precision,
            lift=tally.lift(DECILES),
            as_is=Chances.of(tally) if self.chance else None,
            calibrated=None if mapped is None else Chances.of(mapped),
        )
        self._pulled(looked.who[told], own, base)
        coarse = tally.gathered(-(-tally.rows // _GROUPS))
        self.done.append(Trial(looked.day, tally, coarse, mapped, figures, scale))

    def known_by(self, day: int, scale: str) -> MonotoneMap | None:
        """The map to probabilities that the days teach whose horizon is over by a day.

        Args:
            day: The day.
            scale: What the numbers mean; days on which they mean something else teach nothing.
        """
        over = (one for one in self.done if one.day + self.horizon <= day and one.scale == scale)
        joined = Tally.joined(one.coarse for one in over)
        return monotone_map(joined) if joined.rows else None

    def maps(self) -> dict[str, MonotoneMap]:
        """The maps to probabilities that all days teach, by scale."""
        over = max((one.day + self.horizon for one in self.done), default=0)
        known = {one.scale: self.known_by(over, one.scale) for one in self.done}
        return {scale: made for scale, made in known.items() if made is not None}

    def together(self) -> SignalFigures:
        """All days in one: areas weighted by their pairs, what probabilities say by customers.

        Probabilities as they are and calibrated ones are of the days on which both are known, so
        that they compare; as they are of all days where none is calibrated.
        """
        parts = [one.figures for one in self.done]
        lost, customers = sum(one.lost for one in parts), sum(one.customers for one in parts)
        pairs = [one.lost * (one.customers - one.lost) for one in parts]
        value = weighted([one.auc.value for one in parts], pairs)
        total = max(sum(pairs), 1)
        error = float(np.sqrt((self.pull**2).sum())) / total
        both = [one for one in self.done if one.mapped is not None] or self.done
        mapped = [one.mapped for one in both if one.mapped is not None]
        losses = [one.lost for one in parts]
        return SignalFigures(
            signal=self.signal,
            at=None,
            customers=customers,
            lost=lost,
            unknown=sum(one.unknown for one in parts),
            auc=bounded(value, error, (lost, customers - lost), LEVEL),
            gain=_apart(weighted([one.gain.value for one in parts], pairs), self.drift / total),
            average_precision=weighted([one.average_precision for one in parts], losses),
            lift=np.array([weighted([one.lift[n] for one in parts], losses) for n in range(10)]),
            as_is=Chances.of(Tally.joined(one.tally for one in both))
            if self.chance and both
            else None,
            calibrated=_chances(mapped),
        )

    def _pulled(self, who: Index, own: Influence, base: Influence) -> None:
        weight = own.cases * own.others
        if weight:
            self.pull[who] += weight * own.of
            self.drift[who] += weight * (own.of - base.of)


def _chances(tallies: Sequence[Tally]) -> Chances | None:
    return Chances.of(Tally.joined(tallies)) if tallies else None


def weighted(values: Sequence[float], weights: Sequence[int]) -> float:
    """A mean of what is known; NaN where nothing is.

    >>> weighted([0.5, 0.8, np.nan], [1, 2, 0])
    0.7000000000000001
    """
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else np.nan


def _apart(value: float, pulls: Floats) -> Area:
    """A difference of areas of the same customers, with its interval.

    Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44(3).
    """
    if np.isnan(value):
        return Area(np.nan, np.nan, np.nan, np.nan)
    error = float(np.sqrt((pulls**2).sum()))
    half = quantile(LEVEL) * error
    return Area(value, value - half, value + half, error)
