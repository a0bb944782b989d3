"""Who moves where: chances to go from state to state, and whether they may be relied upon."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final, Literal

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Ints
from custseg.classify.flows.moves import between_dates, moves_of
from custseg.classify.flows.projection import Chances, Projection, projected, started
from custseg.classify.replay.grid import StateGrid
from custseg.classify.replay.inparts import PartitionedGrid
from custseg.errors import ConfigError
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table, plain, ranged
from custseg.measures.intervals import quantile, ratio, wilson
from custseg.measures.markov import LikelihoodRatio, homogeneity, resting
from custseg.reasons import Reason

FEW: Final = 30
"""Customers below which a row of a matrix is marked: its chances are guesses."""

_UNEVEN: Final = 1.2  # a month of 31 days is 1.1 of one with 28


@attrs.frozen(eq=False)
class TransitionMatrix(Tabled):
    """How customers moved from state to state, as counts and as chances with intervals.

    Attributes:
        states: The states, in order of a customer's life.
        dates: The dates; each step is from one to the next.
        steps: Customers who moved: steps x from x to.
        arrivals: Customers who came in a step, by the state they are in at its end: steps x to.
            They are not in the matrix: before, they were nobody's customers.
        memory: Two steps in succession: before x from x to.
        latest: Customers in each state on the last date.
        level: Share of repetitions in which an interval holds the true chance.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> grid = cs.classify.states_asof(
    ...     cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date")),
    ...     cs.classify.month_ends("1997-03-31", "1998-06-30"),
    ...     cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=90)).fit([]),
    ... )
    >>> matrix = transition_matrix(grid, by="class")
    >>> matrix.probabilities.round(3).tolist()
    [[nan, nan, nan], [0.0, 0.702, 0.298], [0.0, 0.038, 0.962]]
    """

    states: tuple[str, ...]
    dates: tuple[date, ...]
    steps: Ints
    arrivals: Ints
    memory: Ints
    latest: Ints
    level: float
    like: Table[Any]

    @property
    def counts(self) -> Ints:
        """Customers who moved, from x to; who stayed stands on the diagonal."""
        return np.asarray(self.steps.sum(axis=0))

    @property
    def totals(self) -> Ints:
        """Customers of each row: who was in that state, counted in every step."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def probabilities(self) -> Floats:
        """Chances to move within a step, from x to; NaN in the row of a state nobody was in."""
        return ratio(self.counts, self.totals[:, None])

    @property
    def intervals(self) -> tuple[Floats, Floats]:
        """Lower and upper ends of the chances, cell by cell (Wilson)."""
        whole = np.broadcast_to(self.totals[:, None], self.counts.shape)
        return wilson(self.counts, whole, self.level)

    @property
    def seen(self) -> tuple[int, ...]:
        """The places, among the states, of those in which anybody ever was."""
        ever = self.totals + self.counts.sum(axis=0) + self.arrivals.sum(axis=0)
        return tuple(np.flatnonzero(ever).tolist())

    @property
    def few(self) -> tuple[str, ...]:
        """States in which fewer than ``FEW`` customers were seen: their chances are guesses."""
        return tuple(s for s, n in zip(self.states, self.totals.tolist(), strict=True) if n < FEW)

    @property
    def same_over_time(self) -> LikelihoodRatio | None:
        """Are the chances the same in every step? ``None`` with one step.

        Only then do they say something of the next one. Source: see ``LikelihoodRatio``.
        """
        return homogeneity(self.steps)

    @property
    def memoryless(self) -> LikelihoodRatio | None:
        """Does the state before the last not matter? ``None`` with one step.

        States of silence remember how long it has lasted, so with many customers this is seldom
        true; ``misplaced`` says how much it matters.
        """
        return homogeneity(self.memory)

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What speaks against taking these chances for those of the next step."""
        return tuple(self._against())

    def _against(self) -> Iterator[Reason]:
        days = [(later - day).days for day, later in pairwise(self.dates)]
        if max(days) > _UNEVEN * min(days):
            yield Reason("uneven_steps", {"shortest": min(days), "longest": max(days)})
        for state, seen in zip(self.states, self.totals.tolist(), strict=True):
            if 0 < seen < FEW:
                yield Reason("few_moves", {"state": state, "customers": seen})
        for code, test in self._tests.items():
            if test is not None and test.p_value < 1 - self.level:
                yield test.against(code)

    @property
    def _tests(self) -> dict[str, LikelihoodRatio | None]:
        return {"same_over_time": self.same_over_time, "memoryless": self.memoryless}

    def project(
        self,
        counts: Mapping[str, float] | None = None,
        *,
        steps: int = 12,
        newcomers: float | None = None,
    ) -> Projection:
        """Customers to expect in each state, if they go on moving as they did.

        Args:
            counts: Customers in each state at the start; by default those of the last date.
            steps: How many steps ahead.
            newcomers: How many come in each step, into the states into which newcomers came so
                far; by default as many as on average over the steps, and as unsteadily. 0 asks
                what becomes of those who are here.

        Returns:
            Numbers with intervals, what is assumed, and what speaks against it.

        Raises:
            ConfigError: A state is not known or a number is not possible.
            NotEnoughDataError: Customers are in a state from which no move was seen.
        """
        test, level = self.same_over_time, self.level
        wide = 1.0 if test is None else max(test.dispersion, 1.0)
        chances = Chances(self.counts, self.arrivals, wide)
        start = started(counts, self.states, self.latest)
        numbers = projected(chances, start, steps=steps, newcomers=newcomers, level=level)
        come, warnings = chances.newcomers(newcomers)[0], self.warnings
        mean = newcomers is None
        return Projection(self.states, *numbers, level, come, mean, wide, warnings, self.like)

    def stationary(self) -> dict[str, float] | None:
        """The shares at which moves to and fro would balance, without newcomers.

        ``None`` where there is no one such distribution: customers may end in several groups of
        states, or in a state from which no move was seen.
        """
        shares = resting(self.probabilities)
        return None if shares is None else dict(zip(self.states, shares.tolist(), strict=True))

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a cell: from, to, customers, of how many, probability, low, high.

        Rows without ``from`` are customers who came; their probability is the share of newcomers
        in that state.
        """
        size = len(self.states)
        arrivals = self.arrivals.sum(axis=0)
        count = np.concatenate((arrivals, self.counts.ravel()))
        whole = np.repeat([arrivals.sum(), *self.totals], size)
        low, high = wilson(count, whole, self.level)
        return self.like.build(
            {
                "from": Codes(np.repeat(np.arange(-1, size), size), self.states),
                "to": Codes(np.tile(np.arange(size), size + 1), self.states),
                "customers": count,
                "of": whole,
                "probability": ratio(count, whole),
                "low": low,
                "high": high,
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        low, high = self.intervals
        return {
            "states": list(self.states),
            "dates": [day.isoformat() for day in self.dates],
            "level": self.level,
            "counts": self.counts.tolist(),
            "totals": self.totals.tolist(),
            "probabilities": [plain(row) for row in self.probabilities],
            "low": [plain(row) for row in low],
            "high": [plain(row) for row in high],
            "arrivals": self.arrivals.sum(axis=0).tolist(),
            "latest": self.latest.tolist(),
            "few": list(self.few),
            **{name: test and test.as_dict() for name, test in self._tests.items()},
            "warnings": [reason.as_dict() for reason in self.warnings],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the chances, who came, and what speaks against them."""
        said = [f"  - {reason.text(locale)}" for reason in self.warnings]
        return "\n".join([aligned(self._head(locale), self._rows(locale)), *said])

    def _head(self, locale: str) -> tuple[str, ...]:
        names = (label("flows.from_to", locale), label("flows.customers", locale))
        return (*names, *(label(self.states[i], locale) for i in self.seen))

    def _rows(self, locale: str) -> Iterator[tuple[str, ...]]:
        seen, (low, high) = list(self.seen), self.intervals
        for i in seen:
            cells = zip(self.probabilities[i, seen], low[i, seen], high[i, seen], strict=True)
            shown = [ranged(*cell) for cell in cells]
            yield label(self.states[i], locale), f"{self.totals[i]:,}", *shown
        came = self.arrivals.sum(axis=0)[seen]
        yield label("flows.arrivals", locale), f"{came.sum():,}", *(f"{n:,}" for n in came.tolist())

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(self._head(locale), self._rows(locale))


def transition_matrix(
    grid: StateGrid | PartitionedGrid,
    *,
    between: tuple[date | str, date | str] | None = None,
    by: Literal["state", "class"] = "state",
    level: float = 0.95,
) -> TransitionMatrix:
    """Count who moved from which state to which, and how likely that is.

    The steps from each date to the next are pooled, as if they were one: choose dates that lie
    equally far apart (``month_ends``), and look at ``warnings``.

    Args:
        grid: States on several dates, from ``states_asof``.
        between: Two dates of the grid: only the moves from one to the other are counted.
        by: States, or the three classes.
        level: Share of repetitions in which an interval holds the true chance.

    Raises:
        ConfigError: A date is not in the grid, there is no such ``by``, or the level is not
            strictly between 0 and 1.
        NotEnoughDataError: The grid has fewer than two dates.

    Source: Anderson and Goodman 1957, Annals of Mathematical Statistics 28(1), section 2: the
    chances; Wilson 1927, Journal of the American Statistical Association 22(158): the intervals.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(
    ...     [
    ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
    ...         {"customer_id": "a", "at": "2026-03-05", "amount": 60},
    ...         {"customer_id": "b", "at": "2026-01-20", "amount": 10},
    ...     ]
    ... )
    >>> lifecycle = cs.classify.Lifecycle(cs.classify.FixedDays(dormant_after=30))
    >>> days = cs.classify.month_ends("2026-01-01", "2026-04-30")
    >>> grid = cs.classify.states_asof(log, days, lifecycle)
    >>> transition_matrix(grid, by="class").counts.tolist()
    [[0, 0, 0], [0, 0, 3], [0, 1, 2]]
    """
    quantile(level)
    if by not in {"state", "class"}:
        msg = f"must be 'state' or 'class', got {by!r}"
        raise ConfigError(msg, "by")
    rows = list(range(len(grid.dates))) if between is None else list(between_dates(grid, between))
    moves, like = moves_of(grid, None if between is None else rows)
    moves = moves.by_class(grid) if by == "class" else moves
    return TransitionMatrix(
        states=moves.words,
        dates=tuple(grid.dates[row] for row in rows),
        steps=moves.steps[:, 1:, 1:],
        arrivals=moves.steps[:, 0, 1:],
        memory=moves.memory[1:, 1:, 1:],
        latest=moves.latest[1:],
        level=level,
        like=like,
    )
