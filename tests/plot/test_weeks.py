import numpy as np
import pytest

import custseg as cs
from custseg.errors import MissingColumnError, NotEnoughDataError
from custseg.lifetime import BGNBD, MBGNBD, NEW_CUSTOMER, BGNBDModel, Fitting
from custseg.plot import Tracking

SPLIT = "1997-09-30"


@pytest.fixture(scope="module")
def published():
    """Fader, Hardie and Lee 2005, Table 2, in weeks."""
    return BGNBDModel(fitting=Fitting(-9582.4, 2357), r=0.243, alpha=4.414, a=0.793, b=2.426)


@pytest.fixture(scope="module")
def found(cdnow, published):
    return Tracking.of(published, cdnow.split(at=SPLIT), unit="week")


def test_cdnow_has_39_weeks_on_either_side(found):
    assert (found.weeks, found.learned, found.customers) == (78, 39, 2357)
    assert found.ends[[38, 77]].astype("datetime64[D]").astype(str).tolist() == [
        SPLIT,
        "1998-06-30",
    ]


def test_actual_repeat_purchases_of_cdnow(found):
    """The totals of the calibration and holdout periods of the CDNOW sample."""
    assert found.actual[:39].sum() == 2457
    assert found.actual[39:].sum() == 1882


def test_expected_repeat_purchases_of_cdnow(found, cdnow, published):
    """Unconditional and conditional forecasts of BG/NBD agree on the whole: 1,653.4 by customer."""
    summary = cdnow.summary(as_of=SPLIT, unit="week")
    conditional = published.expected_purchases(summary, horizon=39).sum()
    assert conditional == pytest.approx(1653.4, abs=1.0)
    assert found.expected[39:].sum() == pytest.approx(conditional, rel=0.01)
    assert found.expected[:39].sum() == pytest.approx(2457, rel=0.02)
    assert found.deviation == pytest.approx(-0.114, abs=0.001)


def test_one_customer_is_expected_to_buy_as_a_new_one(published):
    log = cs.TransactionLog.of([{"customer_id": 1, "at": "2026-01-01", "amount": 1}])
    split = log.split(at="2026-01-08", until="2026-01-28")
    found = Tracking.of(published, split, unit="week")
    ages = np.array([6, 13, 20, 27]) / 7
    so_far = [published.expected_purchases(NEW_CUSTOMER, horizon=age)[0] for age in ages]
    assert np.cumsum(found.expected).tolist() == pytest.approx(so_far, rel=1e-12)
    assert found.actual.tolist() == [0, 0, 0, 0]
    assert np.isnan(found.deviation)


def test_units_are_only_words(cdnow):
    split = cdnow.split(at=SPLIT, until="1998-03-31")
    weekly = Tracking.of(MBGNBD().fit(cdnow.summary(as_of=SPLIT, unit="week")), split, unit="week")
    daily = Tracking.of(MBGNBD().fit(cdnow.summary(as_of=SPLIT)), split)
    assert np.allclose(weekly.expected, daily.expected, rtol=1e-4)
    assert weekly.actual.tolist() == daily.actual.tolist()


def test_who_comes_after_the_split_is_not_of_the_cohort(cdnow, published):
    early = Tracking.of(published, cdnow.split(at="1997-01-31", until="1997-06-30"), unit="week")
    first = cdnow.occasions(as_of="1997-06-30")
    days = first.day[first.opens]
    assert early.customers == int((days <= days.min() + 30).sum()) < 2357
    again = Tracking.of(published, cdnow.until("1997-01-31").split(at="1997-01-31"), unit="week")
    assert again.actual.tolist() == early.actual[: again.weeks].tolist()


def test_the_table_adds_up(found):
    rows = found.table
    assert rows[-1]["actual_so_far"] == 2457 + 1882
    assert rows[-1]["expected_so_far"] == pytest.approx(sum(row["expected"] for row in rows))
    assert str(rows[0]["week_to"]) == "1997-01-07"


def test_nobody_yet_and_no_whole_week(cdnow, published):
    with pytest.raises(NotEnoughDataError, match="nobody had bought by 1996-12-31"):
        Tracking.of(published, cdnow.split(at="1996-12-31"))
    with pytest.raises(NotEnoughDataError, match="no whole week"):
        Tracking.of(published, cdnow.split(at="1997-01-02", until="1997-01-06"))


def test_a_model_with_covariates_knows_no_new_customer(cdnow):
    summary = cdnow.summary(as_of=SPLIT, unit="week")
    wide = [{**row, "loyal": float(int(row["customer_id"]) % 2)} for row in summary]
    model = BGNBD(buying=("loyal",)).fit(wide)
    with pytest.raises(MissingColumnError, match="loyal"):
        Tracking.of(model, cdnow.split(at=SPLIT), unit="week")
