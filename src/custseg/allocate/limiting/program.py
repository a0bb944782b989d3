"""Limits as a linear program over classes of customers, which may be cut at will."""

from typing import Any, Final, Protocol

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index
from custseg.allocate.limiting.classes import Classes
from custseg.allocate.limiting.conflicting import ConflictingLimit
from custseg.allocate.limiting.loads import Loads

_HAIR: Final = 1e-7
_TENTHS: Final = 10
_INFEASIBLE: Final = 2


@attrs.frozen(eq=False)
class Limits:
    """All limits in one row: load (0 is the count), group, side, value."""

    load: Index
    group: Index
    least: Bools
    value: Floats
    names: tuple[str, ...]
    groups: tuple[tuple[object, ...], ...]

    @classmethod
    def of(cls, counts: Loads, loads: Loads) -> "Limits":
        """The limits on the number and on all loads."""
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
        """One of them in words."""
        r, g = int(self.load[place]), int(self.group[place])
        least = bool(self.least[place])
        return ConflictingLimit(self.names[r], self.groups[r][g], least, float(self.value[place]))


class Contradicts(Protocol):
    """What can tell whether some limits contradict."""

    def support(self, some: Bools) -> Bools | None:
        """Limits among some that contradict, ``None`` if they do not."""
        ...


@attrs.frozen(eq=False)
class Few:
    """Whole customers, searched one by one: for few pairs.

    Attributes:
        points: Whom customers may go to; NaN where not.
        limits: All limits.
        loads: What they are about.
    """

    points: Floats
    limits: Limits
    loads: Loads

    def support(self, some: Bools) -> Bools | None:
        """The same limits if whole customers cannot keep them, ``None`` if they can."""
        from scipy import optimize  # noqa: PLC0415 - loaded where it is used

        row, col = np.nonzero(~np.isnan(self.points))
        chosen = np.flatnonzero(some)
        lines = [row == i for i in range(len(self.points))]
        for r, g in zip(self.limits.load[chosen], self.limits.group[chosen], strict=True):
            weight = np.ones(row.size) if r == 0 else self.loads.weighed(int(r) - 1, row, col)
            lines.append(np.where(_bound_to(self.loads, int(r), int(g), col), weight, 0.0))
        none = np.zeros(len(self.points))
        value, least = self.limits.value[chosen], self.limits.least[chosen]
        low = np.concatenate([none, np.where(least, value, -np.inf)])
        high = np.concatenate([none + 1, np.where(least, np.inf, value)])
        solver: Any = optimize
        answer = solver.milp(
            np.zeros(row.size),
            constraints=solver.LinearConstraint(np.array(lines, dtype=np.float64), low, high),
            integrality=np.ones(row.size),
            bounds=solver.Bounds(0, 1),
        )
        return some if answer.status == _INFEASIBLE else None


@attrs.frozen(eq=False)
class Program:
    """The linear program over classes: how much of each class goes to whom."""

    fixed: Any
    ends: Floats
    rows: Any
    limits: Limits
    scale: Floats
    tops: Floats

    @classmethod
    def of(cls, classes: Classes, limits: Limits, loads: Loads) -> "Program":
        """What holds for every answer, and a line for each limit."""
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
        chosen = np.flatnonzero(some)
        answer, value = self._eased(chosen, np.full(1, np.inf), np.ones(1))
        if answer.x is None or float(answer.fun) <= _HAIR * max(1.0, float(value.max(initial=1))):
            return None
        out = np.zeros(some.size, dtype=np.bool_)
        weight = np.abs(np.asarray(answer.ineqlin.marginals)[self.fixed.shape[0] :])
        out[chosen[np.flatnonzero(weight > _HAIR)]] = True
        return out

    def missing(self) -> Floats:
        """By how much each minimum has to give way, in its own measure; 0 for all others."""
        chosen = np.arange(self.limits.value.size)
        answer, _ = self._eased(chosen, np.full(_TENTHS, 1 / _TENTHS), np.arange(1.0, _TENTHS + 1))
        out = np.zeros(chosen.size)
        if answer.x is not None:
            given = np.asarray(answer.x)[self.tops.size :].reshape(_TENTHS, -1).sum(axis=0)
            least = np.flatnonzero(self.limits.least)
            out[least] = np.where(given > _HAIR, given, 0.0) * self.limits.value[least]
        return out

    def _eased(self, chosen: Index, parts: Floats, costs: Floats) -> tuple[Any, Floats]:
        """The answer if minimums may give way, by parts of themselves that cost more and more."""
        from scipy import optimize, sparse  # noqa: PLC0415 - loaded where it is used

        kit: Any = sparse
        least = self.limits.least[chosen]
        value = self.limits.value[chosen] / self.scale[self.limits.load[chosen]]
        place, size = np.flatnonzero(least), self.tops.size
        sign = np.where(least, -1.0, 1.0)
        own = np.ones(place.size) if parts.size == 1 else value[place]
        shape = (chosen.size, place.size)
        slack = kit.csr_matrix((-own, (place, np.arange(place.size))), shape)
        slack = kit.hstack([slack] * parts.size)
        none = kit.csr_matrix((self.fixed.shape[0], slack.shape[1]))
        rows = kit.diags(sign) @ self.rows[chosen]
        tops = np.concatenate([self.tops, np.repeat(parts, place.size)])
        solver: Any = optimize.linprog
        answer = solver(
            np.concatenate([np.zeros(size), np.repeat(costs, place.size)]),
            A_ub=kit.vstack([kit.hstack([self.fixed, none]), kit.hstack([rows, slack])]).tocsr(),
            b_ub=np.concatenate([self.ends, sign * value]),
            bounds=np.column_stack([np.zeros(tops.size), tops]),
            method="highs",
        )
        return answer, value


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
