"""Weights of evidence and information values that others have printed.

German credit (UCI Statlog, Hofmann 1994; 300 bad of 1,000): the tables of `scorecardpy` 0.1.9.7
(`woebin` with these breaks, `iv` by raw value), the event above being bad. Breast cancer
(scikit-learn's copy): the binning table of `mean radius` in the documentation of `optbinning`,
whose sign is the other way round. Only counts of customers by bin are held here.
"""

import pytest

from custseg.scoring import Binning, Odds, binned

GERMAN = [  # column, edges, good and bad by bin, weights of evidence, information value
    (
        "age",
        (26, 28, 35, 37),
        [(110, 80), (74, 27), (172, 85), (67, 12), (277, 96)],
        [0.528844, -0.160930, 0.142455, -0.872488, -0.212371],
        0.130499,
    ),
    (
        "credit amount",
        (1400, 1800, 4000, 9200),
        [(185, 82), (87, 18), (287, 95), (120, 76), (21, 29)],
        [0.033661, -0.728239, -0.258307, 0.390539, 1.170071],
        0.18122,
    ),
    (
        "duration",
        (8, 16, 34, 44),
        [(78, 9), (264, 80), (270, 129), (58, 42), (30, 40)],
        [-1.312186, -0.346625, 0.108688, 0.524524, 1.134980],
        0.282618,
    ),
]
GERMAN_WORDS = [  # good and bad by word, information value
    ("status", [(139, 135), (164, 105), (49, 14), (348, 46)], 0.666012),
    ("credit history", [(15, 25), (21, 28), (361, 169), (60, 28), (243, 50)], 0.293234),
    ("savings", [(386, 217), (69, 34), (52, 11), (42, 6), (151, 32)], 0.196010),
    ("property", [(222, 60), (161, 71), (230, 102), (87, 67)], 0.112638),
    ("employment", [(39, 23), (102, 70), (235, 104), (135, 39), (189, 64)], 0.086434),
    ("housing", [(109, 70), (527, 186), (64, 44)], 0.083293),
    (
        "purpose",
        [
            *((63, 34), (145, 89), (86, 17), (8, 4), (28, 22)),
            *((123, 58), (7, 5), (218, 62), (14, 8), (8, 1)),
        ],
        0.169195,
    ),
]


def people(values, counts):
    """One record a customer, from counts of (not won, won) by value."""
    return [
        {"x": value, "won": won}
        for value, pair in zip(values, counts, strict=True)
        for won, many in enumerate(pair)
        for _ in range(many)
    ]


def middles(edges):
    """A value of each bin; those on an edge are in the bin above."""
    return [edges[0] - 1, *edges]


@pytest.mark.parametrize(("name", "edges", "counts", "woe", "iv"), GERMAN)
def test_german_credit_by_edges(name, edges, counts, woe, iv):
    table = binned(
        people(middles(edges), counts), "x", "won", settings=Binning(shrink=0, edges=edges)
    )
    assert table.woe.tolist() == pytest.approx(woe, abs=5e-7), name
    assert table.iv == pytest.approx(iv, abs=5e-6)


@pytest.mark.parametrize(("name", "counts", "iv"), GERMAN_WORDS)
def test_german_credit_by_raw_value(name, counts, iv):
    words = [f"word {i}" for i in range(len(counts))]
    table = binned(people(words, counts), "x", "won", settings=Binning(shrink=0))
    assert table.iv == pytest.approx(iv, abs=5e-7), name


def test_german_credit_with_words_that_share_a_bin():
    counts = GERMAN_WORDS[0][1]
    words = ["< 0", "0 to 200", ">= 200", "none"]
    shared = Binning(shrink=0, lumps=(("< 0", "0 to 200"),))
    table = binned(people(words, counts), "x", "won", settings=shared)
    found = {bin_.words: woe for bin_, woe in zip(table.bins, table.woe, strict=True)}
    assert found["< 0", "0 to 200"] == pytest.approx(0.614204, abs=5e-7)
    assert found[(">= 200",)] == pytest.approx(-0.405465, abs=5e-7)
    assert found[("none",)] == pytest.approx(-1.176263, abs=5e-7)
    assert table.iv == pytest.approx(0.639372, abs=5e-7)


def test_breast_cancer_of_optbinning():
    edges = (11.42500019, 12.32999992, 13.09499979, 13.70499992, 15.04500008, 16.92500019)
    counts = [(3, 115), (3, 76), (7, 61), (10, 39), (28, 55), (44, 10), (117, 1)]
    table = binned(
        people(middles(edges), counts), "x", "won", settings=Binning(shrink=0, edges=edges)
    )
    theirs = [-3.12517, -2.71097, -1.64381, -0.83983, -0.15398, 2.00275, 5.28332]
    assert (-table.woe).tolist() == pytest.approx(theirs, abs=5e-6)
    assert table.iv == pytest.approx(5.04392547, abs=5e-9)
    assert table.divergence == pytest.approx(0.39378376, abs=5e-9)
    assert 2 * table.area - 1 == pytest.approx(0.87541620, abs=5e-9)
    assert table.course == "descending"


def test_points_that_double_the_odds():
    """Siddiqi 2006: 20 points double the odds, 600 at even odds: a factor of 28.8539."""
    scale = Odds(at=600, odds=1, double=20)
    assert scale.factor == pytest.approx(28.8539, abs=5e-5)
    assert scale.points(2 / 3) - scale.points(1 / 2) == 20
