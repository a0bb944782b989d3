"""From what each value says to the points of a card."""

from collections.abc import Sequence
from math import log
from typing import Final

import attrs
import numpy as np

from custseg import labels
from custseg._typing import Floats
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.field import Field
from custseg.scoring.woe.scaling import Scaling

FULL: Final = 100.0
"""Points from the least to the most likely customer, where no scale is given."""


@attrs.frozen(eq=False)
class Effect:
    """What the values of a column add to the log-odds.

    Attributes:
        field: The column and its cells.
        adds: What each cell adds, that of missing values last.
        rows: Customers of each cell, from whom it was learnt.
        otherwise: What a word adds that was never seen.
        name: Name of the factor; by default the column.
    """

    field: Field
    adds: Floats
    rows: Floats | None = None
    otherwise: float = 0.0
    name: str = ""

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that it can add."""
        seen = self.adds if self.rows is None else self.adds[self.rows > 0]
        known = seen.tolist() if self.field.edges is not None else [*seen.tolist(), self.otherwise]
        return (min(known), max(known)) if known else (0.0, 0.0)


def dealt(
    effects: Sequence[Effect], prior: float, *, scale: Odds | None = None, learnt: Learnt
) -> Scorecard:
    """A card that adds up what is said.

    Without a scale the least likely customer has 0 points and the most likely one 100, straight in
    log-odds between. A factor starts at the least that it can add: that earns none.

    Args:
        effects: What each column says.
        prior: Log-odds where nothing is said.
        scale: What points stand for.
        learnt: How it was learnt.

    >>> said = Effect(Field("source", words=("ad", "fair")), np.array([-1.0, 1.0, 0.0]))
    >>> card = dealt([said], 0.0, learnt=Learnt("naive-bayes", "won", 10, 5))
    >>> [card.one({"source": word})["score"] for word in ("ad", "fair", None)]
    [0.0, 100.0, 50.0]
    >>> round(card.one({"source": "fair"})["probability"], 3)
    0.731
    """
    telling = [effect for effect in effects if effect.limits != (0.0, 0.0)]
    least = sum(effect.limits[0] for effect in telling)
    most = sum(effect.limits[1] for effect in telling)
    odds = scale or _hundred(prior + least, prior + most)
    factors = tuple(_factor(effect, odds.factor) for effect in telling or effects)
    start = odds.points(_share(prior)) + sum(effect.limits[0] * odds.factor for effect in telling)
    usual = (learnt.cases + 0.5) / (learnt.rows + 1)
    return Scorecard(
        factors,
        base=round(start, 2),
        low=0.0 if scale is None else None,
        high=FULL if scale is None else None,
        grades=Scaling(odds, 0.0, ()).grades(usual),
        odds=odds,
        learnt=learnt,
    )


def _factor(effect: Effect, factor: float) -> Factor:
    low = effect.limits[0]
    points = (effect.adds - low) * factor
    curve = effect.field.curve(points, otherwise=(effect.otherwise - low) * factor)
    usual = None
    if effect.rows is not None and effect.rows.sum():
        usual = round(float((effect.rows * np.round(points, 2)).sum() / effect.rows.sum()), 2)
    column = effect.field.column
    name = effect.name or column
    title = None if f"column.{name}" in labels.table("en") else name
    return Factor(name, column, curve=curve, missing="evidence", usual=usual, title=title)


def _hundred(least: float, most: float) -> Odds:
    """Points from 0 to 100 over a range of log-odds."""
    width = most - least
    if width <= 0:
        return Odds(at=FULL / 2, odds=float(np.exp(least)), double=FULL)
    factor = FULL / width
    return Odds(at=round(-least * factor, 6), odds=1.0, double=factor * log(2))


def _share(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-log_odds)))
