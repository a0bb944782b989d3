import numpy as np
import pytest

from anybuying import differing
from custseg.errors import ConfigError
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    ShiftedBetaGeometric,
    profile_intervals,
    survivors,
)
from custseg.lifetime.problems import problem

SHOP = differing(800, seed=9, first=1)
SHOP = SHOP.assign(
    recency=np.ceil(SHOP["recency"]),
    monetary_value=np.random.default_rng(1).gamma(
        6.0, 1 / np.random.default_rng(2).gamma(4, 1, 800)
    ),
)
DONORS = [
    {"frequency": x, "recency": last, "T": 3, "n": n}
    for x, last, n in ((0, 0, 900), (1, 1, 300), (1, 2, 80), (1, 3, 110), (2, 3, 90), (3, 3, 100))
]
CASES = (
    (BGNBD(), SHOP),
    (MBGNBD(buying="age", leaving="channel", baseline={"channel": "shop"}), SHOP),
    (MBGCNBD(2), SHOP),
    (ParetoNBD(), SHOP[:200]),
    (GammaGamma(), SHOP),
    (BGBB("n", repeaters=3), DONORS),
    (ShiftedBetaGeometric(weight="customers"), survivors([9000, 7000, 6000, 5500])),
)
EACH = pytest.mark.parametrize(
    ("spec", "table"), CASES, ids=[type(spec).__name__ for spec, _ in CASES]
)


@EACH
def test_the_likelihood_is_that_of_the_fit(spec, table):
    """It is highest where the fit ended, and differs from what the fit says by no parameter."""
    model = spec.fit(table)
    asked = problem(spec, table, model)
    value, gradient = asked.objective(asked.at)
    assert np.abs(gradient).max() < 1e-5
    for n, name in enumerate(asked.names):
        assert asked.told(n, asked.at[n]) == pytest.approx(model.params[name], rel=1e-12)
    away = asked.at + 0.1
    assert asked.objective(away)[0] > value


def held(asked, n, places):
    value, gradient = asked.objective(places)
    return value, np.delete(gradient, n)


@EACH
def test_ends_lie_where_the_likelihood_has_fallen_enough(spec, table):
    """Held at an end and refitted, the others cannot make up for it: 1.92 less, the 95 % point."""
    from scipy import optimize

    model = spec.fit(table)
    asked, found = problem(spec, table, model), profile_intervals(spec, table)
    for n, name in enumerate(asked.names):
        for end in found[name]:
            place = end / asked.unit[n] if asked.linear[n] else np.log(end / asked.unit[n])
            best = optimize.minimize(
                lambda others, n=n, place=place: held(asked, n, np.insert(others, n, place)),
                np.delete(asked.at, n),
                jac=True,
                method="BFGS",
                options={"gtol": 1e-8},
            )
            fallen = asked.customers * (best.fun - asked.objective(asked.at)[0])
            assert fallen == pytest.approx(1.9207, abs=0.01)


def test_with_many_customers_it_is_the_quick_interval():
    """The likelihood is a parabola there."""
    table = survivors([900_000, 700_000, 600_000, 550_000, 520_000])
    spec = ShiftedBetaGeometric(weight="customers")
    quick, slow = spec.fit(table).intervals(), profile_intervals(spec, table)
    for name, ends in slow.items():
        assert ends == pytest.approx(quick[name], rel=1e-4)


def test_what_the_data_do_not_hold_back_is_open():
    """Who never leave: how large the chance to stay is nobody can say."""
    stay = SHOP[SHOP["frequency"] > 0].assign(T=lambda d: d["recency"] + 1)
    found = profile_intervals(MBGNBD(), stay)
    assert found["a"][0] == 0.0 or found["b"][1] == np.inf
    assert 0.0 < found["r"][0] < found["r"][1] < np.inf


def test_the_unit_of_time_does_not_matter():
    weeks = SHOP.assign(recency=SHOP["recency"] / 7, T=SHOP["T"] / 7)
    days, told = profile_intervals(MBGNBD(), SHOP), profile_intervals(MBGNBD(), weeks)
    for name, ends in told.items():
        by = 7.0 if name == "alpha" else 1.0
        assert np.array(ends) * by == pytest.approx(days[name], rel=1e-3)


def test_what_is_no_spec_is_refused():
    with pytest.raises(ConfigError, match="level"):
        profile_intervals(MBGNBD(), SHOP, level=1.0)
    with pytest.raises(ConfigError, match="spec"):
        problem("mbg", SHOP, MBGNBD().fit(SHOP))
