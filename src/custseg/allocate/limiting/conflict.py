"""Which limits contradict one another: a smallest set that cannot be kept together."""

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.allocate.limiting.loads import Loads
from custseg.errors import CapacityError
from custseg.labels import label

_MANY: Final = 40_000
_BINS: Final = 8
_HAIR: Final = 1e-7
_UNIT: Final = 100.0


@attrs.frozen
class ConflictingLimit:
    """One limit of one group.

    Attributes:
        load: What the load is called.
        group: The representative or the team.
        least: Whether it is a minimum.
        value: The limit.

    >>> print(ConflictingLimit("revenue", "R1", least=True, value=50.0).text())
    revenue of R1 at least 50
    """

    load: str
    group: object
    least: bool
    value: float

    def text(self, locale: str = "en") -> str:
        """A few words.

        Args:
            locale: ``en`` or ``zh``.
        """
        load = label("load_customers", locale) if self.load == "customers" else self.load
        value = f"{self.value:,.2f}".rstrip("0").rstrip(".")
        said = {"load": load, "group": self.group, "value": value}
        return label("limit_least" if self.least else "limit_most", locale).format_map(said)


class ConflictError(CapacityError):
    """Limits that cannot be kept together, none of which can be spared from the list.

    >>> print(ConflictError((ConflictingLimit("revenue", "R1", least=True, value=50.0),)))
    these limits contradict one another and who is eligible: revenue of R1 at least 50; relax \
one of them, or let more customers be eligible
    """

    def __init__(self, bounds: tuple[ConflictingLimit, ...]) -> None:
        """Keep the limits."""
        self.bounds = bounds
        super().__init__(bounds)

    def __str__(self) -> str:
        """Name them all."""
        said = "; ".join(bound.text() for bound in self.bounds)
        return (
            f"these limits contradict one another and who is eligible: {said}; relax one of "
            "them, or let more customers be eligible"
        )


@attrs.frozen(eq=False)
class Classes:
    """Customers with the same choices and nearly the same weights.

    Attributes:
        count: How many customers each class has.
        open: Whom they may go to, K x m.
        least: The lightest of a class in each load with each representative, R x K x m.
        most: The heaviest.
        total: What a class weighs in each load; infinity where effort differs.
    """

    count: Floats
    open: Bools
    least: Floats
    most: Floats
    total: Floats


def conflict(
    points: Floats, lo: Ints, hi: Ints, loads: Loads, reps: Sequence[object] = ()
) -> tuple[ConflictingLimit, ...]:
    """A smallest set of limits that no plan can keep together; empty if none is found.

    What is found is proven: the set contradicts even if customers could be cut at will. Limits
    that contradict only because customers are whole are not found.

    Args:
        points: How well each pair goes together, n x m; NaN where not eligible.
        lo: The fewest customers for each.
        hi: The most customers for each.
        loads: What else is limited.
        reps: What the representatives are called.

    Source:
        Deletion filter for irreducible infeasible subsystems: Chinneck and Dravnieks (1991),
        "Locating minimal infeasible constraint sets in linear programs".

    >>> loads = Loads.of_one("value", np.array([2.0, 3.0]), np.array([4.0, 0.0]), np.full(2, 9.0))
    >>> found = conflict(np.ones((2, 2)), np.array([0, 0]), np.array([1, 1]), loads)
    >>> [bound.text() for bound in found]
    ['customers of 0 at most 1', 'value of 0 at least 4']
    """
    if not points.size:
        return ()
    counts = Loads.of_one("customers", np.ones(len(points)), lo.astype(float), hi.astype(float))
    names = tuple(reps) or counts.groups[0]
    every = _Limits.of(attrs.evolve(counts, groups=(names,)), loads)
    if np.isnan(points).all():
        return tuple(every.bound(place) for place in np.flatnonzero(every.least)[:1].tolist())
    program = _Program.of(_classes(points, loads), every, loads)
    left = program.support(np.ones(every.value.size, dtype=np.bool_))
    if left is None:
        return ()
    for place in np.flatnonzero(left).tolist():
        less = left.copy()
        less[place] = False
        if program.support(less) is not None:
            left = less
    return tuple(every.bound(place) for place in np.flatnonzero(left).tolist())


