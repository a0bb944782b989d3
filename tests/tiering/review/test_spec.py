"""Reviews as settings: what a job file may write, and what is refused."""

import datetime as dt
import tomllib

import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import Bars, ByHand, Calm, Cuts, Retier, Term, Thresholds, TierPlan

CUTS = Cuts((100.0, 1000.0))
HEAD = 'kind = "retier"\ncuts = { kind = "cuts", points = [100, 1000] }\n'


def read(text):
    return cs.load(tomllib.loads(HEAD + text))


def test_a_job_writes_terms_as_people_do():
    text = '[calm]\nmin_tenure = "6 months"\ncooldown = 90\nlock = { months = 3 }\n'
    calm = Calm(min_tenure=Term(6), cooldown=Term(days=90), lock=Term(3))
    assert read(text) == Retier(CUTS, calm)
    window = cs.load({"kind": "rolling-window", "length": "12 months"})
    assert window.length == Term(12)


def test_a_job_names_a_preset_of_rules():
    assert read('calm = "soft-landing"') == Retier(CUTS, Calm.preset("soft-landing"))
    with pytest.raises(ConfigError, match="there is no preset 'softlanding'"):
        read('calm = "softlanding"')
    with pytest.raises(ConfigError, match="there is no preset '5'"):
        read("calm = 5")


def test_a_job_switches_rules_on_by_empty_tables():
    assert read("[calm]\nby_hand = {}\nbars = { keep = 0.8 }") == Retier(
        CUTS, Calm(by_hand=ByHand(), bars=Bars(keep=0.8))
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "[calm]\nmin_tenure = 180.5",
        "[calm]\nmin_tenure = true",
        '[calm]\nmin_tenure = "² months"',
        "[calm]\nmin_tenure = [6]",
        '[calm]\nlock = ""',
        '[calm]\ngrace = "1"',
        "[calm]\nbars = 0.8",
        '[calm]\nanniversary = "tier"',
        "[calm]\nanniversary = { every = 30.5 }",
        '[calm]\nnewcomers = { days = "90" }',
        '[calm]\nnewcomers = { tier = "vip" }',
        "[calm]\nby_hand = true",
        'as_of = "30.6.2026"',
        "value = 5",
    ],
)
def test_wrong_settings_of_a_job_are_refused_by_name(wrong):
    with pytest.raises(ConfigError, match=wrong.split("\n")[-1].split(" ")[0]):
        read(wrong)


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2026, 6, 30),
        dt.datetime(2026, 6, 30, 15, tzinfo=dt.UTC),
        pd.Timestamp("2026-06-30"),
        "2026-06-30",
    ],
)
def test_a_day_is_a_day_however_it_is_written(day):
    for review in (Retier(CUTS, as_of=day), Retier(CUTS).fit().on(day)):
        assert type(review.as_of) is dt.date
        assert cs.load(cs.dump(review)) == review


@pytest.mark.parametrize("day", [20260630, "yesterday", pd.NaT])
def test_what_is_no_day_is_refused(day):
    with pytest.raises(ConfigError, match="a date such as 2026-06-30"):
        Retier(CUTS, as_of=day)
    with pytest.raises(ConfigError, match="a date such as 2026-06-30"):
        Retier(CUTS).fit().on(day)


@pytest.mark.parametrize("cuts", [[100.0, 1000.0], Thresholds((100.0,)), None])
def test_a_review_needs_cut_points_that_stay(cuts):
    with pytest.raises(ConfigError, match="cut points that stay"):
        Retier(cuts)


def test_a_plan_is_fitted_before_it_is_reviewed():
    with pytest.raises(ConfigError, match="needs a fitted TierModel, got TierPlan"):
        Retier.of(TierPlan(Thresholds((100.0, 1000.0))))
