"""How do outcomes come in? Two classes beside a table, and what each row counts for."""

from collections.abc import Iterable
from typing import Any

import attrs
import numpy as np
from sklearn.utils import check_array, column_or_1d
from sklearn.utils.multiclass import check_classification_targets, type_of_target

from custseg import frames
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import Attachable, Table

_BOTH = 2
_checked: Any = check_array  # its inferred types say that dtypes are texts


@attrs.frozen(eq=False)
class Taught:
    """A table to learn from, with the outcomes as a column of it.

    Attributes:
        table: The table; the outcome is 1 or 0 there.
        outcome: The column of outcomes.
        weight: The column of weights, if any.
        classes: The two classes; the second is 1.
    """

    table: Table[Any]
    outcome: str
    weight: str | None
    classes: Any


def taught(table: Table[Any], y: object, sample_weight: object = None) -> Taught:
    """Put outcomes beside the rows.

    Args:
        table: The columns to learn from.
        y: One class a row, of two.
        sample_weight: What each row counts for.

    Raises:
        ValueError: There are not two classes, or their number is not that of the rows.
    """
    given, weights = _classes_of(y, table.size), _weights_of(sample_weight, table.size)
    if weights is not None and not (counts := weights != 0).all():
        rows = np.flatnonzero(counts)  # who counts for nothing must not even move an edge
        table, given, weights = frames.table(table.take(rows)), given[rows], weights[rows]
    classes, at = np.unique(given, return_inverse=True)
    _check_both(classes, y)
    outcome = _free(str(getattr(y, "name", None) or "outcome"), table.columns)
    beside: dict[str, Attachable] = {outcome: at.astype(np.float64)}
    if weights is None:
        return Taught(frames.table(table.attach(beside)), outcome, None, classes)
    weight = _free("weight", (*table.columns, outcome))
    beside[weight] = weights
    return Taught(frames.table(table.attach(beside)), outcome, weight, classes)


def _check_both(classes: Any, y: object) -> None:  # noqa: ANN401 - an array
    if len(classes) < _BOTH:
        msg = f"learning needs two classes in y; there is 1 class, {classes[0]}"
        raise NotEnoughDataError(msg)
    if len(classes) > _BOTH:
        kind = type_of_target(y, input_name="y")
        msg = f"Only binary classification is supported. The type of the target is {kind}."
        raise DataError(msg)


def _classes_of(y: object, rows: int) -> Any:  # noqa: ANN401 - any class that numpy holds
    if y is None:
        msg = "this learns from outcomes: it requires y to be passed, but the target y is None"
        raise DataError(msg)
    flat = column_or_1d(y, warn=True)
    given = _checked(flat, ensure_2d=False, dtype=None, input_name="y", ensure_min_samples=0)
    check_classification_targets(given)
    _same_length(given, rows, "y")
    return given


def _weights_of(sample_weight: object, rows: int) -> Any:  # noqa: ANN401 - an array, or none
    if sample_weight is None:
        return None
    given: Any = _checked(
        sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight"
    )
    if given.ndim != 1:
        msg = f"sample_weight is one number a row, got an array of shape {given.shape}"
        raise DataError(msg)
    _same_length(given, rows, "sample_weight")
    if not given.any():
        msg = "every sample_weight is zero: nobody counts"
        raise NotEnoughDataError(msg)
    return given


def _same_length(given: Any, rows: int, name: str) -> None:  # noqa: ANN401 - an array
    if len(given) != rows:
        msg = f"{name} has {len(given)} values for {rows} rows of X"
        raise DataError(msg)


def _free(name: str, taken: Iterable[str]) -> str:
    """A name that no column has yet."""
    there = set(taken)
    while name in there:
        name += "_"
    return name
