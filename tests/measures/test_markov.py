import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import chi2_contingency

import anygrid
from custseg.classify import transition_matrix
from custseg.measures.markov import first_passage, homogeneity, reached, reaching, resting

strata = hnp.arrays(
    np.int64, st.tuples(st.integers(1, 4), st.just(3), st.just(3)), elements=st.integers(0, 9)
)


def test_the_example_of_kullback_kupperman_and_ku():
    """Kullback, Kupperman and Ku 1962, Technometrics 4(4), table 9.2: 160.961 with 30 degrees.

    Nobody moves from the fourth state to the first, which leaves 29 that the data can tell.
    """
    men = [
        [22, 11, 24, 2, 2, 7],
        [5, 23, 15, 3, 42, 6],
        [4, 21, 190, 25, 20, 34],
        [0, 2, 14, 56, 14, 28],
        [32, 15, 20, 10, 56, 14],
        [5, 22, 31, 18, 13, 134],
    ]
    others = [
        [3, 6, 9, 3, 0, 8],
        [1, 9, 3, 12, 27, 5],
        [2, 9, 208, 32, 5, 18],
        [0, 14, 32, 108, 40, 40],
        [22, 14, 9, 26, 224, 14],
        [1, 5, 13, 53, 13, 116],
    ]
    test = homogeneity(np.array([men, others]))
    assert round(test.statistic, 3) == 160.961
    assert test.degrees == 29
    assert test.p_value < 1e-15


@given(strata)
def test_it_is_the_g_test_of_each_row(counts):
    statistic = degrees = 0
    for row in range(3):
        table = counts[:, row]
        table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
        if min(table.shape, default=0) > 1:
            each = chi2_contingency(table, lambda_="log-likelihood", correction=False)
            statistic, degrees = statistic + each.statistic, degrees + each.dof
    test = homogeneity(counts)
    if not degrees:
        assert test is None
    else:
        assert test.degrees == degrees
        assert test.statistic == pytest.approx(statistic, abs=1e-9)
        assert 0 <= test.misplaced < 1


@given(anygrid.grids())
def test_memory_is_the_same_test_with_the_state_before(grid):
    matrix = transition_matrix(grid)
    assert matrix.memoryless == homogeneity(matrix.memory)
    assert matrix.same_over_time == homogeneity(matrix.steps)


