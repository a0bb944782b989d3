"""Loads read from both sides: what each customer weighs, and the limits of each group."""

from collections.abc import Sequence
from typing import NoReturn

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.loads import Load, Loads
from custseg.allocate.wishing.columns import codes, numbers
from custseg.allocate.wishing.sides import Side
from custseg.errors import CapacityError, DataError
from custseg.frames.vector import holds


def compiled(
    loads: Sequence[Load],
    customers: Side,
    reps: Side,
    *,
    counted: Bools | None = None,
    away: Bools | None = None,
) -> Loads:
    """Loads over the customers and representatives of a plan.

    Args:
        loads: The settings.
        customers: The customers, with the columns of each load's ``needs``.
        reps: The representatives, with the columns of each load's ``rep_needs``.
        counted: The customers to be shared out, of which fair shares are taken; all by default.
        away: Who gets nobody: has no minimum and no fair share.

    Raises:
        DataError: A measure is negative, not finite, or empty where that is refused.
        CapacityError: A limit of a representative cannot be read, or contradicts another.

    >>> from custseg.allocate.wishing.sides import read_side
    >>> from custseg.frames import table
    >>> people = [{"id": 1, "revenue": 30.0}, {"id": 2, "revenue": 70.0}]
    >>> load = Load("revenue", band=0.2)
    >>> customers = read_side(table(people), "id", load.needs)
    >>> made = compiled([load], customers, read_side(table([{"id": "R1"}, {"id": "R2"}]), "id", {}))
    >>> [array.tolist() for array in (made.lo[0], made.hi[0])]
    [[40.0, 40.0], [60.0, 60.0]]
    """
    none = np.zeros(reps.size, dtype=np.bool_)
    team = _Team(reps, none if away is None else away)
    every = np.ones(customers.size, dtype=np.bool_)
    heard = every if counted is None else counted
    made = [_one(load, customers, team, heard) for load in loads]
    return Loads(
        tuple(load.title for load in loads),
        np.array([one.weight for one in made]).reshape(len(made), customers.size),
        np.array([one.at for one in made], dtype=np.intp).reshape(len(made), reps.size),
        tuple(one.lo for one in made),
        tuple(one.hi for one in made),
        tuple(one.names for one in made),
        tuple(one.effort for one in made),
        tuple(load.band for load in loads),
        tuple(one.share for one in made),
        tuple(one.assumed for one in made),
    )


@attrs.frozen(eq=False)
class _Team:
    side: Side
    away: Bools


@attrs.frozen(eq=False)
class _One:
    """One load in arrays."""

    weight: Floats
    assumed: int
    effort: Floats | None
    at: Index
    names: tuple[object, ...]
    lo: Floats
    hi: Floats
    share: Floats


def _one(load: Load, customers: Side, team: _Team, counted: Bools) -> _One:
    weight, assumed = _weight(load, customers)
    at, names = _groups(load, team)
    low = _limit(load, team, at, names, side="low")
    high = _limit(load, team, at, names, side="high")
    share = np.zeros(len(names))
    if load.band is not None:
        share = _share(load, team, at, names)
        fair = share * float(np.sort(weight[counted]).sum())
        low = np.maximum(low, (1 - load.band) * fair)
        high = np.minimum(high, (1 + load.band) * fair)
    for g in np.flatnonzero(low > high)[:1].tolist():
        _refuse(load, names[g], f"a minimum of {low[g]:g} above its maximum of {high[g]:g}")
    effort = None
    if load.effort is not None:
        effort = load.effort.factors(customers.columns, team.side.columns)
    return _One(weight, assumed, effort, at, names, low, high, share)


