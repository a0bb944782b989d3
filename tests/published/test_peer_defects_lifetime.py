"""Where other packages go wrong with models of buying, and that ours does not.

Seen in lifetimes 0.11.3 and pymc-marketing 0.19.2 with SciPy 1.17 and pandas 3.
"""

import numpy as np
import pytest

from custseg.errors import NotEnoughDataError
from custseg.lifetime import (
    BGNBD,
    MBGCNBD,
    MBGNBD,
    NEW_CUSTOMER,
    BGNBDModel,
    Fitting,
    GammaGamma,
    ParetoNBD,
    ParetoNBDModel,
    ShiftedBetaGeometric,
    survivors,
)
from custseg.lifetime.problems import problem

NOBODY = Fitting(0.0, 1.0)
ONCE = [{"frequency": 0, "recency": 0.0, "T": float(n), "monetary_value": 0.0} for n in range(90)]


def naive(model, time):
    """Purchases of a new customer as the paper writes them (eq. 9), and as lifetimes computes."""
    from scipy.special import hyp2f1

    r, alpha, a, b = np.array(list(model.params.values()))
    f = hyp2f1(r, b, a + b - 1, time / (alpha + time))
    return (a + b - 1) / (a - 1) * (1 - (alpha / (alpha + time)) ** r * f)


@pytest.mark.parametrize("frequency", [132, 160, 200, 500, 2000])
def test_heavy_buyers_are_no_missing_numbers(frequency):
    """lifetimes: NaN from 132 purchases on, so that its own test of an underflow fails."""
    r, alpha, s, beta = 0.55, 10.58, 0.61, 11.67
    model = ParetoNBDModel(fitting=NOBODY, r=r, alpha=alpha, s=s, beta=beta)
    row = [{"frequency": frequency, "recency": 200.0, "T": 200.0}]
    # who bought just now is a customer for sure, so note 009 has no hypergeometric function left
    rate, left = (r + frequency) / (alpha + 200.0), beta + 200.0
    expected = rate * left / (s - 1) * (1 - (left / (left + 10.0)) ** (s - 1))
    assert model.p_alive(row).tolist() == [1.0]
    assert model.expected_purchases(row, horizon=10) == pytest.approx([expected], rel=1e-13)


def test_a_of_one_is_no_exception():
    """lifetimes: infinite, as it divides by a - 1."""
    model = BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=1.0, b=2.426)
    with np.errstate(divide="ignore", invalid="ignore"):
        assert not np.isfinite(naive(model, 39.0))
    # with 60 digits
    row = [{"frequency": 2, "recency": 30.5, "T": 39.0}]
    assert model.expected_purchases(row, horizon=39) == pytest.approx([1.09825177910404], rel=1e-14)


def test_a_near_one_loses_no_digits():
    """lifetimes: eight digits are right, as two numbers near each other are subtracted."""
    near, at = (
        BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=a, b=2.426) for a in (1 + 1e-7, 1.0)
    )
    one, other = (m.expected_purchases(NEW_CUSTOMER, horizon=39)[0] for m in (near, at))
    steeper = BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=1 + 1e-4, b=2.426)
    slope = (steeper.expected_purchases(NEW_CUSTOMER, horizon=39)[0] - other) / 1e-4
    assert one - other == pytest.approx(1e-7 * slope, rel=1e-3)
    assert abs(naive(near, 39.0) / one - 1) > 1e-11


def test_a_short_time_loses_no_digits():
    """lifetimes: ten digits at a thousandth of a week, fewer the shorter."""
    model = BGNBDModel(fitting=NOBODY, r=0.243, alpha=4.414, a=0.793, b=2.426)
    tiny = 1e-9
    exact = 0.243 * tiny / 4.414  # and of the order of 1e-20 less
    assert model.expected_purchases(NEW_CUSTOMER, horizon=tiny) == pytest.approx([exact], rel=1e-9)
    assert abs(naive(model, tiny) / exact - 1) > 1e-8


@pytest.mark.parametrize(
    "spec",
    [BGNBD(), MBGNBD(), ParetoNBD(), MBGCNBD(2), GammaGamma()],
    ids=lambda spec: type(spec).__name__,
)
def test_one_time_buyers_alone_teach_nothing(spec):
    """lifetimes and pymc-marketing "converge": r = 2e-4, alpha = 1e6."""
    with pytest.raises(NotEnoughDataError, match=r"0 .*have bought again"):
        spec.fit(ONCE)


def test_the_reference_is_the_maximum():
    """pymc-marketing compares with alpha = .688 within a tenth; the likelihood is highest at .704.

    Regular customers of Fader and Hardie 2007, Table 1, seven years.
    """
    spec, cohort = (
        ShiftedBetaGeometric(weight="customers"),
        survivors([1000, 631, 468, 382, 326, 289, 262, 241]),
    )
    model = spec.fit(cohort)
    assert (model.alpha, model.beta) == pytest.approx((0.704, 1.182), abs=5e-4)
    asked = problem(spec, cohort, model)
    value, gradient = asked.objective(asked.at)
    assert np.abs(gradient).max() < 1e-7
    others = [np.log([0.688, beta]) for beta in np.linspace(1.0, 1.4, 41)]
    assert min(asked.objective(place)[0] for place in others) > value
