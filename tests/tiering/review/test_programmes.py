"""Programmes as their own pages describe them."""

from datetime import date

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import Calm, Cuts, Programme, Retier, carried, values_at

# Red, silver, gold and black from 0, 2,000, 6,000 and 12,000 points (mozibaike.com/meishi/1850299).
GROWTH = Cuts((2000.0, 6000.0, 12000.0), labels=("red", "silver", "gold", "black"))


def run(model, values, days):
    """One customer, review after review."""
    told, before = [], None
    for value, day in zip(values, days, strict=True):
        row = [{"customer_id": "a", "revenue": value}]
        before = model.on(day).apply(carried(row, before) if before else row)
        told.append(before[0])
    return told


def months(count, year=2025):
    """The 1st of each month."""
    return [date(year + m // 12, m % 12 + 1, 1) for m in range(count)]


def test_one_tier_down_and_at_most_once_in_six_calendar_months():
    """mzbkw.com/baike/195660: graded on the 1st, one tier, at most once in 6 calendar months."""
    model = Retier(GROWTH, Programme.preset("one-down-half-year").calm).fit()
    told = run(model, [12_500, *[0] * 14], months(15))
    tiers = [row["tier"] for row in told]
    assert tiers == ["black", *["gold"] * 6, *["silver"] * 6, *["red"] * 2]
    falls = [row["tier_demoted"] for row in told if row["tier_move"] == "down"]
    assert falls == [date(2025, 2, 1), date(2025, 8, 1), date(2026, 2, 1)]
    assert told[2]["tier_reason"] == "kept_cooldown"
    assert told[2]["tier_until"] == date(2025, 8, 1)


def test_it_rises_at_once_and_as_far_as_the_points_go():
    model = Retier(GROWTH, Programme.preset("one-down-half-year").calm).fit()
    told = run(model, [100, 12_000], months(2))
    assert (told[1]["tier"], told[1]["tier_move"]) == ("black", "up")


def test_a_month_of_grading_from_transactions():
    programme = Programme.preset("one-down-half-year")
    log = cs.TransactionLog.of(
        [
            {"customer_id": "a", "at": "2024-01-15", "amount": 6500},
            {"customer_id": "a", "at": "2025-02-01", "amount": 100},
        ]
    )
    days = ["2024-12-31", "2025-01-14", "2025-01-15"]
    values = values_at(log, days, programme.window).values.ravel().tolist()
    assert values == [6500.0, 6500.0, 0.0]


@pytest.mark.parametrize(("name", "then"), [("expiry-one-down", "gold"), ("expiry-balance", "red")])
def test_a_tier_that_expires(name, then):
    """Talon.One, Tier.downgradePolicy: one_down and balance_based, once the tier has expired."""
    model = Retier(GROWTH, Calm.preset(name)).fit()
    days = ["2025-03-01", "2026-02-28", "2026-03-01"]
    told = run(model, [12_000, 500, 500], days)
    assert [row["tier"] for row in told] == ["black", "black", then]
    assert told[1]["tier_until"] == date(2026, 3, 1)


def test_points_required_to_remain():
    """TierWillDowngradeData.pointsRequiredToRemain: points needed to remain on the same tier."""
    model = Retier(GROWTH, Calm.preset("expiry-one-down")).fit()
    told = run(model, [6000, 4800], ["2025-03-01", "2026-02-01"])
    assert told[1]["tier"] == "gold"
    assert told[1]["needed_to_keep"] == 6000 - 4800
    assert told[1]["needed_for_next"] == 12_000 - 4800


def test_a_soft_landing_is_one_level_a_year():
    model = Retier(GROWTH, Calm.preset("soft-landing")).fit()
    days = [f"{year}-12-31" for year in (2022, 2023, 2024, 2025)]
    told = run(model, [13_000, 0, 0, 0], days)
    assert [row["tier"] for row in told] == ["black", "gold", "silver", "red"]
    assert told[1]["tier_reason"] == "demoted_step"


def test_when_a_tier_may_fall():
    """Brevo, downgradeStrategy of a tier group."""
    days = ["2025-03-01", "2025-06-01", "2026-02-28", "2026-03-01"]
    values = [12_000, 0, 0, 0]
    real = run(Retier(GROWTH, Calm.preset("real-time")).fit(), values, days)
    assert [row["tier"] for row in real] == ["black", "red", "red", "red"]
    tier = run(Retier(GROWTH, Calm.preset("tier-anniversary")).fit(), values, days)
    assert [row["tier"] for row in tier] == ["black", "black", "black", "red"]


def test_partial_adjustment_waits_for_a_real_change():
    model = Retier(GROWTH, Calm.preset("partial-adjustment")).fit()
    told = run(model, [6500, 5500, 6100, 5400, 300], months(5))
    assert [row["tier"] for row in told] == ["gold", "gold", "gold", "gold", "red"]


def test_another_programme_is_refused_with_those_there_are():
    with pytest.raises(ConfigError, match="Did you mean 'soft-landing'"):
        Programme.preset("soft-landings")
