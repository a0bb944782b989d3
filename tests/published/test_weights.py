"""Weights and rankings that have been published, to the printed digit."""

import numpy as np
import pytest

from custseg.scoring import AHP, Topsis, Weights
from custseg.scoring.weighing.pairs import principal
from custseg.scoring.weighing.spreading import weights_of

DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
CONSUMED = (  # Saaty 2008, "Decision making with the analytic hierarchy process", IJSSCI 1(1)
    (1, 9, 5, 2, 1, 1, 1 / 2),
    (1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9),
    (1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9),
    (1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3),
    (1, 9, 4, 2, 1, 2, 1 / 2),
    (1, 9, 3, 1, 1 / 2, 1, 1 / 3),
    (2, 9, 9, 3, 2, 3, 1),
)
LEADER = {  # the example "Choosing a leader" of AHPy 2.1, from Wikipedia's article on AHP
    "experience": {("Moll", "Nell"): 1 / 4, ("Moll", "Sue"): 4, ("Nell", "Sue"): 9},
    "education": {("Moll", "Nell"): 3, ("Moll", "Sue"): 1 / 5, ("Nell", "Sue"): 1 / 7},
    "charisma": {("Moll", "Nell"): 5, ("Moll", "Sue"): 9, ("Nell", "Sue"): 4},
    "age": {("Moll", "Nell"): 1 / 3, ("Moll", "Sue"): 5, ("Nell", "Sue"): 9},
}
CRITERIA = {
    ("experience", "education"): 4,
    ("experience", "charisma"): 3,
    ("experience", "age"): 7,
    ("education", "charisma"): 1 / 3,
    ("education", "age"): 3,
    ("charisma", "age"): 5,
}


def rounded(shares, digits=3):
    return {name: round(share, digits) for name, share in shares.items()}


def test_drinks_in_the_united_states():
    said = {(DRINKS[i], DRINKS[j]): CONSUMED[i][j] for i in range(7) for j in range(i + 1, 7)}
    found = AHP(said).weights()
    expected = (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327)
    assert rounded(found.shares) == dict(zip(DRINKS, expected, strict=True))
    assert round(found.ratio, 3) == 0.022
    # The printed table says milk is to coffee as 1 and to soda as 1/2, and soda to milk as 2.
    assert round(found.checks[0].eigenvalue, 2) == 7.18


def test_choosing_a_leader():
    found = AHP(CRITERIA, LEADER).weights()
    assert rounded(found.shares) == {"Moll": 0.358, "Nell": 0.493, "Sue": 0.149}
    # AHPy prints 0.150 for Sue: it adds up weights that it has rounded to three digits before.
    criteria = rounded(AHP(CRITERIA).weights().shares)
    parts = {name: rounded(AHP(said).weights().shares) for name, said in LEADER.items()}
    sue = sum(share * parts[name]["Sue"] for name, share in criteria.items())
    assert round(sue, 3) == 0.150
    ratios = {check.of: round(check.ratio, 3) for check in found.checks}
    assert (ratios[""], ratios["experience"], ratios["education"]) == (0.044, 0.035, 0.062)
    experience = AHP(LEADER["experience"]).weights()
    assert rounded(experience.shares) == {"Moll": 0.217, "Nell": 0.717, "Sue": 0.066}
    criteria = AHP(CRITERIA).weights()
    assert rounded(criteria.shares) == {
        "experience": 0.548,
        "education": 0.127,
        "charisma": 0.270,
        "age": 0.056,
    }


def test_a_pair_that_was_not_judged():
    """AHPy 2.1, "Missing Pairwise Comparisons": indices of Donegan and Dodd, least eigenvalue."""
    said = {("a", "b"): 1, ("a", "c"): 5, ("a", "d"): 2, ("b", "c"): 3, ("b", "d"): 4}
    whole = AHP({**said, ("c", "d"): 3 / 4}, random_index="donegan-dodd").weights()
    assert rounded(whole.shares, 4) == {"a": 0.3742, "b": 0.3917, "c": 0.0991, "d": 0.1349}
    assert round(whole.ratio, 4) == 0.0372
    part = AHP(said, random_index="donegan-dodd").weights()
    assert rounded(part.shares, 4) == {"a": 0.3738, "b": 0.3920, "c": 0.0985, "d": 0.1357}
    # AHPy takes the index of judgements of all pairs; with one of six missing, two thirds of it.
    assert round(part.ratio * 2 / 3, 4) == 0.0372
    assert part.checks[0].missing == 1


def test_buying_a_car():
    """AHPy 2.1, "Purchasing a vehicle", from Wikipedia: criteria by Donegan and Dodd."""
    said = {
        ("cost", "safety"): 3,
        ("cost", "style"): 7,
        ("cost", "capacity"): 3,
        ("safety", "style"): 9,
        ("safety", "capacity"): 1,
        ("style", "capacity"): 1 / 7,
    }
    found = AHP(said, random_index="donegan-dodd").weights()
    assert rounded(found.shares) == {
        "cost": 0.510,
        "safety": 0.234,
        "style": 0.041,
        "capacity": 0.215,
    }
    assert round(found.ratio, 2) == 0.08


