import numpy as np
import pytest

import custseg as cs
from anychurn import NAMES, SOME
from custseg.classify import (
    FixedDays,
    Gone,
    Lifecycle,
    ModelColumn,
    NoPurchase,
    Overdue,
    OwnGap,
    Recency,
    StateOrder,
    risk_signals,
)
from custseg.classify.churn.risks import Told, as_signals
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import scores
from custseg.classify.replay.base import base_of
from custseg.errors import ConfigError
from custseg.lifetime import BGNBD, MBGNBD
from custseg.scoring import Factor, Ramp, Scorecard

LOG = cs.TransactionLog.of(SOME, NAMES)
UNTIL = LOG.conventions.day("1998-01-31")
SEEN = Seen.of(base_of(LOG, np.array([UNTIL])), UNTIL, 90)
SUMMARY = LOG.summary(as_of="1998-01-31")


def test_signals_are_what_their_definitions_say():
    rows = {row["customer_id"]: row for row in SUMMARY}
    known = [rows[who] for who in SEEN.ids]
    silence = np.array([row["T"] - row["recency"] for row in known])
    repeats = np.array([row["frequency"] for row in known])
    gap = np.array([row["recency"] / max(row["frequency"], 1) for row in known])
    usual = np.median(gap[repeats > 0])
    assert Recency().risk(SEEN).tolist() == silence.tolist()
    expected = silence / np.where(repeats > 0, gap, usual)
    assert OwnGap().risk(SEEN) == pytest.approx(expected)
    model = MBGNBD().fit(SUMMARY)
    assert Gone().risk(SEEN) == pytest.approx(1 - model.p_alive(known))
    assert NoPurchase().risk(SEEN) == pytest.approx(model.p_no_purchase(known, horizon=90))
    once = Overdue().risk(SEEN)[repeats == 0]
    assert (
        np.argsort(once, kind="stable") == np.argsort(silence[repeats == 0], kind="stable")
    ).all()


def test_a_model_that_is_fitted_already_is_taken_as_it_is():
    model = BGNBD().fit(SUMMARY)
    asked = as_signals({"mine": model})["mine"]
    assert asked == NoPurchase(model)
    known = SEEN.summary(model)
    assert asked.risk(SEEN) == pytest.approx(model.p_no_purchase(known, horizon=90))
    assert Gone(model).risk(SEEN) == pytest.approx(1 - model.p_alive(known))


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (Lifecycle(FixedDays(30)), StateOrder),
        (lambda seen: seen.column("recency_days"), Told),
        (Scorecard(factors=(Factor("frequency", worth=3, curve=Ramp(0, 9)),)).fit([]), ModelColumn),
        (Recency(), Recency),
    ],
)
def test_what_is_given_becomes_a_signal(given, kind):
    signals = as_signals({"mine": given})
    assert list(signals) == ["recency", "mine"]
    assert isinstance(signals["mine"], kind)
    assert len(scores(signals["mine"], SEEN)) == SEEN.size


def test_without_names_all_are_tried():
    assert list(as_signals(None)) == list(risk_signals())
    assert [name for name, one in risk_signals().items() if one.chance] == ["no_purchase"]


@pytest.mark.parametrize("what", [17, None, "recency", object()])
def test_what_is_no_signal_is_refused(what):
    with pytest.raises(ConfigError, match="signals: a signal has a method risk"):
        as_signals({"mine": what})


def test_a_signal_that_does_not_say_what_it_is_is_refused():
    class Silent:
        def risk(self, seen):
            return seen.column("recency_days")

    with pytest.raises(ConfigError, match="signals: a signal says by chance = True or False"):
        as_signals({"mine": Silent()})


def test_a_column_of_a_model_must_be_of_numbers():
    model = Lifecycle(FixedDays(30)).fit([])
    with pytest.raises(ConfigError, match="must be a column of numbers; the model gives none"):
        ModelColumn(model).risk(SEEN)
