"""Matrices of moves that others have printed, and what they read from them.

giddy: docstrings of ``giddy.markov.Markov``, ``giddy.mobility.markov_mobility`` (US states by
income, 1929-2009) and ``giddy.ergodic``. transitionMatrix: ``datasets/sp_1981-2016.csv`` and
``datasets/sp_NR_adjusted.json``, Standard & Poor's ratings over a year, per cent.
"""

import numpy as np
import pytest

from custseg.measures import first_passage, mobility, resting
from custseg.tiering import migration

INCOME = np.array(
    [
        [729, 71, 1, 0, 0],
        [72, 567, 80, 3, 0],
        [0, 81, 631, 86, 2],
        [0, 3, 86, 573, 56],
        [0, 0, 1, 57, 741],
    ]
)
QUINTILES = ("q1", "q2", "q3", "q4", "q5")
START = [0.1, 0.2, 0.2, 0.4, 0.1]

RATINGS = ("CCC", "B", "BB", "BBB", "A", "AA", "AAA")
"""Lowest first; the table has AAA first, then D (default) and NR (not rated any more)."""
RATED = [
    [87.05, 9.03, 0.53, 0.05, 0.08, 0.03, 0.05, 0.0, 3.17],
    [0.52, 86.82, 8.0, 0.51, 0.05, 0.07, 0.02, 0.02, 3.99],
    [0.03, 1.77, 87.79, 5.33, 0.32, 0.13, 0.02, 0.06, 4.55],
    [0.01, 0.1, 3.51, 85.56, 3.79, 0.51, 0.12, 0.18, 6.23],
    [0.01, 0.03, 0.12, 4.97, 76.98, 6.92, 0.61, 0.72, 9.63],
    [0.0, 0.03, 0.09, 0.19, 5.15, 74.26, 4.46, 3.76, 12.06],
    [0.0, 0.0, 0.13, 0.19, 0.63, 12.91, 43.97, 26.78, 15.39],
]
ADJUSTED = [
    [0.899, 0.09326, 0.00547, 0.00052, 0.00083, 0.00031, 0.00052, 0.0],
    [0.00542, 0.90428, 0.08332, 0.00531, 0.00052, 0.00073, 0.00021, 0.00021],
    [0.00031, 0.01854, 0.91975, 0.05584, 0.00335, 0.00136, 0.00021, 0.00063],
    [0.00011, 0.00107, 0.03743, 0.91245, 0.04042, 0.00544, 0.00128, 0.00192],
    [0.00011, 0.00033, 0.00133, 0.055, 0.85183, 0.07657, 0.00675, 0.00797],
    [0.0, 0.00034, 0.00102, 0.00216, 0.05856, 0.84444, 0.05072, 0.04276],
    [0.0, 0.0, 0.00154, 0.00225, 0.00745, 0.15258, 0.51968, 0.31651],
]


def moved(counts, words):
    """As many customers as a table says."""
    return [
        {"tier_previous": words[i], "tier": words[j]}
        for i, row in enumerate(counts)
        for j, many in enumerate(row)
        for _ in range(many)
    ]


@pytest.fixture(scope="module")
def income():
    return migration(moved(INCOME.tolist(), QUINTILES), tiers=QUINTILES)


def test_chances_of_giddy(income):
    printed = [
        [0.91011236, 0.0886392, 0.00124844, 0.0, 0.0],
        [0.09972299, 0.78531856, 0.11080332, 0.00415512, 0.0],
        [0.0, 0.10125, 0.78875, 0.1075, 0.0025],
        [0.0, 0.00417827, 0.11977716, 0.79805014, 0.07799443],
        [0.0, 0.0, 0.00125156, 0.07133917, 0.92740926],
    ]
    np.testing.assert_allclose(income.probabilities, printed, atol=5e-9)
    assert np.array_equal(income.counts, INCOME)


@pytest.mark.parametrize(
    ("index", "printed"),
    [
        ("shorrocks", 0.19759),
        ("determinant", 0.60685),
        ("eigenvalue", 0.03978),
        ("unconditional", 0.22777),
        ("distance", 0.04637),
    ],
)
def test_mobility_of_giddy(income, index, printed):
    found = mobility(income.probabilities, START)
    assert getattr(found, index) == pytest.approx(printed, abs=5e-6)


def test_the_metric_of_jafry_and_schuermann(income):
    """The mean singular value of P - I for the same matrix."""
    assert income.mobility.singular == pytest.approx(0.158189, abs=5e-7)


def test_the_steady_state_of_giddy(income):
    printed = [0.20774716, 0.18725774, 0.20740537, 0.18821787, 0.20937187]
    np.testing.assert_allclose(list(income.stationary.values()), printed, atol=5e-9)
    np.testing.assert_allclose(resting(income.probabilities), printed, atol=5e-9)


def test_first_passages_return_in_the_time_that_the_steady_state_says(income):
    """Kemeny and Snell 1976, theorem 4.4.5: the mean time of return is 1 / share."""
    returns = np.diag(first_passage(income.probabilities).steps)
    np.testing.assert_allclose(1 / returns, list(income.stationary.values()))


def test_ratings_that_are_not_rated_any_more():
    """As transitionMatrix adjusts for NR: whoever left is no part of the chances of the others.

    The printed rows sum to between 99.99 and 100.02 per cent, so shares agree to that.
    """
    words = ["AAA", "AA", "A", "BBB", "BB", "B", "CCC", "D", None]
    whole = (np.array(RATED) * 100).round().astype(int).tolist()
    found = migration(moved(whole, words), tiers=("D", *RATINGS))
    chances = found.among_tiers[:0:-1, ::-1]  # as printed: AAA first, and without a row of D
    np.testing.assert_allclose(chances, ADJUSTED, atol=1.1e-4)
    assert found.moved["left"] == sum(row[-1] for row in whole)


def test_leaving_may_be_a_word():
    """Default as a state outside the tiers is an end like any other."""
    words = ["AAA", "AA", "A", "BBB", "BB", "B", "CCC", "D", None]
    whole = (np.array(RATED) * 100).round().astype(int).tolist()
    found = migration(moved(whole, words), tiers=RATINGS)
    assert found.outside == ("D",)
    assert found.moved["left"] == sum(row[-1] + row[-2] for row in whole)
    np.testing.assert_allclose(found.probabilities[0, -1], 0.2678, atol=1e-4)
