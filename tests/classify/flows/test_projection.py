import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anygrid
import everykind
from custseg.classify import transition_matrix
from custseg.classify.flows.projection import Chances, projected
from custseg.errors import ConfigError, NotEnoughDataError

TRUE = np.array([[0.8, 0.15, 0.05], [0.3, 0.3, 0.4], [0.1, 0.0, 0.9]])
THREE = ("active", "at_risk", "dormant")


def matrix_of(counts, arrivals=None):
    """A matrix with given counts in one step."""
    size = len(counts)
    moves = [(i, j) for i in range(size) for j in range(size) for _ in range(counts[i][j])]
    come = [(-1, j) for j, n in enumerate(arrivals or ()) for _ in range(n)]
    return transition_matrix(anygrid.grid(np.array([*moves, *come]).T, THREE[:size]))


def test_expectations_are_powers_of_the_matrix():
    counts = (TRUE * 1000).round().astype(int).tolist()
    coming = matrix_of(counts).project({"active": 100, "at_risk": 50}, steps=4, newcomers=0)
    start = np.array([100.0, 50.0, 0.0])
    for step in range(5):
        assert coming.expected[step] == pytest.approx(start @ np.linalg.matrix_power(TRUE, step))
    assert coming.low[0].tolist() == coming.high[0].tolist() == start.tolist()
    assert coming.expected.sum(axis=1) == pytest.approx([150.0] * 5)


@given(anygrid.grids(), st.integers(0, 30), st.integers(1, 4))
def test_customers_are_neither_lost_nor_made(grid, come, steps):
    matrix = transition_matrix(grid)
    try:
        coming = matrix.project(steps=steps, newcomers=come)
    except NotEnoughDataError:
        return
    total = matrix.latest.sum() + come * np.arange(steps + 1)
    assert coming.expected.sum(axis=1) == pytest.approx(total)
    assert (coming.low >= 0).all()
    assert (coming.low <= coming.expected + 1e-9).all()
    assert (coming.expected <= coming.high + 1e-9).all()
    assert (coming.high <= total[:, None] + 1e-9).all()


def test_one_step_spreads_like_a_binomial_where_the_chances_are_known():
    many = 10**9
    chances = Chances(np.array([[many * 3, many], [0, many]]), np.zeros((1, 2), dtype=int))
    start = np.array([1000.0, 0.0])
    expected, low, high = projected(chances, start, steps=1, newcomers=0.0, level=0.95)
    assert expected[1].tolist() == [750.0, 250.0]
    half = 1.959964 * np.sqrt(1000 * 0.75 * 0.25)
    assert (high[1] - low[1]) / 2 == pytest.approx(half, rel=0.01)


def test_few_customers_who_all_did_the_same_are_no_certainty():
    coming = matrix_of([[3, 0, 0], [0, 0, 0], [0, 0, 90]]).project(
        {"active": 1000}, steps=1, newcomers=0
    )
    assert coming.expected[1].tolist() == [1000.0, 0.0, 0.0]
    assert coming.low[1, 0] < 800
    assert coming.high[1, 2] > 200


def simulated(rng, people, dates, come):
    """Customers who walk by fixed chances, and newcomers in each step."""
    edges = np.cumsum(TRUE, axis=1)
    states = np.full((dates, people + come * dates), -1)
    states[0, :people] = rng.integers(0, 3, people)
    for t in range(1, dates):
        known = states[t - 1] >= 0
        walk = (rng.random(known.sum())[:, None] > edges[states[t - 1, known]]).sum(axis=1)
        states[t, known] = walk
        fresh = rng.poisson(come * 0.7)
        free = np.flatnonzero(~known)[: min(fresh, come)]
        states[t, free] = 0
    return states


@pytest.mark.parametrize("come", [0, 40])
def test_intervals_hold_what_comes_about_as_often_as_they_say(come):
    """250 bases of 200 customers, seen for 5 dates and then followed for 3 more."""
    held = []
    for seed in range(250):
        rng = np.random.default_rng(seed)
        states = simulated(rng, 200, 8, come)
        matrix = transition_matrix(anygrid.grid(states[:5], THREE))
        coming = matrix.project(steps=3, newcomers=None if come else 0)
        after = np.array([np.bincount(row + 1, minlength=4)[1:] for row in states[5:]])
        held.append((coming.low[1:] <= after) & (after <= coming.high[1:]))
    share = np.mean(held, axis=0)
    assert (share > 0.90).all()
    assert (share < 0.995).all()
    assert 0.93 < share.mean() < 0.98


