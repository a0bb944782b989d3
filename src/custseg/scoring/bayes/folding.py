"""What counts say of customers that they have not seen."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.scoring.effects.field import Cells

FOLDS: Final = 5


def out_of_fold(cells: Sequence[Cells], won: Bools, shrink: float, *, folds: int = FOLDS) -> Floats:
    """Log-odds of each customer by the counts of the others' folds.

    Customers are put into folds in turn, in the order of their cells and their outcome: in what
    order the rows came does not matter, and each fold has its share of everything.

    Args:
        cells: The cells of the columns.
        won: Whether each customer was won.
        shrink: By how many customers of the usual rate each cell is drawn to it.
        folds: How many folds.

    >>> same = Cells(np.zeros(10, dtype=np.intp), 1)
    >>> out_of_fold([same], np.arange(10) % 2 == 0, 10.0).round(6).tolist()[:2]
    [0.0, 0.0]
    """
    fold = np.empty(len(won), dtype=np.intp)
    fold[np.lexsort((won, *(one.at for one in cells)))] = np.arange(len(won)) % folds
    many, few = _counts(fold, np.zeros_like(fold), 1, won, folds)
    rate = (few + 0.5) / (many + 1.0)
    prior = np.log(rate / (1 - rate))[:, 0]
    total = prior[fold]
    for one in cells:
        rows, cases = _counts(fold, one.at, one.size, won, folds)
        odds = (cases + shrink * rate) / (rows - cases + shrink * (1 - rate))
        total = total + (np.log(odds) - prior[:, None])[fold, one.at]
    return np.asarray(total, dtype=np.float64)


def _counts(fold: Index, at: Index, size: int, won: Bools, folds: int) -> tuple[Floats, Floats]:
    """Customers, and won ones, of each cell (column) outside each fold (row)."""
    place = fold * size + at
    rows, cases = (
        np.bincount(place, weights, minlength=folds * size).reshape(folds, size).astype(np.float64)
        for weights in (None, won.astype(np.float64))
    )
    return rows.sum(axis=0) - rows, cases.sum(axis=0) - cases
