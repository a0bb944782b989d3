import pytest

import custseg as cs
from custseg import frames
from custseg.classify import FixedDays, StateLadder, Step
from custseg.classify.strategies.fallback import instead
from custseg.reasons import Reason
from custseg.rules import F

FEW = Reason("few_buyers", {"found": 12, "needed": 500})
SHORT = Reason("short_history", {"found": 30, "needed": 180})
FINER = FixedDays(90, 30, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40)
RISKY = FixedDays(90, at_risk_after=60, churned_after=365)


@pytest.mark.parametrize("strategy", [FixedDays(), FixedDays(90, 30), RISKY, FINER])
def test_every_decision_by_silence_says_that_it_is_a_fallback(strategy):
    ladder = strategy.ladder(frames.table([]))
    marked = instead(ladder, (FEW, SHORT))
    plain = {"never_bought", "last_order_unknown"}
    for step, before in zip(marked.steps, ladder.steps, strict=True):
        assert (step.when, step.state) == (before.when, before.state)
        if before.reason in plain:
            assert step == before
            continue
        assert step.reason == f"{before.reason}_fallback"
        assert step.settings == {
            **before.settings,
            "lacking": "few_buyers",
            "found": 12,
            "needed": 500,
            "also_lacking": "short_history",
        }
        for locale, told in (("en", "too few customers"), ("zh", "购买过的客户太少")):
            sentence = Reason(step.reason, step.settings).text(locale)
            assert told in sentence
            assert "…" not in sentence


def test_reasons_of_ones_own_stay():
    ladder = StateLadder((Step(F("plan") == "paid", "active", "pays"),))
    assert instead(ladder, (FEW,)) == ladder


@pytest.mark.parametrize(
    "code",
    [
        "few_buyers",
        "few_regulars",
        "short_history",
        "no_recent_orders",
        "few_returns",
        "no_history",
        "nothing_learned",
        "horizon_short",
    ],
)
def test_what_may_be_lacking_has_words(code):
    for locale in ("en", "zh"):
        assert cs.label(code, locale) != code
        assert cs.label(f"reason.{code}", locale) != f"reason.{code}"
