"""What other packages get wrong on the way from transactions to a summary, done right here.

Seen in lifetimes 0.11.3 and pymc-marketing 0.19.2 with pandas 3; the threads are theirs.
"""

import subprocess
import sys
import warnings
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import custseg as cs
from custseg.lifetime import BGNBD, MBGCNBD, GammaGamma

NAMES = cs.Names(at="date")
WORDS = ["frequency", "recency", "T", "monetary_value"]


def bought(*rows):
    """A pandas frame of customer, moment and amount."""
    frame = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
    return frame.assign(date=pd.to_datetime(frame["date"], format="ISO8601"))


@pytest.fixture(scope="module")
def cdnow():
    frame = pd.DataFrame(cs.datasets.cdnow())
    return cs.TransactionLog.of(frame.assign(date=pd.to_datetime(frame["date"])), NAMES)


def test_calibration_and_holdout_need_no_money():
    """lifetimes: ValueError "No objects to concatenate" without a column of money."""
    frame = bought(("a", "2015-01-05", 1), ("a", "2015-02-01", 1), ("a", "2015-03-01", 1))
    log = cs.TransactionLog.of(frame.drop(columns="amount"), cs.Names(amount=""))
    row = log.split(at="2015-02-07", until="2015-03-31").summary().iloc[0]
    assert (row["frequency"], row["recency"], row["T"]) == (1, 27.0, 33.0)
    assert (row["frequency_holdout"], row["duration_holdout"]) == (1, 52.0)


def test_the_path_of_being_alive_can_be_followed(cdnow):
    """lifetimes: calculate_alive_path ends in a TypeError, and knows no months."""
    model = BGNBD().fit(cdnow.summary(as_of="1997-09-30", unit="week"))
    days = pd.date_range("1997-09-30", "1998-06-30", freq="ME")
    paths = pd.DataFrame(
        {
            day: pd.Series(model.p_alive(table), index=table["customer_id"])
            for day in days
            for table in [cdnow.summary(as_of=day, unit="week")]
        }
    )
    quiet = cdnow.split(at=days[0], until=days[-1]).summary()
    quiet = quiet[(quiet["frequency_holdout"] == 0) & (quiet["frequency"] > 0)]["customer_id"]
    steps = paths.loc[quiet].diff(axis=1).iloc[:, 1:]
    assert len(quiet) > 300
    assert (steps < 0).all(axis=None)
    back = cdnow.split(at=days[-2], until=days[-1]).summary()
    back = back[(back["frequency_holdout"] > 0) & (back["frequency"] > 0)]["customer_id"]
    assert (paths.loc[back, days[-1]] > paths.loc[back, days[-2]]).mean() > 0.9


@pytest.mark.parametrize("unit", ["month", "quarter", "year"])
def test_months_quarters_and_years_are_units(unit, cdnow):
    """lifetimes and pymc-marketing: freq="M", "Q", "Y" raise (pymc-marketing issue 987)."""
    per = {"month": 12, "quarter": 4, "year": 1}[unit]
    days = cdnow.summary(as_of="1997-12-31")
    found = cdnow.summary(as_of="1997-12-31", unit=unit)
    assert found["frequency"].equals(days["frequency"])
    assert np.abs(found["T"] / per * 365 - days["T"]).max() < 2.5
    new_year = cs.TransactionLog.of(bought(("a", "1996-12-31", 1)))
    assert new_year.summary(as_of="1997-12-31", unit=unit)["T"].tolist() == [per]


