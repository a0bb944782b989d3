"""How good would a map from scores to probabilities be on rows that it has not seen?"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats, Ints
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.measures.intervals import Estimate, quantile
from custseg.measures.tally import Tally
from custseg.showing import Shown

Learn: TypeAlias = Callable[[Tally], Callable[[Floats], Floats]]
"""From scores and what came of them to a map from scores to probabilities."""

_LEAST: Final = 2
_ODD: Final = 0x9E3779B97F4A7C15
_MIX: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@attrs.frozen(eq=False)
class CrossFit(Shown):
    """Probabilities that several maps say of rows that they were not learned from.

    Attributes:
        cases: Cases of each distinct score in each fold.
        others: The others.
        said: What each map says of them.

    >>> rows = Tally.of(np.arange(40.0), np.arange(40) % 4 == 3)
    >>> found = crossfit(rows, {"all alike": lambda seen: lambda score: seen.rate + 0 * score})
    >>> found.tally("all alike").rows
    40
    """

    cases: Ints
    others: Ints
    said: Mapping[str, Floats]

    def tally(self, name: str) -> Tally:
        """What one map says and what came."""
        return Tally.joined([Tally(self.said[name], self.cases, self.others)])

    def gain(self, name: str, over: str, level: float = 0.95) -> Estimate:
        """By how much a map has a lower Brier score than another on the same rows.

        Args:
            name: The map.
            over: The other one.
            level: Share of repetitions in which an interval holds the true gain.
        """
        one, two = self.said[name], self.said[over]
        won, lost = (1 - two) ** 2 - (1 - one) ** 2, two**2 - one**2
        rows = int(self.cases.sum() + self.others.sum())
        mean = float((self.cases * won + self.others * lost).sum()) / rows
        square = float((self.cases * won**2 + self.others * lost**2).sum()) / rows
        half = quantile(level) * float(np.sqrt(max(square - mean**2, 0.0) / rows))
        return Estimate(mean, mean - half, mean + half)


def crossfit(tally: Tally, learn: Mapping[str, Learn], *, folds: int = 5) -> CrossFit:
    """Learn maps on all folds but one and try them on that one, for each in turn.

    Which fold a row is in depends on its score, its outcome and how many like it there are; not on
    its place in the table. Rows that are alike may be exchanged, so the same table in another
    order gives the same folds.

    Args:
        tally: Scores and what came.
        learn: The ways to learn a map.
        folds: How many folds.

    Raises:
        ConfigError: There are fewer than 2 folds.
        NotEnoughDataError: There are not 2 rows of both outcomes for each fold.

    Source: Stone 1974, Journal of the Royal Statistical Society B 36(2) (cross-validation); Steele,
    Lea and Flood 2014, OOPSLA (the mixing of bits that spreads rows over folds).

    >>> rows = Tally.of(np.arange(40.0), np.arange(40) % 4 == 3)
    >>> maps = {"all alike": lambda seen: lambda score: np.full(len(score), seen.rate)}
    >>> round(crossfit(rows, maps, folds=4).tally("all alike").brier, 2)
    0.19
    """
    if folds < _LEAST:
        msg = f"must be {_LEAST} or more, got {folds!r}"
        raise ConfigError(msg, "folds")
    few = min(tally.happened, int(tally.others.sum()))
    if few < _LEAST * folds:
        msg = f"{folds} folds need {_LEAST * folds} rows of each outcome, got {few} of one"
        raise NotEnoughDataError(msg)
    cases, others = _dealt(tally.cases, 1, folds), _dealt(tally.others, 0, folds)
    said = {name: np.empty(cases.shape) for name in learn}
    for fold in range(folds):
        seen = _some(tally, tally.cases - cases[fold], tally.others - others[fold])
        for name, way in learn.items():
            said[name][fold] = way(seen)(tally.score)
    kept = (cases + others) > 0
    chosen = {name: every[kept] for name, every in said.items()}
    return CrossFit(cases[kept], others[kept], chosen)


def _some(tally: Tally, cases: Ints, others: Ints) -> Tally:
    there = (cases + others) > 0
    return Tally(tally.score[there], cases[there], others[there])


def _dealt(counts: Ints, outcome: int, folds: int) -> Ints:
    """Rows of each distinct score by fold, evenly in all and by chance in each.

    The rows of an outcome are put in an order that is mixed from their place among the scores, and
    dealt in turn. In the order of scores itself, dealt rows would be so even that a map which
    follows every chance up and down would look good.
    """
    place = np.repeat(np.arange(len(counts)), counts)
    order = np.argsort(_mixed(2 * np.arange(len(place), dtype=np.uint64) + np.uint64(outcome)))
    dealt = np.zeros((folds, len(counts)), dtype=np.int64)
    for fold in range(folds):
        dealt[fold] = np.bincount(place[order[fold::folds]], minlength=len(counts))
    return dealt


def _mixed(number: "np.typing.NDArray[np.uint64]") -> "np.typing.NDArray[np.uint64]":
    with np.errstate(over="ignore"):
        z = (number + np.uint64(1)) * np.uint64(_ODD)
        for bits, factor in _MIX:
            z = (z ^ (z >> np.uint64(bits))) * np.uint64(factor)
        return z ^ (z >> np.uint64(31))
