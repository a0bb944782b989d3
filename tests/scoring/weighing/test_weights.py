import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError
from custseg.scoring import Grades, Weights
from custseg.scoring.weighing.weights import shared_out

SCALES = {"a": (0, 10), "b": (5, 0)}


def test_weights_are_made_to_sum_to_one():
    assert Weights({"a": 2, "b": 6}).shares == {"a": 0.25, "b": 0.75}


@pytest.mark.parametrize("shares", [{}, {"a": -1, "b": 2}, {"a": 0}, {"a": float("nan")}])
def test_weights_that_are_none_are_refused(shares):
    with pytest.raises(ConfigError, match="weights are"):
        Weights(shares)


def test_points_of_a_card_add_up_exactly():
    thirds = Weights(dict.fromkeys(("a", "b", "c"), 1), scales=dict.fromkeys("abc", (0, 1)))
    card = thirds.card()
    assert sum(round(100 * factor.worth) for factor in card.factors) == 10_000
    assert card.one({"a": 1, "b": 1, "c": 1})["score"] == 100


def test_a_card_of_ones_own_size_and_grades():
    card = Weights({"a": 1, "b": 1}, scales=SCALES).card(
        worth=10, missing=0.0, grades=Grades((5,), ("yes", "no"))
    )
    assert card.one({"a": 10, "b": None})["grade"] == "yes"
    assert card.one({"a": 10, "b": None})["score"] == 5
    assert card.high == 10


def test_a_criterion_of_no_weight_is_no_factor():
    card = Weights({"a": 1, "b": 0}, scales={"a": (0, 1)}).card()
    assert [factor.name for factor in card.factors] == ["a"]


def test_blends():
    one, two = Weights({"a": 0.8, "b": 0.2}, "ahp"), Weights({"a": 0.5, "b": 0.5}, "critic", SCALES)
    half = one.blended(two)
    assert half.shares == pytest.approx({"a": 0.65, "b": 0.35})
    assert half.scales == two.scales
    assert one.blended(two, share=1).shares == pytest.approx(one.shares)
    product = one.blended(two, how="product")
    assert product.shares == pytest.approx({"a": 0.8, "b": 0.2})
    assert half.text().startswith("weights, by judgements in pairs + by CRITIC")
    assert half.text("zh").startswith("权重：层次分析法 + CRITIC 法")


def test_a_product_needs_both():
    found = Weights({"a": 1, "b": 0}).blended(Weights({"a": 0.5, "b": 0.5}), how="product")
    assert found.shares == {"a": 1.0, "b": 0.0}
    with pytest.raises(ConfigError):
        Weights({"a": 1, "b": 0}).blended(Weights({"a": 0, "b": 1}), how="product")


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_blends_are_of_the_same(share):
    with pytest.raises(ConfigError, match="same criteria"):
        Weights({"a": 1, "b": 1}).blended(Weights({"a": 1, "c": 1}))
    with pytest.raises(ConfigError, match="same criteria"):
        Weights({"a": 1}).blended(Weights({"a": 1}), share=share)


def test_weights_are_data():
    made = Weights({"a": 3, "b": 1}, "given", SCALES, rows=9, left_out=2)
    assert cs.load(cs.dump(made)) == made
    assert made.as_dict()["left_out"] == 2
    assert "left out" in made.text()
    assert "75%" in made._repr_html_()


def test_shared_out_sums_exactly():
    assert shared_out([1, 1, 1], 100) == [34, 33, 33]
    assert sum(shared_out([0.1, 0.7, 0.2, 1e-9], 9999)) == 9999


@pytest.mark.parametrize("scales", [{"a": 5}, {"a": (1,)}, {"a": "xy"}, [("a", 1)]])
def test_scales_are_pairs_of_numbers(scales):
    with pytest.raises(ConfigError, match="two numbers"):
        Weights({"a": 1}, scales=scales)


def test_a_scale_of_no_criterion_is_refused():
    with pytest.raises(MissingColumnError, match="revenu"):
        Weights({"revenue": 1}, scales={"revenu": (0, 1)})


@pytest.mark.parametrize("shares", [[("a", 1)], {"a": "much"}, {"a": None}, 3])
def test_weights_are_a_mapping_to_numbers(shares):
    with pytest.raises(ConfigError, match="mapping"):
        Weights(shares)


def test_blends_agree_on_what_is_better():
    more, less = (Weights({"a": 1}, scales={"a": ends}) for ends in ((0, 9), (9, 0)))
    with pytest.raises(ConfigError, match="lower="):
        more.blended(less)


def test_customers_that_both_leave_out_are_left_out_once():
    one = Weights({"a": 1}, rows=20, left_out=5)
    assert one.blended(one).left_out == 5
