import numpy as np
import pytest

from anybuying import differing
from custseg.errors import ConfigError, DataError
from custseg.lifetime import (
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    LikelihoodRatio,
    ParetoNBD,
    compare,
    likelihood_ratio,
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


def test_order_and_unit_make_no_other_customers():
    weeks = ROWS[::-1].assign(recency=lambda d: d["recency"] / 7, T=lambda d: d["T"] / 7)
    assert MBGNBD().fit(weeks).fitting.data == PLAIN.fitting.data
    assert BGNBD().fit(weeks).fitting.data == PLAIN.fitting.data


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