@attrs.frozen(eq=False)
class _Limits:
    """All limits in one row: load (0 is the count), group, side, value."""

    load: Index
    group: Index
    least: Bools
    value: Floats
    names: tuple[str, ...]
    groups: tuple[tuple[object, ...], ...]

    @classmethod
    def of(cls, counts: Loads, loads: Loads) -> "_Limits":
        sides: list[tuple[int, int, bool, float]] = []
        lows, highs = (*counts.lo, *loads.lo), (*counts.hi, *loads.hi)
        for r, (low, high) in enumerate(zip(lows, highs, strict=True)):
            sides += [(r, g, True, low[g]) for g in np.flatnonzero(low > 0).tolist()]
            sides += [(r, g, False, high[g]) for g in np.flatnonzero(np.isfinite(high)).tolist()]
        load, group, least, value = (np.array(part) for part in zip(*sides, strict=True))
        said = loads.groups or ((),) * loads.size
        reps, own = counts.groups[0], tuple(range(counts.lo[0].size))
        plain = (names or tuple(range(low.size)) for names, low in zip(said, loads.lo, strict=True))
        groups = (reps, *(reps if names == own else names for names in plain))
        return cls(load, group, least, value, ("customers", *loads.names), groups)

    def bound(self, place: int) -> ConflictingLimit:
        r, g = int(self.load[place]), int(self.group[place])
        least = bool(self.least[place])
        return ConflictingLimit(self.names[r], self.groups[r][g], least, float(self.value[place]))


@attrs.frozen(eq=False)
class _Program:
    """The linear program over classes: how much of each class goes to whom."""

    fixed: Any
    ends: Floats
    rows: Any
    limits: _Limits
    scale: Floats
    tops: Floats

    @classmethod
    def of(cls, classes: Classes, limits: _Limits, loads: Loads) -> "_Program":
        from scipy import sparse  # noqa: PLC0415 - loaded where it is used

        kit: Any = sparse
        who, rep = np.nonzero(classes.open)
        pairs, amounts = who.size, loads.size
        one = np.arange(pairs)
        unit = kit.csr_matrix((np.ones(pairs), (who, one)), shape=(classes.count.size, pairs))
        lines, ends = [_placed(kit, {0: unit}, amounts, pairs)], [classes.count]
        scale = [1.0]
        for r in range(amounts):
            heavy, light = classes.most[r][who, rep], classes.least[r][who, rep]
            mean = max(float(heavy.max(initial=0.0)), 1e-12)
            scale.append(mean)
            eye = kit.eye(pairs, format="csr")
            for factor, sign in ((heavy, -1.0), (light, 1.0)):
                part = kit.diags(sign * factor / mean)
                lines.append(_placed(kit, {0: part, r + 1: -sign * eye}, amounts, pairs))
                ends.append(np.zeros(pairs))
            known = np.flatnonzero(np.isfinite(classes.total[r]))
            lines.append(_placed(kit, {r + 1: unit[known]}, amounts, pairs))
            ends.append(classes.total[r][known] / mean)
        rows = [
            _placed(
                kit, {int(r): _line(kit, _bound_to(loads, int(r), int(g), rep))}, amounts, pairs
            )
            for r, g in zip(limits.load, limits.group, strict=True)
        ]
        tops = np.concatenate([classes.count[who], np.full(amounts * pairs, np.inf)])
        fixed = kit.vstack(lines).tocsr()
        return cls(
            fixed, np.concatenate(ends), kit.vstack(rows).tocsr(), limits, np.array(scale), tops
        )

    def support(self, some: Bools) -> Bools | None:
        """The limits that prove a contradiction among some of them, ``None`` if there is none."""
        from scipy import optimize, sparse  # noqa: PLC0415 - loaded where it is used

        kit: Any = sparse
        chosen = np.flatnonzero(some)
        least = self.limits.least[chosen]
        size, short = self.tops.size, int(least.sum())
        value = self.limits.value[chosen] / self.scale[self.limits.load[chosen]]
        sign = np.where(least, -1.0, 1.0)
        rows = kit.diags(sign) @ self.rows[chosen]
        place = np.flatnonzero(least)
        slack = kit.csr_matrix((-np.ones(short), (place, np.arange(short))), (chosen.size, short))
        none = kit.csr_matrix((self.fixed.shape[0], short))
        matrix = kit.vstack([kit.hstack([self.fixed, none]), kit.hstack([rows, slack])]).tocsr()
        solver: Any = optimize.linprog
        answer = solver(
            np.concatenate([np.zeros(size), np.ones(short)]),
            A_ub=matrix,
            b_ub=np.concatenate([self.ends, sign * value]),
            bounds=np.column_stack(
                [np.zeros(size + short), np.concatenate([self.tops, np.full(short, np.inf)])]
            ),
            method="highs",
        )
        if answer.x is None or float(answer.fun) <= _HAIR * max(1.0, float(value.max(initial=1))):
            return None
        out = np.zeros(some.size, dtype=np.bool_)
        weight = np.abs(np.asarray(answer.ineqlin.marginals)[self.fixed.shape[0] :])
        out[chosen[np.flatnonzero(weight > _HAIR)]] = True
        return out


