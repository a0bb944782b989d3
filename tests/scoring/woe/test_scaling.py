"""Points from log-odds: rounded once, 0 to 100 exactly, or points that double the odds."""

from math import exp, log

import numpy as np
import pytest

from custseg.scoring import Bin, BinningTable, Odds
from custseg.scoring.binning.evidence import Base
from custseg.scoring.woe.scaling import Scaling, Weighed

BASE = Base(40.0, 60.0, 0.0)
NUMBERS = BinningTable(
    "x",
    (
        Bin("band", 40, 8, None, 3.0),
        Bin("band", 30, 20, 3.0),
        Bin("special", 10, 5, None, -9.0),
        Bin("missing", 20, 7),
    ),
    BASE,
)
WORDS = BinningTable(
    "source",
    (
        Bin("words", 60, 14, words=("ad", "web")),
        Bin("words", 30, 20, words=("fair",)),
        Bin("other", 10, 6),
    ),
    BASE,
)
WEIGHED = (Weighed(NUMBERS, 0.8), Weighed(WORDS, 1.1))


def worths(scaling):
    return [factor.worth for factor in scaling.factors(WEIGHED)]


def test_best_answers_make_a_hundred_and_worst_none():
    factors = Scaling.whole(WEIGHED, -0.3).factors(WEIGHED)
    tables = [
        [*f.curve.points, f.curve.missing, *dict(f.curve.special).values()] for f in factors[:1]
    ]
    tables.append(
        [*factors[1].curve.points.values(), factors[1].curve.otherwise, factors[1].curve.missing]
    )
    assert [min(points) for points in tables] == [0, 0]
    assert round(100 * sum(max(points) for points in tables)) == 10_000


@pytest.mark.parametrize("odds", [None, Odds(), Odds(at=500, odds=20, double=40)])
def test_points_stand_for_the_log_odds_they_were_made_of(odds):
    scaling = Scaling.whole(WEIGHED, -0.3) if odds is None else Scaling.to(odds, WEIGHED, -0.3)
    x, source = scaling.factors(WEIGHED)
    for i, own in enumerate(
        [x.curve.points[0], x.curve.points[1], dict(x.curve.special)[-9.0], x.curve.missing]
    ):
        for j, other in enumerate(
            [source.curve.points["web"], source.curve.points["fair"], source.curve.otherwise]
        ):
            points = scaling.base + own + other
            z = -0.3 + WEIGHED[0].evidence[i] + WEIGHED[1].evidence[j]
            assert scaling.odds.probability(points) == pytest.approx(1 / (1 + exp(-z)), abs=3e-3)


def test_what_was_never_seen_is_as_usual():
    _, source = Scaling.to(Odds(), WEIGHED, -0.3).factors(WEIGHED)
    assert source.curve.missing == 0.0
    unseen = BinningTable("source", WORDS.bins[:2], BASE)
    (factor,) = Scaling.to(Odds(), [Weighed(unseen, 1.0)], 0.0).factors([Weighed(unseen, 1.0)])
    assert factor.curve.otherwise == 0.0


def test_the_usual_points_are_those_of_the_customers():
    x, _ = Scaling.whole(WEIGHED, -0.3).factors(WEIGHED)
    points = [*x.curve.points, *dict(x.curve.special).values(), x.curve.missing]
    assert x.usual == pytest.approx(np.average(points, weights=NUMBERS.rows), abs=0.0051)


def test_grades_are_multiples_of_the_usual_odds():
    odds = Odds(at=600, odds=1, double=20)
    grades = Scaling.to(odds, WEIGHED, -0.3).grades(0.2)
    usual = log(0.2 / 0.8)
    chances = [1 / (1 + exp(-usual - shift)) for shift in (log(3), 0, -log(3))]
    assert [odds.probability(edge) for edge in grades.edges] == pytest.approx(chances, abs=1e-4)
