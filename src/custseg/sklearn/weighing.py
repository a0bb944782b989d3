"""What does each value say of the outcome? Columns as their weight of evidence."""

from typing import TYPE_CHECKING, Any, Self, cast

import attrs
import numpy as np
from sklearn.base import OneToOneFeatureMixin, TransformerMixin
from sklearn.utils import ClassifierTags, Tags

from custseg._typing import Codes, Floats
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.scoring import BinningTable, WeightOfEvidence
from custseg.sklearn.adapter import Adapter
from custseg.sklearn.supervised import taught

if TYPE_CHECKING:
    from collections.abc import Mapping


class EvidenceEncoder(OneToOneFeatureMixin, TransformerMixin, Adapter):
    """Each column as the weight of evidence of its bin: numbers for any linear model.

    Numbers are cut into the bins that best tell the second class of ``y`` from the first, words
    are bins of their own, and so is what is missing. Columns that can tell nothing (ids, dates,
    texts that nearly all differ, one value only) are left out; what a value adds that was never
    seen is 0.

    Args:
        spec: How columns are chosen and cut: ``binning``, ``by_column``, ``exclude`` of a
            ``WeightOfEvidence``; ``None``: its defaults.

    Attributes:
        tables_: The bins of each column, by its name (of an array ``x0``, ``x1``, ...), with
            rates, evidence and information values: ``tables_["source"].text()``.
        classes_: The two classes of ``y``.
        n_features_in_: Number of columns of ``X``.
        feature_names_in_: Their names, where they have names.

    Source: Siddiqi 2006, Credit Risk Scorecards.

    >>> X = [[float(i % 10)] for i in range(100)]
    >>> seen = EvidenceEncoder().fit(X, [i % 10 > 6 for i in range(100)])
    >>> seen.transform([[1.0], [9.0], [float("nan")]]).round(1).ravel().tolist()
    [-2.4, 2.4, 0.0]
    """

    def __init__(self, spec: WeightOfEvidence | None = None) -> None:
        self.spec = spec

    def fit(self, X: object, y: object, sample_weight: object = None) -> Self:  # noqa: N803 - scikit-learn's
        """Cut the columns.

        Args:
            X: One row a customer: a table of numbers and words, or an array.
            y: One of two classes a row.
            sample_weight: What each row counts for.

        Raises:
            ValueError: There are not two classes, or no column can tell anything.
        """
        learnt = taught(self._opened(X, fit=True), y, sample_weight)
        spec = attrs.evolve(self._setting("spec"), weight=learnt.weight)
        found = spec.tables(learnt.table, outcome=learnt.outcome, positive=1)
        if not found:
            msg = "no column can tell the classes apart: ids, dates, or the same everywhere"
            raise NotEnoughDataError(msg)
        self.tables_: Mapping[str, BinningTable] = {
            name: found[name] for name in learnt.table.columns if name in found
        }
        self.classes_ = learnt.classes
        return self

    def transform(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """The evidence of each value.

        Args:
            X: The same columns.

        Returns:
            An array, one column for each of ``get_feature_names_out``.
        """
        table = self._opened(X, fit=False)
        return np.column_stack([_evidence(table, each) for each in self.tables_.values()])

    def get_feature_names_out(self, input_features: object = None) -> Any:  # noqa: ANN401 - an array
        """The columns that ``transform`` gives: those of ``X`` that were not left out.

        Args:
            input_features: The names of the columns of ``X``, which are checked.
        """
        super().get_feature_names_out(input_features)
        return np.array(list(self.tables_), dtype=object)

    def _setting(self, name: str) -> Any:  # noqa: ANN401 - a spec
        given = super()._setting(name)
        return WeightOfEvidence() if given is None else given

    def __sklearn_tags__(self) -> Tags:
        """It needs two classes."""
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        tags.classifier_tags = ClassifierTags(multi_class=False)
        return cast("Tags", tags)


def _evidence(table: Table[Any], bins: BinningTable) -> Floats:
    """The weight of evidence of each row in one column."""
    kinds = {each.kind for each in bins.bins}
    if kinds & {"words", "other"}:
        return _of_words(bins, cast("Codes", table.read({bins.column: "text"})[bins.column]))
    return _of_numbers(bins, cast("Floats", table.read({bins.column: "number"})[bins.column]))


def _of_words(bins: BinningTable, codes: Codes) -> Floats:
    said = list(zip(bins.bins, bins.woe.tolist(), strict=True))
    by_word = {word: woe for each, woe in said for word in each.words}
    alone = {each.kind: woe for each, woe in said}
    unseen, unknown = alone.get("other", 0.0), alone.get("missing", 0.0)
    return np.array([*(by_word.get(w, unseen) for w in codes.words), unknown])[codes.at]


def _of_numbers(bins: BinningTable, values: Floats) -> Floats:
    said = list(zip(bins.bins, bins.woe.tolist(), strict=True))
    bands = [woe for each, woe in said if each.kind == "band"] or [0.0]
    found: Floats = np.array(bands)[np.searchsorted(bins.edges, values, side="right")]
    for each, woe in said:
        if each.kind == "special":
            found[values == each.high] = woe
    unknown = next((woe for each, woe in said if each.kind == "missing"), 0.0)
    return np.where(np.isnan(values), unknown, found)