def test_the_eigenvector_of_judgements_that_are_no_mirror():
    """Wang and Chin 2011, Information Sciences 181(23), as in pymcdm's own test.

    The matrix as printed is not reciprocal (1 and 1/3 in the last rows), and is taken as it is.
    """
    matrix = [
        [1, 4, 3, 1, 3, 4],
        [1 / 4, 1, 7, 3, 1 / 5, 1],
        [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
        [1, 1 / 3, 5, 1, 1, 1 / 3],
        [1 / 3, 5, 5, 1, 1, 3],
        [1 / 4, 1, 6, 3, 1 / 3, 1],
    ]
    vector, _ = principal(matrix)
    assert [round(x, 4) for x in vector] == [0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391]


def told(method, rows, *, lower=(), digits):
    matrix = np.array(rows, dtype=float)
    mask = np.array([i in lower for i in range(matrix.shape[1])])
    return [round(x, digits) for x in weights_of(method, matrix, mask).tolist()]


def test_entropy():
    """Elsayed, Dawood and Karthikeyan 2017, IJETT 46(2), as in pymcdm's own test."""
    rows = [
        [7, 312, 1891, 6613, 163],
        [72, 88, 728, 941804, 1078],
        [10, 252, 2594, 3466, 117471],
        [10, 145, 980, 2371, 86329],
        [65, 54, 350, 501, 29897],
        [29, 48, 380, 912, 34051],
        [7, 476, 3300, 78470, 2212],
        [70, 87, 650, 733, 819000],
        [4, 86, 591, 3015, 103],
        [12, 79, 579, 3240, 96098],
        [21, 45, 261, 1253, 453],
        [1, 72, 530, 4333, 0.104800],
    ]
    expected = [0.104991, 0.069124, 0.071373, 0.449937, 0.304575]
    assert told("entropy", rows, digits=6) == expected


def test_critic():
    """Tus and Adali 2019, Opsearch 56(2)."""
    rows = [
        [5000, 3, 3, 4, 3, 2],
        [680, 5, 3, 2, 2, 1],
        [2000, 3, 2, 3, 4, 3],
        [600, 4, 3, 1, 2, 2],
        [800, 2, 4, 3, 3, 4],
    ]
    assert told("critic", rows, digits=3) == [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]


def test_standard_deviation():
    """Jahan and Edwards 2013, Materials and Design 49."""
    rows = [
        [0, 0, 0],
        [0.39, 0.3, 0.77],
        [0.17, 0.36, 0.8],
        [0.35, 0.29, 0.93],
        [0.3, 0.4, 0.94],
        [0.84, 0.71, 1],
        [1, 1, 0.99],
    ]
    assert told("deviation", rows, digits=2) == [0.35, 0.31, 0.34]


def test_merec():
    """Keshavarz-Ghorabaee et al. 2021, Symmetry 13(4)."""
    rows = [
        [450, 8000, 54, 145],
        [10, 9100, 2, 160],
        [100, 8200, 31, 153],
        [220, 9300, 1, 162],
        [5, 8400, 23, 158],
    ]
    assert told("merec", rows, lower=(2, 3), digits=4) == [0.5752, 0.0141, 0.4016, 0.0091]


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [("range", [0.500, 0.617, 0.500]), ("vector", [0.762, 0.722, 0.238])],
)
def test_topsis(normalisation, expected):
    """Opricovic and Tzeng 2004, EJOR 156(2): the normalisation turns the ranking round."""
    offers = [{"risk": 1, "gain": 3000}, {"risk": 2, "gain": 3750}, {"risk": 5, "gain": 4500}]
    even = Weights({"risk": 0.5, "gain": 0.5})
    model = Topsis(even, lower="risk", normalisation=normalisation).fit(offers)
    assert [round(row["closeness"], 3) for row in model.apply(offers)] == expected


RANDOM_INDICES = {  # Agoston and Csato 2022, Omega 108, 102576: size, missing pairs, random index
    (4, 1): 0.583,
    (4, 2): 0.306,
    (5, 1): 0.925,
    (5, 3): 0.557,
    (6, 4): 0.758,
}


@pytest.mark.parametrize(("size", "missing"), RANDOM_INDICES)
def test_random_indices_of_judgements_with_gaps(size, missing):
    """Their straight line, with Saaty's index of all pairs, is near what they simulated."""
    names = [f"c{i}" for i in range(size)]
    every = [(names[i], names[j]) for i in range(size) for j in range(i + 1, size)]
    said = dict.fromkeys(every[: len(every) - missing], 1.0)
    said[names[0], names[1]] = 3.0
    found = AHP(said).weights().checks[0]
    assert found.missing == missing
    index = (found.eigenvalue - size) / (size - 1) / found.ratio
    assert index == pytest.approx(RANDOM_INDICES[size, missing], abs=0.02)
