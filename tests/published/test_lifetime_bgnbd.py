"""BG/NBD and MBG/NBD beside the papers, the BTYD manual and other packages.

CDNOW sample, weeks, bought up to 1997-09-30. Sources: FHL = Fader, Hardie and Lee 2005, Marketing
Science 24(2); notes 004, 021 and 039 of brucehardie.com; BTYD = manual of the R package.
"""

import numpy as np
import pytest

import custseg as cs
from custseg.lifetime import BGNBD, MBGCNBD, MBGNBD, NEW_CUSTOMER, BGNBDModel, Fitting, compare

ROUNDED = BGNBDModel(fitting=Fitting(-9582.4, 2357.0), r=0.243, alpha=4.414, a=0.793, b=2.426)
NOTE_004 = [{"frequency": 2, "recency": 30.43, "T": 38.86}]


@pytest.fixture(scope="module")
def log():
    return cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))


@pytest.fixture(scope="module")
def summary(log):
    return log.summary(as_of="1997-09-30", unit="week")


@pytest.fixture(scope="module")
def bg(summary):
    return BGNBD().fit(summary)


def test_bg_parameters_and_likelihood(bg):
    """FHL Table 2 gives .243, 4.414, .793, 2.426 and -9582.4."""
    expected = [0.24259456, 4.41360245, 0.79292197, 2.42590655]
    assert list(bg.params.values()) == pytest.approx(expected, rel=5e-7)
    assert bg.log_likelihood == pytest.approx(-9582.429207, abs=1e-6)


def as_told(summary):
    """Times with two decimals, as in the file that lifetimes and others bring with them."""
    return [
        {**row, "recency": round(row["recency"], 2), "T": round(row["T"], 2)} for row in summary
    ]


def test_bg_on_rounded_times(summary):
    """lifetimes on its own file: not the same customers, to the third decimal."""
    model = BGNBD().fit(as_told(summary))
    expected = [0.2425929, 4.4135323, 0.7928860, 2.4257524]
    assert list(model.params.values()) == pytest.approx(expected, rel=5e-7)
    assert model.log_likelihood == pytest.approx(-9582.425561, abs=1e-6)


def test_mbg_on_rounded_times(summary):
    """The test of lifetimes, which cites BTYDplus."""
    model = MBGNBD().fit(as_told(summary))
    assert model.log_likelihood == pytest.approx(-9582.13268, abs=6e-6)


def test_bg_standard_errors(bg):
    """As the R package CLVTools and lifetimes report them."""
    expected = [0.012557, 0.378224, 0.185734, 0.705414]
    assert list(bg.standard_errors.values()) == pytest.approx(expected, abs=1e-6)


def test_mbg_parameters_and_likelihood(summary):
    """BTYDplus gives .525, 6.183, .891, 1.614."""
    model = MBGNBD().fit(summary)
    assert list(model.params.values()) == pytest.approx([0.525, 6.183, 0.891, 1.614], abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.136, abs=5e-4)


def test_expected_purchases_of_one_customer():
    """Note 004: 1.226; with 40 digits at its rounded parameters, and at those of its own sheet."""
    sheet = BGNBDModel(
        fitting=Fitting(-9582.4, 2357.0), r=0.2425929, alpha=4.4135323, a=0.792886, b=2.4257524
    )
    exact = 1.226028174767144446
    assert ROUNDED.expected_purchases(NOTE_004, horizon=39) == pytest.approx([exact], rel=3e-15)
    assert sheet.expected_purchases(NOTE_004, horizon=39) == pytest.approx([1.2259104], abs=5e-8)


def test_p_alive_of_one_customer(bg):
    assert ROUNDED.p_alive(NOTE_004) == pytest.approx([0.726579], abs=1e-6)
    assert bg.p_alive(NOTE_004) == pytest.approx([0.726609], abs=1e-6)


@pytest.mark.parametrize(
    ("weeks", "sheet", "here"),
    [
        (0.1429, 0.0078, 0.00782),
        (1, 0.0532, 0.05318),
        (3, 0.1506, 0.15063),
        (31.8571, 1.0405, 1.04049),
        (32, 1.0437, 1.04373),
        (78, 1.8576, 1.85796),  # the sheet was fitted to times of two decimals
    ],
)
def test_expected_purchases_of_a_new_customer(bg, weeks, sheet, here):
    """Note 004, to the digits of the sheet, and one more at the maximum of exact days."""
    found = bg.expected_purchases(NEW_CUSTOMER, horizon=weeks)
    assert found == pytest.approx([sheet], abs=5e-5 if weeks < 78 else 4e-4)
    assert found == pytest.approx([here], abs=5e-6)


def test_counts_of_a_new_customer():
    """BTYD, bgnbd.pmf."""
    expected = [0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638]
    expected += [0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260]
    found = [ROUNDED.p_purchases(NEW_CUSTOMER, n, horizon=30)[0] for n in range(11, 21)]
    assert found == pytest.approx(expected, abs=6e-11)
    assert ROUNDED.p_purchases(NEW_CUSTOMER, 10, horizon=2) == pytest.approx([1.0786896e-07])
    assert ROUNDED.p_no_purchase(NEW_CUSTOMER, horizon=39) == pytest.approx([0.57378635])


def test_holdout_of_cdnow(log, bg):
    """The 39 weeks after: 1,882 purchase days, of which BG/NBD expects 1,653."""
    both = log.split(at="1997-09-30").summary(as_of="1998-06-30", unit="week")
    x = np.array([row["frequency"] for row in both])
    actual = np.array([row["frequency_holdout"] for row in both])
    expected = bg.expected_purchases(both, horizon=39)
    assert (x.sum(), np.count_nonzero(x == 0), actual.sum()) == (2457, 1411, 1882)
    assert expected.sum() == pytest.approx(1653.41, abs=0.01)
    assert np.abs(expected - actual).mean() == pytest.approx(0.78545, abs=1e-5)
    seen = [actual[np.minimum(x, 7) == n].mean() for n in range(8)]
    assert seen == pytest.approx(
        [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594], abs=6e-5
    )
    buckets = [expected[np.minimum(x, 7) == n].mean() for n in range(8)]
    told = [0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6538, 3.5040, 6.1572]
    assert buckets == pytest.approx(told, abs=6e-5)


@pytest.fixture(scope="module")
def with_gaps(summary):
    days = {}
    for row in cs.datasets.cdnow():
        if row["date"].isoformat() <= "1997-09-30" and row["amount"] >= 0:
            days.setdefault(row["customer_id"], set()).add(row["date"].toordinal())
    gaps = {who: np.log(np.diff(sorted(when)) / 7.0).sum() for who, when in days.items()}
    return [{**row, "log_gaps": gaps[row["customer_id"]]} for row in summary]


def test_cdnow_is_bought_at_random_times(with_gaps):
    """BTYDplus chooses k = 1 for CDNOW; its likelihoods are -9582.1 and -9853.3."""
    tried = {str(k): MBGCNBD(k, "log_gaps").fit(with_gaps) for k in (1, 2)}
    assert tried["1"].log_likelihood == pytest.approx(-9582.136, abs=5e-4)
    assert tried["2"].log_likelihood == pytest.approx(-9853.253, abs=5e-4)
    assert compare(tried)[0]["model"] == "1"
    assert MBGCNBD(None, "log_gaps").fit(with_gaps).k == 1
