"""Customers and their money by class, added up where the customers are."""

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Floats, Index, Ints
from custseg.features.fewest import FEWEST, hidden
from custseg.frames import Share, Table
from custseg.pipeline import Run

BY: Final = ("lifecycle", "lifecycle_state", "tier", "value_level", "potential_level")
"""What customers are divided by, as far as it was decided."""

MONEY: Final = "revenue"
RECENT: Final = "revenue_365d"
_FIRST, _LAST, _SURE = "first_purchase", "last_purchase", "score_confidence"
_PEOPLE: Final = "people"
_NOT_SURE: Final = 0.5
_STEPS: Final = 16  # buckets of money double within so many
_SUMS: Final = ("customers", "buyers", "paid", "units", "recent", "doubted")


@attrs.frozen(eq=False)
class Cube:
    """Sums by class.

    Attributes:
        by: Class of each cell, by what customers are divided by.
        words: The words of each division, in their order.
        customers: Customers of each cell.
        buyers: Those whose money is above 0.
        paid: Those whose money is not 0: refunds alone are below it.
        units: Their money of all time, in whole 1/10000.
        recent: Their money of 365 days.
        doubted: Customers whose score rests on less than half of what it asks for.
        first: The first purchase of all, in days; NaN where nobody bought.
        last: The last one.
        purses: How money lies among the buyers.
    """

    by: Mapping[str, Index]
    words: Mapping[str, tuple[str, ...]]
    customers: Ints
    buyers: Ints
    paid: Ints
    units: Ints
    recent: Ints
    doubted: Ints
    first: float
    last: float
    purses: "Purses"

    @property
    def shown(self) -> bool:
        """Whether so many paid that their money may be told."""
        return self.whole("buyers") >= FEWEST

    def open(self, name: str) -> list[bool]:
        """Of which classes of a division the money may be told: they are not too few."""
        many = self.sums(name, "paid")
        away = hidden([*many, self.whole("paid") - sum(many)]).tolist()
        return [not few for few in away[:-1]]

    def has(self, *names: str) -> bool:
        """Whether customers were divided by these."""
        return all(name in self.words for name in names)

    def sums(self, name: str, what: str = "customers") -> list[int]:
        """Sums by the words of a division."""
        found = np.zeros(len(self.words[name]) + 1, dtype=np.int64)
        np.add.at(found, self.by[name], getattr(self, what))
        return [int(one) for one in found[:-1]]

    def grid(self, rows: str, cols: str) -> list[list[int]]:
        """Customers by two divisions."""
        shape = (len(self.words[rows]) + 1, len(self.words[cols]) + 1)
        found = np.zeros(shape, dtype=np.int64)
        np.add.at(found, (self.by[rows], self.by[cols]), self.customers)
        return [[int(one) for one in line[:-1]] for line in found[:-1]]

    def whole(self, what: str) -> int:
        """The sum of all."""
        return int(getattr(self, what).sum())


@attrs.frozen(eq=False)
class Purses:
    """How the money lies among those who have any, in buckets from the richest down.

    Attributes:
        buyers: Customers of each bucket.
        units: Their money.
    """

    buyers: Ints
    units: Ints

    def held(self, part: float) -> float:
        """What a share of the buyers, the richest, holds of the money."""
        people, money = self.curve()
        return float(np.interp(part, people, money))

    def few(self, part: float) -> float:
        """What share of the buyers, the richest, holds a share of the money."""
        people, money = self.curve()
        return float(np.interp(part, money, people))

    def curve(self, least: int = 1) -> tuple[Floats, Floats]:
        """Corners of the curve of shares, from nobody to all.

        Args:
            least: A corner has so many customers more than the one before.
        """
        people, money = np.cumsum(self.buyers), np.cumsum(self.units)
        if not len(people):
            return np.array([0.0, 1.0]), np.array([0.0, 1.0])
        kept: list[int] = []
        last = 0
        for place, many in enumerate(people.tolist()):
            if many - last >= least and people[-1] - many >= least:
                kept.append(place)
                last = many
        kept.append(len(people) - 1)
        return (
            np.concatenate(([0.0], people[kept] / people[-1])),
            np.concatenate(([0.0], money[kept] / money[-1])),
        )


def cube_of(run: Run) -> Cube:
    """Add up a run's customers.

    Args:
        run: The outcome of a job.
    """
    table = frames.table(run.customers)
    wanted = (*BY, MONEY, RECENT, _FIRST, _LAST, _SURE)
    read = [name for name in wanted if name in table.columns]
    given = {_PEOPLE: Share(table, run.policy.id, read)}
    cells = frames.totals(given, summed) if table.lazy else frames.table(summed({_PEOPLE: table}))
    return _together(run, cells, [name for name in BY if name in table.columns])


