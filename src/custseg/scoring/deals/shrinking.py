"""How far may the cells of a column differ? As far as they differ more than by chance."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

_SURE: Final = 1.645  # a spread that chance alone exceeds once in twenty times
_ROUNDS: Final = 8
_FAR: Final = 4.0  # log-odds that no cell is further from the others
_FLAT: Final = 1e-9


@attrs.frozen(eq=False)
class Cells:
    """A column of closed deals as cells.

    Attributes:
        at: The cell of each deal.
        size: Number of cells.
    """

    at: Index
    size: int


def effects(columns: list[Cells], won: Bools, offset: Floats) -> list[Floats]:
    """Log-odds that each cell of each column adds; all 0 where cells differ no more than by chance.

    Each column is weighed while the others stand still, a few times in turn, so that what two of
    them say alike is not counted twice.

    Args:
        columns: The columns.
        won: Whether a deal was won.
        offset: Log-odds of each deal before.

    Source: random effects by the method of moments, DerSimonian and Laird 1986, Controlled
    Clinical Trials 7(3), around a step of Newton; Cochran's Q tells whether there are any.

    >>> cells = Cells(np.repeat([0, 1], 200), 2)
    >>> won = np.concatenate([np.arange(200) < 150, np.arange(200) < 50])
    >>> [round(x, 2) for x in effects([cells], won, np.zeros(400))[0].tolist()]
    [1.09, -1.09]
    >>> effects([cells], np.arange(400) % 2 == 0, np.zeros(400))[0].tolist()
    [0.0, 0.0]
    """
    found = [np.zeros(column.size) for column in columns]
    for _ in range(_ROUNDS):
        for i, column in enumerate(columns):
            rest = offset + sum(
                (found[j][other.at] for j, other in enumerate(columns) if j != i),
                np.zeros(len(offset)),
            )
            found[i] = _column(column, won, rest, found[i])
    return found


def _column(column: Cells, won: Bools, rest: Floats, before: Floats) -> Floats:
    chance = 1.0 / (1.0 + np.exp(-(rest + before[column.at])))
    wins = np.bincount(column.at[won], minlength=column.size)
    said = _summed(column, chance)
    told = _summed(column, chance * (1.0 - chance))
    own = before + (wins - said) / np.maximum(told, _FLAT)
    own[told < _FLAT] = 0.0
    spread = _spread(own, told)
    if spread is None:
        return np.zeros(column.size)
    middle = float((told * own).sum() / told.sum())
    return np.clip((own - middle) * spread * told / (1.0 + spread * told), -_FAR, _FAR)


def _summed(column: Cells, values: Floats) -> Floats:
    """Sums by cell in whole billionths: any order of deals gives the same."""
    total = np.zeros(column.size, dtype=np.int64)
    np.add.at(total, column.at, np.rint(values * 1e9).astype(np.int64))
    return total / 1e9


def _spread(own: Floats, told: Floats) -> float | None:
    """By how much true effects vary; ``None`` where chance explains all of it."""
    used = told > _FLAT
    free = int(np.count_nonzero(used)) - 1
    if free < 1:
        return None
    weight, value = told[used], own[used]
    middle = float((weight * value).sum() / weight.sum())
    beyond = float((weight * (value - middle) ** 2).sum())
    if beyond <= free + _SURE * np.sqrt(2.0 * free):
        return None
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return (beyond - free) / scale if scale > 0 else None
