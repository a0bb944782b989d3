import json

import numpy as np
import pytest

import custseg as cs
from anychurn import NAMES, SOME
from custseg.classify import NoPurchase, Origins, backtest
from custseg.classify.churn.lookback import ranging
from custseg.errors import ConfigError
from custseg.features.daynumbers import day_of
from custseg.measures import Area

LOG = cs.TransactionLog.of(SOME, NAMES)
TESTED = backtest(
    LOG,
    {"silent": NoPurchase(), "rare": lambda seen: -seen.column("frequency")},
    origins=Origins(every="quarter"),
)


def test_the_best_signal_has_the_largest_area():
    areas = {name: TESTED.of(name).auc.value for name in TESTED.signals}
    assert TESTED.best == max(areas, key=lambda name: areas[name])
    assert TESTED.signals == ("recency", "silent", "rare")


def test_a_probability_never_falls_with_its_signal_and_is_a_share():
    days = np.linspace(0.0, 500.0, 51)
    chance = TESTED.probability("recency", days)
    assert (np.diff(chance) >= 0).all()
    assert ((chance >= 0) & (chance <= 1)).all()


def test_who_has_no_signal_has_no_probability():
    assert np.isnan(TESTED.probability("recency", [np.nan, 30.0])).tolist() == [True, False]
    assert np.isnan(TESTED.probability("recency", [30.0], scale="weeks")).all()
    with pytest.raises(ConfigError, match=r"signal 'silnt' was not tried.*Did you mean 'silent'"):
        TESTED.probability("silnt", [1.0])


def test_the_table_has_a_row_for_each_signal_and_day_and_one_for_all():
    rows = TESTED.table
    assert len(rows) == 3 * (len(TESTED.dates) + 1)
    for row in rows:
        if row["at"] is None:
            one = TESTED.of(row["signal"])
        else:
            day = day_of(row["at"])
            one = next(
                one
                for one in TESTED.daily
                if one.signal == row["signal"] and one.at and day_of(one.at) == day
            )
        assert (row["customers"], row["lost"]) == (one.customers, one.lost)
        assert row["auc"] == pytest.approx(one.auc.value)
    assert {row["horizon"] for row in rows} == {90}


def test_it_is_plain_data():
    told = json.loads(json.dumps(TESTED.as_dict(), allow_nan=False))
    assert told["best"] == TESTED.best
    assert [one["signal"] for one in told["together"]] == list(TESTED.signals)
    assert len(told["daily"]) == 3 * len(TESTED.dates)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_text_has_a_line_for_each_signal_and_what_blindness_costs(locale):
    lines = TESTED.text(locale).split("\n\n")[1].splitlines()
    assert len(lines) == 1 + len(TESTED.signals) + 1
    for name, line in zip(TESTED.signals[1:], lines[2:], strict=False):
        assert f"{TESTED.of(name).auc.value:.3f}" in line
    assert f"{TESTED.alike.brier:.4f}" in lines[-1]


def test_an_interval_reads_without_a_double_hyphen():
    assert ranging(Area(-0.01, -0.02, 0.0, 0.01), "+") == "-0.010 (-0.020 to +0.000)"
    assert ranging(Area(np.nan, np.nan, np.nan, np.nan)) == "-"
