import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify import FixedDays, Lifecycle
from custseg.errors import ConfigError, MissingColumnError

days = st.none() | st.integers(0, 400)


def decided(strategy, **record):
    out = Lifecycle(strategy).fit([]).one(record)
    return out["lifecycle"], out["lifecycle_reason"]


@pytest.mark.parametrize(
    ("recency", "expected"),
    [
        (0, ("active", "recent_order")),
        (179, ("active", "recent_order")),
        (180, ("dormant", "no_order")),
        (181, ("dormant", "no_order")),
    ],
)
def test_dormant_at_180_whole_days_without_an_order(recency, expected):
    assert decided(FixedDays(dormant_after=180), frequency=2, recency_days=recency) == expected


@pytest.mark.parametrize(
    ("recency", "contact", "expected"),
    [
        (89, None, ("active", "recent_order")),
        (89, 300, ("active", "recent_order")),
        (90, 59, ("active", "recent_contact")),
        (90, 60, ("dormant", "no_order_no_contact")),
        (90, None, ("dormant", "no_order_contact_unknown")),
        (None, 59, ("active", "recent_contact")),
        (None, 60, ("dormant", "last_order_unknown")),
    ],
)
def test_two_signals_both_must_be_silent(recency, contact, expected):
    strategy = FixedDays(dormant_after=90, contact_within=60)
    record = {"frequency": 2, "recency_days": recency, "contact_days": contact}
    assert decided(strategy, **record) == expected


@pytest.mark.parametrize("contact", [{}, {"contact_within": 60}])
def test_nothing_but_refunds_is_no_purchase(contact):
    record = {"frequency": 0, "recency_days": None, "refunds": 40.0, "contact_days": 1}
    assert decided(FixedDays(90, **contact), **record) == ("potential", "never_bought")


def test_unknown_is_neither_recent_nor_never():
    strategy = FixedDays(90)
    assert decided(strategy, frequency=None, recency_days=None) == ("potential", "orders_unknown")
    assert decided(strategy, frequency=3, recency_days=None) == ("dormant", "last_order_unknown")
    assert decided(strategy, frequency=None, recency_days=10) == ("active", "recent_order")
    assert decided(strategy, frequency=None, recency_days=90) == ("dormant", "no_order")


def by_hand(frequency, recency, contact, *, within):
    """The rule in words, as a check on the ladder."""
    if frequency == 0 or (frequency is None and recency is None):
        return "potential"
    awake = recency is not None and recency < 90
    if within is not None and contact is not None:
        awake = awake or contact < within
    return "active" if awake else "dormant"


@given(st.none() | st.integers(0, 3), days, days, st.sampled_from([None, 1, 60]))
def test_the_ladder_says_what_the_words_say(frequency, recency, contact, within):
    record = {"frequency": frequency, "recency_days": recency, "contact_days": contact}
    expected = by_hand(frequency, recency, contact, within=within)
    assert decided(FixedDays(90, within), **record)[0] == expected


@given(st.integers(1, 9), st.integers(0, 400), st.integers(0, 400), days)
def test_a_longer_silence_never_wakes_anybody(frequency, recency, more, contact):
    strategy = FixedDays(90, 60)
    record = {"frequency": frequency, "recency_days": recency, "contact_days": contact}
    later = {**record, "recency_days": recency + more}
    order = ["active", "dormant"]
    before, after = decided(strategy, **record)[0], decided(strategy, **later)[0]
    assert order.index(before) <= order.index(after)


@pytest.mark.parametrize(("setting", "days"), [("dormant_after", 0), ("contact_within", -1)])
def test_limits_must_be_above_0(setting, days):
    with pytest.raises(ConfigError, match=f"{setting} must be above 0 days, got {days}"):
        FixedDays(**{setting: days})


def test_a_missing_column_is_named():
    with pytest.raises(MissingColumnError, match="contact_days"):
        decided(FixedDays(90, 60), frequency=1, recency_days=2)
