"""How much of a model does a card tell?"""

from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.frames import Table
from custseg.labels import filled, label
from custseg.measures.logistic import chances, log_odds
from custseg.measures.tally import Tally
from custseg.scoring.card.odds import Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.effects.standing import free_points
from custseg.scoring.outcome import read_outcome
from custseg.showing import Shown

EDGE: Final = 0.001
"""Probabilities nearer to 0 or 1 count as this near: what models say there is mostly noise."""


@attrs.frozen
class Fidelity(Shown):
    """How near a card comes to the model that it stands for.

    Attributes:
        rows: Customers that it was measured on.
        explained: Share of the differences between the model's log-odds that the card tells
            (R squared); 1 is all, 0 nothing, below 0 it is worse than one number for everybody.
        agreement: Share of the pairs told apart by the model that the card puts in the same order;
            0.5 is chance.
        mean_gap: Mean difference of the two probabilities, either way.
        max_gap: The largest one.
        model_auc: How well the model tells won from lost; ``None`` without outcomes.
        card_auc: How well the card does.

    >>> print(Fidelity(500, 0.93, 0.96, 0.02, 0.21).text())
    tells 93.0% of the model and orders 96.0% of pairs as it does; probabilities differ by 0.020 \
on average, by 0.210 at most (500 customers held out)
    """

    rows: int
    explained: float
    agreement: float
    mean_gap: float
    max_gap: float
    model_auc: float | None = None
    card_auc: float | None = None

    def text(self, locale: str = "en") -> str:
        """It in a sentence or two, in a language."""
        known = attrs.asdict(self)
        said = filled(label("fidelity.text", locale), **known)
        if self.model_auc is None:
            return said
        return said + label("fidelity.auc", locale).format(**known)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return attrs.asdict(self)


def fidelity(
    card: Scorecard,
    data: object,
    probability: str,
    *,
    outcome: str | None = None,
    positive: str | float | bool | None = None,
) -> Fidelity:
    """Measure how near a card comes to a model, on customers that it was not made from.

    Args:
        card: The card; it has ``odds``.
        data: Customers with the columns of the card: records or a frame.
        probability: The column of the model's probabilities; rows without one are left out.
        outcome: The column that says how it ended, to compare how well each tells it.
        positive: The value that counts as won.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A probability is outside 0 to 1.
        ConfigError: The card has no odds.
        NotEnoughDataError: There are fewer than two customers, or the model says the same of all.

    >>> from custseg.scoring import Factor, Ramp
    >>> card = Scorecard((Factor("x", worth=100, curve=Ramp(0, 1)),), odds=Odds(at=50, double=10))
    >>> seen = [{"x": i / 10, "p": 0.1 + 0.08 * i} for i in range(11)]
    >>> measured = fidelity(card, seen, "p")
    >>> measured.agreement, measured.rows
    (1.0, 11)
    """
    table = frames.table(data)
    given = probabilities(table, probability)
    known = ~np.isnan(given)
    found = measured(card, table, given, known)
    if outcome is None:
        return found
    ends = read_outcome(table, outcome, positive)
    both = known & ends.known
    won = ends.won[both]
    return attrs.evolve(
        found,
        model_auc=float(Tally.of(given[both], won).auc),
        card_auc=float(Tally.of(free_points(card, table)[both], won).auc),
    )


def measured(card: Scorecard, table: Table[Any], given: Floats, rows: Any) -> Fidelity:  # noqa: ANN401 - a mask
    """The same of some rows of an opened table."""
    odds = card.odds
    if not isinstance(odds, Odds):
        msg = "a card that stands for a model needs odds: Scorecard(..., odds=Odds(...))"
        raise ConfigError(msg, "odds")
    said, points = given[rows], free_points(card, table)[rows]
    truth = log_odds(said, EDGE)
    order = np.lexsort((points, truth))
    truth, said, points = truth[order], said[order], points[order]
    told = np.log(odds.odds) + (points - odds.at) / odds.factor
    spread = float(((truth - truth.mean()) ** 2).sum()) if len(truth) else 0.0
    if not spread:
        msg = "the model says the same of all customers; there is nothing to tell"
        raise NotEnoughDataError(msg)
    gap = np.abs(said - chances(told))
    explained = 1 - float(((truth - told) ** 2).sum()) / spread
    return Fidelity(
        len(truth), explained, _agreement(truth, points), float(gap.mean()), float(gap.max())
    )


def probabilities(table: Table[Any], column: str) -> Floats:
    """A column of probabilities.

    Raises:
        DataError: One is outside 0 to 1.
    """
    return checked(np.asarray(table.read({column: "number"})[column]), column)


def checked(given: Floats, column: str) -> Floats:
    """Probabilities as they are, missing ones as NaN.

    Raises:
        DataError: One is outside 0 to 1.
    """
    if (odd := np.flatnonzero((given < 0) | (given > 1))).size:
        msg = "holds what is no probability; give the chance of the positive class, 0 to 1"
        raise DataError(msg, column, int(odd[0]))
    return np.asarray(given, dtype=np.float64)


def _agreement(truth: Floats, points: Floats) -> float:
    """Share of pairs in the same order; pairs that the card ties count by half.

    Source: Harrell's C, from the pairs that Kendall's tau counts.
    """
    from scipy.stats import kendalltau  # noqa: PLC0415 - loaded where it is used

    pairs = len(truth) * (len(truth) - 1) / 2
    apart = [pairs - _tied(values) for values in (truth, points)]
    if not all(apart):
        return 0.5
    tau: Any = kendalltau(truth, points)
    return float(0.5 + 0.5 * tau.statistic * np.sqrt(apart[0] * apart[1]) / apart[0])


def _tied(values: Floats) -> float:
    many = np.unique(values, return_counts=True)[1].astype(np.float64)
    return float((many * (many - 1) / 2).sum())
