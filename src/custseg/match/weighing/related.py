"""Two customers under one roof, on one line or in one office: alike, and yet not the same."""

from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Floats
from custseg.match.weighing.patterns import Patterns
from custseg.match.weighing.prior import match_share
from custseg.match.weighing.sessions import log_ratios, posterior
from custseg.match.weighing.weights import HUNDREDTHS, LevelWeights, Weights, Whole

_KIN: Final = ("part", "half")
_FAMILY: Final = 0.5
"""The share of related pairs with one surname or one first name; sets are flat from .3 to .8."""
_PSEUDO: Final = 0.5
"""Related pairs that any table is taken to have: where none is seen, there may be one."""
_MOST: Final = 0.25
_ROUNDS: Final = 100
_STEP: Final = 1e-4


def kin(weights: Weights, one: LevelWeights) -> Whole:
    """How much each level of a comparison looks related rather than strange.

    What families and offices share is as alike as in two records of one customer; the rest is as
    among strangers, but for names that have a part in common.

    Args:
        weights: The weights.
        one: One of their comparisons.

    Returns:
        Hundredths of a bit for each level number.

    >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
    >>> kin(Weights((phone,), 0.01, shared=("phone",)), phone).tolist()
    [0, 964, -232]
    >>> kin(Weights((phone,), 0.01), phone).tolist()
    [0, 0, 0]
    """
    if one.name in weights.shared:
        return attrs.evolve(one, shift=()).hundredths
    part: Bools = np.array([level in _KIN for level in one.levels])
    if not weights.shared or not part.any():
        return np.zeros(len(one.levels) + 1, dtype=np.int32)
    u: Floats = np.array(one.u)
    many, rest = int(part.sum()), float(u[~part].sum())
    like = np.where(part, _FAMILY / many, (1.0 - _FAMILY) * u / rest)
    whole = np.rint(HUNDREDTHS * (np.log2(like) - np.log2(u)))
    return np.concatenate([[0], whole]).astype(np.int32)


def own(weights: Weights, one: LevelWeights) -> Bools:
    """Which level numbers of a comparison say that something of a customer's own agrees.

    Args:
        weights: The weights.
        one: One of their comparisons.

    >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
    >>> own(Weights((phone,), 0.01), phone).tolist()
    [False, True, False]
    """
    found: Bools = one.hundredths > 0
    return found & (one.name not in weights.shared)


def taken_off(
    weights: Weights, alike: NDArray[np.integer], rare: NDArray[np.integer], agreed: Bools
) -> Whole:
    """What pairs weigh less since they may be related only, in hundredths of a bit.

    The odds of one customer are against related pairs and strangers together. Where nothing of a
    customer's own agrees, it does not count how rare the shared values are: two records that hold
    nothing but the same small town are not one customer.

    Args:
        weights: The weights.
        alike: How much each pair looks related rather than strange, in hundredths of a bit.
        rare: What of it comes from how rare the values are.
        agreed: Whether something of a customer's own agrees.

    >>> weights = Weights((), 0.01, shared=("phone",), related=0.5)
    >>> alike, rare = np.array([0, 700, -900, 700]), np.array([0, 700, 0, 700])
    >>> taken_off(weights, alike, rare, np.array([True, True, True, False])).tolist()
    [0, 601, 0, 700]
    """
    alone = np.where(agreed, 0, np.maximum(rare, 0))
    share = weights.kindred
    bits = np.log2(share) + (alike - alone) / HUNDREDTHS
    more = np.maximum(np.logaddexp2(np.log2(1.0 - share), bits), 0.0)
    off: Whole = np.rint(HUNDREDTHS * more).astype(np.int32)
    return off + alone.astype(np.int32)


def with_related(weights: Weights, found: Patterns, possible: int) -> Weights:
    """Weights that know how many pairs are related, and how many are one customer beside them.

    Args:
        weights: What was learnt, with the comparisons of what families and offices share.
        found: The patterns of the candidates.
        possible: How many pairs could be formed.
    """
    if not weights.shared or not len(found):
        return weights
    every = np.ones(len(weights.comparisons), dtype=np.bool_)
    m, u = ([np.array(getattr(one, side)) for one in weights.comparisons] for side in "mu")
    one, alike = log_ratios(found.levels, m, u, every), _alike(weights, found)
    share, related = weights.prior, min(_MOST * weights.prior, _MOST)
    for _ in range(_ROUNDS):
        before = related
        logs = one - np.logaddexp(np.log1p(-related), alike + np.log(related))
        share = match_share(logs, found.counts, possible)
        other = 1.0 - posterior(logs, share)
        pairs = float((other * posterior(alike, related) * found.counts).sum())
        related = min((pairs + _PSEUDO) / max(possible, 1), _MOST)
        if abs(related - before) <= _STEP * related:
            break
    return attrs.evolve(weights, prior=share, related=related)


def _alike(weights: Weights, found: Patterns) -> Floats:
    """How much each pattern looks related, in natural logarithms."""
    total = np.zeros(len(found), dtype=np.int64)
    for place, one in enumerate(weights.comparisons):
        total += kin(weights, one)[found.levels[:, place]]
    return np.asarray(total / HUNDREDTHS * np.log(2.0), dtype=np.float64)
