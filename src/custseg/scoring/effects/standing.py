"""What customers earn by a card before its own limits, and how that is spread."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.frames import Table
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.points import HUNDREDTHS


def free_points(card: Scorecard, table: Table[Any]) -> Floats:
    """The points of each row before the limits of the score; those of groups count.

    >>> from custseg import frames
    >>> from custseg.scoring import Factor, Ramp
    >>> card = Scorecard((Factor("x", worth=150, curve=Ramp(0, 1)),))
    >>> free_points(card, frames.table([{"x": 1}])).tolist()
    [150.0]
    """
    free = attrs.evolve(card, low=None, high=None, odds=None)
    return np.asarray(free.kernel(table.read(free.needs))["score"], dtype=np.float64)


def standing(points: Floats) -> tuple[float, float]:
    """Mean and spread of points, from whole hundredths: in no order of rows.

    >>> standing(np.array([1.0, 3.0])), standing(np.array([5.0, 5.0]))
    ((2.0, 1.0), (5.0, 1.0))
    """
    whole = np.rint(points * HUNDREDTHS)
    mean = float(whole.sum()) / len(whole)
    away = np.sort((whole - mean) ** 2)
    spread = float(np.sqrt(away.sum() / len(whole)))
    return mean / HUNDREDTHS, spread / HUNDREDTHS if spread else 1.0
