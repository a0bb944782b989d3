"""Misread text is brought back where that is certain, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import companies, emails, junk, names
from custseg.values.mojibake import lost, repair

WRITTEN = [
    "张三",
    "欧阳娜娜",
    "上海万科房地产有限公司",
    "王小明和李四",
    "北京市朝阳区",
    "陳大文臺灣",
]


@pytest.mark.parametrize("text", [text for text in WRITTEN if len(text) % 2 == 0])
def test_utf8_read_as_gbk(text: str) -> None:
    assert repair(text.encode().decode("gb18030")) == text


@pytest.mark.parametrize("text", [*WRITTEN, "Müller", "José Peña", "Łódź", "Ærø", "L’Oréal", "ü"])
def test_utf8_read_as_windows_1252(text: str) -> None:
    raw = text.encode("utf-8")
    assert repair("".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)) == text
    assert repair(raw.decode("latin-1")) == text


def test_misread_twice_comes_back() -> None:
    twice = "Müller".encode().decode("latin-1").encode().decode("latin-1")
    assert repair(twice) == "Müller"


@pytest.mark.parametrize("text", ["王小明", "上海万科", "王小明 Wang"])
def test_gbk_read_as_latin(text: str) -> None:
    assert repair(text.encode("gb2312").decode("latin-1")) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AT&amp;T", "AT&T"),
        ("&#29579;&#23567;&#26126;", "王小明"),
        ("\\u738b\\u5c0f\\u660e", "王小明"),
        ("%E7%8E%8B%E5%B0%8F", "王小"),
        ("L&amp;#39;Or\u00c3\u00a9al", "L'Oréal"),
    ],
)
def test_what_was_escaped_comes_back(text: str, found: str) -> None:
    assert repair(text) == found


RIGHT = (
    "Müller,IRMÃ,NÃO,São Paulo,50% off,R&D,联通,模板,濮阳市,淇县,涓涓,喆,陳大文,臺灣積體電路"
    ",10 °C,½ €,Ünal Öz,ÄÖÜ,浠水县,鍾楚紅,\\users,100%,a&b;c"
)


@pytest.mark.parametrize("text", RIGHT.split(","))
def test_what_is_right_is_left_alone(text: str) -> None:
    assert repair(text) is None


def test_destroyed_text_is_told() -> None:
    assert lost("锟斤拷")
    assert lost("王\ufffd明")
    assert not lost("王小明")
    assert junk.problem("锟斤拷锟斤拷") == "lost_characters"
    assert names.read("王\ufffd明").problem == "lost_characters"
    assert names.read("王\ufffd明").key is None


def test_readers_read_what_was_written() -> None:
    assert names.read("寮犱笁").value == "张三"
    assert names.read("MÃ¼ller, JÃ¼rgen").value == "Jürgen Müller"
    assert companies.read("AT&amp;T Inc.").key == "at and t"
    misread = "杭州网易有限公司".encode().decode("gb18030")
    assert companies.read(misread).key == "杭州网易"
    assert emails.read("a&#64;qq.com").value == "a@qq.com"


@given(st.text(alphabet=st.characters(codec="gb2312", min_codepoint=0x4E00), max_size=12))
def test_plain_chinese_is_never_taken_for_misread(text: str) -> None:
    assert repair(text) is None


@given(st.text(max_size=20))
def test_repaired_text_needs_no_repair(text: str) -> None:
    found = repair(text)
    assert found is None or found != text
