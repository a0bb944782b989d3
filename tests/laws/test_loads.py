"""Laws of loads: hard limits hold, minimums are met if they can be, bounds are proven."""

from math import fsum

import attrs
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from custseg.allocate import InfeasibleError, Milp
from custseg.allocate.limiting.conflict import conflict
from custseg.allocate.limiting.keeping import carried
from custseg.allocate.limiting.loads import Loads, joined_loads
from custseg.allocate.solving.loaded.sharing import priced
from custseg.allocate.solving.solution import total


@attrs.frozen(eq=False)
class Case:
    points: np.ndarray
    lo: np.ndarray
    hi: np.ndarray
    loads: Loads

    def best(self, served=None, *, value=True):
        """The best points of whole customers, with these served or anybody; None: impossible."""
        row, col = np.nonzero(~np.isnan(self.points))
        if not row.size:
            idle = not self.lo.any() and all(not low.any() for low in self.loads.lo)
            return 0.0 if idle else None
        n, m = self.points.shape
        lines = [row == i for i in range(n)] + [col == j for j in range(m)]
        most = np.ones(n) if served is None else served.astype(float)
        least = np.zeros(n) if served is None else most
        low, high = [*least, *self.lo], [*most, *self.hi]
        for r in range(self.loads.size):
            weight = self.loads.weighed(r, row, col)
            for g in range(self.loads.lo[r].size):
                lines.append(np.where(self.loads.group[r][col] == g, weight, 0.0))
                low.append(self.loads.lo[r][g])
                high.append(self.loads.hi[r][g])
        answer = optimize.milp(
            -self.points[row, col] * value,
            constraints=optimize.LinearConstraint(np.array(lines, dtype=float), low, high),
            integrality=np.ones(row.size),
            bounds=optimize.Bounds(0, 1),
            options={"mip_rel_gap": 0},
        )
        return None if answer.x is None else -answer.fun


@st.composite
def cases(draw, size=9):
    n, m = draw(st.integers(1, size)), draw(st.integers(1, 4))
    g = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = np.round(g.random((n, m)), draw(st.sampled_from([1, 3])))
    points[g.random((n, m)) < draw(st.sampled_from([0.0, 0.3]))] = np.nan
    hi = g.integers(0, n + 1, m) if draw(st.booleans()) else np.full(m, n)
    lo = np.minimum(hi, g.integers(0, max(1, n // m), m)) * draw(st.booleans())
    value = g.integers(0, 400, n) / 100
    part, fair = draw(st.sampled_from([0.1, 0.4, 1.0])), g.random(m) + 0.2
    fair *= value.sum() / fair.sum()
    loads = Loads.of_one("value", value, np.maximum(1 - part, 0) * fair, (1 + part) * fair)
    if draw(st.booleans()):
        team = g.integers(-1, 2, m)
        vip, most = (g.random(n) < 0.4).astype(float), g.integers(0, 4, 2).astype(float)
        loads = joined_loads(loads, Loads(("VIP",), vip[None], team[None], (np.zeros(2),), (most,)))
    if draw(st.booleans()):
        effort = 1 + g.integers(0, 100, (n, m)) / 100
        loads = attrs.evolve(loads, effort=(effort, *(None,) * (loads.size - 1)))
    return Case(points, lo, hi, loads)


def keeps(case, at, loads=None):
    given_ = np.bincount(at[at >= 0], minlength=case.hi.size)
    held = (loads or case.loads).held(at)
    above = (given_ <= case.hi).all()
    above &= all((h <= top + 1e-6).all() for h, top in zip(held, case.loads.hi, strict=True))
    below = (given_ >= case.lo).all()
    below &= all((h >= low - 1e-6).all() for h, low in zip(held, case.loads.lo, strict=True))
    return bool(above), bool(below)


def solved(case, solver):
    try:
        return solver(case)
    except InfeasibleError:
        assert case.best(value=False) is None
        return None


def by_prices(case):
    return priced(case.points, case.lo, case.hi, case.loads)


def by_search(case):
    return Milp(0.0).solution(case.points, case.lo, case.hi, loads=case.loads)


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from([by_prices, by_search]))
def test_limits_hold_and_the_best_of_whole_customers_is_found(case, solver):
    found = solved(case, solver)
    if found is None:
        return
    served = found.at >= 0
    assert not np.isnan(case.points[served, found.at[served]]).any()
    above, below = keeps(case, found.at)
    assert above
    if not below:
        assert case.best(value=False) is None
        return
    eligible = ~np.isnan(case.points).all(axis=1)
    if case.best(eligible) is not None:
        assert (served == eligible).all()
    best, got = case.best(served), total(case.points, found.at)
    assert got <= found.bound
    assert best <= found.bound + 1e-6
    assert got >= best - 1e-6


@settings(max_examples=40, deadline=None)
@given(cases(), st.data())
def test_the_order_of_representatives_changes_no_total(case, data):
    found = solved(case, by_prices)
    if found is None or not keeps(case, found.at)[1]:
        return
    turn = np.array(data.draw(st.permutations(range(case.hi.size))))
    first = case.loads
    loads = attrs.evolve(
        first,
        lo=(first.lo[0][turn], *first.lo[1:]),
        hi=(first.hi[0][turn], *first.hi[1:]),
        group=np.vstack([np.arange(turn.size), first.group[1:, turn]]),
        effort=tuple(None if by is None else by[:, turn] for by in first.effort),
    )
    turned = Case(case.points[:, turn], case.lo[turn], case.hi[turn], loads)
    other = by_prices(turned)
    if (case.best(~np.isnan(case.points).all(axis=1))) is None:
        return  # who waits is settled by search where not everybody fits
    assert total(turned.points, other.at) >= total(case.points, found.at) - 1e-6


@settings(max_examples=30, deadline=None)
@given(cases(), st.sampled_from([(50, 50), (60, 25, 15)]))
def test_shares_add_up_to_one_and_keep_every_limit(case, pieces):
    n = len(case.points)
    cut = attrs.evolve(case.loads, pieces=pieces, cut=np.arange(n) % 2 == 0)
    found = solved(
        attrs.evolve(case, loads=cut), lambda it: priced(it.points, it.lo, it.hi, it.loads)
    )
    if found is None:
        return
    held = carried(case.loads, found)
    assert all((h <= top + 1e-6).all() for h, top in zip(held, case.loads.hi, strict=True))
    shares = {}
    for row, col, share in found.splits:
        shares.setdefault(row, {})[col] = share
    for row, parts in shares.items():
        assert row % 2 == 0
        assert len(parts) > 1
        assert fsum(parts.values()) == 1.0
        assert max(parts.values()) == parts[int(found.at[row])]


@settings(max_examples=30, deadline=None)
@given(cases(6))
def test_a_conflict_is_true(case):
    if conflict(case.points, case.lo, case.hi, case.loads):
        assert case.best(value=False) is None
