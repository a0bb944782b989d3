import json
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
import custseg as cs
from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.rules import Line
from custseg.scoring import ChanceCurve, Odds

IDENTITY = Line("h", ((-1e9, -1_000_000_000), (1e9, 1_000_000_000)))


def drawn(scale, low=-10_000_00, high=10_000_00):
    """What runs, as a function of whole hundredths."""
    rule = compiled(scale.chance(IDENTITY, low, high))
    return lambda hundredths: rule({"h": float(hundredths)})


scales = st.builds(
    Odds,
    at=st.integers(-1000, 1000).map(float),
    odds=st.sampled_from([0.01, 1, 3.0, 50]),
    double=st.floats(0.05, 200),
)


@given(scales, st.integers(-10_000_00, 10_000_00))
def test_what_is_drawn_is_the_logistic(scale, hundredths):
    exact = scale.probability(hundredths / 100)
    found = drawn(scale)(hundredths)
    assert found == pytest.approx(exact, abs=1e-4)
    assert found == pytest.approx(exact, rel=6e-3, abs=6e-7)
    assert 1 - found == pytest.approx(1 - exact, rel=6e-3, abs=6e-7)
    assert 0 < found < 1


@given(scales | anycard.measured(), st.lists(st.integers(-300_00, 300_00), min_size=2))
def test_more_points_are_never_less_likely(scale, hundredths):
    chances = [drawn(scale)(points) for points in sorted(hundredths)]
    assert chances == sorted(chances)


@given(anycard.measured(), st.integers(-60_00, 60_00))
def test_a_curve_that_was_measured_is_kept_between_hundredths(curve, hundredths):
    assert drawn(curve)(hundredths) == pytest.approx(curve.probability(hundredths / 100), abs=1e-6)


def test_knots_between_hundredths_are_read_at_the_hundredths_beside_them():
    jump = ChanceCurve(((1.001, 0.1), (1.004, 0.9)))
    run = drawn(jump)
    assert [run(100), run(101)] == [0.1, 0.9]


def test_so_many_points_double_the_odds():
    """Source: points scaling, 600 points at even odds, 20 points double them."""
    scale = Odds()
    assert scale.factor == pytest.approx(20 / log(2))
    for points in (560, 600, 640):
        odds = [scale.probability(p) / (1 - scale.probability(p)) for p in (points, points + 20)]
        assert odds[1] / odds[0] == pytest.approx(2)
    assert scale.probability(scale.points(0.123)) == pytest.approx(0.123)


def test_nothing_is_certain():
    for scale in (Odds(at=0, double=1), ChanceCurve(((0, 0), (1, 1)))):
        assert scale.probability(-1e6) == drawn(scale)(-10_000_00) == 1e-6
        assert scale.probability(1e6) == drawn(scale)(10_000_00) == 1 - 1e-6


def test_knots_are_few_and_within_reach():
    scale = Odds(at=50, double=10)
    assert len(scale.chance(IDENTITY, 0, 100_00).part.knots) < 100
    assert len(scale.chance(IDENTITY, -(10**9), 10**9).part.knots) < 250
    assert len(scale.chance(IDENTITY, 7, 7).part.knots) == 1


def test_the_probability_is_of_the_points():
    assert Odds(at=0, double=log(2)).probability(1) == pytest.approx(1 / (1 + exp(-1)))
    assert Odds(at=0, odds=3).probability(0) == pytest.approx(0.75)


@given(anycard.chances)
def test_a_scale_comes_back_from_json(scale):
    assert cs.load(json.dumps(cs.dump(scale))) == scale


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Odds(double=0), "double must be finite and above 0"),
        (lambda: Odds(odds=-1), "odds must be finite and above 0"),
        (lambda: Odds(at=float("nan")), "at must be finite"),
        (lambda: Odds().points(1), "a probability with points is between 0 and 1, got 1"),
        (lambda: ChanceCurve(()), "points of the knots must ascend, at least one"),
        (lambda: ChanceCurve(((1, 0.5), (1, 0.6))), "points of the knots must ascend"),
        (lambda: ChanceCurve(((1, 0.5), (2, 0.4))), "probabilities of the knots must not fall"),
        (lambda: ChanceCurve(((1, 0.5), (2, 1.4))), "probabilities of the knots must not fall"),
        (lambda: ChanceCurve(((1, 0.5, 2),)), "each knot is points and their probability"),
    ],
    ids=range(9),
)
def test_scales_that_cannot_be_are_refused(make, message):
    with pytest.raises(ConfigError, match=message):
        make()
