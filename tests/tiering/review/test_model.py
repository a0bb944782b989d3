"""One review: each rule, and which goes before which."""

from datetime import date

import pytest

import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.tiering import (
    Adjustment,
    Bars,
    ByHand,
    Calm,
    Cuts,
    Newcomers,
    Retier,
    Thresholds,
    TierPlan,
)

CUTS = Cuts((100.0, 1000.0))
DAY = "2026-06-30"


def review(calm, day=DAY, **row):
    """One record, decided in both ways."""
    model = Retier(CUTS, calm).fit()
    given = {"as_of": day, "revenue": 500.0, **row}
    said = model.one(given)
    assert model.apply([given]) == [said]
    return said


def test_without_rules_the_value_alone_decides():
    for revenue, tier in ((99.9, "low"), (100.0, "medium"), (1000.0, "high")):
        for held in ("low", "medium", "high", None):
            said = review(Calm(), revenue=revenue, tier_previous=held)
            assert said["tier"] == tier


def test_a_first_run_needs_nothing_of_the_last_one():
    said = review(Calm.preset())
    assert said["tier_move"] == "new"
    assert said["tier_since"] == date(2026, 6, 30)
    assert said["tier_reviewed"] == date(2026, 6, 30)


def test_the_band_keeps_and_the_raised_bar_lets_nobody_up():
    calm = Calm(bars=Bars(keep=0.8, enter=1.2))
    kept = review(calm, revenue=850.0, tier_previous="high")
    assert (kept["tier"], kept["tier_reason"]) == ("high", "kept_band_of_tier")
    below = review(calm, revenue=1150.0, tier_previous="medium")
    assert (below["tier"], below["needed_for_next"]) == ("medium", 50.0)
    assert review(calm, revenue=1200.0, tier_previous="medium")["tier_reason"] == "promoted"
    assert review(calm, revenue=799.9, tier_previous="high")["tier_reason"] == "demoted"


def test_the_tenure_is_over_on_its_last_day():
    calm = Calm(min_tenure="6 months")
    row = {"revenue": 5.0, "tier_previous": "high"}
    young = review(calm, tier_since_previous="2026-01-01", **row)
    assert (young["tier_reason"], young["tier_until"]) == ("kept_tenure", date(2026, 7, 1))
    assert review(calm, tier_since_previous="2025-12-30", **row)["tier_reason"] == "demoted"
    assert review(calm, tier_since_previous=None, **row)["tier_reason"] == "demoted"


def test_grace_counts_reviews_in_a_row():
    calm = Calm(grace=2)
    row = {"revenue": 5.0, "tier_previous": "medium"}
    for before, after in ((None, 1.0), (0.0, 1.0), (1.0, 2.0)):
        said = review(calm, tier_below_previous=before, **row)
        assert (said["tier_reason"], said["tier_below"]) == ("kept_grace", after)
    over = review(calm, tier_below_previous=2.0, **row)
    assert (over["tier_reason"], over["tier_below"]) == ("demoted", 0.0)
    recovered = review(calm, tier_previous="medium", tier_below_previous=2.0)
    assert recovered["tier_below"] == 0.0


def test_grace_counts_days_from_the_first_review_below():
    calm = Calm(grace_for=60)
    row = {"revenue": 5.0, "tier_previous": "medium"}
    first = review(calm, **row)
    assert first["tier_below_since"] == date(2026, 6, 30)
    assert first["tier_until"] == date(2026, 8, 29)
    still = review(calm, tier_below_since_previous="2026-05-02", **row)
    assert still["tier_reason"] == "kept_grace_for"
    assert review(calm, tier_below_since_previous="2026-05-01", **row)["tier_reason"] == "demoted"


