from datetime import date

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from anyshop import shop
from custseg import Conventions, F, frames, profile
from custseg.errors import ConfigError, MissingColumnError
from custseg.features import Completeness
from custseg.features.completion.filling import usual_check
from custseg.frames import crossings
from everykind import KINDS, as_records, as_table


def share(record, **more):
    return cs.profile([{"customer_id": "a", **record}], as_of="2026-01-31", **more)[0][
        "completeness"
    ]


def test_own_columns_count_the_same():
    assert share({"name": "Li", "city": None, "age": 0, "note": "n/a"}) == 0.5


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("email", "li@shop.cn", "li@"),
        ("work_mobile", "13916853042", "123"),
        ("phone", 13916853042, 123),
        ("name", "李雷", "暂无"),
    ],
)
def test_a_value_has_to_be_valid(column, good, bad):
    assert (share({column: good}), share({column: bad})) == (1.0, 0.0)


def test_weights_choose_and_weigh_columns():
    card = Completeness({"email": 3, "city": 1, "fax": 0})
    assert share({"email": None, "city": "x", "name": "y"}, completeness=card) == 0.25
    with pytest.raises(MissingColumnError, match="Did you mean 'city'"):
        share({"city": "x"}, completeness=Completeness({"citi": 1}))


def test_nobody_knows_anything_of_a_customer_without_columns():
    assert share({}) is None
    assert Completeness().one({"customer_id": 7})["completeness"] is None


@pytest.mark.parametrize("weights", [{"a": -1}, {"a": 0}, {"a": float("nan")}])
def test_weights_that_cannot_be_are_refused(weights):
    with pytest.raises(ConfigError, match="weights"):
        Completeness(weights)


def test_a_check_follows_from_a_name_or_is_given():
    assert [usual_check(c) for c in ("E-Mail", "home_tel", "hotel")] == ["email", "phone", "filled"]
    by_hand = Completeness({"contact": 1}, {"contact": "email"})
    assert share({"contact": "li@"}, completeness=by_hand) == 0.0


def test_frames_of_numbers_dates_and_flags_are_filled_or_not():
    people = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "day": pd.to_datetime(["2026-01-01", None]),
            "flag": [True, False],
            "kind": pd.Categorical(["x", None]),
        }
    )
    assert Completeness().of(frames.table(people)).tolist() == [1.0, 0.25]


FIRM = {"kind": "company", "name": "Acme", "phone": "", "email": "li@shop.cn", "uscc": None}
WHOLE = Completeness(
    {"name": 1, "reach": 3, "uscc": 4},
    any_of={"reach": ("phone", "email")},
    applies={"uscc": F("kind") == "company"},
)


def test_the_best_of_a_group_counts_once():
    both = {**FIRM, "phone": "13916853042"}
    assert WHOLE.one(FIRM)["completeness"] == WHOLE.one(both)["completeness"] == 0.5
    assert WHOLE.one({**FIRM, "email": "li@"})["completeness"] == 0.125


def test_what_does_not_apply_is_not_asked_for():
    person = {**FIRM, "kind": "person"}
    assert WHOLE.one(person)["completeness"] == 1.0
    assert WHOLE.one(person)["next_field"] is None
    assert WHOLE.one(FIRM)["next_field"] == "uscc"
    states = {part.field: part.state for part in WHOLE.explain(person).parts}
    assert states == {"name": "full", "reach": "full", "uscc": "not_applicable"}


def test_nothing_that_applies_is_unknown_not_zero():
    card = Completeness({"uscc": 1}, applies={"uscc": F("kind") == "company"})
    row = card.one({"kind": "person", "uscc": None})
    assert (row["completeness"], row["next_field"], row["next_field_gain"]) == (None,) * 3
    assert card.explain({"kind": "person", "uscc": None}).points is None


def test_the_next_field_is_the_first_of_equals():
    assert Completeness({"b": 1, "a": 1}).one({"a": None, "b": None})["next_field"] == "b"
    row = Completeness({"b": 1, "a": 1.5}).one({"a": None, "b": None})
    assert (row["next_field"], row["next_field_gain"]) == ("a", 0.6)


