import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.classify import Membership, Read
from custseg.errors import ConfigError
from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled

TEXTS = ["女士", "M", "男", "保密", "qq", "", None, "O'Hara", "x"]
people = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=8)
FEMALE = F("sex") == "female"
RULES = (
    Ladder(((FEMALE, "f"), (~FEMALE, "m"), (F("sex").is_missing(), "?")), "never"),
    Ladder(((F("sex").is_present() & (F("age") > 30), "old"), (F("sex") != "male", "f"))),
    Choice("sex", (("female", "f"),), "other", "none"),
    Choice("sex", (("female", "f"),), None, "none"),
    Choice("sex", (("female", "f"),), "other", None),
)


@pytest.mark.parametrize("rule", RULES)
@given(people)
def test_what_is_written_out_says_the_same_of_the_same_table(rule, texts):
    rows = [{"性别": text, "age": 40 if i % 2 else None} for i, text in enumerate(texts)]
    model = Membership("g", rule, (Read("sex", {"性别": "gender"}),)).fit(rows)
    plain = model.written_out(rows)
    assert not plain.reads
    assert plain.gives == model.gives
    assert plain.apply(rows) == model.apply(rows)


def test_what_is_written_out_becomes_sql():
    needs = {"性别": "text"}
    rows = [{"性别": text} for text in TEXTS]
    model = Membership.preset("gender", column="性别").fit(rows)
    customers = everykind.as_table("arrow", rows, needs)
    found = duckdb.sql(model.written_out(rows).to_sql(table="customers")).fetchall()
    assert customers.num_rows == len(found)
    assert [group for _, group in found] == [model.one(row)["gender_group"] for row in rows]


def test_numbers_and_days_are_written_out_too():
    rows = [{"收入": text} for text in ("10-20万", "8千", "100万", "无", "20-80万")]
    model = Membership.preset("income_band", column="收入", country="CN", typed=True).fit(rows)
    assert model.written_out(rows).apply(rows) == model.apply(rows)
    rows = [{"birthday": text} for text in ("1990年5月3日", "2020-01-01", "1970-01-01", "?")]
    model = Membership.preset("age_band", as_of="2026-06-30", typed=True).fit(rows)
    assert model.written_out(rows).apply(rows) == model.apply(rows)


def test_a_text_that_the_table_lacked_is_read_as_nothing():
    rows = [{"gender": "F"}]
    plain = Membership.preset("gender").fit(rows).written_out(rows)
    assert plain.one({"gender": "女"})["gender_group"] == "unknown"
    assert plain.one({"gender": "F"})["gender_group"] == "female"


def test_a_model_that_reads_no_texts_is_written_out_already():
    model = Membership("band", Bands("age", (18.0,), ("a", "b"))).fit([])
    assert model.written_out([]) is model


SEX = Read("sex", {"性别": "gender"})
MONEY = Read("low", {"收入": "amount_low"})
TIMES = Ladder(((F("low") > 2 * F("age"), "rich"),), "poor")


@pytest.mark.parametrize(
    ("rule", "read", "match"),
    [
        (RULES[0], Read("sex", {"a": "gender", "b": "gender"}), "read from one column"),
        (TIMES, MONEY, "compared with another field"),
        (Scaled(Line("low", ((0.0, 0),)), 1.0, (1.0,), ("a", "b")), MONEY, "a ladder, bands"),
    ],
)
def test_what_cannot_be_written_out_is_refused(rule, read, match):
    model = Membership("g", rule, (read,)).fit([])
    with pytest.raises(ConfigError, match=match):
        model.written_out([{"性别": "女", "a": "女", "b": "女", "收入": "1", "age": 3}])
