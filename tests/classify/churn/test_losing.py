from datetime import timedelta

import numpy as np
import pytest

import custseg as cs
from anychurn import NAMES, SOME, START, log_of
from custseg.classify import NoPurchase, Origins, backtest
from custseg.classify.churn.losing import Losing
from custseg.classify.churn.seen import Seen
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError
from custseg.frames import EPOCH

LOG = cs.TransactionLog.of(SOME, NAMES)


def seen_of(log, day, horizon=90):
    until = log.conventions.day(day)
    return Seen.of(base_of(log, np.array([until])), until, horizon)


SEEN = seen_of(LOG, "1998-06-30")
SIGNALS = {
    "rare": lambda seen: -seen.column("frequency"),
    "no_purchase": NoPurchase(),
    "half": lambda seen: np.where(
        seen.column("frequency") > 1, seen.column("recency_days"), np.nan
    ),
}
TESTED = backtest(LOG, SIGNALS, origins=Origins(every="quarter"))


def test_the_signal_that_told_best_beside_the_baseline_is_taken():
    gains = {name: TESTED.of(name).gain.value for name in TESTED.signals}
    best = max(gains, key=lambda name: gains[name])
    losing = Losing.of(SEEN, TESTED, None)
    assert (losing.signal, losing.calibrated) == (best, True)


@pytest.mark.parametrize("name", ["recency", "rare", "no_purchase"])
def test_a_signal_that_is_asked_for_is_taken(name):
    losing = Losing.of(SEEN, TESTED, name)
    assert (losing.signal, losing.calibrated) == (name, True)
    score = TESTED.tried[name].risk(SEEN)
    assert losing.chance.tolist() == TESTED.probability(name, score).tolist()


def test_who_has_no_signal_has_no_chance():
    chance = Losing.of(SEEN, TESTED, "half").chance
    assert np.isnan(chance).tolist() == (SEEN.column("frequency") <= 1).tolist()


def test_a_signal_that_was_not_tried_is_refused():
    with pytest.raises(
        ConfigError, match=r"signal: signal 'rar' was not tried.*Did you mean 'rare'"
    ):
        Losing.of(SEEN, TESTED, "rar")


def test_without_a_backtest_a_signal_that_there_is_not_is_refused_too():
    with pytest.raises(ConfigError, match=r"signal: 'no_purchas' is none of.*Did you mean"):
        Losing.of(SEEN, None, "no_purchas")


@pytest.mark.parametrize("name", ["recency", "lifecycle"])
def test_without_a_backtest_a_signal_that_is_no_probability_tells_none(name):
    losing = Losing.of(SEEN, None, name)
    assert (losing.signal, losing.calibrated) == (None, False)
    assert np.isnan(losing.chance).all()


@pytest.mark.parametrize("name", [None, "no_purchase"])
def test_without_a_backtest_the_model_speaks(name):
    losing = Losing.of(SEEN, None, name)
    assert (losing.signal, losing.calibrated) == ("no_purchase", False)
    assert losing.chance.tolist() == NoPurchase().risk(SEEN).tolist()


def test_too_few_to_learn_from_leave_no_chance():
    few = seen_of(log_of([]), START + timedelta(9))
    losing = Losing.of(few, None, None)
    assert losing.signal is None
    assert np.isnan(losing.chance).all()
    assert few.day.toordinal() - EPOCH == few.until