def test_values_grow_old():
    card = Completeness({"phone": 3, "name": 1}, half_lives={"phone": 30}, undated=0.8)
    person = {"name": "Li", "phone": "13916853042", "phone_updated_at": "2026-01-01"}
    assert card.one(person, as_of="2026-01-31")["completeness"] == 0.625
    assert card.explain(person, as_of="2026-01-31").parts[0].state == "stale"
    undated = {**person, "phone_updated_at": None}
    assert card.one(undated, as_of="2026-01-31")["completeness"] == pytest.approx(0.85)
    assert card.one({**person, "as_of": "2026-03-02"})["completeness"] == 0.4375
    with pytest.raises(ConfigError, match="as_of"):
        card.one(person)
    with pytest.raises(MissingColumnError, match="phone_updated_at"):
        card.one({"name": "Li", "phone": "1"}, as_of="2026-01-31")


def test_a_group_may_grow_old_as_a_whole_or_column_by_column():
    person = {"phone": "13916853042", "email": "li@shop.cn", "seen": "2026-01-01"}
    called = {"phone": "seen", "email": "seen"}
    groups = {"reach": ("phone", "email")}
    whole = Completeness(any_of=groups, half_lives={"reach": 30}, updated=called)
    assert whole.one(person, as_of="2026-01-31")["completeness"] == 0.5
    one = Completeness(any_of=groups, half_lives={"reach": 30, "email": 15}, updated=called)
    assert one.one({**person, "phone": None}, as_of="2026-01-31")["completeness"] == 0.25


def test_a_profile_tells_how_old_values_are_on_its_day():
    card = Completeness({"phone": 1}, half_lives={"phone": 30})
    person = {"phone": "13916853042", "phone_updated_at": "2026-01-01"}
    assert share(person, completeness=card) == 0.5


@pytest.mark.parametrize(
    ("weights", "settings", "field"),
    [
        ({"a": 1}, {"any_of": {"g": ("a", "b")}}, "any_of"),
        ({}, {"any_of": {"g": ("a",), "h": ("a",)}}, "any_of"),
        ({}, {"any_of": {"g": ()}}, "any_of"),
        ({"a": 1}, {"any_of": {"g": ("b",)}}, "any_of"),
        ({"a": 1}, {"applies": {"b": F("c") == "x"}}, "applies"),
        ({"a": 1}, {"half_lives": {"b": 3}}, "half_lives"),
        ({"a": 1}, {"half_lives": {"a": 0}}, "half_lives"),
        ({"a": 1}, {"checks": {"b": "email"}}, "checks"),
        ({"a": 1}, {"undated": 1.5}, "undated"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(weights, settings, field):
    with pytest.raises(ConfigError) as refused:
        Completeness(weights, **settings)
    assert refused.value.path == field


def test_ids_and_what_a_profile_adds_do_not_count_by_themselves():
    row = cs.profile([{"customer_id": "a", "name": "Li", "city": None}], as_of="2026-01-31")[0]
    assert Completeness().one(row)["completeness"] == row["completeness"] == 0.5


def test_settings_are_plain_data():
    card = Completeness(
        {"name": 1, "reach": 2},
        any_of={"reach": ["phone", "email"]},
        applies={"name": F("kind").one_of("a", "b")},
        half_lives={"phone": 30},
        updated={"phone": "seen"},
        undated=0.5,
    )
    assert cs.load(cs.dump(card)) == card


VALUES = st.sampled_from([None, "", "n/a", "Li", "li@shop.cn", "13916853042", "暂无", "x@"])
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("name", "email", "phone", "city"), VALUES),
            "kind": st.sampled_from([None, "a", "b"]),
            "city_updated_at": st.none() | st.dates(date(2025, 1, 1), date(2026, 2, 1)),
        }
    ),
    min_size=1,
    max_size=8,
)
WEIGHTS = st.fixed_dictionaries({name: st.sampled_from([0.1, 0.3, 1, 2.5]) for name in "nrc"})
DAY = date(2026, 1, 31)
GOOD = {
    "name": {"Li", "li@shop.cn", "13916853042", "x@"},
    "email": {"li@shop.cn"},
    "phone": {"13916853042"},
}


def plainly(record, weights):
    """What each of three fields counts, and what it could."""
    aged = (DAY - (record["city_updated_at"] or DAY)).days
    quality = {
        "n": float(record["name"] in GOOD["name"]),
        "r": float(any(record[name] in GOOD[name] for name in ("email", "phone"))),
        "c": (record["city"] in GOOD["name"]) * 2 ** (-max(aged, 0) / 100),
    }
    asked = {"n": 1, "r": 1, "c": record["kind"] == "a"}
    return [(weights[key] * quality[key] * asked[key], weights[key] * asked[key]) for key in "nrc"]