def test_a_lock_after_a_promotion_and_one_given():
    calm = Calm(lock="3 months", locked="safe_until")
    up = review(calm, tier_previous="low")
    assert up["tier_locked_until"] == up["tier_until"] == date(2026, 9, 30)
    down = {"revenue": 5.0, "tier_previous": "medium"}
    for column in ("tier_locked_until_previous", "safe_until"):
        assert review(calm, **{column: "2026-07-01"}, **down)["tier_reason"] == "kept_lock"
        assert review(calm, **{column: "2026-06-30"}, **down)["tier_reason"] == "demoted"
    assert review(calm, safe_until="2026-12-31", tier_previous="low")["tier"] == "medium"


def test_a_lock_is_no_lock_against_promotion():
    said = review(Calm(lock=90), revenue=9e9, tier_previous="low")
    assert (said["tier"], said["tier_move"]) == ("high", "up")


def test_the_cool_down_is_between_demotions():
    calm = Calm(cooldown="6 months", max_down=1)
    row = {"revenue": 5.0, "tier_previous": "medium"}
    soon = review(calm, tier_demoted_previous="2026-01-01", **row)
    assert (soon["tier_reason"], soon["tier_until"]) == ("kept_cooldown", date(2026, 7, 1))
    later = review(calm, tier_demoted_previous="2025-12-30", **row)
    assert (later["tier"], later["tier_demoted"]) == ("low", date(2026, 6, 30))


def test_one_step_down_instead_of_a_free_fall_until_the_value_matches():
    calm = Calm(max_down=1)
    first = review(calm, revenue=5.0, tier_previous="high")
    assert (first["tier"], first["tier_reason"]) == ("medium", "demoted_step")
    second = review(calm, revenue=5.0, tier_previous=first["tier"])
    assert (second["tier"], second["tier_reason"]) == ("low", "demoted")


def test_one_step_up():
    said = review(Calm(max_up=1), revenue=5000.0, tier_previous="low")
    assert (said["tier"], said["tier_reason"]) == ("medium", "promoted_step")
    assert said["needed_for_next"] == 0.0


def test_no_value_keeps_the_tier_says_so_and_promotes_nobody():
    calm = Calm(grace=2)
    for held in ("low", "medium", "high"):
        said = review(calm, revenue=None, tier_previous=held, tier_below_previous=1.0)
        assert (said["tier"], said["tier_reason"]) == (held, "kept_unknown")
        assert said["tier_below"] == 1.0
        assert said["needed_to_keep"] is None
    new = review(calm, revenue=float("nan"))
    assert (new["tier"], new["tier_reason"]) == ("low", "value_unknown")


def test_no_day_moves_nobody():
    said = review(Calm(), day=None, revenue=9e9, tier_previous="medium")
    assert (said["tier"], said["tier_reason"]) == ("medium", "undated")
    assert said["tier_reviewed"] is None


def test_endless_values_are_in_the_end_tiers():
    assert review(Calm(), revenue=float("inf"))["tier"] == "high"
    assert review(Calm(), revenue=float("-inf"))["tier"] == "low"
    for calm in (Calm(), Calm(adjustment=Adjustment()), Calm(by_hand=ByHand())):
        held = review(calm, revenue=float("-inf"), tier_previous="medium")
        assert (held["tier"], held["needed_to_keep"]) == ("low", 0.0)


def test_a_tier_that_there_is_not_any_more_counts_as_none_and_is_told():
    """Renamed tiers start all over: nobody should find out from the moves alone."""
    said = review(Calm(min_tenure="12 months"), revenue=5.0, tier_previous="platinum")
    assert (said["tier"], said["tier_move"]) == ("low", "new")
    assert said["tier_reason"] == "tier_before_unknown"
    for none in (None, "", float("nan")):
        assert review(Calm(), tier_previous=none)["tier_reason"] == "tier_earned"


def test_newcomers_are_placed_by_a_year_of_what_they_spend():
    calm = Calm(newcomers=Newcomers(days=90, over=365))
    said = review(calm, revenue=250.0, tenure_days=73)
    assert (said["tier"], said["tier_reason"]) == ("high", "provisional")
    assert said["tier_until"] == date(2026, 7, 17)
    assert said["needed_to_keep"] == 750.0
    early = review(calm, revenue=50.0, tenure_days=1)
    assert early["tier"] == "medium"
    grown = review(calm, revenue=250.0, tenure_days=90)
    assert (grown["tier"], grown["tier_reason"]) == ("medium", "tier_earned")


