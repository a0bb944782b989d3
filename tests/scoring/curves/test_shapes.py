import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
import custseg as cs
from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.rules import Line
from custseg.scoring import Categories, Points, Ramp, Steps


def points(curve, worth, *values):
    run = compiled(curve.rule("x", worth))
    return [run({"x": value}) for value in values]


def test_a_ramp_rises_between_its_ends_and_is_flat_outside():
    assert points(Ramp(0, 10), 3000, -5.0, 0.0, 2.5, 10.0, 99.0) == [0, 0, 750, 3000, 3000]


def test_a_ramp_swapped_falls():
    assert points(Ramp(90, 0), 500, 0.0, 45.0, 90.0, 400.0) == [500, 250, 0, 0]


def test_a_negative_worth_takes_points_away():
    assert points(Ramp(0, 3), -1500, 0.0, 1.0, 3.0, 9.0) == [0, -500, -1500, -1500]


def test_a_value_on_an_edge_is_in_the_band_above():
    assert points(Steps((1, 5), (0, 0.5, 1)), 3000, 0.99, 1.0, 4.99, 5.0) == [0, 1500, 1500, 3000]


def test_points_join_their_knots_by_straight_lines():
    curve = Points(((18, 0), (35, 1), (70, 0.2)))
    assert points(curve, 1000, 0.0, 18.0, 26.5, 35.0, 52.5, 70.0, 90.0) == [
        0,
        0,
        500,
        1000,
        600,
        200,
        200,
    ]


def test_one_knot_is_the_same_for_all():
    assert points(Points(((0, 0.5),)), 1000, -1.0, 0.0, 1.0) == [500, 500, 500]


def test_categories_know_their_words_and_the_rest():
    curve = Categories({"转介绍": 1, "展会": 0.5, "bought list": -0.2}, otherwise=0.1)
    assert points(curve, 1500, "转介绍", "展会", "bought list", "web") == [1500, 750, -300, 150]


def test_categories_are_not_changed_from_outside():
    shares = {"a": 1.0}
    curve = Categories(shares)
    shares["a"] = -5.0
    assert curve.shares == {"a": 1.0}


@given(anycard.number_curves | anycard.text_curves, anycard.worths)
def test_every_curve_survives_json(curve, worth):
    again = cs.load(json.dumps(cs.dump(curve)))
    assert again == curve
    assert again.rule("x", round(worth * 100)) == curve.rule("x", round(worth * 100))


@given(anycard.rising, st.integers(0, 5000), st.lists(anycard.values, min_size=2))
def test_ramps_logs_and_decays_are_monotone_and_within_their_worth(curve, worth, values):
    found = points(curve, worth, *sorted(values))
    assert found in (sorted(found), sorted(found, reverse=True))
    assert all(0 <= p <= worth for p in found)


@given(anycard.number_curves, anycard.values)
def test_twice_the_worth_is_twice_the_points_but_for_rounding(curve, value):
    (once,) = points(curve, 1000, value)
    (twice,) = points(curve, 2000, value)
    assert abs(twice - 2 * once) <= 2


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Ramp(3, 3), "low and high must differ"),
        (lambda: Ramp(0, float("inf")), "low and high must be finite"),
        (lambda: Steps((1, 1), (0, 0.5, 1)), "edges must ascend"),
        (lambda: Steps((1, 2), (0, 1)), "2 edges make 3 bands"),
        (lambda: Steps((1,), (0, 30)), "shares must be shares of the worth"),
        (lambda: Steps((float("nan"),), (0, 1)), "edges must be finite"),
        (lambda: Points(()), "values of the knots must ascend, at least one"),
        (lambda: Points(((5, 0), (1, 1))), "values of the knots must ascend"),
        (lambda: Points(((5, 0, 1),)), "each knot is a value and a share"),
        (lambda: Points(((5, 2),)), "shares of the knots must be shares"),
        (lambda: Categories({"a": 7}), r"from -1 to 1, got \[7.0, 0.0\]"),
        (lambda: Categories({}, otherwise=2), r"from -1 to 1, got \[2.0\]"),
    ],
)
def test_an_impossible_curve_is_refused(make, said):
    with pytest.raises(ConfigError, match=said):
        make()


def test_a_refusal_names_the_path_in_the_document():
    document = cs.dump(cs.scoring.Scorecard.preset("lead"))
    document["factors"][0]["curve"]["low"] = document["factors"][0]["curve"]["high"]
    with pytest.raises(ConfigError, match=r"scorecard\.factors.*low and high must differ"):
        cs.load(document)


@attrs.frozen
class Bulge:
    """A stranger's curve."""

    best: float = 35.0

    def rule(self, field, worth):
        return Line(field, ((0.0, 0), (self.best, worth), (2 * self.best, 0)))


def test_a_curve_of_ones_own_needs_no_base_class():
    card = cs.scoring.Scorecard([cs.scoring.Factor("age", worth=50, curve=Bulge())])
    assert [card.one({"age": age})["score"] for age in (0, 35, 52.5)] == [0.0, 50.0, 25.0]
