"""How many customers each representative may have on a day: capacity, minimum, leave."""

from collections.abc import Iterable, Sequence
from typing import NoReturn

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Days, Floats, Ints, Kind, Needs
from custseg.allocate.wishing.columns import numbers
from custseg.errors import CapacityError, ConfigError


@attrs.frozen(eq=False)
class Places:
    """What the limits leave to each representative.

    Attributes:
        lo: The fewest customers to give.
        hi: The most customers to give.
        load: Customers that count already, beside those to be shared out.
        capacity: The most in all; infinity where none is set.
        away: Who is on leave.

    >>> import numpy as np
    >>> Limits(None).places({}, ["Wang"], most=10).capacity.tolist()
    [inf]
    """

    lo: Ints
    hi: Ints
    load: Ints
    capacity: Floats
    away: Bools


_OPTIONAL = {"load": "load", "leave_from": "on_leave_from", "leave_until": "on_leave_until"}


@attrs.frozen
class Limits:
    """Columns of the representatives that bound how many customers they get.

    A column under its default name may be absent, except ``capacity``; one that you name must be
    there. Parts of a customer are dropped: a capacity of 2.9 is 2.

    Attributes:
        capacity: The most customers in all; ``None``: no limit.
        default: The capacity where the cell is empty; ``None``: refuse an empty cell, because
            unknown is not unlimited.
        minimum: The fewest customers in all; ``None``: no minimum. Empty cells are 0.
        load: Customers they look after beside those given here; they use up capacity. Who has
            more than the capacity keeps them and gets none.
        leave_from: First day of leave; with a last day alone, leave has begun.
        leave_until: Last day of leave; with a first day alone, leave has no end. Who is on leave
            on the day of the plan gets nobody, and has no minimum.

    >>> import numpy as np
    >>> reps = {"capacity": np.array([3.0, 2.0]), "load": np.array([1.0, 5.0])}
    >>> Limits().places(reps, ["Wang", "Li"], most=10).hi.tolist()
    [2, 0]
    >>> Limits().places({"capacity": np.array([-1.0])}, ["Wang"], most=10)
    Traceback (most recent call last):
        ...
    custseg.errors.CapacityError: representative 'Wang' has capacity -1: give 0 or more
    """

    capacity: str | None = "capacity"
    default: int | None = attrs.field(default=None, kw_only=True)
    minimum: str | None = attrs.field(default=None, kw_only=True)
    load: str = attrs.field(default="load", kw_only=True)
    leave_from: str = attrs.field(default="on_leave_from", kw_only=True)
    leave_until: str = attrs.field(default="on_leave_until", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a negative capacity.

        Raises:
            ConfigError: ``default`` is below 0.
        """
        if self.default is not None and self.default < 0:
            msg = f"default must be 0 or more, got {self.default}"
            raise ConfigError(msg, "limits.default")

    def needs(self, there: Iterable[str]) -> Needs:
        """The columns to read, of those that are there.

        Args:
            there: The columns of the representatives.

        >>> Limits().needs(["rep_id", "capacity"])
        {'capacity': 'number'}
        """
        known = set(there)
        kinds: dict[str, Kind] = {"load": "number", "leave_from": "day", "leave_until": "day"}
        needs: dict[str, Kind] = {
            name: "number" for name in (self.capacity, self.minimum) if name is not None
        }
        for field, kind in kinds.items():
            name = str(getattr(self, field))
            if name in known or name != _OPTIONAL[field]:
                needs[name] = kind
        return needs

    def places(
        self, reps: Columns, names: Sequence[object], *, most: int, as_of: float | None = None
    ) -> Places:
        """Count the places of each representative.

        Args:
            reps: The columns of ``needs``.
            names: The representatives, for errors.
            most: How many customers there are to give: no limit is above it.
            as_of: Days since 1970-01-01; needed where somebody has leave.

        Raises:
            CapacityError: A capacity is unknown, negative or below the minimum; names who.
            ConfigError: Somebody has leave and there is no ``as_of``.
        """
        capacity = self._capacity(reps, names)
        load = _counts(reps, self.load, names)
        away = self._away(reps, len(names), as_of)
        room = np.where(away, 0.0, np.maximum(capacity - load, 0.0))
        least = np.maximum(_counts(reps, self.minimum, names) - load, 0)
        lo = np.where(away, 0, least)
        for j in np.flatnonzero(lo > room)[:1].tolist():
            _refuse(names[j], f"has a minimum of {lo[j]}, but room for {room[j]:g}: lower it")
        hi = np.minimum(room, np.maximum(most, lo)).astype(np.int64)
        return Places(lo, hi, load, capacity, away)

    def _capacity(self, reps: Columns, names: Sequence[object]) -> Floats:
        if self.capacity is None:
            return np.full(len(names), np.inf if self.default is None else float(self.default))
        given = numbers(reps, self.capacity)
        if self.default is not None:
            given = np.where(np.isnan(given), float(self.default), given)
        for j in np.flatnonzero(np.isnan(given))[:1].tolist():
            _refuse(
                names[j],
                f"has no {self.capacity}: unknown is not unlimited; give a number, or "
                "Limits(default=...) for all who have none",
            )
        return np.floor(_positive(given, self.capacity, names))

    def _away(self, reps: Columns, size: int, as_of: float | None) -> Bools:
        start, end = (_days(reps, name, size) for name in (self.leave_from, self.leave_until))
        some = ~(np.isnan(start) & np.isnan(end))
        if not some.any():
            return some
        if as_of is None:
            msg = "somebody has leave: give as_of=..., the day that the plan is for"
            raise ConfigError(msg)
        begun = np.nan_to_num(start, nan=-np.inf) <= as_of
        still = np.nan_to_num(end, nan=np.inf) >= as_of
        return some & begun & still


def _counts(reps: Columns, name: str | None, names: Sequence[object]) -> Ints:
    if name is None or name not in reps:
        return np.zeros(len(names), dtype=np.int64)
    given = _positive(np.nan_to_num(numbers(reps, name), nan=0.0, posinf=np.inf), name, names)
    for j in np.flatnonzero(np.isinf(given))[:1].tolist():
        _refuse(names[j], f"has infinite {name}: give a finite number")
    return np.ceil(given).astype(np.int64)


def _positive(given: Floats, name: str, names: Sequence[object]) -> Floats:
    for j in np.flatnonzero(given < 0)[:1].tolist():
        _refuse(names[j], f"has {name} {given[j]:g}: give 0 or more")
    return given


def _refuse(name: object, why: str) -> NoReturn:
    msg = f"representative {name!r} {why}"
    raise CapacityError(msg)


def _days(reps: Columns, name: str, size: int) -> Floats:
    if name not in reps:
        return np.full(size, np.nan)
    return _array(reps[name])


def _array(column: object) -> Floats:
    found = column.at if isinstance(column, Days) else column
    return np.asarray(found, dtype=np.float64)