def test_newcomers_can_be_given_a_tier():
    calm = Calm(newcomers=Newcomers(days=90, tier="medium"))
    assert review(calm, revenue=5.0, tenure_days=10)["tier"] == "medium"
    assert review(calm, revenue=5000.0, tenure_days=10)["tier"] == "high"


def test_once_the_trial_is_over_the_value_itself_counts_whatever_the_calm():
    calm = Calm(newcomers=Newcomers(days=90), min_tenure="12 months", bars=Bars(0.8), grace=3)
    row = {"tier_previous": "high", "tier_reviewed_previous": "2026-05-31", "tenure_days": 100}
    said = review(calm, revenue=900.0, tier_since_previous="2026-05-31", **row)
    assert (said["tier"], said["tier_reason"]) == ("medium", "trial_over")
    row["tenure_days"] = 130
    later = review(calm, revenue=900.0, tier_since_previous="2026-05-31", **row)
    assert later["tier_reason"] == "kept_band_of_tier"


def test_who_may_be_a_newcomer_earns_nothing():
    said = review(Calm(newcomers=Newcomers()), revenue=9e9, tenure_days=None)
    assert said["tier"] == "low"


HAND = Calm(by_hand=ByHand(), bars=Bars(0.8, 1.2), grace=1, lock="3 months")


def test_a_tier_by_hand_goes_before_everything_to_the_end_of_its_day():
    row = {"revenue": 5.0, "tier_previous": "low", "tier_override": "high"}
    last = review(HAND, tier_override_until=DAY, **row)
    assert (last["tier"], last["tier_reason"]) == ("high", "tier_by_hand")
    assert (last["tier_earned"], last["tier_until"]) == ("low", date(2026, 6, 30))
    assert last["needed_to_keep"] == 1195.0
    gone = review(HAND, tier_override_until="2026-06-29", **row)
    assert gone["tier"] == "low"
    unknown = review(HAND, **{**row, "revenue": None})
    assert unknown["tier"] == "high"


def test_what_was_earned_goes_on_underneath_and_comes_back():
    row = {
        "tier_previous": "high",
        "tier_since_previous": "2026-03-31",
        "tier_reviewed_previous": "2026-03-31",
        "tier_earned_previous": "medium",
        "tier_earned_since_previous": "2025-01-31",
        "tier_override": "high",
        "tier_override_until": "2026-05-31",
        "revenue": 85.0,
    }
    said = review(HAND, **row)
    assert (said["tier"], said["tier_move"]) == ("medium", "down")
    assert said["tier_reason"] == "tier_by_hand_over"
    assert (said["tier_since"], said["tier_earned_since"]) == (date(2026, 6, 30), date(2025, 1, 31))


def test_a_word_that_is_no_tier_changes_nothing_and_is_told():
    said = review(HAND, revenue=500.0, tier_previous="medium", tier_override="VIP")
    assert (said["tier"], said["tier_reason"]) == ("medium", "tier_by_hand_wrong")


def test_a_tier_by_hand_has_a_first_day_where_one_is_given():
    calm = Calm(by_hand=ByHand(since="from", until=None))
    row = {"revenue": 5.0, "tier_previous": "low", "tier_override": "high"}
    assert review(calm, **row, **{"from": "2026-07-01"})["tier"] == "low"
    assert review(calm, **row, **{"from": "2026-06-30"})["tier"] == "high"
    assert review(calm, **row)["tier_until"] is None


