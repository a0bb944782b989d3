"""Each kind of column has a reader, and it says the same on what it wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.clean.readers import RULES, reader
from custseg.values.columns import KINDS

TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789-/.+ 年月日王李总先生有限公司北京@aco", max_size=20),
)


@pytest.mark.parametrize("region", ["CN", "US", None])
@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS)
def test_reading_twice_is_reading_once(kind, region, text):
    read = reader(kind, region)
    first = read(text)
    again = read(first.value) if first.value is not None else first
    assert (again.value, again.key) == (first.value, first.key)
    assert first.valid or first.problem


def test_every_kind_has_a_rule():
    assert set(RULES) == set(KINDS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("上海 万科房地产有限公司", "上海万科房地产有限公司"),
        ("王 小 明 先生", "王小明"),
        ("Mr. John Smith", "John Smith"),
        ("Acme, Inc.", "Acme, Inc."),
    ],
)
def test_a_name_is_read_as_what_it_is(text, value):
    assert reader("name", "CN")(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("Select", None, "placeholder"),
        ("00000", None, "repeated_digits"),
        ("22222", "22222", None),
        ("  Mumbai ", "Mumbai", None),
    ],
)
def test_any_text(text, value, problem):
    reading = reader("text", None)(text)
    assert (reading.value, reading.problem) == (value, problem)


def test_the_region_orders_day_and_month():
    assert reader("date", "US")("02/03/2024").value == "2024-02-03"
    assert reader("date", "CN")("02/03/2024").value == "2024-03-02"


def test_a_date_that_is_none_stays_as_it_is():
    reading = reader("date", "CN")("2023-02-29")
    assert (reading.value, reading.key, reading.problem) == ("2023-02-29", None, "impossible_date")