@given(RECORDS, WEIGHTS, st.sampled_from(KINDS))
def test_completeness_is_what_plain_python_says(records, weights, kind):
    card = Completeness(
        {"name": weights["n"], "reach": weights["r"], "city": weights["c"]},
        any_of={"reach": ("email", "phone")},
        applies={"city": F("kind") == "a"},
        half_lives={"city": 100},
    )
    texts = [{**r, "city_updated_at": str(r["city_updated_at"] or "")} for r in records]
    table = as_table(kind, texts, dict.fromkeys(texts[0], "text"))
    for record, row in zip(records, as_records(card.apply(table, as_of=DAY)), strict=True):
        parts = plainly(record, weights)
        whole = sum(could for _, could in parts)
        assert row["completeness"] == pytest.approx(sum(have for have, _ in parts) / whole)
        gains = [could - have for have, could in parts]
        assert row["next_field_gain"] == pytest.approx(max(gains) / whole, abs=1e-12)
        if row["next_field"] is not None:
            at = ("name", "reach", "city").index(row["next_field"])
            assert gains[at] == pytest.approx(max(gains))


@given(RECORDS, WEIGHTS)
def test_the_parts_of_a_record_add_up_exactly(records, weights):
    card = Completeness(
        {"name": weights["n"], "phone": weights["r"], "city": weights["c"]},
        applies={"city": F("kind") == "a"},
        half_lives={"city": 100},
    )
    for record in records:
        why = card.explain(record, as_of=DAY)
        assert sum(round(part.points * 100) for part in why.parts) == round(why.points * 100)
        assert sum(round(part.possible * 100) for part in why.parts) == 10_000
        assert why.points == pytest.approx(
            100 * card.one(record, as_of=DAY)["completeness"], abs=0.0051
        )
        assert why.next_field == card.one(record, as_of=DAY)["next_field"]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"weights": {"a": "1"}}, "'a'"),
        ({"weights": ["a"]}, "'email': 2"),
        ({"weights": {"a": 1}, "checks": {"a": "emial"}}, "'a'"),
        ({"half_lives": {"a": "30"}}, "'a'"),
        ({"tz": "Mars"}, "Mars"),
    ],
)
def test_settings_that_cannot_be_are_named(settings, named):
    with pytest.raises(ConfigError, match=named):
        Completeness(**settings)


def test_days_are_those_of_the_company():
    person = {"phone": "13916853042", "phone_updated_at": "2026-01-01T20:00:00Z"}
    settings = {"weights": {"phone": 1}, "half_lives": {"phone": 1}}
    shown = {"as_of": "2026-01-03"}
    assert Completeness(**settings).one(person, **shown)["completeness"] == 0.25
    assert Completeness(**settings, tz="Asia/Shanghai").one(person, **shown)["completeness"] == 0.5
    table = profile(
        [{"customer_id": 1, **person}],
        completeness=Completeness(**settings),
        conventions=Conventions(tz="Asia/Shanghai"),
        **shown,
    )
    assert table[0]["completeness"] == 0.5


def test_ids_are_no_information_in_a_profile_either():
    row = {"customer_id": 1, "lead_id": None, "name": "Li"}
    assert profile([row], as_of="2026-01-01")[0]["completeness"] == 1.0
    assert Completeness().one(row)["completeness"] == 1.0


def test_what_was_added_is_no_information():
    people = [{"name": "Li", "city": None}, {"name": None, "city": None}]
    once = Completeness().apply(people)
    assert Completeness().apply(once) == once


def test_lazy_customers_are_looked_at_where_they_are():
    people = shop()["customers"]
    spec = Completeness(
        {"name": 2, "email": 3, "reach": 1},
        any_of={"reach": ("来源",)},
        half_lives={"email": 90},
        updated={"email": "joined_at"},
    )
    for card, day in ((spec, "2026-03-31"), (Completeness(), None)):
        expected = card.apply(people, as_of=day).to_pylist()
        for lazy in (pl.from_arrow(people).lazy(), duckdb.connect().from_arrow(people)):
            with crossings() as account:
                found = card.apply(lazy, as_of=day)
            assert account == []
            assert type(found) is type(lazy)
            assert as_records(found) == expected
        with pytest.raises(MissingColumnError):
            Completeness({"nme": 1}).apply(lazy)
