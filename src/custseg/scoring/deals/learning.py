"""From deals that are over to the card of a chance: stages, ages, amounts, further columns."""

from collections.abc import Mapping
from math import log
from typing import Final, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Floats
from custseg.scoring.card.factor import Factor
from custseg.scoring.card.grades import Grades, Grading
from custseg.scoring.card.learnt import Learnt
from custseg.scoring.card.odds import Odds, logistic
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.curves.binned import Bins, Levels
from custseg.scoring.deals.ages import Aging, aging
from custseg.scoring.deals.reading import LOST, WON, Standing
from custseg.scoring.deals.shrinking import effects, shrunk
from custseg.scoring.effects.field import Cells, banded
from custseg.scoring.points import HUNDREDTHS, hundredths

AGE: Final = "deal_age_days"
ODDS: Final = Odds(at=50.0, odds=1.0, double=10.0)
"""Even chances are 50 points; ten points more double the odds."""
GRADES: Final = cast("Grading", Grades((65.0, 50.0, 35.0)))
_BANDS: Final = 5
_SUREST: Final = 1e-6


@attrs.frozen
class Prior:
    """What is thought before there are deals that are over.

    Attributes:
        chance: Chance to be won of any deal.
        deals: How many deals that counts as.
        stages: Chance to be won by stage, in the order of the stages.
    """

    chance: float
    deals: float
    stages: Mapping[str, float]


@attrs.frozen(eq=False)
class Past:
    """Deals of the past.

    Attributes:
        standing: How they stand at the end of the last day.
        columns: Further columns.
        amount: Name of the column of amounts.
        stage: Name of the column of stages.
    """

    standing: Standing
    columns: Columns
    amount: str
    stage: str


@attrs.frozen(eq=False)
class Found:
    """What was learnt.

    Attributes:
        card: The card; ``None`` where nothing tells deals apart.
        chance: Chance to be won of any deal.
    """

    card: Scorecard | None
    chance: float


def log_odds(chance: float) -> float:
    """The log-odds of a chance.

    >>> log_odds(0.5)
    0.0
    """
    return log(chance / (1.0 - chance))


def learn(past: Past, prior: Prior, outcome: str) -> Found:
    """Learn the chance to be won.

    Args:
        past: Deals, closed ones and open ones.
        prior: What is thought before.
        outcome: The column that says how deals ended.
    """
    stands = past.standing.stands
    over: Bools = ((stands == WON) | (stands == LOST)) & past.standing.known
    won: Bools = stands == WON
    rows, cases = int(np.count_nonzero(over)), int(np.count_nonzero(won & over))
    known = past.standing.known
    aged = aging(past.standing.age[known], stands[known])
    chance = _anywhere(past, won & over, over, aged, prior)
    base = log_odds(chance)
    others, level = _others(past, won, over, base)
    factors = [*_by_stage(past, prior, base, over), *others]
    if not any(factor.name == past.stage for factor in factors):
        factors = [*_by_age(aged, chance), *factors]
    told = tuple(factor for factor in factors if factor.worth)
    if not told:
        return Found(None, chance)
    start = hundredths(ODDS.points(chance) + level * ODDS.factor) / HUNDREDTHS
    learnt = Learnt("closed-deals", outcome, rows, cases, weight=prior.deals)
    card = Scorecard(told, base=start, grades=GRADES, odds=ODDS, learnt=learnt)
    return Found(card, chance)


def _anywhere(past: Past, won: Bools, over: Bools, aged: Aging | None, prior: Prior) -> float:
    """The chance of any deal: by age where ages are known, else by the share of closed deals."""
    rows, wins = int(np.count_nonzero(over)), float(np.count_nonzero(won))
    if aged is not None:
        dated: Bools = ~np.isnan(past.standing.age)
        wins = float(np.count_nonzero(won & ~dated))
        wins += aged.first * np.count_nonzero(over & dated)
    return between((wins + prior.deals * prior.chance) / (rows + prior.deals))


def between(chance: float) -> float:
    """A chance that is neither 0 nor 1, nor so near that nobody could tell.

    >>> between(0.0), between(0.5), between(1.0)
    (1e-06, 0.5, 0.999999)
    """
    return min(max(chance, _SUREST), 1.0 - _SUREST)


def _points(log_odds_: Floats) -> tuple[float, ...]:
    return tuple(round(float(z) * ODDS.factor, 2) + 0.0 for z in log_odds_)


