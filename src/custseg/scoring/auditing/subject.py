"""What is audited: a card, or a column of scores, and what it says of each row."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index
from custseg.errors import DataError
from custseg.frames import Table
from custseg.scoring.auditing.classes import Classes, Values
from custseg.scoring.card.groups import Layout, limits
from custseg.scoring.card.ledger import FactorPoints
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.points import HUNDREDTHS, hundredths


@attrs.frozen(eq=False)
class Seen:
    """A factor as it is in the rows.

    Attributes:
        name: Its name.
        values: Its column.
        points: What it earns, in hundredths; ``None`` of a column that is only looked at.
    """

    name: str
    values: Values
    points: Floats | None = None

    @property
    def field(self) -> str:
        """The column that it reads."""
        return self.values.name

    @cached_property
    def classes(self) -> Classes:
        """Its values in a few classes."""
        return Classes.of(self.values)

    @cached_property
    def at(self) -> Index:
        """The class of each row."""
        return self.classes.at(self.values)


@attrs.frozen(eq=False)
class Subject:
    """Scores of rows, and where they come from.

    Attributes:
        name: The column that is audited: ``score`` of a card.
        score: The score of each row, NaN where there is none.
        total: The same before a least and a most cut it off: what probabilities are of.
        chance: The probability of each row, ``None`` where none is said.
        grade: The grade of each row, ``None`` where none is given.
        factors: The factors of the card, and other columns to look at.
        card: The card, ``None`` of a column.
    """

    name: str
    score: Floats
    total: Floats
    chance: Floats | None
    grade: Codes | None
    factors: tuple[Seen, ...]
    card: Scorecard | None = None

    @classmethod
    def of(cls, card: Scorecard | str, table: Table[Any], others: Iterable[str] = ()) -> "Subject":
        """Score rows.

        Args:
            card: A card, or the column of scores or probabilities.
            table: The rows.
            others: Other columns to look at.

        Raises:
            MissingColumnError: A column is not there.
            DataError: The column of scores holds something else, or endless numbers.
        """
        looked = tuple(Seen(name, Values.of(table, name)) for name in others)
        if isinstance(card, Scorecard):
            return cls._of_card(card, table, looked)
        score = np.asarray(table.read({card: "number"})[card], dtype=np.float64)
        if np.isinf(score).any():
            msg = "holds endless scores; give numbers, or leave the rows empty"
            raise DataError(msg, card)
        known = score[~np.isnan(score)]
        shares = bool(len(known)) and float(known.min()) >= 0 and float(known.max()) <= 1
        return cls(card, score, score, score if shares else None, None, looked)

    @classmethod
    def _of_card(cls, card: Scorecard, table: Table[Any], looked: tuple[Seen, ...]) -> "Subject":
        cols = table.read(card.needs)
        points = _floats(FactorPoints(card.factors).kernel(cols))
        out = card.kernel(cols)
        factors = [
            Seen(f.name, _values(f.field, cols[f.field], card), points[f.name])
            for f in card.factors
        ]
        own = {factor.field for factor in factors}
        grade = out["grade"]
        return cls(
            "score",
            np.asarray(out["score"], dtype=np.float64),
            unlimited(card, points) / HUNDREDTHS,
            np.asarray(out["probability"], dtype=np.float64) if "probability" in out else None,
            grade if isinstance(grade, Codes) else None,
            (*factors, *(one for one in looked if one.field not in own)),
            card,
        )

    @property
    def scored(self) -> Bools:
        """Whether a row has a score."""
        return ~np.isnan(self.score)

    def without(self, *names: str) -> Floats:
        """The scores if some factors earned the same of everybody.

        Args:
            *names: The factors; each earns what it earns on average.
        """
        card = self.card
        if card is None:
            return self.score
        points: dict[str, Floats] = {
            one.name: one.points for one in self.factors if one.points is not None
        }
        for name in names:
            usual = round(float(np.mean(points[name])))
            points[name] = np.full(len(self.score), float(usual))
        low, high = limits(card.low, card.high)
        return _clipped(unlimited(card, points), low, high) / HUNDREDTHS


def unlimited(card: Scorecard, points: Mapping[str, Floats]) -> Floats:
    """Scores in hundredths before the card's own limits; those of groups count.

    Args:
        card: The card.
        points: Hundredths by factor, row by row.
    """
    layout = Layout(card.factors, card.groups)
    return hundredths(card.base) + _added(layout, points, None)


def _added(layout: Layout, points: Mapping[str, Floats], inside: str | None) -> Floats:
    parts = [points[factor.name] for factor in layout.factors if factor.group == inside]
    parts += [
        _clipped(_added(layout, points, group.name), *group.limits)
        for group in layout.groups
        if group.group == inside
    ]
    total = np.zeros(np.shape(next(iter(points.values()))))
    for part in parts:
        total += part
    return total


def _clipped(total: Floats, low: int | None, high: int | None) -> Floats:
    if low is None and high is None:
        return total
    return np.clip(total, low, high)


def _floats(columns: Mapping[str, Any]) -> dict[str, Floats]:
    return {name: np.asarray(column, dtype=np.float64) for name, column in columns.items()}


def _values(field: str, column: Any, card: Scorecard) -> Values:  # noqa: ANN401 - a column
    held = column if isinstance(column, Codes) else np.asarray(column, dtype=np.float64)
    if card.needs[field] == "any" and not isinstance(held, Codes):
        held = np.where(held > 0, 1.0, np.nan)
    return Values(field, held, card.needs[field] == "day")