def _weight(load: Load, customers: Side) -> tuple[Floats, int]:
    """What each customer weighs, and how many had to be stood in for."""
    counts = np.ones(customers.size, dtype=np.bool_)
    if load.where is not None:
        counts = np.asarray(holds(load.where, customers.columns, customers.size))
    if load.measure is None:
        return counts.astype(np.float64), 0
    given = numbers(customers.columns, load.measure)
    empty = np.isnan(given) & counts
    if empty.any() and load.missing is None:
        msg = (
            f"is empty for {int(empty.sum())} customers that count, and missing is not 0: fill it "
            "in, or say with Load(missing=...) what stands in"
        )
        raise DataError(msg, load.measure, int(customers.rows[empty].min()))
    given = np.where(empty, load.missing or 0.0, given)
    below = counts & (given < 0) & np.isfinite(given)
    if load.below_zero == "zero":
        given = np.where(below, 0.0, given)
    wrong = counts & ~((given >= 0) & np.isfinite(given))
    if wrong.any():
        msg = (
            f"is below 0 or infinite for {int(wrong.sum())} customers that count, and a load is 0 "
            'or more: take another column, or say with Load(below_zero="zero") that a number below '
            "0 weighs nothing"
        )
        raise DataError(msg, load.measure, int(customers.rows[wrong].min()))
    return np.where(counts, given, 0.0), int((empty | below).sum())


def _groups(load: Load, team: _Team) -> tuple[Index, tuple[object, ...]]:
    if load.by is None:
        return np.arange(team.side.size), tuple(team.side.ids)
    said = codes(team.side.columns, load.by)
    used = tuple(sorted({word for word in said.texts() if word is not None}))
    return said.recode(used), used


def _limit(load: Load, team: _Team, at: Index, names: tuple[object, ...], *, side: str) -> Floats:
    """The least or the most of each group."""
    low = side == "low"
    column: str | None = getattr(load, f"{side}_column")
    alone: float | None = getattr(load, side)
    if column is None:
        value = (0.0 if low else np.inf) if alone is None else alone
        out = np.full(len(names), float(value))
    else:
        out = _agreed(load, column, _cells(load, team, column, low=low), at, names)
    if low:
        working = np.bincount(at[(at >= 0) & ~team.away], minlength=len(names)) > 0
        out = np.where(working, out, 0.0)
    return out


def _cells(load: Load, team: _Team, column: str, *, low: bool) -> Floats:
    given = numbers(team.side.columns, column)
    if low:
        given = np.nan_to_num(given, nan=0.0, posinf=np.inf)
    for j in np.flatnonzero(np.isnan(given))[:1].tolist():
        why = f"no {column}: unknown is not unlimited; give a number"
        _refuse(load, team.side.ids[j], why)
    for j in np.flatnonzero(given < 0)[:1].tolist():
        _refuse(load, team.side.ids[j], f"{column} {given[j]:g}: give 0 or more")
    return given


def _agreed(load: Load, column: str, cells: Floats, at: Index, names: tuple[object, ...]) -> Floats:
    """One number a group: all who are of it must say the same."""
    out = np.zeros(len(names))
    bound = np.flatnonzero(at >= 0)
    out[at[bound]] = cells[bound]
    for j in bound[out[at[bound]] != cells[bound]][:1].tolist():
        why = f"different numbers in {column}: the limit is on all together, give each the same"
        _refuse(load, names[at[j]], why)
    return out


def _share(load: Load, team: _Team, at: Index, names: tuple[object, ...]) -> Floats:
    """The part of each group in the whole, by its column or equal for every representative."""
    given = np.ones(team.side.size)
    if load.share is not None:
        given = numbers(team.side.columns, load.share)
        for j in np.flatnonzero(~((given >= 0) & np.isfinite(given)))[:1].tolist():
            why = f"no {load.share} of 0 or more: fair shares need a finite number of each"
            _refuse(load, team.side.ids[j], why)
    inside = (at >= 0) & ~team.away
    sums = np.bincount(at[inside], given[inside], minlength=len(names)).astype(np.float64)
    whole = float(sums.sum())
    return sums / whole if whole > 0 else sums


def _refuse(load: Load, name: object, why: str) -> NoReturn:
    msg = f"load {load.title!r}: {name!r} has {why}"
    raise CapacityError(msg)
