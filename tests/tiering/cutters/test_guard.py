import numpy as np
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import AtLeast, Cuts, HeadTail, Pareto, Quantiles, Quota, TierPlan, fitted

STORED = Cuts((100.0, 1000.0))
FEW = [{"spent": float(x)} for x in (5, 20, 80)]


def test_too_few_customers_get_the_stored_points_and_it_is_said():
    guarded = AtLeast(4, Quantiles(), STORED)
    cuts = fitted(guarded, FEW, value="spent")
    assert cuts == STORED
    assert cuts.learnt.fallback
    assert cuts.learnt.counts == (3.0, 0.0, 0.0)
    assert "too few customers" in cuts.text()
    assert fitted(AtLeast(4, Quantiles(), STORED), [], value="spent", currency=None) == STORED


def test_enough_customers_are_learnt_from():
    cuts = fitted(AtLeast(3, Quantiles(), STORED), FEW, value="spent")
    assert cuts == fitted(Quantiles(), FEW, value="spent")
    assert not cuts.learnt.fallback


def test_missing_and_weightless_customers_do_not_count():
    guarded = AtLeast(3, Quantiles(), STORED)
    assert guarded.cuts(np.array([1.0, 2.0, np.nan])) == STORED
    assert guarded.cuts(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 0.0])) == STORED
    assert guarded.cuts(np.array([1.0, 2.0, 3.0]), np.ones(3)) != STORED


def test_it_is_a_cutter_like_any_other():
    plan = TierPlan(AtLeast(500, Pareto(), STORED), value="spent")
    assert plan.fit(FEW).one({"spent": 100})["tier"] == "medium"
    assert AtLeast(1, Quantiles(), STORED).weighs
    assert not AtLeast(1, Quota((2, 1)), STORED).weighs
    assert cs.load(cs.dump(plan)) == plan


def test_classes_have_to_agree():
    with pytest.raises(ConfigError, match="2 classes, the stored cut points 3"):
        AtLeast(1, Pareto((0.8,)), STORED)
    with pytest.raises(ConfigError, match="made 1 classes, the stored cut points 3"):
        AtLeast(1, HeadTail(), STORED).cuts(np.array([1.0]))
    with pytest.raises(ConfigError, match="at least 1"):
        AtLeast(0, Pareto(), STORED)
