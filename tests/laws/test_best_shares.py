"""Laws of the exact solver: OR-tools' minimum cost flow judges, prices prove."""

from collections.abc import Sequence

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow

from custseg.allocate import Classes, Exact, Greedy, Hash, InfeasibleError
from custseg.allocate.solving.seats.serving import cover
from custseg.allocate.solving.solution import total
from custseg.allocate.solving.solver import check_answer

NAN = np.nan
STEPS = 10**9
LEVELS = st.sampled_from([1, 2, 5, 50, 10_000, STEPS])
MANY = settings(max_examples=5 * settings.default.max_examples)  # 1,000 in the full profile


@st.composite
def problems(draw, *, rows=40, reps=7, whole=True, least=1):
    """Ties, pairs that are not eligible, minimums, nobody's places, too few places."""
    n, m = draw(st.integers(1, rows)), draw(st.integers(1, reps))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = draw(st.integers(1, n)) if draw(st.booleans()) else n
    steps = rng.integers(0, draw(LEVELS), (kinds, m), endpoint=True)
    shut = rng.random((kinds, m)) < draw(st.sampled_from([0.0, 0.0, 0.3, 0.6]))
    points = np.where(shut, NAN, steps / STEPS)[rng.integers(0, kinds, n)]
    most = draw(st.sampled_from([1, 2, 4])) * n // m + 1
    hi = rng.integers(0, most, m, endpoint=True)
    lo = np.minimum(hi, rng.integers(0, least * n // m + 1, m))
    lo *= least > 1 or draw(st.booleans())
    return points, lo, hi if whole else np.maximum(hi, 1)


def flow(points, lo, hi):
    """The most steps there can be, by OR-tools; ``None`` if limits cannot be kept."""
    n, m = points.shape
    rows, reps = np.nonzero(~np.isnan(points))
    net = min_cost_flow.SimpleMinCostFlow()
    gain = np.rint(points[rows, reps] * STEPS).astype(np.int64)
    net.add_arcs_with_capacity_and_unit_cost(rows, n + reps, np.ones(rows.size, int), -gain)
    last = np.full(m, n + m)
    net.add_arcs_with_capacity_and_unit_cost(n + np.arange(m), last, hi - lo, np.zeros(m, int))
    supplies = np.concatenate([np.ones(n, int), -lo, [lo.sum() - n]])
    net.set_nodes_supplies(np.arange(n + m + 1), supplies)
    return -net.optimal_cost() if net.solve() == net.OPTIMAL else None


def steps(points, at):
    return round(total(points, at) * STEPS)


def found(problem, solver=None, **given_):
    """The solution, or who contradicts whom."""
    try:
        return (solver or Exact()).solution(*problem, **given_)
    except InfeasibleError as error:
        return error


def solved(problem, **given_):
    answer = found(problem, **given_)
    assume(not isinstance(answer, InfeasibleError))
    return answer


@MANY
@given(problem=problems())
def test_no_answer_is_better_by_the_judgement_of_another_solver(problem):
    points, lo, hi = problem
    rows = cover(points, np.arange(len(points)), hi)
    judged = flow(points[rows], lo, hi)
    answer = found(problem)
    if isinstance(answer, InfeasibleError):
        assert judged is None
        return
    check_answer(answer.at, points, lo, hi)
    assert np.flatnonzero(answer.at >= 0).tolist() == rows.tolist()
    assert steps(points, answer.at) == judged


@given(problem=problems())
def test_prices_prove_the_answer(problem):
    points, lo, hi = problem
    answer = solved(problem)
    assert answer.bound == total(points, answer.at)
    load = np.bincount(answer.at[answer.at >= 0], minlength=hi.size)
    assert (load[answer.prices > 0] == hi[answer.prices > 0]).all()
    assert (load[answer.prices < 0] == lo[answer.prices < 0]).all()
    rows = np.flatnonzero(answer.at >= 0)
    left = np.where(hi > 0, points[rows] - answer.prices, NAN)
    mine = points[rows, answer.at[rows]] - answer.prices[answer.at[rows]]
    assert (np.nan_to_num(left, nan=-1e9).max(axis=1, initial=-1e9) <= mine + 1e-9).all()


@given(problem=problems(least=4))
def test_conflicting_minimums_are_named_and_truly_conflict(problem):
    points, lo, hi = problem
    answer = found(problem)
    if not isinstance(answer, InfeasibleError):
        assert (np.bincount(answer.at[answer.at >= 0], minlength=lo.size) >= lo).all()
        return
    who = list(answer.reps)
    eligible = (~np.isnan(points[:, who]) & (hi[who] > 0)).any(axis=1).sum()
    assert lo[who].sum() == answer.needed > answer.eligible == eligible


@given(problem=problems(), seed=st.integers(0, 99))
def test_any_prices_to_start_from_give_the_same(problem, seed):
    rng = np.random.default_rng(seed)
    answer = solved(problem)
    m = problem[1].size
    wild = rng.choice([np.nan, np.inf, -3.0, 0.5, 1e-9, 1e12], m)
    for warm in (answer.prices, rng.normal(size=m), wild):
        again = solved(problem, warm=warm)
        assert again.bound == answer.bound == total(problem[0], again.at)
        assert again.prices.tolist() == answer.prices.tolist()


@given(problem=problems(), seed=st.integers(0, 99))
def test_order_of_rows_and_columns_changes_no_total_and_no_price(problem, seed):
    points, lo, hi = problem
    assume(hi.sum() >= len(points))
    assume(cover(points, np.arange(len(points)), hi).size == len(points))
    rng = np.random.default_rng(seed)
    rows, reps = rng.permutation(len(points)), rng.permutation(hi.size)
    answer = solved(problem)
    turned = solved((points[rows][:, reps], lo[reps], hi[reps]))
    assert turned.bound == answer.bound
    if np.isfinite(points).all():  # else nobody may be able to come or go, at any price
        assert turned.prices.tolist() == answer.prices[reps].tolist()


@given(problem=problems(), seed=st.integers(0, 99), factor=st.sampled_from([2.0, 7.0]))
def test_scale_and_a_bonus_of_a_customer_change_nothing(problem, seed, factor):
    points, lo, hi = problem
    answer = solved(problem)
    scaled = solved((points * factor, lo, hi))
    assert steps(points, scaled.at) == steps(points, answer.at)
    bonus = np.random.default_rng(seed).integers(-5, 5, (len(points), 1)).astype(float)
    moved = solved((points + bonus, lo, hi))
    assert steps(points, moved.at) == steps(points, answer.at)
    assert np.abs(moved.prices - answer.prices).max(initial=0) < 1e-9


@given(problem=problems(whole=False), which=st.integers(0, 6))
def test_one_more_place_brings_no_more_than_its_price(problem, which):
    points, lo, hi = problem
    assume(cover(points, np.arange(len(points)), hi).size == len(points))
    rep = which % hi.size
    answer = solved(problem)
    more = hi.copy()
    more[rep] += 1
    rise = steps(points, solved((points, lo, more)).at) - steps(points, answer.at)
    assert 0 <= rise <= round(max(answer.prices[rep], 0) * STEPS)


@given(problem=problems())
def test_a_representative_without_customers_may_go(problem):
    points, lo, hi = problem
    answer = solved(problem)
    load = np.bincount(answer.at[answer.at >= 0], minlength=hi.size)
    kept = np.flatnonzero((load > 0) | (lo > 0))
    assume(0 < kept.size < hi.size)
    rest = solved((points[:, kept], lo[kept], hi[kept]))
    assert rest.bound == answer.bound


@given(problem=problems(), factor=st.sampled_from([1, 3]))
def test_classes_and_rows_and_whole_numbers_agree(problem, factor):
    points, lo, hi = problem
    answer, classes = found(problem), found(problem, Classes())
    assert type(answer) is type(classes)
    if isinstance(answer, InfeasibleError):
        return
    assert classes.bound == total(points, classes.at) == answer.bound
    assert classes.prices.tolist() == answer.prices.tolist()
    assert ((classes.at < 0) == (answer.at < 0)).all()
    least = np.iinfo(np.int64).min
    whole = np.where(np.isnan(points), least, np.rint(np.nan_to_num(points) * STEPS) * factor)
    count = solved((whole.astype(np.int64), lo, hi))
    assert count.bound == steps(points, answer.at) * factor


@given(problem=problems())
def test_nobody_is_better_than_exact(problem):
    points, lo, hi = problem
    answer = solved(problem)
    for other in (Greedy(), Greedy("priority"), Hash()):
        try:
            at = other.solve(points, lo, hi)
        except InfeasibleError:
            continue
        check_answer(at, points, lo, hi)
        assert ((at < 0) == (answer.at < 0)).all()
        assert steps(points, at) <= steps(points, answer.at)


@given(problem=problems(reps=4), sizes=st.lists(st.integers(0, 3), min_size=40, max_size=40))
def test_shares_of_classes_are_shares_of_their_customers(problem, sizes: Sequence[int]):
    points, lo, hi = problem
    counts = np.array(sizes[: len(points)], dtype=np.int64)
    people = np.repeat(points, counts, axis=0)
    try:
        amounts, prices = Classes().share(points, counts, lo, hi)
    except InfeasibleError:
        assert isinstance(found((people, lo, hi)), InfeasibleError)
        return
    answer = found((people, lo, hi))
    assert (amounts.sum(axis=1) <= counts).all()
    assert ((amounts.sum(axis=0) <= hi) & (amounts.sum(axis=0) >= lo)).all()
    assert not amounts[np.isnan(points)].any()
    assert amounts.sum() == (answer.at >= 0).sum()
    gained = int((amounts * np.rint(np.nan_to_num(points) * STEPS).astype(np.int64)).sum())
    assert gained >= steps(people, answer.at)
    if (answer.at >= 0).all():
        assert gained == steps(people, answer.at)
        assert prices.tolist() == answer.prices.tolist()


@given(names=st.integers(1, 60), team=st.integers(2, 6), gone=st.integers(0, 5))
def test_who_goes_by_hash_moves_only_with_the_representative(names, team, gone):
    ids = [f"C{i}" for i in range(names)], [f"R{j}" for j in range(team)]
    none, most = np.zeros(team, dtype=np.int64), np.full(team, names)
    before = Hash().place(np.zeros((names, team)), none, most, ids=ids)
    left = [j for j in range(team) if j != gone % team]
    rest = (ids[0], [ids[1][j] for j in left])
    after = Hash().place(np.zeros((names, team - 1)), none[1:], most[1:], ids=rest)
    stays = before != gone % team
    assert np.array(left)[after][stays].tolist() == before[stays].tolist()
