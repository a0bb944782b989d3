from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.classify import Membership
from custseg.classify.groups.presets import AGES, INCOMES, PRESETS
from custseg.errors import ConfigError
from custseg.labels import table

NAMED = {
    **{name: {} for name in PRESETS},
    "income_band": {"country": "CN"},
    "consumption_habit": {"big_order": 500, "small_order": 50},
}


def one(name, record, **settings):
    made = Membership.preset(name, **settings).fit([])
    (column,) = made.gives
    return made.one(record)[column]


@pytest.mark.parametrize("name", PRESETS)
def test_every_group_of_a_preset_has_its_words_in_both_languages(name):
    (groups,) = Membership.preset(name, **NAMED[name]).fit([]).gives.values()
    assert "unknown" in groups
    assert not [(g, loc) for g in groups for loc in ("en", "zh") if g not in table(loc)]


@pytest.mark.parametrize("name", PRESETS)
def test_of_whom_nothing_is_known_is_in_the_group_unknown(name):
    model = Membership.preset(name, **NAMED[name]).fit([])
    assert one(name, dict.fromkeys(model.needs), **NAMED[name]) == "unknown"


@pytest.mark.parametrize("text", ["无", "N/A", "不详", "--", "天地玄黄"])
@pytest.mark.parametrize("name", ["industry", "region", "gender", "occupation"])
def test_what_says_nothing_is_in_no_group(name, text):
    column = "region_column" if name == "region" else name
    assert one(name, {column: text}, column=column) == "unknown"


@pytest.mark.parametrize(
    ("name", "text", "group"),
    [
        ("industry", "医疗", "health"),
        ("industry", "Banking", "finance"),
        ("region", "苏州市", "east_china"),
        ("gender", "女士", "female"),
        ("occupation", "退休教师", "retired"),
    ],
)
def test_texts_are_read_from_a_column_of_any_name(name, text, group):
    assert one(name, {"列": text}, column="列") == group


def test_words_of_the_company():
    assert one("gender", {"gender": "1"}) == "unknown"
    assert one("gender", {"gender": "1"}, words={"1": "male", "2": "female"}) == "male"
    assert one("industry", {"code": "C39"}, column="code", coding="gbt4754") == "manufacturing"


@pytest.mark.parametrize(
    ("level", "group"), [("place", "guangdong"), ("region", "south_china"), ("continent", "asia")]
)
def test_levels_of_regions(level, group):
    assert one("region", {"city": "深圳"}, column="city", level=level) == group


def test_a_region_is_read_from_the_columns_that_there_are():
    people = [{"country": "中国", "phone": "+86 20 3456 7812"}, {"country": "FR", "phone": None}]
    spec = Membership.preset("region")
    model = spec.fit(people)
    assert [*model.reads[0].columns] == ["country", "phone"]
    assert [model.one(p)["region_group"] for p in people] == ["south_china", "europe"]
    with pytest.raises(cs.errors.MissingColumnError, match="province"):
        spec.fit([{"id": 1}])


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "under_18"),
        (17.9, "under_18"),
        (18, "18_24"),
        (24.99, "18_24"),
        (64, "55_64"),
        (65, "65_and_over"),
        (120, "65_and_over"),
        (120.5, "unknown"),
        (-1, "unknown"),
        (None, "unknown"),
    ],
)
def test_bands_of_age(age, band):
    assert one("age_band", {"age": age}) == band
    assert one("age_band", {"年龄": age}, column="年龄") == band


def years(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@given(
    st.dates(date(1890, 1, 1), date(2030, 1, 1)),
    st.dates(date(2015, 1, 1), date(2029, 1, 1)) | st.just(date(2028, 2, 29)),
    st.booleans(),
)
def test_a_date_of_birth_gives_the_band_of_the_age_on_that_day(born, day, typed):
    given_ = f"{born:%Y年%m月%d日}" if typed else born
    found = one("age_band", {"birthday": given_}, as_of=day, typed=typed)
    age = years(born, day)
    if born > day or born in {date(1900, 1, 1), date(1970, 1, 1)}:
        assert found == "unknown"
    else:
        assert found == one("age_band", {"age": age})


def test_a_birthday_is_the_first_day_of_the_next_band():
    day = date(2026, 6, 30)
    for edge in AGES:
        turns = day.replace(year=day.year - edge)
        after = turns + timedelta(days=1)
        bands = [one("age_band", {"birthday": d}, as_of=day.isoformat()) for d in (turns, after)]
        assert bands[0].startswith(str(edge))
        assert not bands[1].startswith(str(edge))


def test_bands_of_ones_own():
    model = Membership.preset("age_band", edges=(30, 60)).fit([])
    assert model.gives["age_band"] == ("under_30", "30_59", "60_and_over", "unknown")


@pytest.mark.parametrize(
    ("income", "band"),
    [
        (99_999, "low_income"),
        (100_000, "middle_income"),
        (499_999, "middle_income"),
        (500_000, "high_income"),
        (None, "unknown"),
    ],
)
def test_incomes(income, band):
    assert one("income_band", {"income": income}, country="CN") == band
    assert one("income_band", {"income": income}, edges=INCOMES["CN"]) == band
    typed = None if income is None else f"{income} 元/年"
    assert one("income_band", {"income": typed}, country="CN", typed=True) == band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("10万以下", "low_income"),
        ("10-20万", "middle_income"),
        ("50万以上", "high_income"),
        ("20-60万", "unknown"),  # on both sides of an edge
        ("under 30k", "low_income"),
        ("保密", "unknown"),
    ],
)
def test_incomes_as_people_tick_them(text, band):
    assert one("income_band", {"收入": text}, column="收入", country="CN", typed=True) == band


@pytest.mark.parametrize(
    ("name", "settings", "match"),
    [
        ("industri", {}, "Did you mean 'industry'"),
        ("gender", {"colum": "x"}, "Did you mean 'column'"),
        ("income_band", {}, "two edges"),
        ("income_band", {"edges": (5, 5)}, "two edges"),
        ("income_band", {"country": "XX"}, "no edges are known"),
        ("age_band", {"edges": ()}, "ascend"),
        ("age_band", {"edges": (30, 20)}, "ascend"),
        ("age_band", {"as_of": "tomorrow"}, "YYYY-MM-DD"),
        ("age_band", {"typed": True}, "as_of"),
        ("purchase_behaviour", {"every_days": 0}, "above 0"),
        ("purchase_behaviour", {"names": {"frequenc": "n"}}, "Did you mean 'frequency'"),
        ("consumption_habit", {"big_order": -1}, "above 0"),
    ],
)
def test_what_makes_no_preset_is_refused(name, settings, match):
    with pytest.raises(ConfigError, match=match):
        Membership.preset(name, **settings)


@pytest.mark.parametrize("name", PRESETS)
def test_the_rules_of_a_preset_are_all_of_use(name):
    report = Membership.preset(name, **NAMED[name]).lint()
    assert report.clean
    assert {why.code for why in report.notes} <= {"lint.can_overlap"}


def test_a_preset_goes_into_a_column_of_any_name():
    model = Membership.preset("gender", into="性别组").fit([])
    assert model.one({"gender": "F"}) == {"gender": "F", "性别组": "female"}
