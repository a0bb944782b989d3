"""When what was learnt is not to be trusted: households for people, levels out of order."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from custseg._typing import Floats
from custseg.match.weighing.sessions import Session
from custseg.match.weighing.weights import LevelWeights, Weights
from custseg.reasons import Reason

_MOSTLY: Final = 0.5
_FEW: Final = 5.0
_SMALLEST: Final = 150
"""Hundredths of a bit that two levels may be out of order without a word."""


def strayed(taught: Sequence[Session], typical: Sequence[Floats]) -> list[Session]:
    """Mark the sessions that found something else than one customer.

    Among the colleagues of a company most pairs agree on address and switchboard, and the model
    takes them for matches whose names mostly differ. Another pass knows better: there the names of
    matches agree. The session is then not believed.

    Args:
        taught: The sessions.
        typical: The shares that are usual among matches.
    """
    best = [
        min((one.m[k][-1] for one in taught if one.trained[k] and one.matches > _FEW), default=1.0)
        for k in range(len(typical))
    ]
    return [attrs.evolve(one, used=not _strays(one, best, typical)) for one in taught]


def _strays(one: Session, best: Sequence[float], typical: Sequence[Floats]) -> bool:
    return any(
        trained and one.m[k][-1] > _MOSTLY > 2 * max(best[k], float(typical[k][-1]))
        for k, trained in enumerate(one.trained)
    )


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
            said.append(Reason("match.untrained", {"field": one.name}))
            continue
        if one.m[-1] > _MOSTLY > 2 * float(typical[k][-1]):
            said.append(Reason("match.mostly_differs", {"field": one.name, "share": one.m[-1]}))
        said += [Reason("match.out_of_order", told) for told in _disorder(one)]
    return tuple(said)


def _disorder(one: LevelWeights) -> Iterator[dict[str, object]]:
    whole = one.hundredths[1:].tolist()
    for place in range(len(whole) - 1):
        if whole[place + 1] > whole[place] + _SMALLEST:
            better, worse = one.levels[place], one.levels[place + 1]
            yield {"field": one.name, "better": better, "worse": worse}
