"""What is written beside customers: once for each class with each representative it goes to."""

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index, Ints
from custseg.allocate.planning.asking.pairs import Pairs
from custseg.allocate.planning.counting.census import Counted
from custseg.allocate.planning.counting.quota import Quota
from custseg.allocate.planning.telling.outcome import Outcome


@attrs.frozen(eq=False)
class Pieces:
    """Customers of one class with one representative, or without.

    Attributes:
        classes: The class of each piece; pieces are in order of class, then representative.
        reps: Its representative, -1 for none.
        outcome: What was found, with a row a piece.
        sure: Whether it is known how many customers each piece has; else only how many each
            representative has.
    """

    classes: Index
    reps: Index
    outcome: Outcome
    sure: bool

    @classmethod
    def of(cls, counted: Counted, found: Quota) -> "Pieces":
        """All pieces that there may be.

        Args:
            counted: Customers by class.
            found: How they were shared out.
        """
        classes, reps, sizes, sure = _laid(counted, found)
        problem = counted.problem
        solution = attrs.evolve(
            found.solution,
            at=reps,
            told={
                code: np.flatnonzero(np.isin(classes, rows))
                for code, rows in found.solution.told.items()
            },
        )
        pairs = Pairs(problem.open_points(), classes)
        outcome = Outcome.of(problem.part(classes), pairs, solution, sizes)
        return cls(classes, reps, outcome, sure)

    def at(self, classes: Index, reps: Index) -> Index:
        """The piece of each of these classes with these representatives.

        Args:
            classes: Classes.
            reps: Representatives, -1 for none.
        """
        return np.searchsorted(self.keys, keyed(classes, reps, self.wide))

    @property
    def wide(self) -> int:
        """How many keys each class has."""
        return self.outcome.problem.score.team.size + 1

    @property
    def keys(self) -> Ints:
        """A number for each piece, ascending."""
        return keyed(self.classes, self.reps, self.wide)

    def sized(self, sizes: Ints) -> "Pieces":
        """The same with the number of customers of each piece."""
        return attrs.evolve(self, outcome=attrs.evolve(self.outcome, sizes=sizes), sure=True)

    def texts(self, owner: str) -> dict[str, Codes]:
        """What is written beside the customers of each piece, but for the owner.

        Args:
            owner: The column of the owner; the others are named after it.
        """
        outcome = self.outcome
        out = {f"{owner}_reason": outcome.reasons()}
        if outcome.problem.ruled is not None:
            out[f"{owner}_rule"] = outcome.rules()
        pools = outcome.pools()
        return out if pools is None else {**out, "pool": pools}


def keyed(classes: Index, reps: Index, wide: int) -> Ints:
    """A number for each class with its representative."""
    return np.asarray(classes, dtype=np.int64) * wide + reps + 1


def _laid(counted: Counted, found: Quota) -> tuple[Index, Index, Ints, bool]:
    """Class, representative and customers of each piece, and whether the last are known."""
    split: Bools = found.split
    kinds = found.crowd.kinds
    parted = (kinds >= 0) & split[kinds]
    alone = np.flatnonzero(~parted)
    laid: list[tuple[Index, Index, Ints]] = [(alone, found.whole[alone], counted.sizes[alone])]
    sure = True
    members = _members(kinds, parted)
    for kind, classes in members:
        amounts = found.amounts[kind]
        reps = np.flatnonzero(amounts)
        many = amounts[reps]
        rest = int(found.crowd.sizes[kind] - many.sum())
        if rest:
            reps = np.append(np.array([-1], dtype=np.intp), reps)
            many = np.append(np.array([rest], dtype=np.int64), many)
        sure &= classes.size == 1
        sizes = _overlaps(counted.sizes[classes], many)
        every: Index = np.tile(reps, classes.size)
        laid.append((np.repeat(classes, reps.size), every, sizes.ravel()))
    classes, reps, sizes = (np.concatenate(some) for some in zip(*laid, strict=True))
    order = np.lexsort((reps, classes))
    return classes[order], reps[order], sizes[order], sure


def _members(kinds: Index, parted: Bools) -> list[tuple[int, Index]]:
    """The classes of each kind that is split."""
    rows = np.flatnonzero(parted)
    rows = rows[np.argsort(kinds[rows], kind="stable")]
    there, start = np.unique(kinds[rows], return_index=True)
    return list(zip(there.tolist(), np.split(rows, start[1:]), strict=True)) if there.size else []


def _overlaps(sizes: Ints, amounts: Ints) -> Ints:
    """One way to fill amounts from classes: the first ones first."""
    ends, upto = np.cumsum(sizes)[:, None], np.cumsum(amounts)
    low = np.maximum(ends - sizes[:, None], upto - amounts)
    found: Ints = np.maximum(np.minimum(ends, upto) - low, 0)
    return found
