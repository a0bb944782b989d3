"""What holds for every reader and any text: it answers, and reading twice is reading once."""

import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custseg.values import (
    addresses,
    companies,
    dates,
    divisions,
    emails,
    identifiers,
    junk,
    names,
    phones,
    registers,
    social,
    sounds,
)
from custseg.values.lexicon import polarity
from custseg.values.reading import Reading
from custseg.values.text import close_gaps, plain, tidy

READERS: dict[str, Callable[[str | None], Reading]] = {
    "address": addresses.read,
    "division": divisions.read,
    "lei": registers.read_lei,
    "vat": registers.read_vat,
    "social": social.read,
    "wechat": lambda text: social.read(text, "wechat"),
    "company": companies.read,
    "email": emails.read,
    "id_card": identifiers.read_id_card,
    "person": names.read,
    "phone": phones.read,
    "phone US": lambda text: phones.read(text, "US"),
    "phone GB": lambda text: phones.read(text, "GB"),
    "phone anywhere": lambda text: phones.read(text, None),
    "uscc": identifiers.read_uscc,
}
_PIECES = st.sampled_from(
    [
        *"0123456789+-()/;,. x转@*·&",
        *"王欧阳小明李总董先生女士有限公司集团北京市上海省分公司",
        *"省市区县路号朝阳台湾臺灣",
        *[
            "微信号：",
            "QQ:",
            "linkedin.com/in/",
            "&amp;",
            "Ã¼",
            "寮犱笁",
            "%E7%8E%8B",
            "DE136695976",
        ],
        *"株式会社（）　１２３＠ａ农历初一二十年月日",
        *["+86", "0086", "138", "13800138000", "021", "6234", "先生", "总经理", "有限公司", "Mr. "],
        *[
            "Dr ",
            ", Jr",
            ", PhD",
            "Ltd",
            "GmbH & Co. KG",
            "S.A.",
            "test@",
            "gmail.com",
            "ext",
            " or ",
        ],
        *[
            "(0)",
            "00000000",
            "12345678",
            "暂无",
            "N/A",
            "\u200b",
            "\ufe0f",
            "e\u0301",
            "ß",
            "İ",
            "ﬁ",
        ],
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=string.digits + "+-() ./x;", max_size=24),
    st.lists(_PIECES, max_size=10).map("".join),
)


@pytest.mark.parametrize("kind", READERS)
@given(text=TEXTS)
@example(text="")
@example(text="\u200b")
@example(text="13800138000/13900139000")
@example(text="a@b.cn; c@d.cn")
def test_reading_twice_is_reading_once(kind: str, text: str):
    first = READERS[kind](text)
    again = READERS[kind](first.value)
    assert (again.value, again.key) == (first.value, first.key)


@pytest.mark.parametrize("kind", READERS)
@given(text=TEXTS)
def test_what_is_missing_has_a_reason_and_no_key(kind: str, text: str):
    reading = READERS[kind](text)
    if reading.value is None or reading.key is None:
        assert reading.problem is not None
    if reading.value is None:
        assert reading.key is None
    assert reading.value != ""
    assert reading.key != ""


@pytest.mark.parametrize("kind", READERS)
def test_a_value_that_is_not_there_is_no_problem(kind: str):
    assert READERS[kind](None) == Reading()


@given(text=TEXTS)
def test_dates_answer_with_a_day_or_a_problem(text: str):
    for order in ("dmy", "mdy"):
        day, problem = dates.read(text, order=order)
        assert day is not None or problem is not None


@given(text=TEXTS)
def test_a_day_that_was_read_is_read_again(text: str):
    day, _ = dates.read(text)
    if day is not None:
        assert dates.read(day.isoformat()) == (day, None)


@given(text=TEXTS)
def test_text_is_tidied_once_and_for_all(text: str):
    clean = tidy(text)
    assert tidy(clean) == clean
    assert plain(plain(text)) == plain(text)
    assert close_gaps(close_gaps(text)) == close_gaps(text)


@given(text=TEXTS)
def test_junk_and_polarity_answer_on_anything(text: str):
    assert junk.problem(text) in {
        None,
        "blank",
        "placeholder",
        "repeated_digits",
        "sequential_digits",
        "lost_characters",
    }
    found = polarity(text)
    assert found is None or -1.0 <= found <= 1.0


@given(TEXTS)
def test_a_sound_has_no_blanks_around(text: str) -> None:
    found = sounds.key(text)
    assert found is None or (found == found.strip() and found)