def _usual(cells: Cells, points: tuple[float, ...]) -> float | None:
    if not len(cells.at):
        return None
    count: list[int] = np.bincount(cells.at, minlength=cells.size).tolist()
    total = sum(n * hundredths(p) for n, p in zip(count, points, strict=True))
    return round(total / len(cells.at)) / HUNDREDTHS


def _by_stage(past: Past, prior: Prior, base: float, over: Bools) -> list[Factor]:
    """Chances by stage: a lost deal has been in all stages up to its own, a won one in all."""
    stage, won = past.standing.stage, past.standing.stands == WON
    order = tuple(prior.stages)
    words = order or stage.words
    place = stage.recode(words)
    seen = over & (place >= 0)
    wins = np.bincount(place[seen & won], minlength=len(words)).astype(np.float64)
    losses = np.bincount(place[seen & ~won], minlength=len(words)).astype(np.float64)
    if order:
        wins[:], losses = wins.sum(), np.cumsum(losses[::-1])[::-1]
    before = [prior.stages.get(word) for word in words]
    if not seen.any() and not order:
        return []
    usual = logistic(base)
    given = np.array([usual if chance is None else chance for chance in before])
    chances = (wins + prior.deals * given) / (wins + losses + prior.deals)
    chances = np.clip(chances, _SUREST, 1.0 - _SUREST)
    points = _points(np.log(chances / (1.0 - chances)) - base)
    if not any(points):
        return []
    table = dict(zip(words, points, strict=True))
    cells = Cells(place[seen], len(words))
    curve = Levels(table, missing=0.0)
    return [Factor(past.stage, curve=curve, missing="evidence", usual=_usual(cells, points))]


def _by_age(found: Aging | None, chance: float) -> list[Factor]:
    """Chances by age: what has not been decided for long ends otherwise than what is new."""
    if found is None:
        return []
    own = [log_odds(each) - log_odds(chance) for each in found.chances]
    told = np.array(found.reached) * chance * (1.0 - chance)
    points = _points(shrunk(np.array(own), told))
    if not any(points):
        return []
    curve = Bins(found.edges, points, missing=0.0)
    days = sum(found.open_days)
    usual = sum(p * n for p, n in zip(curve.points, found.open_days, strict=True)) / days
    return [Factor(AGE, curve=curve, missing="evidence", usual=round(usual, 2))]


def _others(past: Past, won: Bools, over: Bools, base: float) -> tuple[list[Factor], float]:
    """Amounts and further columns, as far as they tell more than chance would; and the level."""
    every: dict[str, Column] = {past.amount: past.standing.amount, **past.columns}
    cut = {name: _cells(column, over) for name, column in every.items()}
    named = [(name, cells) for name, cells in cut.items() if cells is not None]
    wins = won[over]
    found, level = effects([cells for _, (cells, _) in named], wins, np.full(len(wins), base))
    made: list[Factor] = []
    for (name, (cells, how)), added in zip(named, found, strict=True):
        points = _points(added)
        if any(points):
            curve = _curve(how, points)
            usual = _usual(cells, points)
            made.append(Factor(name, curve=curve, missing="evidence", usual=usual))
    return made, level


Cut = tuple[str, ...] | tuple[float, ...]


def _curve(how: Cut, points: tuple[float, ...]) -> Bins | Levels:
    """A curve of these points; the last one is for what is not known."""
    *known, missing = points
    words = [part for part in how if isinstance(part, str)]
    if words:
        return Levels(dict(zip(words, known, strict=True)), missing=missing)
    return Bins([part for part in how if isinstance(part, float)], known, missing=missing)


def _cells(column: Column, over: Bools) -> tuple[Cells, Cut] | None:
    """A column of closed deals as cells, the last one for what is not known; or ``None``."""
    if isinstance(column, Codes):
        at = np.where(column.at < 0, len(column.words), column.at)[over]
        words = tuple(column.words)
        return (Cells(at, len(words) + 1), words) if words else None
    values = np.asarray(column, dtype=np.float64)[over]
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return None
    steps = [known[len(known) * i // _BANDS] for i in range(1, _BANDS)]
    edges = tuple(sorted({float(x) for x in steps if x > known[0] and np.isfinite(x)}))
    if not edges:
        return None
    return Cells(banded(values, edges), len(edges) + 2), edges
