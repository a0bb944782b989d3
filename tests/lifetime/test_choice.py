import numpy as np
import pandas as pd
import pytest

from anybuying import differing
from custseg.errors import ConfigError, DataError
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    LikelihoodRatio,
    ParetoNBD,
    ShiftedBetaGeometric,
    compare,
    likelihood_ratio,
    survivors,
)


def base(size=900, *, seed=3):
    """Customers who buy more often the older they are; luck tells nothing."""
    luck = np.random.default_rng(seed).normal(0, 1, size)
    return differing(size, seed=seed, first=1).assign(luck=luck, money=1 + luck**2)


ROWS = base()
PLAIN = MBGNBD().fit(ROWS)
AGED = MBGNBD(buying="age").fit(ROWS)


def test_what_tells_something_is_told_from_what_does_not():
    tested = likelihood_ratio(PLAIN, AGED)
    assert tested.statistic == pytest.approx(2 * (AGED.log_likelihood - PLAIN.log_likelihood))
    assert tested.degrees == 1
    assert tested.p < 0.01
    lucky = MBGNBD(buying=("age", "luck"), leaving="luck").fit(ROWS)
    assert likelihood_ratio(AGED, lucky).degrees == 3
    assert likelihood_ratio(AGED, lucky).p > 0.05
    assert likelihood_ratio(PLAIN, lucky).degrees == 4


def test_the_chance_is_that_of_chi_square():
    """Tables of the distribution: 5 % points of one, two and ten degrees."""
    for statistic, degrees in ((3.841459, 1), (5.991465, 2), (18.307038, 10)):
        assert LikelihoodRatio.of(statistic, degrees).p == pytest.approx(0.05, abs=1e-7)


def test_chance_alone_is_rarely_significant():
    """Of covariates that tell nothing a twentieth seems to: 5 of 100, within what is likely."""
    rng = np.random.default_rng(0)
    p = []
    for _ in range(100):
        rows = ROWS.assign(noise=rng.normal(size=len(ROWS)))
        p.append(likelihood_ratio(PLAIN, MBGNBD(buying="noise").fit(rows)).p)
    assert 0 < sum(one < 0.05 for one in p) <= 12
    assert np.mean(p) == pytest.approx(0.5, abs=0.12)


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (AGED, PLAIN),
        (PLAIN, PLAIN),
        (AGED, MBGNBD(buying="luck", leaving="luck").fit(ROWS)),
        (BGNBD().fit(ROWS), AGED),
        (MBGCNBD(2).fit(ROWS), MBGCNBD(3).fit(ROWS)),
        (ParetoNBD().fit(ROWS), AGED),
    ],
    ids=["larger first", "the same", "others", "another kind", "stages", "no covariates"],
)
def test_no_special_case_is_refused(small, large):
    with pytest.raises(ConfigError, match="special case"):
        likelihood_ratio(small, large)


def test_other_customers_are_refused():
    others = MBGNBD(buying="age").fit(base(seed=4))
    with pytest.raises(DataError, match="2 different sets of customers"):
        likelihood_ratio(PLAIN, others)
    with pytest.raises(DataError, match="2 different sets of customers"):
        compare({"one": PLAIN, "two": others})
    with pytest.raises(DataError, match="same customers"):
        likelihood_ratio(PLAIN, MBGNBD(buying="age").fit(ROWS[1:]))


KINDS = (BGNBD(), MBGNBD(), MBGNBD(penalty=1.0), MBGCNBD(2), ParetoNBD())
EVERY = pytest.mark.parametrize("spec", KINDS, ids=["BG", "MBG", "MBG held", "regular", "Pareto"])


@EVERY
def test_order_makes_no_other_customers(spec):
    assert spec.fit(ROWS[::-1]).fitting.data == PLAIN.fitting.data
    assert len(compare({"this": spec.fit(ROWS), "plain": PLAIN})) == 2


def test_set_chances_have_a_mark_too():
    rows = [{"frequency": 1, "recency": 2, "T": 5}, {"frequency": 0, "recency": 0, "T": 5}] * 30
    rows += [{"frequency": 4, "recency": 5, "T": 5}, {"frequency": 3, "recency": 4, "T": 5}] * 15
    one, other = BGBB().fit(rows), BGBB().fit(rows[1:] + rows[:1])
    assert one.fitting.data == other.fitting.data == "90;135;195;450"


@EVERY
def test_the_same_times_in_another_unit_are_another_likelihood(spec):
    """A density per week is seven times one per day: such figures say nothing to each other."""
    weeks = ROWS.assign(recency=lambda d: d["recency"] / 7, T=lambda d: d["T"] / 7)
    days, told = spec.fit(ROWS), spec.fit(weeks)
    if not days.fitting.penalty:
        repeats = ROWS["frequency"].sum() * (spec.k if isinstance(spec, MBGCNBD) else 1)
        shift = repeats * np.log(7)
        assert told.log_likelihood == pytest.approx(days.log_likelihood + shift, rel=1e-6)
    with pytest.raises(DataError, match="2 different sets of customers"):
        compare({"days": days, "weeks": told})


def test_weights_are_customers_in_the_mark():
    twice = ROWS.assign(n=2)
    assert MBGNBD("n").fit(twice).fitting.data == MBGNBD().fit(pd.concat([ROWS, ROWS])).fitting.data


def test_what_the_test_does_not_hold_for_is_refused():
    held = MBGNBD(buying="age", penalty=1.0).fit(ROWS)
    assert held.fitting.penalty == 1.0
    with pytest.raises(ConfigError, match="penalised"):
        likelihood_ratio(PLAIN, held)
    stay = ROWS[ROWS["frequency"] > 0].assign(T=lambda d: d["recency"] + 1)
    small, large = MBGNBD().fit(stay), MBGNBD(buying="age").fit(stay)
    with pytest.raises(DataError, match="limit"):
        likelihood_ratio(small, large)


def test_spend_is_compared_with_nothing_else():
    spend = GammaGamma().fit(ROWS.rename(columns={"money": "monetary_value"}))
    with pytest.raises(DataError, match="same customers"):
        compare({"spend": spend, "purchases": PLAIN})
    again = ROWS[ROWS["frequency"] > 0]
    with pytest.raises(DataError, match="same customers"):
        compare({"spend": spend, "purchases": MBGNBD().fit(again)})
    left = ShiftedBetaGeometric(weight="customers").fit(survivors([100, 80, 70, 65]))
    assert left.fitting.data.startswith("renewals;100;")
