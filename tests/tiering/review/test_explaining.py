"""Is every sentence true of the customer that it is said of, and whole?"""

import datetime as dt
import re

import pandas as pd
import pytest

from custseg.labels import table
from custseg.tiering import (
    Adjustment,
    Anniversary,
    Bars,
    ByHand,
    Calm,
    Cuts,
    Newcomers,
    Retier,
)
from custseg.tiering.review.reasons import CODES

CUTS = Cuts((100.0, 1000.0))


def told(calm=None, locale="en", cuts=CUTS, values=False, **row):
    model = Retier(cuts, calm or Calm.preset()).fit().on("2026-06-30")
    return model.explain({"revenue": 1100.0, **row}).text(locale, values=values)


def test_who_is_placed_by_the_cut_point_is_not_said_to_reach_the_bar_above_it():
    """1,100 does not reach the bar of 1,200, and is high all the same."""
    assert "first tier: revenue reaches the cut point of 1,000" in told()
    assert "first tier: revenue is below the cut point of 100" in told(revenue=5.0)
    assert "分界点 1,000" in told(locale="zh")
    held = told(revenue=1200.0, tier_previous="high")
    assert "revenue reaches the 1,200 needed to enter this tier" in held


def test_with_a_smoothed_value_the_sentence_is_about_it():
    calm = Calm(adjustment=Adjustment(), lock="12 months")
    row = {"tier_previous": "high", "tier_locked_until_previous": "2027-01-01"}
    said = told(calm, revenue=1100.0, tier_smoothed_previous=900.0, **row)
    assert "smoothed value is below the 1,000 needed to keep" in said
    assert "smoothed value = 900" in told(calm, tier_smoothed_previous=900.0, values=True, **row)


def test_with_an_unknown_tenure_the_value_is_not_said_to_be_unknown():
    calm = Calm(newcomers=Newcomers())
    for held in ("high", None):
        said = told(calm, tenure_days=None, tier_previous=held)
        assert "days since first purchase is not known" in said
        assert "revenue is not known" in told(calm, revenue=None, tenure_days=400)


def test_a_scale_of_one_tier_has_no_next_one():
    for held in (None, "all"):
        assert "there is one tier alone" in told(cuts=Cuts(()), tier_previous=held)


def test_one_month_is_not_several():
    for length, words in (("1 month", "1 month"), (1, "1 day"), (2, "2 days"), (Calm, "")):
        if length is not Calm:
            calm = Calm(min_tenure=length)
            row = {"tier_previous": "high", "tier_since_previous": "2026-06-30"}
            assert told(calm, revenue=5.0, **row).endswith(f"at least {words}")


def test_the_day_is_shown_as_a_day():
    model = Retier(CUTS, Calm()).fit()
    for day in (dt.datetime(2026, 6, 30, tzinfo=dt.UTC), pd.Timestamp("2026-06-30")):
        said = model.explain({"revenue": 5.0, "as_of": day}).text(values=True)
        assert "as of = 2026-06-30;" in said


SITUATIONS = {
    "tier_earned": (Calm(), {"tier_previous": "high"}),
    "kept_band_of_tier": (Calm(bars=Bars(0.8, 1.2)), {"tier_previous": "high"}),
    "promoted": (Calm(), {"tier_previous": "low"}),
    "promoted_step": (Calm(max_up=1), {"tier_previous": "low"}),
    "demoted": (Calm(), {"revenue": 50.0, "tier_previous": "medium"}),
    "demoted_step": (Calm(max_down=1), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_lock": (Calm(locked="lock"), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_tenure": (Calm(min_tenure=90), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_cooldown": (Calm(cooldown="6 months"), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_anniversary": (
        Calm(anniversary=Anniversary("tier")),
        {"revenue": 5.0, "tier_previous": "high"},
    ),
    "kept_grace": (Calm(grace=1), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_grace_for": (Calm(grace_for=9), {"revenue": 5.0, "tier_previous": "high"}),
    "kept_smoothed": (Calm(adjustment=Adjustment()), {"tier_previous": "medium"}),
    "provisional": (Calm(newcomers=Newcomers()), {"tenure_days": 3}),
    "trial_over": (Calm(newcomers=Newcomers(60)), {"tenure_days": 90, "tier_previous": "low"}),
    "kept_unknown": (Calm(), {"revenue": None, "tier_previous": "high"}),
    "value_unknown": (Calm(), {"revenue": None}),
    "undated": (Calm(), {"as_of": None}),
    "reviewed_already": (
        Calm(),
        {"tier_previous": "high", "tier_reviewed_previous": "2026-07-01"},
    ),
    "tier_by_hand": (Calm(by_hand=ByHand()), {"tier_override": "low"}),
    "tier_by_hand_over": (
        Calm(by_hand=ByHand()),
        {"tier_previous": "low", "tier_earned_previous": "high"},
    ),
    "tier_by_hand_wrong": (Calm(by_hand=ByHand()), {"tier_override": "vip"}),
    "tier_before_unknown": (Calm(), {"tier_previous": "gold"}),
}
PAST = {
    "lock": "2026-12-31",
    "tier_since_previous": "2026-05-31",
    "tier_demoted_previous": "2026-05-31",
    "tier_smoothed_previous": 900.0,
    "tier_reviewed_previous": "2026-05-30",
}


def test_every_code_has_a_situation():
    assert {*SITUATIONS, "no_seat"} == set(CODES)


@pytest.mark.parametrize("code", SITUATIONS)
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_code_is_reached_and_is_a_whole_sentence_without_values(code, locale):
    calm, row = SITUATIONS[code]
    given = {"as_of": "2026-06-30", "revenue": 1098.765, **PAST, **row}
    model = Retier(CUTS, calm).fit()
    said = model.explain(given)
    assert said.decision["tier_reason"] == code
    text = said.text(locale)
    assert "…" not in text
    assert "098.7" not in text
    assert not re.search("[a-z]+_[a-z]+", text)
    if locale == "zh":
        assert not re.search("[a-z]{2}", text)


def test_both_languages_tell_every_sentence():
    for locale in ("en", "zh"):
        assert {f"reason.{code}" for code in CODES} <= set(table(locale))
