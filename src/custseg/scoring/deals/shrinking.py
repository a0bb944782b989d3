"""How far may the cells of a column differ? As far as they differ more than by chance."""

from typing import Final

import numpy as np

from custseg._typing import Bools, Floats
from custseg.scoring.effects.field import Cells

_SURE: Final = 1.645  # a spread that chance alone exceeds once in twenty times
_ROUNDS: Final = 8
_FAR: Final = 4.0  # log-odds that no cell is further from the others
_FLAT: Final = 1e-9


def effects(columns: list[Cells], won: Bools, offset: Floats) -> tuple[list[Floats], float]:
    """Log-odds that each cell adds; all 0 of a column whose cells differ no more than by chance.

    Each column is weighed while the others stand still, a few times in turn, so that what two of
    them say alike is not counted twice.

    Args:
        columns: The columns.
        won: Whether a deal was won.
        offset: Log-odds of each deal before.

    Returns:
        The log-odds, cell by cell, of each column; and what is added to all deals, so that as many
        are foreseen to be won as before.

    Source: random effects by the method of moments, DerSimonian and Laird 1986, Controlled
    Clinical Trials 7(3), around a step of Newton; Cochran's Q tells whether there are any.

    >>> cells = Cells(np.repeat([0, 1], 200), 2)
    >>> won = np.concatenate([np.arange(200) < 150, np.arange(200) < 50])
    >>> [round(x, 2) for x in effects([cells], won, np.zeros(400))[0][0].tolist()]
    [1.09, -1.09]
    >>> effects([cells], np.arange(400) % 2 == 0, np.zeros(400))[0][0].tolist()
    [0.0, 0.0]
    """
    found = [np.zeros(column.size) for column in columns]
    level, share = 0.0, _exact(_chances(offset))
    for _ in range(_ROUNDS if columns else 0):
        for i, column in enumerate(columns):
            others = (found[j][other.at] for j, other in enumerate(columns) if j != i)
            rest = sum(others, offset + level)
            found[i] = _column(column, won, rest, found[i])
        added = sum((mine[c.at] for mine, c in zip(found, columns, strict=True)), offset)
        level = _levelled(added, share, level)
    return found, level


def _chances(log_odds: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-log_odds))


def _levelled(added: Floats, share: float, level: float) -> float:
    """What has to be added to all log-odds so that as many are foreseen as before."""
    for _ in range(_ROUNDS):
        chance = _chances(added + level)
        whole = _exact(chance * (1.0 - chance))
        level += (share - _exact(chance)) / max(whole, _FLAT)
    return level


def _exact(values: Floats) -> float:
    """A sum in whole billionths: any order of deals gives the same."""
    return float(np.rint(values * 1e9).astype(np.int64).sum()) / 1e9


def _column(column: Cells, won: Bools, rest: Floats, before: Floats) -> Floats:
    chance = _chances(rest + before[column.at])
    wins = np.bincount(column.at[won], minlength=column.size)
    said = _summed(column, chance)
    told = _summed(column, chance * (1.0 - chance))
    own = before + (wins - said) / np.maximum(told, _FLAT)
    own[told < _FLAT] = 0.0
    middle = float((told * own).sum() / max(float(told.sum()), _FLAT))
    return shrunk(own - middle, told)


def shrunk(own: Floats, told: Floats) -> Floats:
    """Effects held towards 0, the more so the less is told about them; all 0 if by chance.

    Args:
        own: The effect of each cell.
        told: How much is told about it: one by its variance.

    >>> shrunk(np.array([-1.0, 1.0]), np.array([50.0, 50.0])).round(2).tolist()
    [-0.99, 0.99]
    >>> shrunk(np.array([-0.1, 0.1]), np.array([50.0, 50.0])).tolist()
    [0.0, 0.0]
    """
    spread = _spread(own, told)
    if spread is None:
        return np.zeros(len(own))
    return np.clip(own * spread * told / (1.0 + spread * told), -_FAR, _FAR)


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