def test_the_order_of_what_stops_a_demotion():
    """Each rule that is taken away lets the next one speak."""
    settings = {
        "lock": "3 months",
        "min_tenure": "12 months",
        "cooldown": "12 months",
        "grace": 9,
        "grace_for": "12 months",
    }
    row = {
        "revenue": 5.0,
        "tier_previous": "high",
        "tier_since_previous": "2026-05-31",
        "tier_locked_until_previous": "2026-08-31",
        "tier_demoted_previous": "2026-05-31",
        "tier_below_previous": 1.0,
        "tier_below_since_previous": "2026-05-31",
    }
    said = []
    while settings:
        said.append(review(Calm(**settings), **row)["tier_reason"])
        settings.pop(next(iter(settings)))
    assert said == ["kept_lock", "kept_tenure", "kept_cooldown", "kept_grace", "kept_grace_for"]


def test_a_day_that_was_reviewed_is_not_counted_twice():
    calm = Calm(grace=3, max_down=1)
    row = {"revenue": 5.0, "tier_previous": "high", "tier_below_previous": 2.0}
    said = review(calm, tier_reviewed_previous=DAY, tier_since_previous="2026-01-31", **row)
    assert (said["tier"], said["tier_below"]) == ("high", 2.0)
    assert said["tier_reason"] == "reviewed_already"
    earlier = review(calm, day="2026-06-01", tier_reviewed_previous=DAY, **row)
    assert earlier["tier_reviewed"] == date(2026, 6, 30)


def test_the_last_tier_has_no_next_and_the_first_nothing_to_keep():
    top, bottom = review(Calm(), revenue=5000.0), review(Calm(), revenue=5.0)
    assert (top["needed_for_next"], top["needed_to_keep"]) == (None, 0.0)
    assert (bottom["needed_for_next"], bottom["needed_to_keep"]) == (95.0, 0.0)


def test_the_review_of_a_tiering_that_is_in_use():
    plan = TierPlan(Thresholds((100.0, 1000.0)), value="margin", tiers=("c", "b", "a"))
    model = Retier.of(plan.fit([]), Calm()).fit()
    assert model.one({"as_of": DAY, "margin": 1000, "tier_previous": "b"})["tier"] == "a"


def test_what_is_not_given_is_asked_for():
    model = Retier(CUTS).fit()
    with pytest.raises(MissingColumnError, match="as_of"):
        model.one({"revenue": 5.0})
    with pytest.raises(MissingColumnError, match="revenue"):
        model.on(DAY).one({"tier_previous": "low"})
    with pytest.raises(DataError, match="text where a number is needed"):
        model.on(DAY).one({"revenue": "much"})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Calm(grace=-1), "0 reviews or more"),
        (lambda: Calm(max_down=0), "at least 1 tier"),
        (lambda: Calm.preset("calm"), "there is no preset 'calm'"),
        (lambda: Retier(CUTS, tiers=("low", "high")), "3 tiers, but 2 are named"),
        (lambda: Retier(CUTS, Calm(newcomers=Newcomers(tier="vip"))), "there is no tier 'vip'"),
        (lambda: Retier(CUTS).fit().on("30.6.2026"), "a date such as 2026-06-30"),
        (lambda: Newcomers(days=0), "above 0"),
        (lambda: ByHand(tier=""), "must name the column"),
    ],
)
def test_impossible_settings_are_refused(made, said):
    with pytest.raises(ConfigError, match=said):
        made()


REASONS = {
    "kept_lock": ({"lock": "3 months"}, {"tier_locked_until_previous": "2026-12-31"}),
    "kept_tenure": ({"min_tenure": "6 months"}, {"tier_since_previous": "2026-05-31"}),
    "kept_cooldown": ({"cooldown": 90}, {"tier_demoted_previous": "2026-05-31"}),
    "kept_grace": ({"grace": 2}, {}),
    "kept_grace_for": ({"grace_for": 60}, {}),
    "demoted": ({}, {}),
}


@pytest.mark.parametrize(("code", "told"), REASONS.items())
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_each_reason_is_a_whole_sentence(code, told, locale):
    settings, row = told
    model = Retier(CUTS, Calm(**settings)).fit().on(DAY)
    said = model.explain({"revenue": 987654.0 / 1e5, "tier_previous": "medium", **row})
    assert said.decision["tier_reason"] == code
    text = said.text(locale)
    assert "…" not in text
    assert "9.87654" not in text
    assert "9.87654" in said.text(locale, values=True)


