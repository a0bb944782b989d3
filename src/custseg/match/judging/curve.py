"""What each threshold would find and get wrong, from weighed pairs whose truth is known."""

from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Index, Ints
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import Table, align
from custseg.frames.held import held
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.ids import ids_of
from custseg.match.judging.agreement import Agreement
from custseg.match.judging.evaluation import Rates, rates
from custseg.showing import Shown, heads

_SHOWN = 12
_SIDES = ("left_id", "right_id")


@attrs.frozen(eq=False)
class ThresholdCurve(Shown):
    """Precision and recall of pairs for every weight at which one could call them the same.

    Attributes:
        weight: The thresholds, from the highest to the lowest: a pair of this weight and more is
            taken for one customer.
        right: True pairs at each threshold.
        found: Pairs at each threshold.
        true: True pairs that there are, whether or not they were ever compared.

    >>> curve = ThresholdCurve(np.array([8.0, 1.0]), np.array([3, 4]), np.array([3, 8]), 4)
    >>> curve.best, curve.recall.tolist()
    (8.0, [0.75, 1.0])
    """

    weight: Floats
    right: Ints
    found: Ints
    true: int

    @property
    def precision(self) -> Floats:
        """The share of the pairs that are true, threshold by threshold."""
        return np.asarray(self.right / self.found, dtype=np.float64)

    @property
    def recall(self) -> Floats:
        """The share of the true pairs that are found."""
        return np.asarray(self.right / self.true, dtype=np.float64)

    @property
    def f1(self) -> Floats:
        """The harmonic mean of both."""
        return np.asarray(2 * self.right / (self.found + self.true), dtype=np.float64)

    @property
    def best(self) -> float:
        """The threshold with the highest F1; the higher one of two as good."""
        return float(self.weight[int(np.argmax(self.f1))])

    def at(self, weight: float) -> Rates:
        """Precision and recall at one threshold.

        Args:
            weight: In bits; 0 stands for a chance of one half.
        """
        many = int((self.weight >= weight).sum())
        right, found = (int(one[many - 1]) if many else 0 for one in (self.right, self.found))
        return rates(right, found, self.true)

    def as_dict(self) -> dict[str, Any]:
        """Plain data: one list a column."""
        names = ("weight", "precision", "recall", "f1")
        return {"true": self.true, **{name: getattr(self, name).tolist() for name in names}}

    def text(self, locale: str = "en") -> str:
        """A few thresholds, evenly spaced, and the best one."""
        heads = " ".join(
            f"{label(f'curve.{name}', locale):>10}" for name in ("weight", "precision", "recall")
        )
        rows = [
            f"{self.weight[at]:>10.1f} {self.precision[at]:>10.3f} {self.recall[at]:>10.3f}"
            for at in self._shown()
        ]
        return "\n".join([heads, *rows, f"{label('curve.best', locale)}: {self.best:.1f}"])

    def _shown(self) -> list[int]:
        last = len(self.weight) - 1
        return sorted({round(at) for at in np.linspace(0, last, min(_SHOWN, last + 1))})

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            [f"{one[at]:.3f}" for one in (self.weight, self.precision, self.recall, self.f1)]
            for at in self._shown()
        ]
        return html_table(heads(locale, "weight", "precision", "recall", "f1"), rows)


def threshold_curve(
    pairs: object, table: object, truth: str, *, record: str | None = None
) -> ThresholdCurve:
    """What each threshold on the weight of a pair would find.

    Args:
        pairs: Weighed pairs, as `Matcher.pairs` gives them: ``left_id``, ``right_id``,
            ``match_weight``.
        table: The records.
        truth: The column that says which customer each record truly is; pairs with a record whose
            truth is missing are left out.
        record: The column with the ids of the records; None takes ``customer_id``, ``record_id``
            or ``id``.

    Raises:
        MissingColumnError: A column is not there.
        DataError: A pair names a record that the table lacks.
        NotEnoughDataError: No two records are truly one customer, or no pair is left.

    >>> people = [{"id": 1, "who": "a"}, {"id": 2, "who": "a"}, {"id": 3, "who": "b"}]
    >>> weighed = [
    ...     {"left_id": 1, "right_id": 2, "match_weight": 9.5},
    ...     {"left_id": 2, "right_id": 3, "match_weight": 1.0},
    ... ]
    >>> curve = threshold_curve(weighed, people, "who")
    >>> curve.best, curve.at(0.0).text()
    (9.5, '0.500 / 1.000 / 0.667')
    """
    lines, records = frames.table(pairs), frames.table(table)
    lines.require((*_SIDES, "match_weight"))
    records.require((truth,))
    right = held(records, truth).at
    sides = [right[_rows(lines, side, records, record)] for side in _SIDES]
    known = (sides[0] >= 0) & (sides[1] >= 0)
    weight = np.asarray(lines.read({"match_weight": "number"})["match_weight"])[known]
    same = (sides[0] == sides[1])[known]
    true = Agreement.of(right[right >= 0], right[right >= 0]).true_pairs
    if not true or not len(weight):
        msg = f"{true} pairs of records are truly one customer and {len(weight)} were weighed"
        raise NotEnoughDataError(msg)
    return _curve(weight, same.astype(np.int64), true)


def _curve(weight: Floats, same: Ints, true: int) -> ThresholdCurve:
    order = np.argsort(-weight, kind="stable")
    sorted_weight = weight[order]
    last = np.flatnonzero(np.append(sorted_weight[1:] != sorted_weight[:-1], [True]))
    right = np.cumsum(same[order])[last].astype(np.int64)
    return ThresholdCurve(sorted_weight[last], right, (last + 1).astype(np.int64), true)


def _rows(pairs: Table[Any], side: str, records: Table[Any], column: str | None) -> Index:
    ids = ids_of(records, column)
    if ids.column is None:
        return np.asarray(pairs.read({side: "number"})[side]).astype(np.intp)
    ids.refuse_repeats()
    known, asked = records.keys(ids.column), pairs.keys(side)
    found: Index = np.append(known.first, [-1])[align(known, asked)][asked.at]
    if (found < 0).any():
        msg = "a pair names a record that the table does not have"
        raise DataError(msg, side, int(np.flatnonzero(found < 0)[0]))
    return found
