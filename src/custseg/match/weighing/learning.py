"""Learning what agreement is worth from the pairs themselves, without any that were reviewed."""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.errors import ConfigError
from custseg.match.comparing.comparison import Comparison
from custseg.match.weighing.patterns import Patterns
from custseg.match.weighing.prior import match_share
from custseg.match.weighing.sessions import STRENGTH, Session, Shares, log_ratios, normal, session
from custseg.match.weighing.suspicion import doubts, strayed
from custseg.match.weighing.weights import LevelWeights, Weights
from custseg.reasons import Reason

_RARE: Final = 1000.0
"""The pairs that the rare shares of a comparison are worth."""
_FEWEST: Final = 1e-9


@attrs.frozen
class Learnt:
    """Weights, with how they came about.

    Attributes:
        weights: The weights.
        sessions: What each pass taught.
        matches: The expected number of pairs of one customer among the candidates.
        warnings: What to look at before the weights are trusted.
    """

    weights: Weights
    sessions: tuple[Session, ...] = ()
    matches: float = 0.0
    warnings: tuple[Reason, ...] = ()


def learn(
    found: Patterns,
    comparisons: Sequence[Comparison],
    rates: Sequence[Floats],
    *,
    held: Sequence[Sequence[str]],
    possible: int,
) -> Learnt:
    """Learn what each level of each comparison is worth.

    Each pass is a session of its own: among the pairs that share its key, it tells matches from
    strangers by the comparisons that its key does not fix. What the sessions found is averaged by
    the matches they found, beginning from what is typical.

    Args:
        found: The patterns of the candidates, with a bit for each pass.
        comparisons: What was compared, in the order of the levels.
        rates: For each comparison how often pairs taken at random are at each level.
        held: For each pass the comparisons that its key fixes.
        possible: How many pairs of records could be formed at all.

    Raises:
        ConfigError: A pass holds a comparison that there is not.
    """
    fixed = _held(held, [one.name for one in comparisons])
    known = Shares(
        [_shares(one.typical) for one in comparisons],
        [_strangers(one, rate, possible) for one, rate in zip(comparisons, rates, strict=True)],
    )
    taught = [
        session(place, mask, found.of_pass(place), known)
        for place, mask in enumerate(fixed)
        if not mask.all()
    ]
    believed = strayed(taught, known.typical)
    m = [_pooled(believed, k, typical) for k, typical in enumerate(known.typical)]
    logs = log_ratios(found.levels, m, known.u, np.ones(len(m), dtype=np.bool_))
    share = match_share(logs, found.counts, possible)
    weights = Weights(tuple(map(_weights, comparisons, m, known.u)), share)
    warnings = doubts(believed, weights, known.typical)
    return Learnt(weights, tuple(believed), share * possible, warnings)


def _held(held: Sequence[Sequence[str]], names: Sequence[str]) -> list[Bools]:
    unknown = sorted({name for one in held for name in one} - set(names))
    if unknown:
        msg = f"a pass fixes {unknown}, and the comparisons are {list(names)}"
        raise ConfigError(msg, "held")
    return [np.array([name in one for name in names], dtype=np.bool_) for one in held]


def _shares(given: Sequence[float]) -> Floats:
    return normal(np.maximum(np.array(given, dtype=np.float64), _FEWEST))


def _strangers(one: Comparison, rate: Floats, possible: int) -> Floats:
    """What chance brings about; in a small table, mostly what is usual."""
    counted = np.nan_to_num(rate) * possible + _RARE * _shares(one.rare)
    return _shares(counted.tolist())


def _pooled(taught: Sequence[Session], k: int, typical: Floats) -> Floats:
    total = STRENGTH * typical
    for one in taught:
        if one.used and one.trained[k]:
            total = total + one.matches * np.array(one.m[k])
    return normal(total)


def _weights(one: Comparison, m: Floats, u: Floats) -> LevelWeights:
    return LevelWeights(
        one.name, one.levels, m.tolist(), u.tolist(), term_frequency=one.term_frequency
    )
