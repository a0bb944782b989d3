import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.tiering import migration_series, tier_rates

TIERS = ("low", "high")
KINDS = {"customer_id": "text", "tier": "text", "as_of": "text"}
LOG = [
    {"customer_id": "a", "tier": "low", "as_of": "2025-01-01"},
    {"customer_id": "a", "tier": "high", "as_of": "2025-07-01"},
    {"customer_id": "b", "tier": "high", "as_of": "2025-01-01"},
    {"customer_id": "b", "tier": "high", "as_of": "2025-03-01"},
    {"customer_id": "b", "tier": None, "as_of": "2025-12-31"},
    {"customer_id": "c", "tier": "low", "as_of": "2026-06-01"},
]


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_by_hand(kind):
    found = tier_rates(everykind.as_table(kind, LOG, KINDS), until="2026-01-01", tiers=TIERS)
    assert found.states == ("low", "high", "left")
    assert found.found.moves.tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    days = [181, 184 + 364, 1]  # c came later: it does not count
    np.testing.assert_allclose(found.found.time, np.array(days) / 365.25)


@given(st.permutations(LOG))
def test_rows_in_any_order(log):
    sorted_ = tier_rates(LOG, until="2026-01-01", tiers=TIERS)
    assert tier_rates(log, until="2026-01-01", tiers=TIERS).as_dict() == sorted_.as_dict()


def test_chances_are_of_any_horizon():
    found = tier_rates(LOG, until="2026-01-01", tiers=TIERS)
    half, year = found.chances(years=0.5), found.chances()
    assert half["low"]["low"] == pytest.approx(year["low"]["low"] ** 0.5)
    assert sum(year["low"].values()) == pytest.approx(1.0)
    assert found.as_dict()["chances"] == year


def test_reviews_of_the_same_customers_miss_what_lies_between():
    """Up and down again within a year: the year's ends show nothing, the log both moves."""
    log = [
        {"customer_id": "a", "tier": tier, "as_of": day}
        for tier, day in (("low", "2025-01-01"), ("high", "2025-05-01"), ("low", "2025-09-01"))
    ]
    ends = {day: [{"customer_id": "a", "tier": "low"}] for day in ("2025-01-01", "2026-01-01")}
    assert migration_series(ends, tiers=TIERS).pooled.moved["stayed"] == 1
    assert tier_rates(log, until="2026-01-01", tiers=TIERS).found.moves.sum() == 2


def test_nobody_has_no_rates():
    found = tier_rates(
        [{"customer_id": "a", "tier": "low", "as_of": "2026-02-01"}], until="2026-01-01"
    )
    assert not found.found.time.any()
    assert found.chances()["low"] == dict.fromkeys(found.states)


def test_two_tiers_on_one_day_are_refused():
    twice = [*LOG, {"customer_id": "b", "tier": "low", "as_of": "2025-03-01"}]
    with pytest.raises(DataError, match="two tiers on one day"):
        tier_rates(twice, until="2026-01-01", tiers=TIERS)


@pytest.mark.parametrize("column", ["customer_id", "as_of"])
def test_what_cannot_be_placed_is_refused(column):
    with pytest.raises(DataError, match="lacks a value") as error:
        tier_rates([LOG[0], {**LOG[1], column: None}], until="2026-01-01", tiers=TIERS)
    assert (error.value.column, error.value.row) == (column, 1)


def test_settings():
    with pytest.raises(ConfigError):
        tier_rates(LOG, until="soon", tiers=TIERS)
    with pytest.raises(MissingColumnError, match="as_of"):
        tier_rates([{"customer_id": 1, "tier": "low"}], until="2026-01-01")
