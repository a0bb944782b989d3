"""Which class is each number in? Columns cut as tiers are."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from sklearn.base import OneToOneFeatureMixin, TransformerMixin

from custseg._typing import Floats
from custseg.errors import CustsegError, DataError
from custseg.frames import Table
from custseg.sklearn.adapter import Adapter
from custseg.tiering import Cuts, Cutter, Quantiles

if TYPE_CHECKING:
    from collections.abc import Mapping


class Discretizer(OneToOneFeatureMixin, TransformerMixin, Adapter):
    """Each column of numbers as the class that it is in, 0 the lowest.

    Beside scikit-learn's ``KBinsDiscretizer`` it takes any cutter of ``custseg.tiering``:
    natural breaks (exact), head and tail, shares of the sum (Pareto), quotas, your own
    thresholds. Equal values are never split, and what is missing stays missing (NaN).

    Args:
        cutter: Where to cut each column; ``None``: five classes of equal size.

    Attributes:
        cuts_: The cut points of each column, by its name (of an array ``x0``, ``x1``, ...).
        n_features_in_: Number of columns of ``X``.
        feature_names_in_: Their names, where they have names.

    >>> from custseg.tiering import NaturalBreaks
    >>> cut = Discretizer(NaturalBreaks(2)).fit([[1.0], [2.0], [40.0], [41.0]])
    >>> cut.transform([[1.5], [90.0]]).ravel().tolist(), cut.cuts_["x0"].points
    ([0.0, 1.0], (2.0,))
    """

    _words: ClassVar[bool] = False

    def __init__(self, cutter: Cutter | None = None) -> None:
        self.cutter = cutter

    def fit(self, X: object, y: object = None) -> Self:  # noqa: ARG002, N803 - scikit-learn's
        """Choose the cut points of each column.

        Args:
            X: Columns of numbers.
            y: Not looked at.

        Raises:
            ValueError: A column holds no numbers, or none is known.
        """
        table = self._opened(X, fit=True)
        cutter = self._setting("cutter")
        self.cuts_: Mapping[str, Cuts] = {
            name: _cut(cutter, _numbers(table, name), name) for name in table.columns
        }
        return self

    def transform(self, X: object) -> Any:  # noqa: ANN401, N803 - scikit-learn's
        """The class of each number.

        Args:
            X: The same columns.

        Returns:
            An array of the same shape; NaN where the number is missing.
        """
        table = self._opened(X, fit=False)
        return np.column_stack([_classes(c, _numbers(table, n)) for n, c in self.cuts_.items()])

    def _setting(self, name: str) -> Any:  # noqa: ANN401 - any cutter
        return Quantiles.of(5) if self.cutter is None else super()._setting(name)


def _numbers(table: Table[Any], name: str) -> Floats:
    return np.asarray(table.read({name: "number"})[name], dtype=np.float64)


def _cut(cutter: Cutter, values: Floats, name: str) -> Cuts:
    try:
        return cutter.cuts(values)
    except CustsegError as error:
        raise DataError(str(error), name) from error


def _classes(cuts: Cuts, values: Floats) -> Floats:
    found = cuts.codes(values).astype(np.float64)
    found[found < 0] = np.nan
    return found
