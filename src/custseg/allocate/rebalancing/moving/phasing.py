"""Which move on which day: the largest gain per move first, limits kept on every evening."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.rebalancing.moving.evenings import Carried, in_turn
from custseg.allocate.rebalancing.moving.exchanges import Exchanges


@attrs.frozen(eq=False)
class Staged:
    """The stage of each move.

    Attributes:
        stage: For each moved row, from 0.
        size: How many stages there are.
        over: Stages that move more than a day's share: a ring of exchanges is done at once.
    """

    stage: Index
    size: int
    over: tuple[int, ...]


def staged(
    moves: Exchanges,
    gain: Floats,
    weight: Floats,
    *,
    daily: float,
    carried: Carried | None = None,
) -> Staged:
    """Pack chains and rings into days.

    A chain may be cut between days, since its last move, into free room, is done first. A ring
    is done on one day, or somebody would be over a limit on the evening between.

    Args:
        moves: Chains and rings.
        gain: What each row gains.
        weight: What each row counts in a day's share.
        daily: A day's share; infinity: all on one day.
        carried: Loads beside the number of customers: what would be too much for somebody waits
            until there is room.

    >>> from custseg.allocate.rebalancing.moving.exchanges import exchanges
    >>> before, after = np.array([-1, -1, -1]), np.array([0, 0, 0])
    >>> found = exchanges(before, after, np.array([0.1, 0.9, 0.5]), reps=1)
    >>> staged(found, np.array([0.1, 0.9, 0.5]), np.ones(3), daily=2).stage.tolist()
    [1, 0, 0]
    """
    stage = np.zeros(moves.rows.size, dtype=np.intp)
    today, used, over = 0, 0.0, list[int]()
    queue = _by_rate(moves, gain)
    if carried is not None:
        order = in_turn([moves.rows[members] for members, _ in queue], carried)
        queue = [queue[group] for group in order]
    for members, whole in queue:
        loads = weight[moves.rows[members]].tolist()
        bundles = (
            [(members, sum(loads))]
            if whole
            else [
                (np.array([member]), load)
                for member, load in zip(members.tolist(), loads, strict=True)
            ]
        )
        for some, load in bundles:
            if used and used + load > daily:
                today, used = today + 1, 0.0
            if load > daily:
                over.append(today)
            stage[some] = today
            used += load
    return Staged(stage, today + 1 if stage.size else 0, tuple(dict.fromkeys(over)))


def _by_rate(moves: Exchanges, gain: Floats) -> list[tuple[Index, bool]]:
    """Members of each group in the order to be done, groups by gain per move."""
    sizes = np.bincount(moves.group, minlength=moves.size)
    rate = moves.total(gain) / np.maximum(sizes, 1)
    members = np.lexsort((moves.step, moves.group))
    parts = np.split(members, np.cumsum(sizes)[:-1]) if moves.size else []
    order = np.lexsort((np.arange(moves.size), -np.round(rate, 9))).tolist()
    return [(parts[group], bool(moves.whole[group])) for group in order]
