import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import everykind
from custseg.classify import Membership, Read
from custseg.classify.groups.membership import MembershipModel
from custseg.errors import ConfigError, MissingColumnError
from custseg.frames import crossings
from custseg.rules import Bands, Choice, F, Ladder, Line

PEOPLE = [
    {"customer_id": "00017", "region": "华东", "frequency": 14.0, "age": 35.0},
    {"customer_id": "00018", "region": None, "frequency": 1.0, "age": None},
]
NEEDS = {"customer_id": "text", "region": "text", "frequency": "number", "age": "number"}
RULES = {
    "behaviour": Ladder(
        ((F("frequency") >= 12, "frequent"), (F("frequency") == 1, "one_off")), "occasional"
    ),
    "age_band": Bands("age", (18.0, 35.0, 60.0), ("minor", "young", "middle", "senior")),
    "market": Choice("region", (("华东", "east"), ("华南", "south")), "other", missing=None),
}
EXPECTED = {
    "behaviour": ["frequent", "one_off"],
    "age_band": ["middle", None],
    "market": ["east", None],
}


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("column", RULES)
def test_a_rule_of_ones_own_adds_a_column(kind, column):
    table = everykind.as_table(kind, PEOPLE, NEEDS)
    model = Membership(column, RULES[column]).fit(table)
    assert everykind.column(model.apply(table), column) == EXPECTED[column]
    assert [model.one(person)[column] for person in PEOPLE] == EXPECTED[column]


@pytest.mark.parametrize("column", RULES)
def test_spec_and_model_survive_json(column):
    spec = Membership(column, RULES[column])
    for thing in (spec, spec.fit([])):
        assert cs.load(json.dumps(cs.dump(thing))) == thing


def test_the_decision_is_explained_by_its_column():
    why = Membership("behaviour", RULES["behaviour"]).fit([]).explain(PEOPLE[0])
    assert why.decision == {"behaviour": "frequent"}


def test_a_membership_has_a_name_and_words():
    with pytest.raises(ConfigError, match="name of the column"):
        Membership("", RULES["behaviour"])
    with pytest.raises(ConfigError, match="must give words"):
        Membership("points", Line("frequency", ((0.0, 0), (10.0, 100))))


def test_a_field_is_read_once():
    twice = (Read("sex", {"a": "gender"}), Read("sex", {"b": "gender"}))
    with pytest.raises(ConfigError, match="read twice"):
        Membership("g", Choice("sex", (("male", "m"),), "?", "?"), twice)


def test_all_matches_need_a_ladder():
    with pytest.raises(ConfigError, match="needs a ladder"):
        Membership("age_band", RULES["age_band"], match="all")


MANY = Ladder(
    (
        ((F("frequency") >= 12) & (F("region") == "华东"), "key"),
        (F("age") >= 60, "senior"),
        (F("frequency") >= 14, "key"),
    ),
    "nobody",
)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_each_group_of_all_matches_is_a_column_of_its_own(kind):
    table = everykind.as_table(kind, PEOPLE, NEEDS)
    model = Membership("is", MANY, match="all").fit(table)
    assert model.gives == {"is_key": "number", "is_senior": "number"}
    rows = everykind.as_records(model.apply(table))
    assert [row["is_key"] for row in rows] == [1, 0]
    assert [row["is_senior"] for row in rows] == [0, None]  # an unknown age is neither


def test_all_matches_stay_lazy():
    table = everykind.as_table("duckdb", PEOPLE, NEEDS)
    with crossings() as crossed:
        Membership("is", MANY, match="all").fit(table).apply(table)
    assert not crossed