def _placed(kit: Any, parts: dict[int, Any], amounts: int, pairs: int) -> Any:  # noqa: ANN401 - scipy's own
    """Blocks beside one another: the count first, then each load."""
    size = next(iter(parts.values())).shape[0]
    blank = kit.csr_matrix((size, pairs))
    return kit.hstack([parts.get(r, blank) for r in range(amounts + 1)])


def _line(kit: Any, inside: Bools) -> Any:  # noqa: ANN401 - scipy's own
    return kit.csr_matrix(inside.astype(np.float64)[None, :])


def _bound_to(loads: Loads, r: int, group: int, rep: Index) -> Bools:
    """Which pairs a limit is about."""
    return np.asarray(rep == group if r == 0 else loads.group[r - 1][rep] == group)


def _classes(points: Floats, loads: Loads) -> Classes:
    """Customers by whom they may go to and by weight; alone while there are few."""
    open_ = ~np.isnan(points)
    rows = np.flatnonzero(open_.any(axis=1))
    keys = [np.packbits(open_[rows], axis=1)]
    few = rows.size * points.shape[1] <= _MANY
    for weight in loads.weight[:, rows]:
        mark = np.array(weight if few else np.searchsorted(_edges(weight), weight), np.float64)
        keys.append(mark[:, None].view(np.uint8))
    if few and any(by is not None for by in loads.effort):
        at, size = np.arange(rows.size), rows.size
    else:
        _, at = np.unique(np.hstack(keys), axis=0, return_inverse=True)
        at = at.ravel()
        size = int(at.max(initial=-1)) + 1
    first = np.zeros(size, dtype=np.intp)
    first[at[::-1]] = np.arange(rows.size)[::-1]
    shape = (loads.size, size, points.shape[1])
    least, most, whole = np.full(shape, np.inf), np.zeros(shape), np.zeros(shape[:2])
    for r in range(loads.size):
        by = loads.of_pairs(r)
        pairs = loads.weight[r, rows][:, None] * (
            np.ones((1, shape[2])) if by is None else by[rows]
        )
        np.minimum.at(least[r], at, pairs)
        np.maximum.at(most[r], at, pairs)
        sums = np.bincount(at, loads.weight[r, rows], minlength=size)
        whole[r] = sums if by is None else np.inf
    count = np.bincount(at, minlength=size).astype(np.float64)
    return Classes(count, open_[rows][first], least, most, whole)


def _edges(weight: Floats) -> Floats:
    """Cuts between light and heavy."""
    return np.unique(np.quantile(weight, np.linspace(0, 1, _BINS + 1)[1:-1]))
