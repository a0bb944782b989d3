import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
import custseg as cs
from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.scoring import Bins, Factor, Levels

codes = st.sampled_from([-999.0, 0.0, 1.0, 5.0, 7.0, 3.25])


@given(
    st.dictionaries(codes, st.integers(10, 20)),
    st.sampled_from(["left", "right"]),
    st.sampled_from([-999.0, -1000.0, 0.0, 1e-9, -1e-9, 1.0, 1 + 2e-16, 4.9, 5.0, 5.1, 7.0, 9.0]),
)
def test_a_special_number_has_its_own_points_and_its_neighbours_keep_theirs(special, closed, x):
    plain = compiled(Bins((1, 5), (1, 2, 3), closed=closed).rule("x", 0))
    apart = compiled(Bins((1, 5), (1, 2, 3), closed=closed, special=special).rule("x", 0))
    expected = 100 * special[x] if x in special else plain({"x": x})
    assert apart({"x": x}) == expected


def test_an_edge_is_in_the_band_that_closed_says():
    at_edge = [
        compiled(Bins((5,), (0, 1), closed=side).rule("x", 0))({"x": 5.0})
        for side in ("left", "right")
    ]
    assert at_edge == [100, 0]


def test_points_are_kept_to_the_hundredth_and_the_worth_is_the_largest():
    levels = Levels({"medical": 4.125, "retail": -7.5}, otherwise=1, missing=-2)
    assert levels.rule("industry", 12345).values == (("medical", 413), ("retail", -750))
    assert (levels.rule("industry", 0).otherwise, levels.rule("industry", 0).missing) == (100, -200)
    assert levels.own_worth == 7.5
    assert Bins((), (3,), special={-1: -9}).own_worth == 9


@given(anycard.binned() | anycard.levels)
def test_a_curve_with_points_comes_back_from_json(curve):
    assert cs.load(json.dumps(cs.dump(curve))) == curve


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bins((2, 1), (1, 2, 3)), "edges must ascend"),
        (lambda: Bins((1,), (1, 2, 3)), "1 edges make 2 bands, got 3 values"),
        (lambda: Bins((1,), (1, float("nan"))), "points must be finite"),
        (lambda: Bins((1,), (1, 2), special={float("inf"): 1}), "special must be finite"),
        (lambda: Bins((1,), (1, 2), special={"code": 1}), "special holds numbers"),
        (lambda: Bins((1,), (1, 2), closed="up"), "closed is 'left' or 'right', got 'up'"),
        (lambda: Levels({"a": float("inf")}), "points must be finite"),
        (
            lambda: Factor("x", worth=9, curve=Bins((1,), (1, 2))),
            "has points of its own, the largest 2; leave out worth, got 9",
        ),
    ],
    ids=range(8),
)
def test_points_that_cannot_be_are_refused(make, message):
    with pytest.raises(ConfigError, match=message):
        make()