def unsteady(rng, people, dates):
    """Customers whose chances to stay differ from step to step."""
    states = [np.zeros(people, dtype=int)]
    for _ in range(dates - 1):
        stay = np.array([rng.beta(70, 30), 1 - rng.beta(20, 80)])
        kept = rng.random(people) < stay[states[-1]]
        states.append(np.where(kept, states[-1], 1 - states[-1]))
    return np.array(states)


def test_steps_that_differ_by_more_than_chance_widen_the_intervals():
    held, wide = [], []
    for seed in range(250):
        states = unsteady(np.random.default_rng(seed), 2000, 14)[1:]
        matrix = transition_matrix(anygrid.grid(states[:12], ("active", "dormant")))
        coming = matrix.project(steps=1, newcomers=0)
        after = np.bincount(states[12], minlength=2)
        held.append((coming.low[1] <= after) & (after <= coming.high[1]))
        wide.append(coming.dispersion)
    assert np.mean(wide) > 3
    assert 0.88 < np.mean(held) < 0.99


def test_newcomers_are_the_mean_so_far_or_as_given():
    matrix = matrix_of([[50, 10, 0], [0, 30, 20], [0, 0, 90]], arrivals=(8, 2, 0))
    mean = matrix.project(steps=1)
    assert mean.newcomers.tolist() == [8.0, 2.0, 0.0]
    assert mean.assumed.code == "newcomers_mean"
    given_ = matrix.project(steps=1, newcomers=100)
    assert given_.newcomers.tolist() == [80.0, 20.0, 0.0]
    assert given_.assumed.text() == "newcomers as given: 100.0 a step"
    assert given_.expected[1].sum() == pytest.approx(matrix.latest.sum() + 100)
    nobody = matrix_of([[50, 10, 0], [0, 30, 20], [0, 0, 90]])
    with pytest.raises(NotEnoughDataError, match="states of newcomers are not known"):
        nobody.project(newcomers=5)
    assert nobody.project(newcomers=0, steps=1).newcomers.tolist() == [0.0, 0.0, 0.0]


def test_a_state_without_moves_is_not_guessed():
    matrix = matrix_of([[5, 5, 0], [0, 0, 0], [0, 0, 5]])
    matrix.project({"active": 1}, steps=1)  # who gets there has not to move on yet
    with pytest.raises(NotEnoughDataError, match="pool more dates"):
        matrix.project({"active": 1}, steps=2)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"steps": 0}, "steps: must be 1"),
        ({"newcomers": -1}, "newcomers: must"),
        ({"counts": {"lost": 3}}, "counts: there are no states"),
        ({"counts": {"active": -3}}, "counts: must be finite"),
    ],
)
def test_impossible_questions_are_refused(asked, said):
    with pytest.raises(ConfigError, match=said):
        matrix_of([[5, 5], [1, 5]]).project(**asked)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_it_is_a_table_data_and_text(kind):
    like = everykind.as_table(kind, [{"customer_id": "a"}], {"customer_id": "text"})
    grid = anygrid.grid([[0, 0, 1], [0, 1, 1]], ("active", "dormant"), like=like)
    coming = transition_matrix(grid).project(steps=2)
    rows = everykind.as_records(coming.table)
    assert [row["step"] for row in rows] == [0, 0, 1, 1, 2, 2]
    assert rows[2]["state"] == "active"
    assert rows[2]["expected"] == coming.expected[1, 0]
    assert json.loads(json.dumps(coming.as_dict(), allow_nan=False))["states"] == [
        "active",
        "dormant",
    ]
    assert coming.text("zh").splitlines()[0].startswith("步")
    assert "newcomers come as on average so far: 0.0 a step" in coming.text()
    assert "1.0 times as much" in coming.text()
    assert coming._repr_html_().startswith("<table>")
