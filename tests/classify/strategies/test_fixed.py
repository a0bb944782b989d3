import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify import STATES, FixedDays, Lifecycle
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


FINER = FixedDays(90, 30, at_risk_after=60, churned_after=365, new_for=20, reactivated_for=40)
COLUMNS = ("frequency", "recency_days", "tenure_days", "gap_last_days", "contact_days")


def state_of(strategy, **record):
    said = Lifecycle(strategy).fit([]).one({**dict.fromkeys(COLUMNS), **record})
    return said["lifecycle_state"], said["lifecycle_reason"]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"recency_days": 0, "tenure_days": 0}, ("new", "first_order_recent")),
        ({"recency_days": 19, "tenure_days": 19}, ("new", "first_order_recent")),
        ({"recency_days": 20, "tenure_days": 20}, ("active", "order_in_time")),
        ({"recency_days": 0, "tenure_days": None}, ("active", "order_in_time")),
        ({"recency_days": 39, "gap_last_days": 90}, ("reactivated", "came_back")),
        ({"recency_days": 39, "gap_last_days": 89}, ("active", "order_in_time")),
        ({"recency_days": 40, "gap_last_days": 90}, ("active", "order_in_time")),
        ({"recency_days": 59}, ("active", "order_in_time")),
        ({"recency_days": 60}, ("at_risk", "late_order_contact_unknown")),
        ({"recency_days": 60, "contact_days": 29}, ("active", "contact_in_time")),
        ({"recency_days": 60, "contact_days": 30}, ("at_risk", "late_order_no_contact")),
        ({"recency_days": 90, "contact_days": 30}, ("dormant", "no_order_no_contact")),
        ({"recency_days": 364}, ("dormant", "no_order_contact_unknown")),
        ({"recency_days": 365}, ("churned", "long_no_order_contact_unknown")),
        ({"recency_days": 999, "contact_days": 31}, ("churned", "long_no_order_no_contact")),
        ({"recency_days": 999, "contact_days": 29}, ("active", "contact_in_time")),
        ({"recency_days": None}, ("dormant", "last_order_unknown")),
    ],
)
def test_finer_states_where_their_days_are_given(record, expected):
    assert state_of(FINER, frequency=2, **record) == expected


def test_silence_counts_more_than_being_new_or_back():
    both = FixedDays(90, at_risk_after=10, new_for=80, reactivated_for=80)
    record = {"frequency": 2, "recency_days": 10, "tenure_days": 20, "gap_last_days": 100}
    assert state_of(both, **record) == ("at_risk", "late_order")
    assert state_of(both, **{**record, "recency_days": 9}) == ("reactivated", "came_back")


def test_each_finer_state_stands_alone():
    for setting, record, state in (
        ({"at_risk_after": 60}, {"recency_days": 60}, "at_risk"),
        ({"churned_after": 100}, {"recency_days": 100}, "churned"),
        ({"new_for": 5}, {"recency_days": 4, "tenure_days": 4}, "new"),
        ({"reactivated_for": 5}, {"recency_days": 4, "gap_last_days": 90}, "reactivated"),
    ):
        given = {"frequency": 1, **record}
        assert state_of(FixedDays(90, **setting), **given)[0] == state
        assert decided(FixedDays(90), **given)[0] == STATES[state]


@given(st.fixed_dictionaries({**dict.fromkeys(COLUMNS, days), "frequency": st.integers(1, 3)}))
def test_finer_states_belong_to_the_class_that_plain_days_give(record):
    finer, plain = (Lifecycle(one).fit([]).one(record) for one in (FINER, FixedDays(90, 30)))
    assert finer["lifecycle"] == plain["lifecycle"]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"at_risk_after": 90}, "dormant_after must be above at_risk_after"),
        ({"churned_after": 90}, "churned_after must be above dormant_after"),
        ({"new_for": 0}, "new_for must be above 0"),
    ],
)
def test_limits_must_rise(settings, names):
    with pytest.raises(ConfigError, match=names):
        FixedDays(90, **settings)


def test_three_classes_need_no_more_columns_than_before():
    model = Lifecycle(FixedDays()).fit([])
    assert dict(model.needs) == {"frequency": "number", "recency_days": "number"}
    assert "lifecycle_state" not in model.gives
    assert set(Lifecycle(FINER).fit([]).needs) == set(COLUMNS)


def test_sentences_name_the_days():
    model = Lifecycle(FINER).fit([])
    why = model.explain({**dict.fromkeys(COLUMNS), "frequency": 1, "recency_days": 400})
    assert why.text().endswith("no order for 365 days or more, and no contact is known")
    assert why.text("zh").endswith("365 天及以上未下单，且没有联系记录")
