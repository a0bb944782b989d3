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
_ROUNDS: Final = 2
_LEFT: Final = 0.02
"""The least share of random agreement that is left to strangers: how many match is an estimate."""


@attrs.frozen
class Learnt:
    """Weights, with how they came about.

    Attributes:
        weights: The weights.
        sessions: What each pass taught.
        matches: The expected number of pairs of one customer among the candidates.
        warnings: What to look at before the weights are trusted.

    >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
    >>> learnt = Learnt(Weights((phone,), prior=0.01), matches=12.5)
    >>> learnt.weights.comparisons[0].bits, learnt.warnings
    ((9.64, -2.32), ())
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
    the matches they found, beginning from what is typical. Some pairs taken at random match, too:
    in a small table with many doubles, most of those that share a number. What the matches explain
    is taken off what strangers share, and the sessions are held again.

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
    typical = [_shares(one.typical) for one in comparisons]
    usual = [_RARE * _shares(one.rare) for one in comparisons]
    random = [np.nan_to_num(rate) for rate in rates]
    u = [normal(rate * possible + few) for rate, few in zip(random, usual, strict=True)]
    step = _step(found, fixed, Shares(typical, u), possible)
    for _ in range(_ROUNDS):
        u = [
            normal(_strangers(rate, step.share * m) * possible + few)
            for rate, m, few in zip(random, step.m, usual, strict=True)
        ]
        step = _step(found, fixed, Shares(typical, u), possible)
    weights = Weights(tuple(map(_weights, comparisons, step.m, u)), step.share)
    warnings = doubts(step.taught, weights, typical)
    return Learnt(weights, tuple(step.taught), step.share * possible, warnings)


@attrs.frozen(eq=False)
class _Step:
    """What all passes taught, strangers being as they are thought to be."""

    m: list[Floats]
    share: float
    taught: list[Session]


def _step(found: Patterns, fixed: Sequence[Bools], known: Shares, possible: int) -> _Step:
    taught = [
        session(place, mask, found.of_pass(place), known)
        for place, mask in enumerate(fixed)
        if not mask.all()
    ]
    believed = strayed(taught, known.typical)
    m = [_pooled(believed, k, typical) for k, typical in enumerate(known.typical)]
    logs = log_ratios(found.levels, m, known.u, np.ones(len(m), dtype=np.bool_))
    return _Step(m, match_share(logs, found.counts, possible), believed)


def _held(held: Sequence[Sequence[str]], names: Sequence[str]) -> list[Bools]:
    unknown = sorted({name for one in held for name in one} - set(names))
    if unknown:
        msg = f"a pass fixes {unknown}, and the comparisons are {list(names)}"
        raise ConfigError(msg, "held")
    return [np.array([name in one for name in names], dtype=np.bool_) for one in held]


def _shares(given: Sequence[float]) -> Floats:
    return normal(np.maximum(np.array(given, dtype=np.float64), _FEWEST))


def _strangers(rate: Floats, matches: Floats) -> Floats:
    """What is left of random pairs without the matches among them, though never next to nothing."""
    return np.maximum(rate - matches, _LEFT * rate)


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
