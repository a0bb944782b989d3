import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.rules import F
from custseg.tiering import ServiceBook, ServicePolicy, ServiceRule

NEEDS = {
    "customer_id": "text",
    "lifecycle": "text",
    "tier": "text",
    "potential_level": "text",
    "complaints": "number",
    "satisfaction": "number",
    "lost_reason": "text",
    "contact_days": "number",
    "recency_days": "number",
    "gap_median_days": "number",
    "favourite_month": "text",
    "do_not_contact": "text",
    "consent": "text",
}
TODAY = date(2026, 6, 30)
levels = st.sampled_from([None, "low", "medium", "high"])
days = st.sampled_from([None, 0.0, 10.0, 44.5, 200.0])
customers = st.lists(
    st.fixed_dictionaries(
        {
            "lifecycle": st.sampled_from([None, "potential", "active", "dormant"]),
            "tier": levels,
            "potential_level": levels,
            "complaints": st.sampled_from([None, 0.0, 2.0]),
            "satisfaction": st.sampled_from([None, 20.0, 90.0]),
            "lost_reason": st.sampled_from([None, "price", "quality", "moved"]),
            "contact_days": days,
            "recency_days": days,
            "gap_median_days": days,
            "favourite_month": st.sampled_from([None, "01", "07"]),
            "do_not_contact": st.sampled_from([None, "no", "yes"]),
            "consent": st.sampled_from([None, "no", "yes"]),
        }
    ),
    min_size=1,
    max_size=12,
).map(lambda rows: [{"customer_id": f"{i:05}", **row} for i, row in enumerate(rows)])


@given(customers, st.sampled_from(everykind.KINDS), st.sampled_from([None, True, False]))
def test_every_kind_of_table_and_one_record_say_the_same(rows, kind, recorded):
    model = ServiceBook(as_of=TODAY, contacts_recorded=recorded).fit(rows)
    assert cs.load(json.dumps(cs.dump(model))) == model
    told = everykind.as_records(model.apply(everykind.as_table(kind, rows, NEEDS)))
    ones = [model.one(row) for row in rows]
    for name in model.gives:
        assert [_day(row[name]) for row in told] == [one[name] for one in ones]


def _day(value):
    return value.date() if hasattr(value, "date") else value


@given(customers)
def test_nothing_is_due_for_who_must_not_be_contacted_and_the_reason_says_so(rows):
    for row in ServiceBook(as_of=TODAY, contacts_recorded=True).fit(rows).apply(rows):
        barred = row["do_not_contact"] == "yes" or row["consent"] != "yes"
        assert (row["contact_due"] == "never") == barred
        assert (row["next_contact_due"] is None) == barred
        withheld = {"do_not_contact", "no_consent", "consent_unknown"}
        assert (row["due_reason"] in withheld) == barred
        assert row["service"] is not None
        if not barred:
            late = row["next_contact_due"] <= TODAY
            assert row["contact_due"] == ("now" if late else "later")


def served(**row):
    row = {"lifecycle": None, "tier": None, "contact_days": 5, "as_of": TODAY, **row}
    return ServiceBook().fit([row]).one(row)


def test_the_usual_book_answers_by_lifecycle_tier_potential_and_reason():
    asked = [
        ({"lifecycle": "potential", "potential_level": "high"}, "convert", "convert_key_account"),
        ({"lifecycle": "potential", "tier": "low"}, "convert", "convert_care"),
        ({"lifecycle": "dormant", "complaints": 1}, "win_back_complaint", "put_right"),
        ({"lifecycle": "dormant", "satisfaction": 59.9}, "win_back_complaint", "put_right"),
        ({"lifecycle": "dormant", "lost_reason": "price"}, "win_back_price", "new_offer"),
        ({"lifecycle": "dormant", "tier": "high"}, "win_back", "win_back_key_account"),
        ({"lifecycle": "dormant", "satisfaction": 60}, "win_back", "win_back_care"),
        ({"lifecycle": "active", "tier": "high"}, "keep", "vip_service"),
        ({"lifecycle": "active", "tier": "medium"}, "develop", "development_plan"),
        ({"tier": "medium", "potential_level": "low"}, "keep", "maintain"),
        ({"tier": "low", "potential_level": "high"}, "develop", "development_plan"),
        ({"tier": "low", "potential_level": "low"}, "care", "digital_only"),
        ({"tier": "low"}, "care", "standard_care"),
        ({}, "care", "standard_care"),
    ]
    for row, action, service in asked:
        told = served(**row)
        assert (told["action"], told["service"]) == (action, service), row


def test_a_complaint_comes_before_a_price():
    both = served(lifecycle="dormant", complaints=3, lost_reason="price")
    assert both["action"] == "win_back_complaint"


