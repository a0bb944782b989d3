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
from custseg.match.weighing.strangers import RARE, pairs_seen, steadied, strangers
from custseg.match.weighing.suspicion import doubts, strayed
from custseg.match.weighing.weights import LevelWeights, Weights
from custseg.progress import each
from custseg.reasons import Reason

_FEWEST: Final = 1e-9
_ROUNDS: Final = 2


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
    rare = [_shares(one.rare) for one in comparisons]
    random = [np.nan_to_num(rate) for rate in rates]
    u = [strangers(rate, few, possible) for rate, few in zip(random, rare, strict=True)]
    step = _step(found, fixed, Shares(typical, u), possible)
    for _ in each("learn", range(_ROUNDS)):
        u = [
            strangers(rate, few, possible, step.share * m)
            for rate, few, m in zip(random, rare, step.m, strict=True)
        ]
        step = _step(found, fixed, Shares(typical, u), possible)
    m = step.m
    for k, (often, few) in enumerate(zip(typical, rare, strict=True)):
        seen = m[k] * (step.matches(k) + STRENGTH), u[k] * (pairs_seen(len(few), possible) + RARE)
        m[k], u[k] = steadied((m[k], u[k]), (often, few), seen)
    share = _share(found, m, u, possible)
    weights = Weights(tuple(map(_weights, comparisons, m, u)), share)
    return Learnt(
        weights, tuple(step.taught), share * possible, doubts(step.taught, weights, typical)
    )


@attrs.frozen(eq=False)
class _Step:
    """What all passes taught, strangers being as they are thought to be."""

    m: list[Floats]
    share: float
    taught: list[Session]

    def matches(self, k: int) -> float:
        """The matches of the sessions that could teach a comparison."""
        return sum(one.matches for one in self.taught if one.used and one.trained[k])


def _step(found: Patterns, fixed: Sequence[Bools], known: Shares, possible: int) -> _Step:
    taught = [
        session(place, mask, found.of_pass(place), known)
        for place, mask in enumerate(fixed)
        if not mask.all()
    ]
    believed = strayed(taught, known.typical)
    m = [_pooled(believed, k, typical) for k, typical in enumerate(known.typical)]
    return _Step(m, _share(found, m, known.u, possible), believed)


def _share(found: Patterns, m: Sequence[Floats], u: Sequence[Floats], possible: int) -> float:
    logs = log_ratios(found.levels, m, u, np.ones(len(m), dtype=np.bool_))
    return match_share(logs, found.counts, possible)


def _held(held: Sequence[Sequence[str]], names: Sequence[str]) -> list[Bools]:
    unknown = sorted({name for one in held for name in one} - set(names))
    if unknown:
        msg = f"a pass fixes {unknown}, and the comparisons are {list(names)}"
        raise ConfigError(msg, "held")
    return [np.array([name in one for name in names], dtype=np.bool_) for one in held]


def _shares(given: Sequence[float]) -> Floats:
    return normal(np.maximum(np.array(given, dtype=np.float64), _FEWEST))


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
