"""How long do deals that are won stay in a stage? Longer is stuck."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from custseg._typing import Floats
from custseg.scoring.deals.reading import WON, Standing

_LEAST: Final = 10
"""Won deals of whom a limit is learnt."""


def limits(standing: Standing, share: float) -> tuple[Mapping[str, float], float | None]:
    """Days that so many of the won deals stayed at most: in each stage, and in all.

    Args:
        standing: Deals of the past.
        share: Share of the won deals.

    Returns:
        By stage where ten deals say how long they stayed in it, and of the whole time that a deal
        was open; ``None`` where there are not ten.
    """
    won = (standing.stands == WON) & standing.known
    stage = standing.stage
    by_stage = dict[str, float]()
    for place, word in enumerate(stage.words):
        limit = _limit(standing.staying[won & (stage.at == place)], share)
        if limit is not None:
            by_stage[word] = limit
    return by_stage, _limit(standing.age[won], share)


def _limit(days: Floats, share: float) -> float | None:
    known = np.sort(days[~np.isnan(days)])
    if len(known) < _LEAST:
        return None
    return float(known[int(np.ceil(round(share * len(known), 6))) - 1])