def test_who_was_never_contacted_is_due_now():
    row = {"lifecycle": None, "tier": "high", "contact_days": None, "as_of": TODAY}
    for shop in (
        [row, {**row, "contact_days": 400}],
        [row, {**row, "interactions": 0}],  # none is evidence of none
        [{**row, "tier": None}][:0],
    ):
        told = ServiceBook(flags={}).fit(shop).one(row)
        assert (told["next_contact_due"], told["contact_due"]) == (TODAY, "now")
        assert told["due_reason"] == "never_contacted"
    assert ServiceBook(contacts_recorded=True).fit([row]).one(row)["contact_due"] == "now"


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_a_shop_that_records_no_contact_is_not_due_at_once(kind):
    row = {"lifecycle": "active", "tier": "high", "contact_days": None, "interactions": None}
    row |= dict.fromkeys(("recency_days", "gap_median_days", "favourite_month"))
    away = {"recency_days": 20.0, "gap_median_days": 50.0, "favourite_month": "09"}
    rows = [row, {**row, **away}, {**row, **away, "tier": "low", "recency_days": 51.0}]
    needs = {name: NEEDS.get(name, "number") for name in rows[1]}
    model = ServiceBook(as_of=TODAY).fit(everykind.as_table(kind, rows, needs))
    assert not model.contacts_recorded
    told = model.apply(rows)
    assert [one["due_reason"] for one in told] == [
        "contacts_unknown",
        "own_rhythm",
        "since_purchase",
    ]
    assert [one["contact_due"] for one in told] == ["never", "later", "later"]
    assert told[2]["next_contact_due"] == TODAY - timedelta(51) + timedelta(90)
    assert told[1]["next_contact_due"] == date(2026, 7, 30)
    assert "没有联系记录" in model.explain(told[1]).text("zh")
    assert model.explain(told[0]).reasons[-1].code == "due_contacts_unknown"
    known = model.one({**row, "contact_days": 40})  # who has one, has one
    assert (known["contact_due"], known["due_reason"]) == ("now", "interval")


def test_without_contacts_the_right_month_comes_before_the_rhythm():
    quiet = ServicePolicy("q", contact_interval_days=30, timing="season")
    book = ServiceBook((ServiceRule(quiet, "care"),), as_of=TODAY, contacts_recorded=False)
    row = {"recency_days": 20.0, "gap_median_days": 50.0, "favourite_month": "09"}
    model = book.fit([row])
    assert model.one(row)["next_contact_due"] == date(2026, 9, 1)
    assert model.explain(row).reasons[-1].code == "due_favourite_month_alone"
    assert model.one({**row, "favourite_month": None})["due_reason"] == "own_rhythm"


def test_the_words_for_lost_reasons_are_the_companys_own():
    book = ServiceBook.usual(price=("太贵",), fault=("质量",))
    row = {"lifecycle": "dormant", "tier": "low", "lost_reason": "太贵", "as_of": TODAY}
    assert book.fit([row]).one(row)["action"] == "win_back_price"
    assert book.fit([row]).one({**row, "lost_reason": "质量"})["service"] == "put_right"


def test_columns_of_permission_are_found_by_their_names():
    row = {"lifecycle": "active", "tier": "high", "是否同意": "否", "as_of": TODAY}
    model = ServiceBook().fit([row])
    assert model.flags == {"是否同意": "permission"}
    assert model.one(row)["due_reason"] == "no_consent"
    with pytest.raises(MissingColumnError, match="是否同意"):
        model.one({"lifecycle": "active", "tier": "high", "as_of": TODAY})
    with pytest.raises(NotEnoughDataError, match="who may be contacted"):
        ServiceBook().fit([])
    assert ServiceBook(flags={}).fit([]).flags == {}


def test_the_day_is_that_of_the_row_or_of_the_book():
    row = {"lifecycle": "active", "tier": "high", "contact_days": 40}
    with pytest.raises(MissingColumnError, match="as_of"):
        ServiceBook().fit([row]).one(row)
    told = ServiceBook(as_of="2026-06-30").fit([row]).one(row)
    assert told["next_contact_due"] == date(2026, 6, 20)
    unknown = ServiceBook().fit([row]).one({**row, "as_of": None})
    assert (unknown["next_contact_due"], unknown["due_reason"]) == (None, "day_unknown")
    with pytest.raises(DataError, match="column 'contact_days'"):
        ServiceBook(as_of=TODAY).fit([row]).one({**row, "contact_days": "long ago"})


def test_a_customer_for_whom_there_is_no_rule_is_said_so():
    book = ServiceBook(
        (
            ServiceRule(ServicePolicy("quiet"), "wait", tier="low"),
            ServiceRule(ServicePolicy("call", contact_interval_days=7), "call", when=F("age") > 60),
        ),
        as_of=TODAY,
    )
    model = book.fit([{"tier": "low", "contact_days": 3}])
    rows = [{"tier": t, "age": a} for t, a in (("low", 70), ("high", 70), ("high", 20))]
    told = model.apply(rows)
    assert [row["service"] for row in told] == ["quiet", "call", None]
    assert [row["due_reason"] for row in told] == ["no_interval", "never_contacted", "no_rule"]
    assert [row["contact_due"] for row in told] == ["never", "now", "never"]


def test_an_explanation_says_the_service_and_the_day_in_both_languages():
    row = {"lifecycle": "dormant", "tier": "high", "contact_days": 12, "as_of": TODAY}
    why = ServiceBook().fit([row]).explain(row)
    assert why.text().splitlines() == [
        "action: win back",
        "  - the service is win back, key account",
        "  - the next contact is due 30 days after the last one",
    ]
    assert why.text("zh").splitlines()[1] == "  - 服务策略为重点唤回"
    assert "2026-07-18" in why.text(values=True)
    assert "2026" not in str(why.as_dict())


def test_impossible_books_are_refused():
    with pytest.raises(ConfigError, match="at least one rule"):
        ServiceBook(())
    with pytest.raises(ConfigError, match="needs an action"):
        ServiceRule(ServicePolicy("call"), "")
    often = ServicePolicy("call", contact_interval_days=7)
    with pytest.raises(ConfigError, match="two policies are called 'call'"):
        ServiceBook((ServiceRule(often, "a", tier="high"), ServiceRule(ServicePolicy("call"), "b")))
    with pytest.raises(ConfigError, match="as_of must be a day"):
        ServiceBook(as_of="soon")
    with pytest.raises(ConfigError, match="as_of must be a day"):
        ServiceBook(as_of=20260630)
    assert ServiceBook(as_of=datetime(2026, 6, 30, 23, 0, tzinfo=UTC)).as_of == TODAY
