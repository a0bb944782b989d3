import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg._typing import Codes
from custseg.classify import Membership, Read
from custseg.classify.groups.holds import HOLDS
from custseg.classify.groups.reads import fields_of, needs_of
from custseg.errors import ConfigError, MissingColumnError
from custseg.rules import Bands, Choice, F, Ladder

WHERE = Read("where", {"province": "place", "country": "country", "phone": "phone"})
TEXTS = {
    "province": st.sampled_from([None, "", "广东", "上海市", "Texas", "华东", "无", "qqq", "Asia"]),
    "country": st.sampled_from([None, "中国", "CN", "US", "Japan", "N/A", "nowhere"]),
    "phone": st.sampled_from([None, "+862162345679", "13800138000", "+14155550132", "12"]),
}
people = st.lists(st.fixed_dictionaries(TEXTS), max_size=8)


def codes(texts):
    words = tuple(dict.fromkeys(t for t in texts if t))
    return Codes(np.array([words.index(t) if t else -1 for t in texts], dtype=np.intp), words)


@given(people, st.sampled_from(["place", "region", "continent"]))
def test_a_column_of_many_rows_says_what_each_row_says(rows, level):
    read = Read("where", WHERE.columns, level=level)
    column = read.column({name: codes([row[name] for row in rows]) for name in TEXTS})
    assert column.texts() == [read.one(row) for row in rows]
    assert column.words == read.codes


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("广东", "中国", None), "guangdong"),
        ((None, "中国", "+862162345679"), "shanghai"),  # finer, and within
        ((None, "US", "+862162345679"), "us"),  # finer, but elsewhere
        (("无", None, "13800138000"), "china"),
        (("华东", "CN", None), "east_china"),
        ((None, None, None), None),
        (("qqq", "nowhere", "12"), None),
    ],
)
def test_of_several_columns_the_first_counts_unless_a_later_one_is_finer(row, place):
    record = dict(zip(TEXTS, row, strict=True))
    assert Read("where", WHERE.columns, level="place").one(record) == place


def test_words_of_the_company_go_before_the_tables():
    read = Read("trade", {"industry": "industry"}, {"储能": "utilities", "软件": "science"})
    said = [read.told("industry", text).value for text in ("储能", " 储能 ", "软件", "银行")]
    assert said == ["utilities", "utilities", "science", "finance"]
    where = Read("where", {"city": "place"}, {"总部": "shanghai"})
    assert where.one({"city": "总部"}) == "east_china"


def test_what_a_table_lacks_is_left_out():
    assert WHERE.among(["phone", "id"]).columns == {"phone": "phone"}
    with pytest.raises(MissingColumnError, match="province"):
        WHERE.among(["provinc", "id"])


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: Read("x", {}), "read from no column"),
        (lambda: Read("x", {"a": "genders"}), "Did you mean 'gender'"),
        (lambda: Read("x", {"a": "gender", "b": "industry"}), "give no one field"),
        (lambda: Read("x", {"a": "gender"}, {"1": "mal"}), "Did you mean 'male'"),
        (lambda: Read("x", {"a": "birth_date"}, {"1": "male"}), "no code"),
        (lambda: needs_of([Bands("x", (), ("a",))], [Read("x", {"a": "gender"})]), "takes it for"),
    ],
)
def test_what_makes_no_field_is_refused(make, match):
    with pytest.raises(ConfigError, match=match):
        make()


def test_the_columns_that_are_needed_are_those_that_are_read():
    rule = Ladder((((F("where") == "china") & (F("orders") > 1), "a"),), "b")
    needs = {"orders": "number", "province": "text", "country": "text", "phone": "text"}
    assert needs_of([rule], [WHERE]) == needs
    assert needs_of([Choice("other", (), "a", "a")], [WHERE])["other"] == "text"


@pytest.mark.parametrize("holds", HOLDS)
def test_no_rows_and_rows_of_nothing(holds):
    read = Read("x", {"a": holds})
    for size in (0, 2):
        nothing = Codes(np.full(size, -1), ())
        column = fields_of({"a": nothing}, [read])["x"]
        assert len(getattr(column, "at", column)) == size
    assert read.one({"a": None}) is None


def test_codes_of_an_industry_and_its_words_give_one_field():
    read = Read("trade", {"code": "gbt4754", "industry": "industry"})
    assert read.one({"code": "C39", "industry": "银行"}) == "manufacturing"
    assert read.one({"code": "?", "industry": "银行"}) == "finance"


def test_a_read_survives_json():
    spec = Membership("m", Choice("where", (("asia", "a"),), "b", "b"), (WHERE,))
    assert cs.load(json.dumps(cs.dump(spec))) == spec
