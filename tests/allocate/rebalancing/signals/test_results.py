import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Results
from custseg.allocate.rebalancing.signals.results import shrunk_means, shrunk_rates
from custseg.errors import ConfigError

TIERS = {"tier": Codes(np.array([0, 1, -1]), ("low", "high"))}


def test_two_out_of_two_is_no_rate_of_one_hundred():
    rates = shrunk_rates(np.array([2.0, 300.0, 310.0]), np.array([2.0, 1000.0, 1000.0]))
    assert 0.3 < rates[0] < 0.4
    assert rates[1] == pytest.approx(0.3, abs=0.01)


def test_differences_of_chance_alone_vanish():
    rates = shrunk_rates(np.array([3.0, 4.0, 3.0, 4.0]), np.array([10.0] * 4))
    assert rates == pytest.approx(np.full(4, 0.35), abs=1e-4)


def test_true_differences_stay():
    rates = shrunk_rates(np.array([900.0, 100.0]), np.array([1000.0, 1000.0]))
    assert rates == pytest.approx([0.9, 0.1], abs=0.01)


def test_who_has_closed_nothing_has_the_rate_of_the_team():
    rates = shrunk_rates(np.array([5.0, 0.0, np.nan]), np.array([10.0, 0.0, np.nan]))
    assert rates.tolist() == [0.5, 0.5, 0.5]
    assert np.isnan(shrunk_rates(np.zeros(2), np.zeros(2))).all()


def test_averages_are_drawn_by_a_number_of_cases():
    found = shrunk_means(np.array([100.0, 50.0]), np.array([20.0, 20.0]), strength=20.0)
    assert found.tolist() == [87.5, 62.5]
    assert np.isnan(shrunk_means(np.array([1.0]), np.array([0.0]))).all()


def test_the_better_the_results_the_more_valuable_the_customers():
    reps = {"won": np.array([800.0, 200.0]), "closed": np.array([1000.0, 1000.0])}
    found = Results().points(TIERS, reps)
    assert found[0].tolist() == [0, 0]
    assert found[1, 0] == 1.0
    assert found[1, 1] == pytest.approx(0.25, abs=0.01)
    assert found[2].tolist() == [0, 0]


def test_an_amount_per_case_and_an_average():
    reps = {"total": np.array([200.0, 100.0]), "n": np.array([2.0, 0.0])}
    assert Results("total", "n", "sum").shrunk(reps).tolist() == [100.0, 100.0]
    assert Results("total", "n", "mean").shrunk(reps).tolist() == [200.0, 200.0]
    assert Results("total", "n", "mean").title == "total"
    assert Results("total", "n").title == "total/n"


def test_a_strength_of_your_own():
    reps = {"won": np.array([10.0, 0.0]), "closed": np.array([10.0, 10.0])}
    assert Results(strength=10.0).shrunk(reps).tolist() == [0.75, 0.25]


@pytest.mark.parametrize("wrong", [{"measure": "guess"}, {"strength": 0.0}, {"tiers": ("one",)}])
def test_wrong_settings_are_refused(wrong):
    with pytest.raises(ConfigError):
        Results(**wrong)
