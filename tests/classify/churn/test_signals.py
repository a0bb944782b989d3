import attrs
import numpy as np
import pytest

import custseg as cs
from anychurn import NAMES, SOME
from custseg.classify import Recency, StateOrder, backtest
from custseg.classify.churn.risks import as_signals
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import scale_of, scores
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError

LOG = cs.TransactionLog.of(SOME, NAMES)
UNTIL = LOG.conventions.day("1998-01-31")
SEEN = Seen.of(base_of(LOG, np.array([UNTIL])), UNTIL, 90)


@attrs.frozen
class Odd:
    """A signal that says what it is told to say."""

    said: object
    chance: bool = False

    def risk(self, _):
        """Say it."""
        return self.said


@pytest.mark.parametrize("said", [np.zeros(3), np.zeros((1, SEEN.size)), 1.0, []])
@pytest.mark.parametrize("name", ["mine", "recency"])
def test_one_number_each_whatever_the_kind_of_signal(said, name):
    for signal in (Odd(said), lambda _: said):
        with pytest.raises(ConfigError, match=f"one number for each of {SEEN.size} customers"):
            scores(as_signals({name: signal})[name], SEEN)
        with pytest.raises(ConfigError, match="signals: must give one number for each of"):
            backtest(LOG, {name: signal})


@pytest.mark.parametrize("said", ["gone", ["gone"] * SEEN.size, [object()]])
def test_what_is_no_number_is_refused_and_not_shown(said):
    with pytest.raises(ConfigError, match="a signal must give numbers, got") as found:
        scores(Odd(said), SEEN)
    assert "gone" not in str(found.value)


def test_a_signal_has_one_scale_where_it_has_no_word_on_it():
    assert {scale_of(one, SEEN) for one in (Recency(), Odd(1))} == {""}
    assert scale_of(StateOrder(), SEEN) in {"days", "chance"}


def test_numbers_of_any_kind_are_numbers():
    for said in ([1] * SEEN.size, np.ones(SEEN.size, dtype="f4"), [None, *[2] * (SEEN.size - 1)]):
        assert scores(Odd(said), SEEN).dtype == np.float64