def walked(chances, people, dates, seed):
    """Customers who walk by fixed chances."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(chances, axis=1)
    states = [rng.integers(0, len(chances), people)]
    for _ in range(dates - 1):
        states.append((rng.random(people)[:, None] > edges[states[-1]]).sum(axis=1))
    return np.array(states, dtype=np.int8)


CHANCES = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.1, 0.2, 0.7]])
THREE = ("active", "at_risk", "dormant")


def test_p_values_are_even_where_the_chances_are_fixed():
    found = [
        transition_matrix(anygrid.grid(walked(CHANCES, 400, 5, seed), THREE)) for seed in range(300)
    ]
    for test in ("same_over_time", "memoryless"):
        p = np.sort([getattr(matrix, test).p_value for matrix in found])
        assert np.abs(p - (np.arange(300) + 0.5) / 300).max() < 1.63 / np.sqrt(
            300
        )  # Kolmogorov, 1 %


def test_dispersion_is_about_1_where_the_chances_are_fixed():
    found = [
        transition_matrix(anygrid.grid(walked(CHANCES, 400, 5, seed), THREE)) for seed in range(100)
    ]
    assert np.mean([matrix.same_over_time.dispersion for matrix in found]) == pytest.approx(
        1.0, abs=0.06
    )


def test_chances_that_change_are_seen():
    states = np.concatenate((walked(CHANCES, 400, 3, 1), walked(CHANCES[::-1], 400, 3, 2)))
    matrix = transition_matrix(anygrid.grid(states, THREE))
    assert matrix.same_over_time.p_value < 1e-6
    assert matrix.same_over_time.misplaced > 0.05


@given(hnp.arrays(np.float64, (4, 4), elements=st.floats(0.01, 1.0)))
def test_rest_is_the_eigenvector(raw):
    chances = raw / raw.sum(axis=1)[:, None]
    shares = resting(chances)
    assert shares.sum() == pytest.approx(1.0)
    assert np.allclose(shares @ chances, shares, atol=1e-12)


def test_who_is_gone_for_good_has_all_the_shares():
    chances = np.array([[0.5, 0.4, 0.1], [0.3, 0.6, 0.1], [0.0, 0.0, 1.0]])
    assert resting(chances).tolist() == [0.0, 0.0, 1.0]


def test_two_ends_or_an_unknown_one_are_no_rest():
    assert resting(np.eye(2)) is None
    assert resting(np.array([[0.5, 0.5], [np.nan, np.nan]])) is None
    known = resting(np.array([[1.0, 0.0], [np.nan, np.nan]]))  # nobody ever comes there
    assert known.tolist() == [1.0, 0.0]


def test_to_and_fro_rests_in_the_middle():
    assert resting(np.array([[0.0, 1.0], [1.0, 0.0]])).tolist() == [0.5, 0.5]


moves = st.integers(1, 5).flatmap(
    lambda k: hnp.arrays(np.float64, (k, k), elements=st.integers(0, 4).map(float))
)


def test_the_land_of_oz():
    """Kemeny and Snell 1976, section 4.4 (also giddy.ergodic.fmpt)."""
    oz = np.array([[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]])
    found = first_passage(oz)
    mean = [[5 / 2, 4, 10 / 3], [8 / 3, 5, 8 / 3], [10 / 3, 4, 5 / 2]]
    np.testing.assert_allclose(found.steps, mean, rtol=1e-12)
    np.testing.assert_allclose(found.chance, 1.0)
    np.testing.assert_allclose(1 / np.diag(found.steps), resting(oz))


def test_groups_that_nobody_leaves():
    """The reducible chain of giddy.ergodic.fmpt_general."""
    found = first_passage(np.array([[0.5, 0.5, 0], [0.2, 0.8, 0], [0, 0, 1]]))
    np.testing.assert_allclose(found.steps[:2, :2], [[3.5, 2], [5, 1.4]])
    assert np.isnan(found.steps[[0, 1, 2, 2], [2, 2, 0, 1]]).all()
    assert found.chance.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_an_end_is_reached_in_time():
    """giddy.ergodic.fmpt_general calls it endless: it looks within groups only."""
    assert first_passage(np.array([[0.5, 0.5], [0.0, 1.0]])).steps[0, 1] == pytest.approx(2)


def test_the_ruin_of_a_gambler():
    """Feller 1968, XIV: from place i of n, up with p = .4; chance and length of the game."""
    p, size = 0.4, 6
    chances = np.zeros((size + 1, size + 1))
    chances[0, 0] = chances[size, size] = 1
    for i in range(1, size):
        chances[i, i + 1], chances[i, i - 1] = p, 1 - p
    r, i = (1 - p) / p, np.arange(1, size)
    won = (r**i - 1) / (r**size - 1)
    np.testing.assert_allclose(reaching(chances, (size,)).chance[1:-1], won)
    length = i / (1 - 2 * p) - size / (1 - 2 * p) * won
    np.testing.assert_allclose(reaching(chances, (0, size)).steps[1:-1], length)


def test_steps_are_those_of_who_arrives():
    """Half arrive at once, half are lost: the mean is 1, not endless."""
    found = reaching(np.array([[0.0, 0.5, 0.5], [0, 1, 0], [0, 0, 1]]), (1,))
    assert (found.chance[0], found.steps[0]) == (0.5, 1.0)


def test_what_is_not_known_is_not_told():
    nan = [np.nan] * 3
    found = first_passage(np.array([[0.5, 0.5, 0], [0.2, 0.6, 0.2], nan]))
    assert found.chance[0, 1] == 1.0, "nobody gets to the unknown state before"
    assert np.isnan(found.chance[[0, 1, 2, 2, 2], [0, 0, 0, 1, 2]]).all()
    assert found.chance[1, 2] == 1.0


@given(moves)
def test_passages_agree_with_many_steps(counted):
    if not counted.sum(axis=1).all():
        return
    chances = counted / counted.sum(axis=1, keepdims=True)
    found = first_passage(chances)
    stopped = chances.copy()
    stopped[-1] = np.eye(len(chances))[-1]
    for _ in range(14):
        stopped = stopped @ stopped
    np.testing.assert_allclose((chances @ stopped)[:, -1], found.chance[:, -1], atol=1e-9)
    assert np.nanmin(found.steps, initial=1.0) >= 1 - 1e-12


def test_nobody_goes_nowhere():
    assert first_passage(np.zeros((0, 0))).steps.shape == (0, 0)


@given(moves, st.integers(1, 6))
def test_what_is_reached_in_time_grows_towards_what_ever_is(counted, steps):
    if not counted.sum(axis=1).all():
        return
    chances = counted / counted.sum(axis=1, keepdims=True)
    target = len(chances) - 1
    soon, later = (reached(chances, (target,), n) for n in (steps, steps + 1))
    assert soon[target] == 1.0
    assert (soon <= later + 1e-12).all()
    by_hand = [1.0 if i == target else chances[i] @ soon for i in range(len(chances))]
    np.testing.assert_allclose(later, by_hand, atol=1e-12)
    ever = reaching(chances, (target,)).chance
    np.testing.assert_allclose(
        reached(chances, (target,), 1 << 14)[:target], ever[:target], atol=1e-6
    )


def test_what_is_reached_beyond_the_unknown_is_not_told():
    chances = np.array([[0.5, 0.5, 0.0], [np.nan] * 3, [0.5, 0.0, 0.5]])
    assert reached(chances, (2,), 1)[0] == 0.0
    assert np.isnan(reached(chances, (2,), 2)[:2]).all()
    assert np.isnan(reached(chances, (2,), 1)[1])
    assert reached(chances, (1,), 2).tolist() == [0.75, 1.0, 0.25]
