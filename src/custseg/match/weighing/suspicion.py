"""When what was learnt is not to be trusted: households for people, levels out of order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from custseg._typing import Floats
from custseg.match.weighing.sessions import Session
from custseg.match.weighing.weights import LevelWeights, Weights, field_code, level_code
from custseg.reasons import Reason

_MOSTLY: Final = 0.5
_FEW: Final = 5.0
_SMALLEST: Final = 300
"""Hundredths of a bit that two levels may be out of order: a slip is rarer by chance than a common
value, and may well say more."""
_KNOWN: Final = 20.0
"""The matches at a level from which its weight is more than a guess."""


def strayed(taught: Sequence[Session], typical: Sequence[Floats]) -> list[Session]:
    """Mark the sessions that found something else than one customer.

    Among the colleagues of a company most pairs agree on address and switchboard, and the model
    takes them for matches whose names mostly differ. Names of one customer do not. Such a session
    is believed only if all others found the same: then the names are bad. Nor is it believed if its
    matches differ in most of what is compared: where there are no doubles, anything looks like one.

    Args:
        taught: The sessions.
        typical: The shares that are usual among matches.
    """
    marked: list[Session] = []
    for one in taught:
        odd = [k for k in _trained(one) if one.m[k][-1] > _MOSTLY > 2 * float(typical[k][-1])]
        others = [other for other in taught if other is not one and other.matches > _FEW]
        most = 2 * len(odd) > len(_trained(one)) > 1
        used = not most and all(_seen_elsewhere(k, others) for k in odd)
        marked.append(attrs.evolve(one, used=used))
    return marked


def _trained(one: Session) -> list[int]:
    return [k for k, trained in enumerate(one.trained) if trained]


def _seen_elsewhere(k: int, others: Sequence[Session]) -> bool:
    """Whether the matches of all other passes often differ in a comparison, too."""
    said = [other.m[k][-1] for other in others if other.trained[k]]
    return bool(said) and min(said) > _MOSTLY / 2


def doubts(
    taught: Sequence[Session], weights: Weights, typical: Sequence[Floats]
) -> tuple[Reason, ...]:
    """What a person should look at before the weights are trusted.

    Args:
        taught: The sessions, marked.
        weights: What they gave.
        typical: The shares that are usual among matches.
    """
    said = [Reason("match.strayed", {"place": one.place + 1}) for one in taught if not one.used]
    for k, one in enumerate(weights.comparisons):
        if not any(s.used and s.trained[k] and s.matches >= 1.0 for s in taught):
            said.append(Reason("match.untrained", {"compared": field_code(one.name)}))
            continue
        if one.m[-1] > _MOSTLY > 2 * float(typical[k][-1]):
            told = {"compared": field_code(one.name), "share": one.m[-1]}
            said.append(Reason("match.mostly_differs", told))
        matches = sum(s.matches for s in taught if s.used and s.trained[k])
        said += [Reason("match.out_of_order", levels) for levels in _disorder(one, matches)]
    return tuple(said)


def _disorder(one: LevelWeights, matches: float) -> Iterator[dict[str, object]]:
    whole = one.hundredths[1:].tolist()
    known = [place for place, share in enumerate(one.m) if share * matches >= _KNOWN]
    for better, worse in pairwise(known):
        if whole[worse] > whole[better] + _SMALLEST:
            levels = {"better": one.levels[better], "worse": one.levels[worse]}
            named = {side: level_code(level) for side, level in levels.items()}
            yield {"compared": field_code(one.name), **named}