READING = {
    "sex": Membership.preset("gender", column="sex"),
    "home": Membership.preset("region", column="home"),
    "work": Membership.preset("industry", column="work"),
    "job": Membership.preset("occupation", column="job"),
    "income": Membership.preset("income_band", country="CN", typed=True),
    "born": Membership.preset("age_band", column="born", as_of="2026-06-30", typed=True),
}
WRITTEN = {
    "sex": ["女", "M", "保密", None],
    "home": ["江苏苏州", "Paris, Texas", "中山路1号", ""],
    "work": ["医疗", "IT|电子", "N/A", "Banking"],
    "job": ["退休教师", "admin.", "无业", "qq"],
    "income": ["10-20万", "30万", "20-60万", None],
    "born": ["1990年5月3日", "03/04/1990", "1970-01-01", "2020-01-01"],
}
ROWS = [{name: texts[i] for name, texts in WRITTEN.items()} for i in range(4)]
GROUPS = {
    "sex": ["female", "male", "unknown", "unknown"],
    "home": ["east_china", "north_america", "unknown", "unknown"],
    "work": ["health", "information", "unknown", "finance"],
    "job": ["retired", "clerk", "unemployed", "unknown"],
    "income": ["middle_income", "middle_income", "unknown", "unknown"],
    "born": ["35_44", "unknown", "unknown", "under_18"],
}


@pytest.mark.parametrize("kind", everykind.KINDS)
@pytest.mark.parametrize("name", READING)
def test_texts_are_read_the_same_in_every_kind_of_table(name, kind):
    table = everykind.as_table(kind, ROWS, dict.fromkeys(WRITTEN, "text"))
    model = READING[name].fit(table)
    (column,) = model.gives
    assert everykind.column(model.apply(table), column) == GROUPS[name]
    assert [model.one(row)[column] for row in ROWS] == GROUPS[name]


TEXTS = st.sampled_from([*{t for ts in WRITTEN.values() for t in ts if t}, "", None, "华", "0"])
any_rows = st.lists(st.fixed_dictionaries(dict.fromkeys(WRITTEN, TEXTS)), min_size=1, max_size=6)


@pytest.mark.parametrize("name", READING)
@given(any_rows)
def test_every_customer_is_in_exactly_one_group_whatever_the_order(name, rows):
    model = READING[name].fit([])
    (column,) = model.gives
    found = [row[column] for row in model.apply(rows)]
    assert set(found) <= {*model.gives[column]}
    assert [row[column] for row in model.apply(rows[::-1])] == found[::-1]
    assert [model.one(row)[column] for row in rows] == found


SEVERAL = Ladder(
    (
        ((F("where") == "south_china") & (F("frequency") >= 2), "south"),
        (F("where").is_missing() & F("born").is_missing(), "nobody"),
        (F("income") >= 100_000, "rich"),
        (F("work").is_present(), "typed"),
    ),
)
COLUMNS = {"home": "place", "country": "country", "phone": "phone_cn"}
READS = (
    Read("where", COLUMNS),
    Read("born", {"born": "birth_date"}),
    Read("income", {"income": "amount_low"}),
)
several_rows = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("home", "born", "income", "work"), TEXTS),
            "country": st.sampled_from(["中国", "CN", "US", "?", None]),
            "phone": st.sampled_from(["+862162345679", "020-34567812", "12", None]),
            "frequency": st.sampled_from([None, 0, 2, 3.5]),
        }
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("match", ["first", "all"])
@given(several_rows)
def test_one_record_is_judged_as_a_table_is(match, rows):
    model = Membership("g", SEVERAL, READS, match).fit([])
    assert [model.one(row) for row in rows] == model.apply(rows)


def test_one_record_with_typed_texts_needs_no_arrays(monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(MembershipModel, "kernel", never)
    assert Membership.preset("gender").fit([]).one({"gender": "女士"})["gender_group"] == "female"


def test_a_record_without_a_column_is_refused_by_its_name():
    model = Membership.preset("gender", column="sex").fit([])
    with pytest.raises(MissingColumnError, match="sex"):
        model.one({"sez": "F"})


def test_one_record_loads_no_library_of_tables():
    code = (
        "import sys; from custseg.classify import Membership\n"
        "m = Membership.preset('gender', column='s').fit([])\n"
        "m.one({'s': 'F'}); m.explain({'s': 'F'})\n"
        "print([n for n in ('pandas', 'polars', 'pyarrow', 'narwhals') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"
