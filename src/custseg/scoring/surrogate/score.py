"""A classifier's own probability as the score, with the reasons of its surrogate."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Columns, Floats, Gives, Needs, Record
from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.reasons import Reason
from custseg.rules import merged
from custseg.scoring.card.explanation import ScoreExplanation
from custseg.scoring.card.grades import Grades
from custseg.scoring.card.lines import Part
from custseg.scoring.card.odds import MILLIONTHS, Odds
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.points import HUNDREDTHS, hundredths, least

_EDGE: Final = 1 / MILLIONTHS
_BY: Final = ("surrogate", "model")


@attrs.frozen
class ClassifierScore(RowModel):
    """Score customers by a classifier's own probability, and explain it by a card.

    The probability is a column of the table: the classifier itself is kept where it lives, and
    nothing of it is stored here. It adds

    - ``score``: the points of the card's scale that stand for the probability, within the limits
      of the card;
    - ``grade``: the card's grade of that score;
    - ``probability``: the classifier's, in whole millionths, never 0 and never 1;
    - ``score_by``: ``model``; or ``surrogate`` where there is no probability from 0 to 1 and the
      card stands in.

    An explanation shows the card's lines, and as a line of its own what the classifier's score is
    beyond them: the lines add up to the score exactly.

    Attributes:
        card: The surrogate card.
        column: The column of the classifier's probabilities.

    Raises:
        ConfigError: The card has no odds, grades by a matrix, or reads the column itself.

    >>> from custseg.scoring import Factor, Ramp
    >>> card = Scorecard((Factor("x", worth=100, curve=Ramp(0, 1)),), odds=Odds(at=50, double=10))
    >>> model = ClassifierScore(card, "p")
    >>> told = model.one({"x": 0.5, "p": 0.8})
    >>> told["score"], told["probability"], told["score_by"]
    (70.0, 0.8, 'model')
    >>> [(part.factor, part.points) for part in model.explain({"x": 0.5, "p": 0.8}).parts]
    [('x', 50.0), ('score_beyond', 20.0)]
    """

    schema_version: ClassVar[int] = 1

    card: Scorecard
    column: str

    def __attrs_post_init__(self) -> None:
        """Check that the card has a scale for probabilities."""
        if not isinstance(self.card.odds, Odds):
            msg = "a card that stands for a model needs odds: Scorecard(..., odds=Odds(...))"
            raise ConfigError(msg, "card")
        if not isinstance(self.card.grades, Grades):
            msg = "a card that stands for a model has one scale of grades, not a matrix"
            raise ConfigError(msg, "card")
        if self.column in self.card.needs:
            msg = f"the card reads {self.column!r}, the column of the probabilities, itself"
            raise ConfigError(msg, "column")

    @property
    def needs(self) -> Needs:
        """What the card reads, and the probability."""
        return merged((cast("Any", self.card.needs), {self.column: "number"}))

    @property
    def gives(self) -> Mapping[str, Gives]:
        """Score, grade, probability and whose they are."""
        return {
            "score": "number",
            "grade": cast("Grades", self.card.grades).names[::-1],
            "probability": "number",
            "score_by": _BY,
        }

    def kernel(self, cols: Columns) -> Columns:
        """Points of probabilities; the card's own where there is none."""
        own = self.card.kernel({name: cols[name] for name in self.card.needs})
        given = np.asarray(cols[self.column], dtype=np.float64)
        known = (given >= 0) & (given <= 1)
        held = np.clip(np.where(known, given, 0.5), _EDGE, 1 - _EDGE)
        points = np.where(known, self._points(held), cast("Floats", own["score"]))
        chance = np.where(
            known, np.rint(held * MILLIONTHS) / MILLIONTHS, cast("Floats", own["probability"])
        )
        return {
            "score": points,
            "grade": self._graded(points),
            "probability": chance,
            "score_by": Codes(known.astype(np.intp), _BY),
        }

    def explain(self, record: Record) -> ScoreExplanation:
        """The lines of the card, and what the classifier's score is beyond them.

        Args:
            record: One customer with the columns of the card and the probability.

        Raises:
            MissingColumnError: A needed key is missing.
        """
        held = frames.as_mapping(record)
        told = self.one(held)
        said = self.card.explain(held)
        parts = tuple(part for part in said.parts if part.line != "limit" or part.factor != "score")
        beyond = hundredths(told["score"]) - sum(part.hundredths for part in parts)
        learnt = self.card.learnt
        fidelity = None if learnt is None else learnt.fidelity
        reason = Reason("score_beyond", {"fidelity": fidelity})
        line = Part("score_beyond", beyond, None, reason, "limit")
        return attrs.evolve(
            said,
            decision={name: told[name] for name in self.gives},
            reasons=(*(part.reason for part in parts), reason),
            parts=(*parts, line),
            raises=None,
        )

    def _points(self, chance: Floats) -> Floats:
        odds = cast("Odds", self.card.odds)
        steps = (np.log(chance) - np.log1p(-chance) - np.log(odds.odds)) / np.log(2)
        whole = np.floor((odds.at + odds.double * steps) * HUNDREDTHS + 0.5)
        low, high = self.card.low, self.card.high
        held = np.clip(whole, _limit(low, -np.inf), _limit(high, np.inf))
        return np.asarray(held / HUNDREDTHS)

    def _graded(self, points: Floats) -> Codes:
        grades = cast("Grades", self.card.grades)
        edges = np.array([least(edge) for edge in reversed(grades.edges)], dtype=np.float64)
        place = np.searchsorted(edges, np.rint(points * HUNDREDTHS), side="right")
        return Codes(place.astype(np.intp), grades.names[::-1])


def _limit(points: float | None, none: float) -> float:
    return none if points is None else float(hundredths(points))
