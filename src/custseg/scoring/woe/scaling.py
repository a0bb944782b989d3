"""From log-odds to points: the card of a line over bins."""

from collections.abc import Sequence
from math import fsum, log
from typing import Final

import attrs

from custseg._typing import Floats
from custseg.scoring.binning.table import BinningTable
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.odds import Odds
from custseg.scoring.curves.binned import Bins, Levels
from custseg.scoring.points import HUNDREDTHS, hundredths

_WHOLE: Final = 100 * HUNDREDTHS
_TIMES: Final = 3.0


@attrs.frozen(eq=False)
class Weighed:
    """A factor on the scale of log-odds.

    Attributes:
        table: Its bins.
        slope: What its evidence counts for.
    """

    table: BinningTable
    slope: float

    @property
    def evidence(self) -> Floats:
        """What each bin adds to the log-odds."""
        return self.slope * self.table.woe

    @property
    def known_worst(self) -> bool:
        """Whether every known value adds the least: it tells only where nothing is known."""
        known = [
            e for e, b in zip(self.evidence, self.table.bins, strict=True) if b.kind != "missing"
        ]
        words = any(b.kind in {"words", "other"} for b in self.table.bins)
        return bool(max([0.0, *known] if words else known) <= self.ends[0])

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that it adds; what was never seen adds nothing."""
        return min(0.0, float(self.evidence.min())), max(0.0, float(self.evidence.max()))


@attrs.frozen(eq=False)
class Scaling:
    """How log-odds become points.

    Attributes:
        odds: The scale of the card.
        base: Points to start with.
        steps: Of each factor: points per unit of its log-odds, and its log-odds of 0 points.
    """

    odds: Odds
    base: float
    steps: tuple[tuple[float, float], ...]

    @classmethod
    def whole(cls, factors: Sequence[Weighed], intercept: float) -> "Scaling":
        """From 0, the least possible, to 100, the most possible.

        The hundred points are shared out in whole hundredths, so that the best answers to all
        factors add up to 100 exactly. A column whose values are all worst, since it tells only
        where it is unknown, takes its points away where it is known, from a base of as many.
        """
        ends = [factor.ends for factor in factors]
        wide = fsum(high - low for low, high in ends)
        worths = _shared([(high - low) / wide for low, high in ends])
        turned = [factor.known_worst for factor in factors]
        steps = tuple(
            (worth / HUNDREDTHS / (high - low), high if turn else low)
            for worth, (low, high), turn in zip(worths, ends, turned, strict=True)
        )
        base = sum(worth for worth, turn in zip(worths, turned, strict=True) if turn)
        start = intercept + fsum(low for low, _ in ends)
        factor = 100 / wide
        odds = Odds(at=-start * factor, odds=1.0, double=factor * log(2))
        return cls(odds, base / HUNDREDTHS, steps)

    @classmethod
    def to(cls, odds: Odds, factors: Sequence[Weighed], intercept: float) -> "Scaling":
        """Points that double the odds: what is as usual adds nothing."""
        base = odds.at + odds.factor * (intercept - log(odds.odds))
        return cls(odds, base, tuple((odds.factor, 0.0) for _ in factors))

    def factors(self, weighed: Sequence[Weighed]) -> tuple[Factor, ...]:
        """The factors of the card; points are rounded to hundredths here, and never again."""
        return tuple(_factor(one, *step) for one, step in zip(weighed, self.steps, strict=True))

    def grades(self, usual: float) -> Grades:
        """A: three times the usual odds and more; B: the usual and more; C: a third of them.

        Args:
            usual: The share of all customers that is won.
        """
        at = self.odds.factor * log(usual / (1 - usual) / self.odds.odds) + self.odds.at
        apart = self.odds.factor * log(_TIMES)
        edges = (hundredths(at + apart * i) / HUNDREDTHS for i in (1, 0, -1))
        return Grades(tuple(edges))


def _shared(shares: Sequence[float]) -> list[int]:
    """All hundredths shared out; what is left over goes to the largest remainders."""
    exact = [share * _WHOLE for share in shares]
    whole = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: _WHOLE - sum(whole)]:
        whole[i] += 1
    return whole


def _factor(one: Weighed, step: float, zero: float) -> Factor:
    points = [hundredths(step * (float(v) - zero)) / HUNDREDTHS for v in one.evidence]
    usual = fsum(p * b.rows for p, b in zip(points, one.table.bins, strict=True))
    rows = fsum(b.rows for b in one.table.bins)
    unseen = hundredths(step * -zero) / HUNDREDTHS
    by_kind = [(b, p) for b, p in zip(one.table.bins, points, strict=True)]
    missing = next((p for b, p in by_kind if b.kind == "missing"), unseen)
    bands = [p for b, p in by_kind if b.kind == "band"]
    curve: Bins | Levels
    if bands:
        special = {b.high: p for b, p in by_kind if b.kind == "special" and b.high is not None}
        curve = Bins(one.table.edges, bands, special=special, missing=missing)
    else:
        table = {word: p for b, p in by_kind for word in b.words}
        others = next((p for b, p in by_kind if b.kind == "other"), unseen)
        curve = Levels(table, otherwise=others, missing=missing)
    return Factor(
        one.table.column,
        curve=curve,
        missing="evidence",
        usual=hundredths(usual / rows) / HUNDREDTHS,
    )