def summed(given: Mapping[str, Table[Any]]) -> Any:  # noqa: ANN401 - the kind of the customers
    """Sums of a partition: a row for each class, and one for each bucket of money.

    Args:
        given: The customers of a partition.
    """
    table = given[_PEOPLE]
    codes = {name: _codes(table, name) for name in BY}
    cell = np.zeros(table.size, dtype=np.int64)
    for held in codes.values():
        cell = cell * (len(held.words) + 1) + held.at + 1
    there, row, at = np.unique(cell, return_index=True, return_inverse=True)
    units = _units(table, MONEY)
    size, purse = _purses(units)
    many = len(there) + len(size)
    some = purse >= 0
    # A row for each class, and below them one for each bucket of money.
    every = np.append(at, purse[some] + len(there))
    made: dict[str, Column] = {
        name: Codes(_after(held.at[row], many), held.words, plain=True)
        for name, held in codes.items()
    }
    for name, values in _measures(table, units).items():
        bucketed = values[some] if name in {"buyers", "units"} else np.zeros_like(values[some])
        made[name] = _added(np.append(values, bucketed), every, many)
    made["bucket"] = np.concatenate((np.full(len(there), np.nan), size))
    made["first_day"], made["last_day"] = _window(table, at, many)
    return table.build(made)


def _measures(table: Table[Any], units: Ints) -> dict[str, Ints]:
    """What is added up of each customer."""
    return {
        "customers": np.ones(table.size, dtype=np.int64),
        "buyers": (units > 0).astype(np.int64),
        "paid": (units != 0).astype(np.int64),
        "units": units,
        "recent": _units(table, RECENT),
        "doubted": _doubted(table),
    }


def _added(values: Ints, at: Index, many: int) -> Ints:
    sums = np.zeros(many, dtype=np.int64)
    np.add.at(sums, at, values)
    return sums


def _after(at: Index, many: int) -> Index:
    """Codes, and nothing in the rows after them."""
    return np.concatenate((at, np.full(many - len(at), -1, dtype=np.intp)))


def _purses(units: Ints) -> tuple[Floats, Index]:
    """Buckets of money above 0, and which each customer is in; -1 for none."""
    some = units > 0
    level = np.floor(_STEPS * np.log2(units[some].astype(np.float64)))
    found, place = np.unique(level, return_inverse=True)
    at = np.full(len(units), -1, dtype=np.intp)
    at[some] = place
    return found, at


def _window(table: Table[Any], at: Index, many: int) -> tuple[Floats, Floats]:
    first, last = np.full(many, np.inf), np.full(many, -np.inf)
    if {_FIRST, _LAST} <= set(table.columns):
        read = table.read({_FIRST: "day", _LAST: "day"})
        held, end = (cast("Floats", read[name]) for name in (_FIRST, _LAST))
        np.minimum.at(first, at, np.where(np.isnan(held), np.inf, held))
        np.maximum.at(last, at, np.where(np.isnan(end), -np.inf, end))
    return tuple(np.where(np.isfinite(days), days, np.nan) for days in (first, last))  # type: ignore[return-value]


def _units(table: Table[Any], name: str) -> Ints:
    if name not in table.columns or not table.size:
        return np.zeros(table.size, dtype=np.int64)
    return table.money(name).units


def _doubted(table: Table[Any]) -> Ints:
    if _SURE not in table.columns:
        return np.zeros(table.size, dtype=np.int64)
    sure = cast("Floats", table.read({_SURE: "number"})[_SURE])
    return (sure < _NOT_SURE).astype(np.int64)


def _codes(table: Table[Any], name: str) -> Codes:
    if name not in table.columns:
        return Codes(np.full(table.size, -1, dtype=np.intp), ())
    return cast("Codes", table.read({name: "text"})[name])


def _together(run: Run, cells: Table[Any], there: list[str]) -> Cube:
    """The partitions' rows as one; classes in the order of the policy."""
    if not cells.size:
        none = np.zeros(0, dtype=np.int64)
        sums = dict.fromkeys(_SUMS, none)
        by = {name: none.astype(np.intp) for name in there}
        words = {name: run.policy.words(name) for name in there}
        return Cube(by, words, **sums, first=np.nan, last=np.nan, purses=Purses(none, none))
    bucket = _numbers(cells, "bucket")
    rows = np.isnan(bucket)
    codes = {name: _codes(cells, name) for name in there}
    words = {name: _order(run, name, held.words) for name, held in codes.items()}
    found = {name: _whole(cells, name) for name in _SUMS}
    first, last = (_numbers(cells, name)[rows] for name in ("first_day", "last_day"))
    return Cube(
        {name: held.recode(words[name])[rows] for name, held in codes.items()},
        words,
        **{name: held[rows] for name, held in found.items()},
        first=float(np.nanmin(first)) if (~np.isnan(first)).any() else np.nan,
        last=float(np.nanmax(last)) if (~np.isnan(last)).any() else np.nan,
        purses=_richest(bucket[~rows], found["buyers"][~rows], found["units"][~rows]),
    )


def _richest(bucket: Floats, buyers: Ints, units: Ints) -> Purses:
    levels, at = np.unique(-bucket, return_inverse=True)
    sums = np.zeros((2, len(levels)), dtype=np.int64)
    np.add.at(sums[0], at, buyers)
    np.add.at(sums[1], at, units)
    return Purses(sums[0], sums[1])


def _order(run: Run, name: str, found: tuple[str, ...]) -> tuple[str, ...]:
    known = run.policy.words(name)
    return (*(w for w in known if w in found), *(w for w in found if w not in known))


def _numbers(cells: Table[Any], name: str) -> Floats:
    return cast("Floats", cells.read({name: "number"})[name])


def _whole(cells: Table[Any], name: str) -> Ints:
    """Whole numbers as they are: as floats large sums of money would lose their ends."""
    held = cells.values(name)
    return np.array([*cast("tuple[int, ...]", held.words), 0], dtype=np.int64)[held.at]
