"""Who is served when places are short: earlier rows first, whatever exchange it takes."""

from collections.abc import Iterator

import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.solving.grid import CELLS
from custseg.allocate.solving.seats.seating import seated
from custseg.allocate.solving.seats.shares import Shares, alike, packed
from custseg.allocate.solving.solver import eligible, whole

_CELLS = 1 << 18  # of groups by representatives: with more, rows are no more work


def cover(points: Floats, rows: Index, hi: Ints) -> Index:
    """The rows that are served when not all can be: earlier rows first.

    Source:
        The greedy algorithm on a transversal matroid: Edmonds and Fulkerson, "Transversals and
        matroid partition", J. Res. NBS 69B (1965).

    >>> import numpy as np
    >>> only = np.array([[1.0, np.nan], [0.5, np.nan], [0.2, 0.1]])
    >>> cover(only, np.arange(3), np.array([1, 1])).tolist()  # row 1 could only take row 0's place
    [0, 2]
    """
    hi = np.minimum(whole(hi), rows.size)
    words = _words(points, rows, hi)
    first, group = alike(words)
    if first.size * hi.size > _CELLS:
        return rows[seated(words, hi)]
    allowed = eligible(points[rows[first]], hi)
    if allowed.all():
        return rows[: int(hi.sum())]
    return rows[np.sort(served(group, allowed, hi))]


def _words(points: Floats, rows: Index, hi: Ints) -> Ints:
    """The choices of each row as bits."""
    step = max(1, CELLS // max(1, hi.size))
    parts = [
        packed(eligible(points[rows[start : start + step]], hi))
        for start in range(0, rows.size, step)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, 1), dtype=np.int64)


def served(group: Index, allowed: Bools, hi: Ints) -> Index:
    """The rows that are served, group by group: only where places are short does order count."""
    shares = Shares.of(np.zeros(allowed.shape, dtype=np.int64), allowed)
    room = hi.copy()
    sizes = np.bincount(group, minlength=len(allowed))
    left = let_in(shares, sizes, room)
    if not left.any():
        return np.flatnonzero(np.logical_or.reduce(allowed, axis=1)[group])
    starts: Bools = np.logical_or.reduce(allowed[left > 0], axis=0)
    short = np.greater_equal(shares.way(starts), 0)
    tight = inside(allowed, short)
    fine = np.flatnonzero(~tight[group])
    parts = [fine]
    for some, reps in _islands(allowed, np.flatnonzero(tight & allowed.any(axis=1))):
        place = np.full(len(allowed), -1, dtype=np.intp)
        place[some] = np.arange(some.size, dtype=np.intp)
        rows = np.flatnonzero(place[group] >= 0)
        kept = _in_turn(place[group[rows]], allowed[np.ix_(some, reps)], hi[reps])
        parts.append(rows[kept])
    return np.concatenate(parts)


def inside(allowed: Bools, reps: Bools) -> Bools:
    """Which groups have no choice but these.

    >>> inside(np.array([[True, False], [True, True]]), np.array([True, False])).tolist()
    [True, False]
    """
    other: Bools = np.logical_or.reduce(allowed & ~reps, axis=1)
    return ~other


def let_in(shares: Shares, sizes: Ints, room: Ints) -> Ints:
    """Let in whole groups, those with the fewest choices first; how many find no place."""
    left = np.zeros_like(sizes)
    order = np.argsort(shares.open.sum(axis=1), kind="stable")
    for number in order[sizes[order] > 0].tolist():
        left[number] = shares.admit(number, int(sizes[number]), room)
    return left


def _islands(allowed: Bools, some: Index) -> Iterator[tuple[Index, Index]]:
    """Groups and representatives that have nothing to do with the others."""
    waiting = some
    while waiting.size:
        reps = allowed[waiting[0]]
        while True:
            mine = (allowed[waiting] & reps).any(axis=1)
            wider = allowed[waiting[mine]].any(axis=0)
            if (wider == reps).all():
                break
            reps = wider
        yield waiting[mine], np.flatnonzero(reps)
        waiting = waiting[~mine]


def _in_turn(group: Index, allowed: Bools, hi: Ints) -> Index:
    """Earlier rows first, in runs as long as all of them find a place."""
    shares = Shares.of(np.zeros(allowed.shape, dtype=np.int64), allowed)
    room, kept = hi.copy(), [np.zeros(0, dtype=np.intp)]
    waiting, run = np.arange(group.size, dtype=np.intp), int(hi.sum())
    while waiting.size and run:
        some = waiting[:run]
        saved = shares.amounts.copy(), shares.links.copy(), room.copy()
        left = let_in(shares, np.bincount(group[some], minlength=len(allowed)), room)
        if not left.any():
            kept.append(some)
            waiting, run = waiting[run:], min(2 * run, int(room.sum()))
            continue
        shares.amounts[:], shares.links[:], room[:] = saved
        if run == 1:
            full = np.greater_equal(shares.way(allowed[group[some[0]]]), 0)
            lost = inside(allowed, full)
            waiting, run = waiting[~lost[group[waiting]]], max(1, int(room.sum()))
        else:
            run //= 2
    return np.concatenate(kept)
