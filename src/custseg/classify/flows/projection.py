"""How many customers will be in each state, if they go on moving as they did?"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Ints
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table
from custseg.measures.intervals import quantile, ratio
from custseg.reasons import Reason

_PRIOR: Final = 0.5
_TWO: Final = 2


@attrs.frozen(eq=False)
class Chances:
    """By which chances customers move and come, and how sure that is.

    Attributes:
        counts: Moves seen, from x to.
        arrivals: Steps x to: who came as a new customer.
        dispersion: How many times as much moves vary as by chance alone.
    """

    counts: Ints
    arrivals: Ints
    dispersion: float = 1.0

    @property
    def move(self) -> Floats:
        """The chances to move; rows of which nothing is known are NaN."""
        return ratio(self.counts, self.counts.sum(axis=1)[:, None])

    def spread(self, row: int) -> Floats:
        """Covariance of the chances of one row, not 0 where few customers always did the same."""
        return self.dispersion * _dirichlet(self.counts[row])

    def newcomers(self, number: float | None) -> tuple[Floats, Floats, Floats]:
        """Newcomers a step, their covariance by chance, and that of what is assumed of them."""
        if number is None:
            mean = self.arrivals.mean(axis=0)
            many = len(self.arrivals)
            wide = np.cov(self.arrivals, rowvar=False) if many >= _TWO else np.diag(mean)
            wide = np.asarray(wide, dtype=np.float64).reshape(len(mean), len(mean))
            return mean, wide, wide / many
        total = self.arrivals.sum(axis=0)
        if number and not total.any():
            msg = "nobody was seen to come, so the states of newcomers are not known; give 0"
            raise NotEnoughDataError(msg)
        share = np.nan_to_num(ratio(total, np.asarray(total.sum())))
        chance = number * (np.diag(share) - np.outer(share, share))
        return number * share, chance, number**2 * _dirichlet(total) * bool(number)


@attrs.frozen(eq=False)
class Projection(Tabled):
    """Customers to expect in each state after 0, 1, 2, ... steps.

    Attributes:
        states: The states.
        expected: Steps x states; the first row is where it starts.
        low: Lower ends of the intervals.
        high: Upper ends.
        level: Share of repetitions in which an interval holds the number, if customers move
            independently, by fixed chances and without memory: see ``warnings``.
        newcomers: Newcomers assumed in each step, by state.
        mean: Whether they come as on average so far; otherwise as was given.
        dispersion: How many times as much moves vary as by chance alone; intervals allow for it.
        warnings: What speaks against it.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.month_ends("1997-03-31", "1998-06-30")
    >>> lifecycle = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90))
    >>> grid = cs.classify.states_asof(log, days, lifecycle)
    >>> coming = cs.classify.transition_matrix(grid, by="class").project(steps=1, newcomers=0)
    >>> coming.expected.round(1).tolist()
    [[0.0, 299.0, 2058.0], [0.0, 288.0, 2069.0]]
    """

    states: tuple[str, ...]
    expected: Floats
    low: Floats
    high: Floats
    level: float
    newcomers: Floats
    mean: bool
    dispersion: float
    warnings: tuple[Reason, ...]
    like: Table[Any]

    @property
    def steps(self) -> int:
        """How many steps ahead it goes."""
        return len(self.expected) - 1

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a step and state: expected number, low, high."""
        size = len(self.states)
        return self.like.build(
            {
                "step": np.repeat(np.arange(self.steps + 1), size),
                "state": Codes(np.tile(np.arange(size), self.steps + 1), self.states),
                "expected": self.expected.ravel(),
                "low": self.low.ravel(),
                "high": self.high.ravel(),
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "states": list(self.states),
            "expected": self.expected.tolist(),
            "low": self.low.tolist(),
            "high": self.high.tolist(),
            "level": self.level,
            "newcomers": self.newcomers.tolist(),
            "assumption": self.assumed.as_dict(),
            "dispersion": self.dispersion,
            "warnings": [reason.as_dict() for reason in self.warnings],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: numbers with their intervals, what is assumed, what speaks against it."""
        varied = Reason("moves_vary", {"dispersion": f"{self.dispersion:.1f}"})
        said = [reason.text(locale) for reason in (self.assumed, varied, *self.warnings)]
        rows = aligned(self._head(locale), self._rows())
        return "\n".join([rows, *(f"  - {line}" for line in said)])

    @property
    def _seen(self) -> list[int]:
        """The places of the states in which anybody is to be expected."""
        return np.flatnonzero(self.expected.any(axis=0)).tolist()

    def _head(self, locale: str) -> tuple[str, ...]:
        return label("flows.step", locale), *(label(self.states[i], locale) for i in self._seen)

    @property
    def assumed(self) -> Reason:
        """What is assumed of newcomers."""
        many = f"{float(self.newcomers.sum()):,.1f}"
        if self.mean:
            return Reason("newcomers_mean", {"newcomers": many})
        return Reason("newcomers_given", {"newcomers": many})

    def _rows(self) -> Iterator[tuple[str, ...]]:
        seen = self._seen
        for step, row in enumerate(zip(self.expected, self.low, self.high, strict=True)):
            cells = zip(*(part[seen].tolist() for part in row), strict=True)
            yield str(step), *(_cell(*cell, start=not step) for cell in cells)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(self._head(locale), self._rows())


def projected(
    chances: Chances, start: Floats, *, steps: int, newcomers: float | None, level: float
) -> tuple[Floats, Floats, Floats]:
    """Expected numbers and their intervals.

    Two things make a number uncertain: customers move by chance, and the chances themselves were
    estimated. The first is followed step by step; the second comes from the delta method, with
    the spread of a Dirichlet distribution (Jeffreys' prior) for each row, so that a state in
    which few customers were seen is never taken for certain. Where the steps seen so far differ
    by more than chance, both are as much wider. Ends are those of the gamma distribution with
    this mean and variance: no number is below 0.

    Source: McCullagh and Nelder 1989, "Generalized Linear Models", section 4.5 (dispersion);
    Anderson and Goodman 1957, Annals of Mathematical Statistics 28(1), section 2 (rows
    are multinomial); Bartholomew, Forbes and McClean 1991, "Statistical Techniques for Manpower
    Planning", chapter 4 (numbers in an open Markov system).

    Raises:
        ConfigError: There is no step, or a number of newcomers below 0.
        NotEnoughDataError: Customers are in a state from which no move was seen.
    """
    if steps < 1:
        msg = f"must be 1 or more, got {steps!r}"
        raise ConfigError(msg, "steps")
    if newcomers is not None and not 0 <= newcomers < float("inf"):
        msg = f"must be a finite number of 0 or more, got {newcomers!r}"
        raise ConfigError(msg, "newcomers")
    move, (mean, by_chance, unsure) = chances.move, chances.newcomers(newcomers)
    known = np.nan_to_num(move)
    expected, chance = [start], [np.zeros_like(known)]
    for _ in range(steps):
        here = expected[-1]
        if (np.isnan(move).any(axis=1) & (here > 0)).any():
            msg = (
                "customers are, or will be, in a state from which no move was seen; pool more "
                "dates, or take by='class'"
            )
            raise NotEnoughDataError(msg)
        moved = np.diag(here @ known) - (known * here[:, None]).T @ known
        chance.append(known.T @ chance[-1] @ known + chances.dispersion * moved + by_chance)
        expected.append(here @ known + mean)
    variance = np.stack([np.diag(c) for c in chance])
    variance += _unsure(chances, known, expected, unsure)
    low, high = _ends(np.stack(expected), variance, level)
    numbers = np.stack(expected)
    if newcomers is not None:  # then it is known how many customers there will be
        high = np.minimum(high, numbers.sum(axis=1)[:, None])
    return numbers, low, high


def _unsure(chances: Chances, known: Floats, expected: list[Floats], arriving: Floats) -> Floats:
    """The part of the variances that comes from the estimates, after each step."""
    size = len(known)
    spread = [chances.spread(row) for row in range(size)]
    # How the numbers after so many steps answer to a change of each row, and of the newcomers.
    rows, new = np.zeros((size, size, size)), np.zeros((size, size))
    out = [np.zeros(size)]
    for here in expected[:-1]:
        rows = rows @ known + here[:, None, None] * np.eye(size)
        new = new @ known + np.eye(size)
        parts = [np.diag(answer.T @ s @ answer) for answer, s in zip(rows, spread, strict=True)]
        out.append(np.sum([*parts, np.diag(new.T @ arriving @ new)], axis=0))
    return np.stack(out)


def _ends(expected: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    from scipy.special import gammaincinv  # noqa: PLC0415 - loaded where it is used

    inverse: Any = gammaincinv
    far = quantile(level)
    sure = variance <= 0
    some = (expected > 0) & ~sure
    shape = np.where(some, expected**2 / np.where(some, variance, 1.0), 1.0)
    scale = np.where(some, variance, 1.0) / np.where(some, expected, 1.0)
    low = np.where(some, scale * inverse(shape, (1 - level) / 2), expected)
    high = np.where(some, scale * inverse(shape, (1 + level) / 2), expected)
    never = ~some & ~sure
    high = np.where(never, far * np.sqrt(np.maximum(variance, 0.0)), high)
    return low, high


def started(given: Mapping[str, float] | None, states: tuple[str, ...], now: Ints) -> Floats:
    """Where a projection starts: the numbers given, or those of the last date.

    Raises:
        ConfigError: A state is not known, or a number is below 0.

    >>> started({"dormant": 5}, ("active", "dormant"), np.array([1, 2])).tolist()
    [0.0, 5.0]
    """
    if given is None:
        return now.astype(np.float64)
    odd = [state for state in given if state not in states]
    if odd:
        msg = f"there are no states {odd}; there are {list(states)}"
        raise ConfigError(msg, "counts")
    start = np.array([float(given.get(state, 0.0)) for state in states])
    if not ((start >= 0) & np.isfinite(start)).all():
        msg = "must be finite numbers of 0 or more"
        raise ConfigError(msg, "counts")
    return start


def _dirichlet(counts: Ints) -> Floats:
    """Covariance of the chances behind counts, after Jeffreys' prior."""
    seen = counts + _PRIOR
    share = seen / seen.sum()
    return np.asarray((np.diag(share) - np.outer(share, share)) / (seen.sum() + 1.0))


def _cell(expected: float, low: float, high: float, *, start: bool) -> str:
    return f"{expected:,.0f}" if start else f"{expected:,.0f} ({low:,.0f}-{high:,.0f})"
