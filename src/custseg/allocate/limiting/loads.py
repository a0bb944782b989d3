"""What customers weigh on those who look after them, and how much each may or must carry."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints, Kind, Needs
from custseg.allocate.limiting.effort import Extra
from custseg.errors import ConfigError
from custseg.rules import Condition, merged

BelowZero: TypeAlias = Literal["refuse", "zero"]


@attrs.frozen
class Load:
    """A limit on what customers weigh together: their number, value, hours, or VIPs alone.

    ``low`` and ``high`` are numbers that hold for each alike, ``low_column`` and ``high_column``
    name columns of the representatives; ``band`` keeps everybody near the fair share. ``high`` is
    never exceeded. A ``band`` gives way to a single customer larger than it, and only to that.

    Attributes:
        measure: The column of the customers that is added up; ``None``: each counts 1.
        low: The least for each.
        high: The most for each.
        band: Within this part of the fair share, above and below: 0.1 is 10 %.
        where: Only these customers count; ``None``: all.
        by: A column of the representatives, such as the team: the limit is on all of one word
            together, and who has no word there is not bound; ``None``: on each.
        low_column: The least for each, as a column; an empty cell is 0.
        high_column: The most for each, as a column; an empty cell is refused.
        share: The column by which fair shares differ; ``None``: equal shares.
        missing: What stands in for an empty measure, counted; ``None``: refuse, because missing is
            not zero.
        below_zero: What a measure below 0 means, such as sales after refunds: ``refuse`` it, or
            take it as ``zero``, counted.
        effort: What makes a customer more work for some than for others.
        name: What to call it; without, the measure.

    >>> Load("revenue", band=0.1).needs
    {'revenue': 'number'}
    >>> from custseg.rules import F
    >>> vip = Load(where=F("tier") == "high", high=20, name="VIP")
    >>> vip.needs, vip.title
    ({'tier': 'text'}, 'VIP')
    """

    measure: str | None = None
    low: float | None = attrs.field(default=None, kw_only=True)
    high: float | None = attrs.field(default=None, kw_only=True)
    band: float | None = attrs.field(default=None, kw_only=True)
    where: Condition | None = attrs.field(default=None, kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    low_column: str | None = attrs.field(default=None, kw_only=True)
    high_column: str | None = attrs.field(default=None, kw_only=True)
    share: str | None = attrs.field(default=None, kw_only=True)
    missing: float | None = attrs.field(default=None, kw_only=True)
    below_zero: BelowZero = attrs.field(default="refuse", kw_only=True)
    effort: Extra | None = attrs.field(default=None, kw_only=True)
    name: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a load without a limit, or with limits that contradict.

        Raises:
            ConfigError: There is no limit, one is negative, or one is given twice; or a word is not
                known.
        """
        for field in ("low", "high", "band", "missing"):
            given = getattr(self, field)
            if given is not None and not (given >= 0 and (field == "high" or np.isfinite(given))):
                msg = f"{field} must be 0 or more and finite, got {given:g}"
                raise ConfigError(msg, f"load.{field}")
        if self.below_zero not in get_args(BelowZero):
            msg = f"must be 'refuse' or 'zero', got {self.below_zero!r}"
            raise ConfigError(msg, "load.below_zero")
        for field in ("low", "high"):
            if getattr(self, field) is not None and getattr(self, f"{field}_column") is not None:
                msg = f"give either {field} or {field}_column, not both"
                raise ConfigError(msg, f"load.{field}_column")
        if not self._bounded:
            msg = f"{self.title} has no limit: give low, high or band"
            raise ConfigError(msg, "load")

    @property
    def _bounded(self) -> bool:
        given = (self.low, self.high, self.band, self.low_column, self.high_column)
        return any(value is not None for value in given)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.measure or "customers"

    @property
    def needs(self) -> Needs:
        """The columns of the customers to read."""
        own: dict[str, Kind] = {} if self.measure is None else {self.measure: "number"}
        where = {} if self.where is None else self.where.needs
        effort = {} if self.effort is None else dict(self.effort.needs)
        return merged([own, where, effort])

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives to read."""
        own: dict[str, Kind] = {
            name: "number"
            for name in (self.low_column, self.high_column, self.share)
            if name is not None
        }
        by: dict[str, Kind] = {} if self.by is None else {self.by: "text"}
        effort = {} if self.effort is None else dict(self.effort.rep_needs)
        return merged([own, by, effort])


@attrs.frozen(eq=False)
class Loads:
    """Loads over the customers and representatives of one plan, in arrays.

    Attributes:
        names: What each load is called; R of them.
        weight: What each customer weighs, R x n, 0 or more.
        group: Whose limit each representative falls under, R x m; -1: not bound.
        lo: The least of each group.
        hi: The most of each group; infinity: no limit.
        groups: What each group is called: ids, or words of the teams.
        effort: A factor for each pair, n x m; ``None``: the same for all.
        band: The part of the fair share of a fairness band; ``None``: limits of another kind.
        share: The parts of the groups in a band; they add up to 1.
        assumed: How many measures that are empty or below 0 were stood in for.
        pieces: Into which whole percents a customer may be cut, the first for the primary.
        cut: Which customers may be cut.

    >>> import numpy as np
    >>> value = Loads.of_one("value", np.array([3.0, 4.0]), np.zeros(2), np.array([5.0, 5.0]))
    >>> value.held(np.array([1, 1]))[0].tolist()
    [0.0, 7.0]
    """

    names: tuple[str, ...]
    weight: Floats
    group: Index
    lo: tuple[Floats, ...]
    hi: tuple[Floats, ...]
    groups: tuple[tuple[object, ...], ...] = ()
    effort: tuple[Floats | None, ...] = ()
    band: tuple[float | None, ...] = ()
    share: tuple[Floats, ...] = ()
    assumed: tuple[int, ...] = ()
    pieces: tuple[int, ...] = ()
    cut: Bools | None = None

    @classmethod
    def of_one(cls, name: str, weight: Floats, lo: Floats, hi: Floats) -> "Loads":
        """One load with a limit on each representative."""
        group = np.arange(lo.size)
        names = tuple(group.tolist())
        return cls((name,), weight[None, :], group[None, :], (lo,), (hi,), (names,))

    @property
    def size(self) -> int:
        """How many loads there are."""
        return len(self.names)

    def of_pairs(self, r: int) -> Floats | None:
        """The factors of a load for each pair, ``None`` where everybody takes the same."""
        return self.effort[r] if self.effort else None

    def weighed(self, r: int, rows: Index, reps: Index) -> Floats:
        """What some customers weigh in a load with the representatives beside them."""
        found: Floats = self.weight[r, rows]
        factors = self.of_pairs(r)
        return found if factors is None else found * factors[rows, reps]

    def held(self, at: Index) -> tuple[Floats, ...]:
        """What each group carries in each load; sums do not depend on the order of customers."""
        rows = np.flatnonzero(at >= 0)
        sums: list[Floats] = []
        for r in range(self.size):
            where = self.group[r][at[rows]]
            bound = where >= 0
            unit = self.unit(r)
            whole = np.rint(self.weighed(r, rows[bound], at[rows[bound]]) * unit)
            total = np.bincount(where[bound], whole, minlength=self.lo[r].size)
            sums.append(np.asarray(total / unit, dtype=np.float64))
        return tuple(sums)

    def unit(self, r: int) -> float:
        """How many grid steps make 1: the finest power of ten whose sums are exact in floats."""
        factors = self.of_pairs(r)
        most = 1.0 if factors is None else float(factors.max(initial=1.0))
        total = float(self.weight[r].sum()) * most
        digits = 15 - int(np.ceil(np.log10(max(total, 1.0))))
        return float(10.0 ** max(min(digits, _DIGITS), 0))

    def sharpened(self) -> "Loads":
        """The same with limits of whole numbers where all weights are: 5.9 VIPs are 5."""
        lows, highs = list(self.lo), list(self.hi)
        for r, weight in enumerate(self.weight):
            if self.of_pairs(r) is None and bool((weight == np.rint(weight)).all()):
                highs[r] = np.floor(highs[r] + _HAIR)
                lows[r] = np.minimum(np.ceil(lows[r] - _HAIR), np.maximum(highs[r], lows[r]))
        return attrs.evolve(self, lo=tuple(lows), hi=tuple(highs))

    def part(self, rows: Index) -> "Loads":
        """The same limits over some of the customers."""
        return attrs.evolve(
            self,
            weight=self.weight[:, rows],
            effort=tuple(None if e is None else e[rows] for e in self.effort),
            cut=None if self.cut is None else self.cut[rows],
        )

    def joined(self, at: Index, size: int) -> "Loads":
        """Customers that move as one, such as a family, as one row: weights are added up.

        Args:
            at: The joint row of each customer, -1 to leave it out.
            size: How many joint rows there are.
        """
        keep = np.flatnonzero(at >= 0)
        to, part = at[keep], self.part(keep)
        sums = [_summed(to, row, size) for row in part.weight]
        effort = tuple(
            None if e is None else _averaged(to, part.weight[r], e, sums[r])
            for r, e in enumerate(part.effort)
        )
        cut = None if part.cut is None else _alone(to, part.cut, size)
        weight = np.array(sums).reshape(self.size, size)
        return attrs.evolve(self, weight=weight, effort=effort, cut=cut)

    def with_counts(self, sizes: Ints, lo: Ints, hi: Ints) -> "Loads":
        """The limits on the number of customers as one more load, for rows that are several."""
        return joined_loads(
            self, Loads.of_one("customers", sizes.astype(float), lo.astype(float), hi.astype(float))
        )


_DIGITS = 6
_HAIR = 1e-9


def joined_loads(first: Loads, second: Loads) -> Loads:
    """Both sets of loads as one; the cuts of the first hold.

    >>> import numpy as np
    >>> one = Loads.of_one("a", np.ones(2), np.zeros(1), np.ones(1))
    >>> joined_loads(one, one).names
    ('a', 'a')
    """

    def both(field: str, empty: object) -> Sequence[object]:
        parts = [getattr(loads, field) or (empty,) * loads.size for loads in (first, second)]
        return (*parts[0], *parts[1])

    return Loads(
        (*first.names, *second.names),
        np.concatenate([first.weight, second.weight]),
        np.concatenate([first.group, second.group]),
        (*first.lo, *second.lo),
        (*first.hi, *second.hi),
        tuple(both("groups", ())),  # type: ignore[arg-type] # as each of them
        tuple(both("effort", None)),  # type: ignore[arg-type]
        tuple(both("band", None)),  # type: ignore[arg-type]
        tuple(both("share", np.zeros(0))),  # type: ignore[arg-type]
        tuple(both("assumed", 0)),  # type: ignore[arg-type]
        first.pieces,
        first.cut,
    )


def _summed(to: Index, values: Floats, size: int) -> Floats:
    """Sums of whole grid steps, so that their order does not matter."""
    scale = 10.0 ** max(min(15 - int(np.ceil(np.log10(max(float(values.sum()), 1.0)))), _DIGITS), 0)
    found: Floats = np.bincount(to, np.rint(values * scale), minlength=size) / scale
    return found


def _averaged(to: Index, weight: Floats, effort: Floats, sums: Floats) -> Floats:
    """The effort of a family is the mean of its members, by weight."""
    mass = np.where(sums[to] > 0, weight / np.where(sums[to] > 0, sums[to], 1.0), 0.0)
    out = np.zeros((sums.size, effort.shape[1]))
    for rep in range(effort.shape[1]):
        out[:, rep] = np.bincount(to, mass * effort[:, rep], minlength=sums.size)
    return np.where(sums[:, None] > 0, out, 1.0)


def _alone(to: Index, cut: Bools, size: int) -> Bools:
    """Only a customer that moves alone may be cut."""
    alone: Bools = (np.bincount(to, minlength=size) == 1) & (
        np.bincount(to, cut, minlength=size) == 1
    )
    return alone