def test_importing_it_changes_nothing():
    """lifetimes: sets pd.options.mode.chained_assignment and silences all FutureWarnings."""
    code = (
        "import warnings, numpy as np, pandas as pd\n"
        "from pandas._config.config import _global_config as options\n"
        "seen = lambda: (warnings.filters[:], np.geterr(), repr(options))\n"
        "warnings.simplefilter('error'); before = seen()\n"
        "import custseg as cs, custseg.lifetime, custseg.classify, custseg.features\n"
        "cs.TransactionLog.of(pd.DataFrame({'customer_id': ['a'], 'at': ['2015-01-05'], "
        "'amount': [1.0]})).summary(as_of='2015-01-31')\n"
        "print(seen() == before)"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "True"


def test_money_has_one_unit_before_and_after_the_split():
    """lifetimes: the mean of raw rows after the split, of daily sums before it."""
    frame = bought(
        ("a", "2015-01-01", 5),
        ("a", "2015-01-10", 30),
        ("a", "2015-01-10", 10),
        ("a", "2015-02-10", 30),
        ("a", "2015-02-10", 10),
    )
    row = cs.TransactionLog.of(frame).split(at="2015-01-31", until="2015-02-28").summary().iloc[0]
    assert (row["monetary_value"], row["monetary_value_holdout"]) == (40.0, 40.0)


def test_the_order_of_rows_does_not_change_money():
    """pymc-marketing: rfm_summary(sort_transactions=False) gives 20 instead of 40."""
    rows = (("a", "2015-02-01", 20), ("a", "2015-01-01", 40), ("a", "2015-02-01", 20))
    money = {
        cs.TransactionLog.of(bought(*order)).summary(as_of="2015-02-28")["monetary_value"].item()
        for order in permutations(rows)
    }
    assert money == {40.0}


def test_a_day_ends_when_it_ends_in_summaries_and_splits():
    """pymc-marketing: 15:00 on the last day is in rfm_summary and after rfm_train_test_split."""
    frame = bought(("a", "2015-01-05", 1), ("a", "2015-02-07 15:00", 2), ("a", "2015-02-08", 4))
    log = cs.TransactionLog.of(frame)
    split = log.split(at="2015-02-07", until="2015-02-28")
    for table in (
        log.summary(as_of="2015-02-07"),
        split.summary(),
        split.calibration.summary(as_of="2015-02-07"),
    ):
        assert table.loc[0, WORDS].tolist() == [1, 33.0, 33.0, 2.0]
    assert len(log.until("2015-02-07")) == len(split.calibration) == 2
    assert log.occasions(as_of="2015-02-07").count.tolist() == [2]
    assert split.summary()["frequency_holdout"].tolist() == [1]
    profile = cs.profile(transactions=frame, names=NAMES, as_of="2015-02-07")
    assert profile[["frequency", "recency_days"]].to_numpy().tolist() == [[2, 0]]


def test_whoever_comes_at_half_past_eleven_at_night_does_not_vanish():
    """pymc-marketing: a customer first seen at 23:30 of the last day is in neither part."""
    frame = bought(
        ("a", "2015-01-05", 1), ("b", "2015-02-07 23:30", 1), ("c", "2015-02-08 00:10", 1)
    )
    split = cs.TransactionLog.of(frame).split(at="2015-02-07", until="2015-02-28")
    assert split.summary()["customer_id"].tolist() == ["a", "b"]
    assert split.newcomers()["customer_id"].tolist() == ["c"]
    assert (split.report.customers, split.report.newcomers) == (2, 1)


def test_an_empty_table_has_an_empty_summary():
    """pymc-marketing: AttributeError of NaTType."""
    empty = bought(("a", "2015-01-05", 1)).iloc[:0]
    log = cs.TransactionLog.of(empty)
    assert list(log.summary(as_of="2015-01-31").columns) == ["customer_id", *WORDS]
    assert (len(log), log.report.rows, log.summary(as_of="2015-01-31").shape) == (0, 0, (0, 5))


def test_what_cannot_be_used_is_counted_and_shown():
    """pymc-marketing: NaT and null ids vanish without a word, and an unknown amount counts as 0."""
    frame = bought(
        ("a", "2015-01-05", 10),
        ("a", None, 10),
        (None, "2015-01-06", 10),
        ("a", "2015-01-07", None),
        ("a", "2015-01-08", 30),
    )
    log = cs.TransactionLog.of(frame)
    assert log.report.left_out == {"null_id": 1, "missing_time": 1, "missing_amount": 1}
    assert (log.report.rows, log.report.used) == (5, 2)
    found = cs.features.left_out(frame)
    assert dict(zip(found["row"], found["left_out"], strict=True)) == {
        1: "missing_time",
        2: "null_id",
        3: "missing_amount",
    }
    assert log.summary(as_of="2015-01-31").loc[0, WORDS].tolist() == [1, 3.0, 26.0, 30.0]


DAILY = {"frequency": 2457.0, "recency": 112949.0, "T": 539779.0, "monetary_value": 33183.643767}
WEEKLY = {"frequency": 2195.0, "recency": 15771.0, "T": 75391.0, "monetary_value": 35231.820887}
THREE = {"00004": (2, 213, 272, 22.345), "00018": (0, 0, 269, 0.0), "00021": (1, 12, 272, 11.77)}


def test_a_summary_is_that_of_lifetimes(cdnow):
    """summary_data_from_transaction_data(freq="D"), 1997-09-30: its sums and first rows."""
    found = cdnow.summary(as_of="1997-09-30").set_index("customer_id")
    assert found.sum().to_dict() == pytest.approx(DAILY, rel=1e-10)
    for who, row in THREE.items():
        assert found.loc[who].tolist() == pytest.approx(row)


def test_whole_weeks_are_those_of_lifetimes(cdnow):
    """summary_data_from_transaction_data(freq="W"), 1997-09-28, a Sunday: its sums."""
    found = cdnow.summary(as_of="1997-09-28", merge="week", unit="period")
    assert found[WORDS].sum().to_dict() == pytest.approx(WEEKLY, rel=1e-10)


def test_a_summary_of_lifetimes_or_pymc_marketing_can_be_learned_from(cdnow):
    """lifetimes has the ids in the index, pymc-marketing in ``customer_id``; all are floats."""
    ours = cdnow.summary(as_of="1997-09-30")
    lifetimes = ours.set_index("customer_id").astype(float)
    pymc = ours.astype(dict.fromkeys(WORDS, float))
    for model in (BGNBD(), MBGCNBD(), GammaGamma()):
        fitted = [model.fit(table).params for table in (ours, lifetimes, pymc)]
        assert fitted[0] == fitted[1] == fitted[2]


def test_regularity_can_be_chosen_from_a_summary(cdnow):
    """BTYDplus finds CDNOW's buyers as irregular as can be: k = 1, -9582.136 against -9853.253."""
    table = cdnow.summary(as_of="1997-09-30", unit="week", also="log_gaps")
    model = MBGCNBD(k=None, log_gaps="log_gaps").fit(table)
    assert (model.k, model.log_likelihood) == (1, pytest.approx(-9582.136, abs=1e-3))
    two = MBGCNBD(k=2, log_gaps="log_gaps").fit(table)
    assert two.log_likelihood == pytest.approx(-9853.253, abs=1e-3)


def test_nothing_of_this_warns(cdnow):
    """Both peers warn about pandas or numpy where they work at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cdnow.split(at="1997-09-30").summary(unit="month", also="gap_median")
