"""Many reviews one after the other: moves pooled, over several periods, and whether they hold."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.features.periods import whole
from custseg.frames import Table
from custseg.labels import filled, label
from custseg.measures.markov import LikelihoodRatio, homogeneity
from custseg.reasons import Reason
from custseg.showing import Shown
from custseg.tiering.moves.counting import counted
from custseg.tiering.moves.ladder import THREE, MoveNames, States
from custseg.tiering.moves.matrix import Migration
from custseg.tiering.moves.reviews import gathered

_TWO: Final = 2
_LEVEL: Final = 0.95


@attrs.frozen(eq=False)
class MigrationSeries(Shown):
    """The tier of every customer at each of several reviews.

    Attributes:
        tiers: The tiers, lowest first.
        outside: States outside the tiers.
        dates: The days of the reviews.
        grid: Reviews x customers: the place of the state, from 0; -1 where there is none.
        like: A table of the kind that answers have.

    >>> found = migration_series(
    ...     {
    ...         "2026-03-31": [
    ...             {"customer_id": 1, "tier": "low"},
    ...             {"customer_id": 2, "tier": "high"},
    ...         ],
    ...         "2026-06-30": [
    ...             {"customer_id": 1, "tier": "high"},
    ...             {"customer_id": 2, "tier": "high"},
    ...         ],
    ...         "2026-09-30": [{"customer_id": 1, "tier": "high"}],
    ...     },
    ...     tiers=("low", "high"),
    ... )
    >>> found.pooled.counts.tolist(), found.pooled.exits.tolist()
    ([[0, 1], [0, 2]], [0, 1])
    >>> found.over(2).counts.tolist()
    [[0, 1], [0, 0]]
    """

    tiers: tuple[str, ...]
    outside: tuple[str, ...]
    dates: tuple[date, ...]
    grid: Index
    like: Table[Any]

    @property
    def states(self) -> tuple[str, ...]:
        """Tiers, lowest first, then states outside."""
        return (*self.tiers, *self.outside)

    @property
    def steps(self) -> tuple[Migration, ...]:
        """The moves from each review to the next."""
        return tuple(self._between(t, t + 1) for t in range(len(self.dates) - 1))

    @property
    def pooled(self) -> Migration:
        """The moves of all steps together, as if they were one."""
        return self.over(1)

    def over(self, steps: int) -> Migration:
        """The moves from each review to that so many steps later, all together.

        Args:
            steps: How many; customers are followed, nothing is assumed.

        Raises:
            ConfigError: There are not so many.
        """
        if whole(steps, "steps") >= len(self.dates):
            msg = f"must be 1 to {len(self.dates) - 1}, got {steps!r}"
            raise ConfigError(msg, "steps")
        moves = (self._moves(t, t + steps) for t in range(len(self.dates) - steps))
        return self._migration(np.sum(list(moves), axis=0))

    def expected(self, steps: int) -> Floats:
        """What the pooled chances say of so many steps, if they hold and have no memory.

        From state x to state, with *left* as the last place, where all stay: beside ``over(steps)``
        it tells how far the chances may be carried on.

        Args:
            steps: How many.

        Raises:
            ConfigError: There is none.
        """
        whole(steps, "steps")
        chances = self.pooled.chain
        unknown: Bools = np.asarray(np.isnan(chances).any(axis=1))
        some = np.where(unknown[:, None], np.eye(len(chances)), chances)
        carried = np.linalg.matrix_power(some, steps)
        # Who may have got into a state of which nothing is known is nowhere for sure.
        lost = unknown | (np.linalg.matrix_power(some, steps - 1)[:, unknown] > 0).any(axis=1)
        return np.where(lost[:, None], np.nan, carried)

    @property
    def same_over_time(self) -> LikelihoodRatio | None:
        """Are the chances the same in every step? ``None`` with one step."""
        return homogeneity(np.stack([self._told(step.moves) for step in self.steps]))

    @property
    def memoryless(self) -> LikelihoodRatio | None:
        """Does the state before the last not matter? ``None`` with one step.

        Tiers that are held for a while on purpose have a memory: then mind what ``expected`` says.
        """
        size = len(self.states)
        strata = np.zeros((size, size, size + 1), dtype=np.int64)
        for t in range(len(self.dates) - _TWO):
            for state in range(size):
                some = self.grid[t] == state
                strata[state] += self._told(self._moves(t + 1, t + 2, some))
        return homogeneity(strata)

    @property
    def _tests(self) -> dict[str, LikelihoodRatio | None]:
        return {"same_over_time": self.same_over_time, "memoryless": self.memoryless}

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """What speaks against carrying the pooled chances on."""
        return (*self.pooled.warnings, *self._against())

    def _against(self) -> Iterator[Reason]:
        for code, test in self._tests.items():
            if test is not None and test.p_value < 1 - _LEVEL:
                yield test.against(code)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "dates": [day.isoformat() for day in self.dates],
            "pooled": self.pooled.as_dict(),
            "moved": [step.moved for step in self.steps],
            **{name: test and test.as_dict() for name, test in self._tests.items()},
            "warnings": [reason.as_dict() for reason in self.warnings],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the pooled moves, and what speaks against carrying them on."""
        said = label("migration.series", locale)
        head = filled(said, reviews=len(self.dates), first=self.dates[0], last=self.dates[-1])
        more = "\n".join(f"  - {reason.text(locale)}" for reason in self._against())
        return "\n\n".join(part for part in (head, self.pooled.text(locale), more) if part)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return self.pooled.html(locale)

    def _between(self, first: int, last: int) -> Migration:
        return self._migration(self._moves(first, last))

    def _migration(self, moves: Ints) -> Migration:
        counts = moves.copy()
        counts[0, 0] = 0  # whoever comes later is not yet a customer without a tier
        return Migration(self.tiers, self.outside, counts, None, self.like)

    def _moves(self, first: int, last: int, some: Any = slice(None)) -> Ints:  # noqa: ANN401 - an index
        before, now = (Codes(self.grid[t][some], self.states) for t in (first, last))
        return counted(before, now)

    @staticmethod
    def _told(moves: Ints) -> Ints:
        """From state x to state, and to nowhere at last."""
        return np.column_stack((moves[1:, 1:], moves[1:, 0]))


