"""How many moves are forced, whatever the plan: counted, not searched."""

import attrs
import numpy as np

from custseg._typing import Bools, Index, Ints
from custseg.labels import filled, label
from custseg.showing import Shown


@attrs.frozen
class MinimalMoves(Shown):
    """Moves that no plan within the limits can do without, and what a plan needs.

    Only customers with an owner of the team count.

    Attributes:
        orphans: Customers whose owner is not of the team: to be placed, but not moves.
        unfit: Customers who may not stay with the present owner.
        overflow: Customers beyond what their owners may have.
        shortfall: Customers who must go to representatives below their minimum, beyond all those
            who have to go somewhere anyway.
        bound: What all three force together: fewer moves are impossible.
        found: Moves of the plan that moves least.

    >>> MinimalMoves(0, 0, 5, 0, bound=5, found=5).proven
    True
    """

    orphans: int
    unfit: int
    overflow: int
    shortfall: int
    bound: int
    found: int

    @property
    def proven(self) -> bool:
        """Whether the plan that moves least is proven to: it moves no more than is forced."""
        return self.found == self.bound

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "proven": self.proven}

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "rebalance.minimum_proven" if self.proven else "rebalance.minimum"
        return filled(label(code, locale), **attrs.asdict(self))


def forced(present: Index, held: Bools, locked: Bools, lo: Ints, hi: Ints) -> tuple[int, int, int]:
    """Count unfit, overflow and shortfall.

    A customer is a move only if it can be kept from nobody: those who may not stay, those beyond
    what the owner may have, and, where minimums ask for more than all who are on the way anyway,
    those who must leave an owner for a minimum. Each plan has at least the sum.

    Args:
        present: The present owner of each row, -1 for none.
        held: Who may stay.
        locked: Who stays whatever the limits say.
        lo: The fewest of each representative.
        hi: The most of each.

    >>> import numpy as np
    >>> forced(
    ...     np.array([0, 0, 0, 1]),
    ...     np.array([True] * 3 + [False]),
    ...     np.zeros(4, bool),
    ...     np.array([0, 0]),
    ...     np.array([2, 5]),
    ... )
    (1, 1, 0)
    """
    stays = held | locked
    mine = np.bincount(present[(present >= 0) & stays], minlength=lo.size)
    fast = np.bincount(present[(present >= 0) & locked], minlength=lo.size)
    overflow = np.minimum(np.maximum(mine - hi, 0), mine - fast)
    unfit = int(((present >= 0) & ~stays).sum())
    missing = int(np.maximum(lo - (mine - overflow), 0).sum())
    loose = int((present < 0).sum()) + unfit + int(overflow.sum())
    return unfit, int(overflow.sum()), max(missing - loose, 0)
