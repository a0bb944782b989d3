"""Gamma-Gamma, BG/BB and shifted beta-geometric beside the papers that define them."""

import numpy as np
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.lifetime import (
    BGBB,
    NEW_CUSTOMER,
    GammaGamma,
    ShiftedBetaGeometric,
    frequency_correlation,
    survivors,
)

# Fader, Hardie and Shang 2010, Table 1: 11,104 donors of 1995 over six years: (x, t_x, donors).
DONORS = (
    *((0, 0, 3464), (1, 1, 1091), (1, 2, 277), (1, 3, 129), (1, 4, 78), (1, 5, 119), (1, 6, 129)),
    *((2, 2, 613), (2, 3, 255), (2, 4, 155), (2, 5, 173), (2, 6, 234)),
    *((3, 3, 322), (3, 4, 181), (3, 5, 225), (3, 6, 357)),
    *((4, 4, 240), (4, 5, 284), (4, 6, 512), (5, 5, 335), (5, 6, 728), (6, 6, 1203)),
)
TABLE = [{"frequency": x, "recency": last, "T": 6, "n": n} for x, last, n in DONORS]
# Fader and Hardie 2007, Table 1: per cent left after each year, seven of twelve years.
HIGH_END = (100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1)
REGULAR = (100.0, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1)


@pytest.fixture(scope="module")
def cdnow():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    return log.summary(as_of="1997-09-30", unit="week")


@pytest.fixture(scope="module")
def donors():
    return BGBB(weight="n").fit(TABLE)


def test_gamma_gamma_on_cdnow(cdnow):
    """Note 025: p 6.25, q 3.74, gamma 15.44; CLVTools: -4055.9177."""
    model = GammaGamma().fit(cdnow)
    assert list(model.params.values()) == pytest.approx([6.249572, 3.744225, 15.443521], abs=1e-6)
    assert model.log_likelihood == pytest.approx(-4055.917695, abs=1e-6)
    assert model.fitting.customers == 946


def test_gamma_gamma_on_rounded_spend(cdnow):
    """Means with two decimals, halves up, as in the file of lifetimes: its own maximum."""
    rounded = [
        {**row, "monetary_value": np.floor(row["monetary_value"] * 100 + 0.5 + 1e-9) / 100}
        for row in cdnow
    ]
    model = GammaGamma().fit(rounded)
    assert list(model.params.values()) == pytest.approx([6.248802, 3.744588, 15.447748], abs=1e-6)
    assert model.log_likelihood == pytest.approx(-4055.923244, abs=1e-6)


def test_spend_of_ten_customers(cdnow):
    """Hardie's sheet, by way of the tests of lifetimes."""
    expected = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert GammaGamma().fit(cdnow).expected_spend(cdnow[:10]) == pytest.approx(expected, abs=6e-3)
    assert frequency_correlation(cdnow) == pytest.approx(0.114, abs=5e-4)


def test_donors_parameters(donors):
    """Table 2: 1.204, .750, .657, 2.783 and -33,225.6."""
    assert list(donors.params.values()) == pytest.approx([1.204, 0.750, 0.657, 2.783], abs=6e-4)
    assert donors.log_likelihood == pytest.approx(-33225.58127, abs=1e-5)
    assert donors.fitting.customers == 11104


def test_donations_of_a_new_donor(donors):
    """Note 010."""
    expected = [0.4985, 0.9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603]
    expected += [3.1798, 3.3887]
    found = [donors.expected_purchases(NEW_CUSTOMER, horizon=n)[0] for n in range(1, 12)]
    assert found == pytest.approx(expected, abs=5e-5)


def test_donors_alive_and_donations_to_come(donors):
    """Note 010: .11, .59, .93 and 12,884.2 donations in five years."""
    some = [row for row in TABLE if (row["frequency"], row["recency"]) in {(0, 0), (2, 4), (6, 6)}]
    assert donors.p_alive(some) == pytest.approx([0.11, 0.59, 0.93], abs=5e-3)
    total = donors.expected_purchases(TABLE, horizon=5) @ [row["n"] for row in TABLE]
    assert total == pytest.approx(12884.2, abs=0.1)


def test_donors_told_by_the_model(donors):
    """Figure 3: the model says that 3,454.9 never gave again and 1,253.1 gave every year."""
    never = 11104 * donors.p_purchases(NEW_CUSTOMER, 0, horizon=6)[0]
    always = 11104 * donors.p_purchases(NEW_CUSTOMER, 6, horizon=6)[0]
    assert (never, always) == pytest.approx((3454.9, 1253.1), abs=0.1)


@pytest.mark.parametrize(
    ("left", "params", "likelihood", "after_12"),
    [
        (HIGH_END, (0.668, 3.806), -1611.158, 0.3780),
        (REGULAR, (0.704, 1.182), -1680.265, 0.1700),
    ],
)
def test_shifted_beta_geometric(left, params, likelihood, after_12):
    """The paper's parameters, and its twelfth year projected from seven."""
    model = ShiftedBetaGeometric(weight="customers").fit(survivors([10 * n for n in left]))
    assert (model.alpha, model.beta) == pytest.approx(params, abs=5e-4)
    assert model.log_likelihood == pytest.approx(likelihood, abs=6e-4)
    assert model.survival([12]) == pytest.approx([after_12], abs=6e-5)


@pytest.mark.parametrize(
    ("left", "later"),
    [
        (HIGH_END, (46.8, 44.5, 42.7, 40.9, 39.4)),
        (REGULAR, (22.3, 20.7, 19.4, 18.3, 17.3)),
    ],
    ids=["high end", "regular"],
)
def test_later_years(left, later):
    """Table 1: from seven years the model projects years 8 to 12 within two points."""
    model = ShiftedBetaGeometric(weight="customers").fit(survivors([10 * n for n in left]))
    found = model.survival([8, 9, 10, 11, 12])
    assert np.abs(100 * found - later).max() < 2.0


def test_the_seven_years_themselves():
    """Figure 5: the curve goes through the points that it was fitted to, within two points."""
    for left in (HIGH_END, REGULAR):
        model = ShiftedBetaGeometric(weight="customers").fit(survivors([10 * n for n in left]))
        assert np.abs(100 * model.survival(range(8)) - left).max() < 2.0


@pytest.mark.parametrize("left", [HIGH_END, REGULAR], ids=["high end", "regular"])
def test_renewals_to_come(left):
    """Fader and Hardie 2010, eq. 6, against the sum that it stands for."""
    model = ShiftedBetaGeometric(weight="customers").fit(survivors([10 * n for n in left]))
    tenure, ahead = np.arange(5.0), np.arange(1.0, 400.0)
    renewing = np.stack([model.p_alive(tenure, ahead=n) for n in ahead.tolist()], axis=1)
    summed = (renewing / 1.1 ** (ahead - 1.0)).sum(axis=1)
    assert model.residual_lifetime(tenure, discount=0.1) == pytest.approx(summed, rel=1e-9)
    assert (np.diff(summed) > 0).all()
    for none in (0.0, -0.1, float("nan")):
        with pytest.raises(ConfigError, match="above 0"):
            model.residual_lifetime(tenure, discount=none)