def migration_series(
    reviews: object, *, tiers: Iterable[str] = THREE, names: MoveNames | None = None
) -> MigrationSeries:
    """Follow customers through several reviews.

    Args:
        reviews: A table for each day, as a mapping; or one table of all with ``customer_id``,
            ``tier`` and ``as_of``.
        tiers: The tiers, lowest first. Other words are states outside the tiers.
        names: What columns are called, if otherwise.

    Raises:
        NotEnoughDataError: There are fewer than two reviews.
        MissingColumnError: A column is missing.
        DataError: A customer is there twice at a review, or without an id; a review has no day; a
            word is nearly a tier.
        ConfigError: None of the tiers is there, though there are words; or a day is no date.

    Source: pooled chances: Anderson and Goodman 1957, Annals of Mathematical Statistics 28(1).

    >>> rows = [{"customer_id": 1, "as_of": f"2026-0{m}-01", "tier": "low"} for m in (1, 2, 3)]
    >>> migration_series(rows).pooled.moved["stayed"]
    2
    """
    held = gathered(reviews, MoveNames() if names is None else names)
    if len(held.dates) < _TWO:
        msg = f"a move needs two reviews, got {len(held.dates)}"
        raise NotEnoughDataError(msg)
    words, grid = held.words, held.grid
    there: list[int] = np.unique(grid[grid >= 0]).tolist()
    states = States.of(tiers, [words[i] for i in there])
    place = np.append(states.folding(words).argmax(axis=1)[1:] - 1, -1).astype(np.int16)
    return MigrationSeries(states.tiers, states.outside, held.dates, place[grid], held.like)
