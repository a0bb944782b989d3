"""Weights from how much the columns tell customers apart: entropy, CRITIC, deviation, MEREC."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias

import numpy as np

from custseg._typing import Bools, Floats
from custseg.errors import DataError, NotEnoughDataError

Method: TypeAlias = Literal["entropy", "critic", "deviation", "merec"]
_MOST: Final = 500  # powers of two
_SLIGHT: Final = 1e-4
_NEAR: Final = 1e-12  # correlations of 1 are no nearer to it than that
_TINY: Final = 1e-300


def weights_of(method: Method, rows: Floats, lower: Bools) -> Floats:
    """Weights of the columns of a matrix, summing to 1; they do not depend on the order of rows.

    Args:
        method: How.
        rows: Customers by columns, nothing missing.
        lower: Of which columns less is better.

    Raises:
        NotEnoughDataError: There are not two rows, or no column tells them apart.
        DataError: A value is of a sign that the method cannot take.

    >>> rows = np.array([[1.0, 5.0], [2.0, 5.0], [9.0, 5.0]])
    >>> weights_of("critic", rows, np.zeros(2, dtype=bool)).tolist()
    [1.0, 0.0]
    """
    if len(rows) < 2:  # noqa: PLR2004 - a spread is between two
        msg = f"weights need two customers of whom every column is known, got {len(rows)}"
        raise NotEnoughDataError(msg)
    ordered = rows[np.lexsort(rows.T[::-1])]
    told = _METHODS[method](ordered, lower)
    total = float(told.sum())
    if not total > 0:
        msg = "every column has one value only, so none tells customers apart; weigh by judgement"
        raise NotEnoughDataError(msg)
    return told / total


def refused(method: Method, values: Floats) -> str | None:
    """Why a method cannot take a column, ``None`` where it can.

    >>> refused("entropy", np.array([1.0, -2.0]))
    'has a value below 0, which entropy cannot take; use critic'
    """
    if not np.isfinite(values).all():
        return "holds an infinite value; weights need finite ones"
    if method == "entropy" and (values < 0).any():
        return "has a value below 0, which entropy cannot take; use critic"
    if method == "merec" and (values <= 0).any():
        return "has a value that is not above 0, which merec cannot take; use critic"
    return None


def _entropy(rows: Floats, _lower: Bools) -> Floats:
    """Shannon 1948; as weights: Zeleny 1982, "Multiple Criteria Decision Making".

    One less the entropy is the mean of r ln r - r + 1, r the ratio to the mean: no term is below
    0, so columns that hardly differ are not lost in rounding.
    """
    rows = _within(rows)
    mean = rows.mean(axis=0)
    off = rows / np.where(mean > 0, mean, 1.0) - 1.0
    ratio = np.maximum(off + 1.0, _TINY)
    terms = np.where(np.abs(off) < _SLIGHT, off**2 / 2 - off**3 / 6, ratio * np.log(ratio) - off)
    told: Floats = terms.mean(axis=0) / np.log(len(rows))
    alike = (rows == rows[0]).all(axis=0)
    told[alike] = 0.0
    return np.maximum(told, 0.0)


def _within(rows: Floats) -> Floats:
    """Columns by a power of two, which changes no ratio, so that no sum overflows."""
    _, power = np.frexp(np.abs(rows).max(axis=0))
    return np.where(power > _MOST, np.ldexp(rows, -power), rows)


def _ranged(rows: Floats, lower: Bools) -> Floats:
    rows = _within(rows)
    low, high = rows.min(axis=0), rows.max(axis=0)
    share: Floats = (rows - low) / np.where(high > low, high - low, 1.0)
    share[:, lower] = 1.0 - share[:, lower]
    return share


def _deviation(rows: Floats, lower: Bools) -> Floats:
    """Diakoulaki, Mavrotas and Papayannakis 1995, Computers and Operations Research 22(7)."""
    return np.asarray(_ranged(rows, lower).std(axis=0, ddof=1), dtype=np.float64)


def _critic(rows: Floats, lower: Bools) -> Floats:
    """Diakoulaki, Mavrotas and Papayannakis 1995, Computers and Operations Research 22(7)."""
    share = _ranged(rows, lower)
    spread = share.std(axis=0, ddof=1)
    tells = spread > 0
    unit = (share - share.mean(axis=0)) / np.where(tells, spread, 1.0)
    columns = range(rows.shape[1])
    # one pair at a time: a product of long matrices would wake the threads of the algebra library
    alike = np.array([[float((unit[:, i] * unit[:, j]).sum()) for j in columns] for i in columns])
    conflict = np.where(tells, 1.0 - alike / (len(rows) - 1), 0.0)
    conflict[conflict < _NEAR] = 0.0
    told = np.where(tells, spread * conflict.sum(axis=1), 0.0)
    return told if told.any() else spread  # where all say the same none is in conflict


def _merec(rows: Floats, lower: Bools) -> Floats:
    """Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene 2021, Symmetry 13(4)."""
    low, high = np.log(rows.min(axis=0)), np.log(rows.max(axis=0))
    spread: Floats = np.log(rows)
    logs: Floats = (spread - low) / rows.shape[1]
    logs[:, lower] = ((high - spread) / rows.shape[1])[:, lower]
    whole = logs.sum(axis=1, keepdims=True)
    moved: Floats = np.abs(np.log1p(whole - logs) - np.log1p(whole)).sum(axis=0)
    return moved


_METHODS: Final[Mapping[str, Callable[[Floats, Bools], Floats]]] = {
    "entropy": _entropy,
    "critic": _critic,
    "deviation": _deviation,
    "merec": _merec,
}
METHODS: Final[tuple[Method, ...]] = ("entropy", "critic", "deviation", "merec")


def known_rows(columns: Mapping[str, Floats], policy: Literal["leave", "middle"]) -> Floats:
    """Customers by columns, what is missing dealt with.

    Args:
        columns: Values, NaN where missing.
        policy: ``leave`` out rows where one is missing; ``middle``: the median stands for it.

    Raises:
        DataError: Nothing is known of a column.

    >>> known_rows({"a": np.array([1.0, np.nan, 3.0])}, "middle").tolist()
    [[1.0], [2.0], [3.0]]
    """
    for name, values in columns.items():
        if len(values) and np.isnan(values).all():
            msg = "holds nothing that is known; leave the column out"
            raise DataError(msg, name)
    rows = np.column_stack(list(columns.values()))
    blank = np.isnan(rows)
    if policy == "leave":
        return rows[~blank.any(axis=1)]
    return np.where(blank, np.nanmedian(rows, axis=0) if len(rows) else 0.0, rows)
