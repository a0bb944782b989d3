import pytest

from custseg.errors import ConfigError
from custseg.scoring import WeightOfEvidence
from custseg.sklearn import ScorecardClassifier, StrategyTransformer
from custseg.sklearn.nested import evolved, fields_of
from custseg.tiering import TierPlan
from custseg.tiering.service.policy import services


def test_every_setting_of_a_spec_has_a_path():
    found = dict(fields_of("spec", WeightOfEvidence()))
    assert found["spec__binning__most_bins"] == 10
    assert not list(fields_of("spec", 7))


def test_settings_that_depend_on_one_another_are_set_at_once():
    two = {"tiers": ("low", "high"), "service": services(("low", "high"))}
    with pytest.raises(ConfigError):
        evolved(TierPlan(), two, "spec")  # three classes still
    plan = evolved(TierPlan(), {**two, "cutter__shares": (0.8,), "unknown": "low"}, "spec")
    assert (plan.cutter.shares, plan.tiers) == ((0.8,), ("low", "high"))


def test_a_wrong_path_says_what_there_is():
    with pytest.raises(ConfigError, match="Did you mean 'least_iv'"):
        ScorecardClassifier().set_params(spec__least_vi=1)
    with pytest.raises(ConfigError, match="spec__least_iv has no settings"):
        ScorecardClassifier().set_params(spec__least_iv__deep=1)
    with pytest.raises(ConfigError, match="at least 0"):
        ScorecardClassifier().set_params(spec__least_iv=-1)
    with pytest.raises(ValueError, match="Invalid parameter 'cutter'"):
        ScorecardClassifier().set_params(cutter__at=1)


def test_the_spec_that_was_given_stays_as_it_was():
    spec = WeightOfEvidence()
    model = ScorecardClassifier(spec).set_params(spec__binning__most_bins=4, spec__least_iv=0.1)
    assert (spec.binning.most_bins, spec.least_iv) == (10, 0.01)
    assert (model.spec.binning.most_bins, model.spec.least_iv) == (4, 0.1)
    assert ScorecardClassifier().set_params(spec__least_iv=0.2).spec.least_iv == 0.2


def test_shallow_parameters_are_the_arguments_alone():
    assert StrategyTransformer(TierPlan()).get_params(deep=False).keys() == {
        "spec",
        "columns",
        "give",
        "output",
    }
