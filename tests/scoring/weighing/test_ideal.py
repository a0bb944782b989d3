import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.scoring import Topsis, TopsisModel, Weights

OFFERS = [{"risk": 1, "gain": 3000}, {"risk": 2, "gain": 3750}, {"risk": 5, "gain": 4500}]
EVEN = Weights({"risk": 1, "gain": 1})


@pytest.mark.parametrize("normalisation", ["range", "vector"])
def test_the_best_of_all_is_1_and_the_worst_0(normalisation):
    model = Topsis(EVEN, lower="risk", normalisation=normalisation).fit(OFFERS)
    assert model.one({"risk": 1, "gain": 4500})["closeness"] == 1
    assert model.one({"risk": 5, "gain": 3000})["closeness"] == 0


def test_what_is_unknown_has_no_distance():
    model = Topsis(EVEN, lower="risk").fit([*OFFERS, {"risk": None, "gain": 1e9}])
    assert model.one({"risk": None, "gain": 4000})["closeness"] is None


def test_a_criterion_that_tells_nothing_changes_nothing():
    flat = [{**offer, "colour": 7} for offer in OFFERS]
    three = Weights({"risk": 1, "gain": 1, "colour": 1})
    told = Topsis(three, lower="risk").fit(flat).apply(flat)
    plain = Topsis(EVEN, lower="risk").fit(OFFERS).apply(OFFERS)
    assert [row["closeness"] for row in told] == pytest.approx([r["closeness"] for r in plain])


def test_nothing_to_tell_apart_is_refused():
    with pytest.raises(NotEnoughDataError, match="apart"):
        Topsis(EVEN).fit(OFFERS[:1])
    with pytest.raises(NotEnoughDataError, match="nothing is known"):
        Topsis(EVEN).fit([])
    with pytest.raises(DataError, match="infinite"):
        Topsis(EVEN).fit([*OFFERS, {"risk": float("inf"), "gain": 1}])
    with pytest.raises(MissingColumnError):
        Topsis(EVEN).fit([{"risk": 1}])


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(ConfigError, match="normalisation"):
        Topsis(EVEN, normalisation="max")
    with pytest.raises(MissingColumnError):
        Topsis(EVEN, lower="cost")
    with pytest.raises(ConfigError, match="divisor"):
        TopsisModel(columns=("a", "b"), weights=(1,), divisors=(1,), best=(1,), worst=(0,))


def test_a_model_is_data():
    model = Topsis(EVEN, lower="risk").fit(OFFERS)
    assert cs.load(cs.dump(model)) == model
    assert cs.load(cs.dump(Topsis(EVEN, lower="risk"))) == Topsis(EVEN, lower="risk")


def test_better_than_the_best_is_as_good_as_the_best():
    model = Topsis(Weights({"v": 1, "w": 1}), lower="w").fit([{"v": 0, "w": 9}, {"v": 10, "w": 0}])
    said = [model.one({"v": v, "w": 0})["closeness"] for v in (9, 10, 20, 1e300)]
    assert said[0] < said[1] == said[2] == said[3] == 1
    assert model.one({"v": -5, "w": 99})["closeness"] == 0
    assert model.one({"v": float("inf"), "w": 0})["closeness"] is None


@pytest.mark.parametrize("normalisation", ["vector", "range"])
def test_great_values_are_no_trouble(normalisation):
    spec = Topsis(Weights({"v": 1}), normalisation=normalisation)
    model = spec.fit([{"v": 1e200}, {"v": 2e200}, {"v": 3e200}])
    assert model.one({"v": 2e200})["closeness"] == pytest.approx(0.5)
    with pytest.raises(DataError, match="larger units"):
        spec.fit([{"v": -1.7e308}, {"v": 1.7e308}])