def test_the_lowest_tier_is_explained_by_the_next_one():
    model = Retier(CUTS, Calm()).fit().on(DAY)
    said = model.explain({"revenue": 5.0, "tier_previous": "low"}).text()
    assert "below the 100 needed to enter the next tier" in said


def test_who_set_a_tier_and_why_is_told_when_asked():
    model = Retier(CUTS, HAND).fit().on(DAY)
    row = {"revenue": 5.0, "tier_override": "high", "tier_override_reason": "founder"}
    said = model.explain({**row, "tier_override_by": "Li Wei"})
    assert "founder" not in said.text()
    assert "founder" in said.text(values=True)
    assert "Li Wei" in said.text(values=True)


def test_the_band_is_for_those_who_have_a_tier():
    """Whoever has none is placed by the cut points: no old tier speaks against it."""
    model = Retier(Cuts((100.0,)), Calm(bars=Bars(keep=0.8, enter=1.2))).fit()
    new = {"customer_id": "a", "as_of": date(2026, 3, 31), "revenue": 110.0}
    held = {**new, "customer_id": "b", "tier_previous": "low"}
    for row, tier in ((new, "high"), (held, "low")):
        assert model.one(row)["tier"] == tier
        assert model.apply([row])[0] == model.one(row)
    later = {**new, "as_of": date(2026, 6, 30), "revenue": 90.0, "tier_previous": "high"}
    assert model.one(later)["tier_reason"] == "kept_band_of_tier"


def test_newcomers_are_placed_by_the_cut_points_at_last():
    calm = Calm(bars=Bars(keep=0.8, enter=1.2), newcomers=Newcomers(days=90, tier="low"))
    model = Retier(Cuts((100.0,)), calm).fit()
    row = {"as_of": date(2026, 6, 30), "revenue": 110.0, "tenure_days": 95, "tier_previous": "low"}
    row |= {"tier_reviewed_previous": date(2026, 3, 31)}
    assert (model.one(row)["tier"], model.one(row)["tier_reason"]) == ("high", "trial_over")
    assert model.apply([row])[0] == model.one(row)


def test_a_newcomer_with_a_tier_by_hand_is_placed_by_the_cut_point_in_the_end():
    calm = Calm(bars=Bars(0.8, 1.2), newcomers=Newcomers(), by_hand=ByHand())
    said = review(calm, revenue=50.0, tenure_days=3, tier_override="high")
    assert (said["tier"], said["needed_to_keep"]) == ("high", 950.0)


FIRST = [
    {"customer_id": name, "revenue": revenue}
    for name, revenue in (("a", 5000.0), ("b", 150.0), ("c", None), ("d", -20.0))
]
PAST = {
    "a": {"tier_previous": "medium", "tier_since_previous": "2026-01-31"},
    "b": {"tier_previous": "high", "tier_since_previous": "2026-05-31"},
    "c": {"tier_previous": "gold", "tier_since_previous": None},
    "d": {"tier_previous": None, "tier_since_previous": None},
}
SECOND = [{**row, **PAST[row["customer_id"]], "tier_below_previous": 1.0} for row in FIRST]


@pytest.mark.parametrize("kind", everykind.EVERY)
@pytest.mark.parametrize("rows", [FIRST, SECOND], ids=["first", "second"])
def test_every_kind_of_table_says_what_one_record_says(kind, rows):
    model = Retier(CUTS, Calm(min_tenure="6 months", grace=1, lock=30)).fit().on(DAY)
    numbers = {"revenue", "tier_below_previous"}
    kinds = {name: "number" if name in numbers else "text" for name in rows[0]}
    told = everykind.as_records(model.apply(everykind.as_table(kind, rows, kinds)))
    for row, said in zip(rows, told, strict=True):
        one = model.one(row)
        for name in model.gives:
            assert said[name] == one[name] or str(said[name])[:10] == str(one[name]), name
