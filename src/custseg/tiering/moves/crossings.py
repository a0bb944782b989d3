"""Customers by the state they came from and went to: counts, shares, and a table of them."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Ints
from custseg.frames import Table
from custseg.measures.intervals import ratio, wilson
from custseg.tiering.moves.bridge import Worth
from custseg.tiering.moves.counting import counted
from custseg.tiering.moves.ladder import States
from custseg.tiering.moves.pairs import Pairs


def _met(known: tuple[str, ...], many: Ints) -> Iterator[str]:
    """The words that anybody has: a dictionary may know others."""
    return (known[i] for i in np.flatnonzero(many[1:]).tolist())


@attrs.frozen(eq=False)
class Crossings:
    """Customers from state to state.

    Attributes:
        tiers: The tiers, lowest first.
        outside: States outside the tiers, as they were found.
        moves: Customers from x to; place 0 is who is in no state, then tiers and states outside.
        worth: What they are worth, the same way; ``None`` where it was not asked for.
        like: A table of the kind that answers have.
    """

    tiers: tuple[str, ...]
    outside: tuple[str, ...]
    moves: Ints
    worth: Worth | None
    like: Table[Any]

    @classmethod
    def of(cls, pairs: Pairs, tiers: Iterable[str], like: Table[Any]) -> Self:
        """Count pairs: the words that are there once, and then what they mean.

        Args:
            pairs: Customers at both reviews.
            tiers: The tiers, lowest first.
            like: A table of the kind that answers have.

        Raises:
            ConfigError: None of the tiers is there, though there are words.
            DataError: A word is nearly a tier.
        """
        raw = counted(pairs.before, pairs.after)
        sides = ((pairs.before.words, raw.sum(axis=1)), (pairs.after.words, raw.sum(axis=0)))
        states = States.of(tiers, (word for side in sides for word in _met(*side)))
        moves = states.folding(pairs.before.words).T @ raw @ states.folding(pairs.after.words)
        return cls(states.tiers, states.outside, moves, Worth.of(pairs, states), like)

    @property
    def states(self) -> tuple[str, ...]:
        """Tiers, lowest first, then states outside."""
        return (*self.tiers, *self.outside)

    @property
    def counts(self) -> Ints:
        """Customers from state x to state; who stayed stands on the diagonal."""
        return self.moves[1:, 1:]

    @property
    def entries(self) -> Ints:
        """Customers who came from nowhere, by the state they are in."""
        return self.moves[0, 1:]

    @property
    def exits(self) -> Ints:
        """Customers who are in no state any more, by the state they left."""
        return self.moves[1:, 0]

    @property
    def totals(self) -> Ints:
        """Customers of each state before, those who left among them."""
        return np.asarray(self.moves[1:].sum(axis=1))

    @property
    def untiered(self) -> int:
        """Customers without a state on both sides: they are in no figure."""
        return int(self.moves[0, 0])

    @property
    def probabilities(self) -> Floats:
        """Shares of a row that went to each state; what lacks to 1 has left.

        NaN in the row of a state nobody was in.
        """
        return ratio(self.counts, self.totals[:, None])

    def intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper ends of the shares, cell by cell (Wilson).

        Args:
            level: Share of repetitions in which an interval holds the true share.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.
        """
        whole = np.broadcast_to(self.totals[:, None], self.counts.shape)
        return wilson(self.counts, whole, level)

    @property
    def within_tiers(self) -> Ints:
        """Customers from tier to tier."""
        inside = slice(1, len(self.tiers) + 1)
        return self.moves[inside, inside]

    @property
    def moved(self) -> dict[str, int]:
        """Customers who entered the tiers, moved up, stayed, moved down, or left the tiers."""
        inside, many = self.within_tiers, len(self.tiers)
        return {
            "entered": int(self.moves[:, 1 : many + 1].sum() - inside.sum()),
            "up": int(np.triu(inside, 1).sum()),
            "stayed": int(np.diag(inside).sum()),
            "down": int(np.tril(inside, -1).sum()),
            "left": int(self.moves[1 : many + 1].sum() - inside.sum()),
        }

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a cell: from, to, customers, of how many, share, low, high; money where asked.

        Rows without ``from`` have entered, rows without ``to`` have left.
        """
        size = len(self.states) + 1
        totals = np.append(self.entries.sum(), self.totals)
        moves = self.moves.copy()
        moves[0, 0] = 0
        count, whole = moves.ravel(), np.repeat(totals, size)
        low, high = wilson(count, whole, 0.95)
        some = np.arange(1, size * size)  # not the cell of who is nowhere on both sides
        columns: dict[str, Any] = {
            "customers": count,
            "of": whole,
            "share": ratio(count, whole),
            "low": low,
            "high": high,
            **({} if self.worth is None else self.worth.columns),
        }
        return self.like.build(
            {
                "from": Codes(np.repeat(np.arange(-1, size - 1), size)[some], self.states),
                "to": Codes(np.tile(np.arange(-1, size - 1), size)[some], self.states),
                **{name: column[some] for name, column in columns.items()},
            }
        )
