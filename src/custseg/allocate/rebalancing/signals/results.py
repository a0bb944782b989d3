"""How well representatives do: rates drawn towards the team's, the less is known the more."""

from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import check_scale, codes, numbers
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import by_code
from custseg.errors import ConfigError
from custseg.reasons import Reason

Measure: TypeAlias = Literal["rate", "sum", "mean"]
_STRENGTH: Final = 20.0
"""Results of so many cases weigh as much as the team's, where it cannot be learnt."""
_MOST: Final = 1e6


def shrunk_rates(won: Floats, closed: Floats) -> Floats:
    """Shares of success, each drawn towards the team's as far as chance can explain it.

    How far is learnt from the counts: the spread between representatives beyond that of chance
    (the intraclass correlation) gives the strength of the team's rate. Who has closed nothing, or
    of whom nothing is known, has the team's rate.

    Args:
        won: Successes of each representative.
        closed: Cases of each, won or lost.

    Returns:
        One rate each; NaN for all if nobody has closed anything.

    Source:
        Kleinman, J. C. (1973), Proportions with extraneous variance, JASA 68, 46-54: moments
        with weights of the number of cases.

    >>> won, closed = np.array([1.0, 300.0, 200.0]), np.array([1.0, 1000.0, 1000.0])
    >>> shrunk_rates(won, closed).round(2).tolist()
    [0.27, 0.3, 0.2]
    """
    known = (closed > 0) & ~np.isnan(won)
    n, hits = np.where(known, closed, 0.0), np.where(known, won, 0.0)
    total = float(n.sum())
    if not total:
        return np.full(won.size, np.nan)
    team = float(hits.sum()) / total
    strength = _strength(n[known], hits[known], team)
    return (hits + strength * team) / (n + strength)


def _strength(n: Floats, hits: Floats, team: float) -> float:
    """So many cases the team's rate is worth: few where representatives differ truly."""
    total, spread = float(n.sum()), team * (1 - team)
    free = total - float((n**2).sum()) / total - (n.size - 1)
    if spread <= 0 or n.size < 2 or free <= 0:  # noqa: PLR2004 - one cannot differ from others
        return _MOST
    between = float((n * (hits / n - team) ** 2).sum()) / spread - (n.size - 1)
    alike = between / free
    return float(np.clip((1 - alike) / alike, 1.0, _MOST)) if alike > 0 else _MOST


def shrunk_means(mean: Floats, count: Floats, strength: float = _STRENGTH) -> Floats:
    """Averages, each drawn towards the team's as if it had so many cases more.

    Args:
        mean: The average of each representative.
        count: Over so many cases; unknown is none.
        strength: So many cases the team's average is worth.

    >>> shrunk_means(np.array([90.0, 60.0]), np.array([0.0, 180.0])).tolist()
    [60.0, 60.0]
    """
    known = (count > 0) & ~np.isnan(mean)
    n = np.where(known, count, 0.0)
    if not n.any():
        return np.full(mean.size, np.nan)
    x = np.where(known, mean, 0.0)
    team = float((n * x).sum() / n.sum())
    return (n * x + strength * team) / (n + strength)


@attrs.frozen
class Results:
    """The better the results, the more valuable the customers.

    A wish that reads how well representatives do. Results of few cases are drawn towards those of
    the team, so that two deals out of two are no rate of 100 %.

    Attributes:
        total: A column of the representatives: successes (``rate``), an amount (``sum``), or an
            average (``mean``).
        count: The column of the cases that it is of.
        measure: What ``total`` holds.
        strength: So many cases the team's average is worth; ``None``: learnt for a rate, 20 for
            averages.
        tier: The column of the customers that says how much it matters.
        tiers: Its words, from where it matters least to where it matters most.

    >>> from custseg._typing import Codes
    >>> reps = {"won": np.array([60.0, 20.0]), "closed": np.array([100.0, 100.0])}
    >>> people = {"tier": Codes(np.array([0, 1]), ("low", "high"))}
    >>> Results().points(people, reps).round(2).tolist()
    [[0.0, 0.0], [1.0, 0.34]]
    """

    total: str = "won"
    count: str = "closed"
    measure: Measure = "rate"
    strength: float | None = attrs.field(default=None, kw_only=True)
    tier: str = attrs.field(default="tier", kw_only=True)
    tiers: tuple[str, ...] = attrs.field(default=("low", "medium", "high"), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a measure that is not known, or a scale of one step.

        Raises:
            ConfigError: ``measure`` is unknown, ``strength`` not above 0, or ``tiers`` no scale.
        """
        if self.measure not in {"rate", "sum", "mean"}:
            msg = f"must be rate, sum or mean, got {self.measure!r}"
            raise ConfigError(msg, "results.measure")
        if self.strength is not None and not self.strength > 0:
            msg = f"must be above 0, got {self.strength:g}"
            raise ConfigError(msg, "results.strength")
        check_scale("results.tiers", self.tiers)

    @property
    def needs(self) -> Needs:
        """The tier."""
        return {self.tier: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The results and the number of cases."""
        return {self.total: "number", self.count: "number"}

    @property
    def reason(self) -> Reason:
        """Results."""
        return Reason("results", {"column": self.total})

    @property
    def title(self) -> str:
        """What it is called: the column, and per case of which other."""
        return self.total if self.measure == "mean" else f"{self.total}/{self.count}"

    def shrunk(self, reps: Columns) -> Floats:
        """The result of each representative, drawn towards the team's.

        Args:
            reps: Columns of the representatives.
        """
        total, count = numbers(reps, self.total), numbers(reps, self.count)
        if self.measure == "rate" and self.strength is None:
            return shrunk_rates(total, count)
        if self.measure != "mean":
            total = np.divide(total, count, out=np.full(total.size, np.nan), where=count > 0)
        return shrunk_means(total, count, self.strength or _STRENGTH)

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """The result as part of the best, times the place of the tier.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by tier; an unknown tier counts as the lowest.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        good = np.clip(np.nan_to_num(self.shrunk(reps), nan=0.0), 0.0, None)
        good = good / good.max() if good.size and good.max() > 0 else good
        mine = codes(customers, self.tier)
        steps = {word: k / (len(self.tiers) - 1) for k, word in enumerate(self.tiers)}
        worth = np.array([*(steps.get(word, 0.0) for word in mine.words), 0.0])
        return by_code(mine.at, len(mine.words)), worth[:, None] * good[None, :]
