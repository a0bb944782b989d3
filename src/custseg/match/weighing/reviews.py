"""What people said of pairs: weights that follow them, as far as they can know."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.errors import NotEnoughDataError
from custseg.match.comparing.comparison import Prepared
from custseg.match.weighing.bits import Levels, weigh
from custseg.match.weighing.weights import Weights, chances

LEVEL: Final = 1.0
"""How many bits a level is expected to be off, as a standard deviation."""
START: Final = 1.0
"""How many bits all weights are expected to be off together."""
FEW: Final = 20
"""Answers from which it is tried whether moving the weights suits answers that were left out."""
_FOLDS: Final = 5
_ROUNDS: Final = 100
_STEP: Final = 1e-10
_HALVINGS: Final = 30


def refitted(
    weights: Weights,
    levels: Sequence[Levels],
    prepared: Sequence[Prepared],
    rows: tuple[Index, Index],
    same: Bools,
) -> Weights:
    """Move weights so that they say of reviewed pairs what people said.

    A logistic regression on the levels, with what the pairs themselves taught as its beginning:
    each level may move, but a bit is much, so that twenty answers do not overthrow a million pairs.
    It asks how probable an answer is given the levels, and so may learn from pairs that were picked
    since they are doubtful; counting levels among them would not. Earlier reviews are not added to:
    give all of them.

    Of twenty answers and more, each fifth is foretold from the others; if weights that were moved
    foretell them worse than weights that were not, nothing moves. How many pairs are related only
    (`Weights.related`) is learnt from the table and never moves.

    Args:
        weights: What was learnt.
        levels: For each comparison the level of each reviewed pair.
        prepared: For each comparison the values of the records.
        rows: The rows of the two sides of each pair.
        same: Whether each pair is one customer.

    Raises:
        NotEnoughDataError: No pair was reviewed.
    """
    if not len(same):
        msg = "weights can follow reviews only if at least one pair was reviewed; got none"
        raise NotEnoughDataError(msg)
    plain = unreviewed(weights)
    before = weigh(plain, levels, prepared, *rows)
    asked = _Asked.of(levels, [len(one.levels) for one in plain.comparisons], before, same)
    moved = _moved(asked) if _teaches(asked) else np.zeros(asked.signs.shape[1])
    if not moved.any():
        return plain
    start, *rest = moved.tolist()
    told = list(plain.comparisons)
    for k, one in enumerate(told):
        shift, rest = rest[: len(one.levels)], rest[len(one.levels) :]
        told[k] = attrs.evolve(one, shift=shift)
    return attrs.evolve(plain, comparisons=tuple(told), shift=start)


def unreviewed(weights: Weights) -> Weights:
    """Weights as they were before any review.

    Args:
        weights: Weights that may have been moved.
    """
    plain = tuple(attrs.evolve(one, shift=()) for one in weights.comparisons)
    return attrs.evolve(weights, comparisons=plain, shift=0.0)


@attrs.frozen(eq=False)
class _Asked:
    """Reviewed pairs, equal ones together, in an order of their own.

    Attributes:
        signs: One column for all pairs, then one a level: whether a pair is at it.
        before: The weight before the review.
        yes: How often such pairs were said to be one customer.
        count: How often they were reviewed.
    """

    signs: Floats
    before: Floats
    yes: Floats
    count: Floats

    @classmethod
    def of(
        cls, levels: Sequence[Levels], sizes: Sequence[int], before: Floats, same: Bools
    ) -> "_Asked":
        whole = np.rint(before * 100).astype(np.int64)
        table: Ints = np.stack([whole, *levels], axis=1).astype(np.int64)
        rows, place = np.unique(table, axis=0, return_inverse=True)
        at = place.reshape(-1)
        yes: Floats = np.bincount(at, weights=same, minlength=len(rows)).astype(np.float64)
        count = np.bincount(at, minlength=len(rows)).astype(np.float64)
        signs = [np.ones((len(rows), 1))]
        for k, size in enumerate(sizes):
            signs.append((rows[:, k + 1, None] == np.arange(1, size + 1)).astype(np.float64))
        return cls(np.concatenate(signs, axis=1), rows[:, 0] / 100, yes, count)

    def only(self, at: Index, yes: Bools) -> "_Asked":
        """Some of the answers: the place of each, and what it was."""
        counts = [np.bincount(one, minlength=len(self.count)) for one in (at[yes], at)]
        said, asked = (one.astype(np.float64) for one in counts)
        return _Asked(self.signs, self.before, said, asked)

    def cost(self, shift: Floats, stiff: Floats) -> float:
        """How ill the shifts suit the answers and the expectation that they are small."""
        said = self.before + self.signs @ shift
        bits = self.count * np.logaddexp2(0.0, said) - self.yes * said
        return float(bits.sum() + (stiff * shift**2).sum() / 2)

    def step(self, shift: Floats, stiff: Floats) -> Floats:
        """What to take off the shifts, were the cost a parabola."""
        likely = chances(self.before + self.signs @ shift)
        slope: Any = self.signs.T @ (self.count * likely - self.yes) + stiff * shift
        spread = self.count * likely * (1.0 - likely) * np.log(2.0)
        bend: Any = (self.signs * spread[:, None]).T @ self.signs + np.diag(stiff)
        return np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)


def _teaches(asked: _Asked) -> bool:
    """Whether answers are foretold better by weights that follow the other answers."""
    many = int(asked.count.sum())
    if many < FEW:
        return True
    said = np.repeat(np.arange(len(asked.count)), asked.count.astype(np.int64))
    first = np.cumsum(asked.count) - asked.count
    yes = np.arange(many) - first[said] < asked.yes[said]
    gained = 0.0
    for fold in range(_FOLDS):
        out = np.arange(many) % _FOLDS == fold
        shift = _moved(asked.only(said[~out], yes[~out]))
        held = asked.only(said[out], yes[out])
        none = np.zeros(len(shift))
        gained += held.cost(none, none) - held.cost(shift, none)
    return gained >= 0.0


def _moved(asked: _Asked) -> Floats:
    """The most probable shifts, by Newton's method with steps that never make it worse."""
    wide = asked.signs.shape[1]
    # The cost is in bits: a Gaussian of so many bits costs shift^2 / (2 sd^2) nats.
    stiff = np.array([START] + [LEVEL] * (wide - 1)) ** -2 / np.log(2.0)
    shift = np.zeros(wide)
    for _ in range(_ROUNDS):
        step = asked.step(shift, stiff)
        cost = asked.cost(shift, stiff)
        for _ in range(_HALVINGS):
            if asked.cost(shift - step, stiff) <= cost:
                break
            step /= 2
        shift -= step
        if float(np.abs(step).max()) < _STEP:
            break
    return shift
