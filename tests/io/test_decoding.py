"""Bytes as text: whole files and mixed ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.io.decoding import decoded

CHINESE = "订单编号,买家\n1,联通\n2,中国移动\n3,重碎叠\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
    ],
)
def test_a_file_in_one_encoding_is_read_whole(encoding: str, told: str) -> None:
    found = decoded(CHINESE.encode(encoding))
    assert (found.text, found.encoding, found.lost) == (CHINESE, told, 0)


def test_lines_that_are_utf8_by_chance_are_read_like_the_others() -> None:
    """Both bytes of 联 and 通 in GBK are also letters of UTF-8."""
    found = decoded("客户\n联通\n电信\n".encode("gbk"))
    assert found.text == "客户\n联通\n电信\n"


@pytest.mark.parametrize("older", [0, 3])
def test_mixed_files_are_read_line_by_line(older: int) -> None:
    lines = [f"{n},买家{n},北京市海淀区" for n in range(6)]
    held = b"\n".join(
        line.encode("gb18030" if n < older or n == 5 else "utf-8") for n, line in enumerate(lines)
    )
    found = decoded(held)
    assert found.text == "\n".join(lines)
    assert found.encoding == "mixed"
    assert dict(found.lines) == {"utf-8": 5 - older, "gb18030": 1 + older}


def test_a_western_file_is_not_read_as_chinese() -> None:
    text = "name,city\nMüller,Köln\nJosé,Málaga\n"
    found = decoded(text.encode("cp1252"))
    assert (found.text, found.encoding) == (text, "cp1252")


def test_bytes_that_nothing_explains_are_counted() -> None:
    found = decoded("客户\n王小明\n".encode() + b"\xff\xff\xff\n" + "张三\n".encode("gbk"))
    assert found.lost == 1
    assert "张三" in found.text


@given(st.text(alphabet=st.characters(codec="gb18030", exclude_characters="\ufeff\x00")))
def test_utf8_is_always_read_as_it_was_written(text: str) -> None:
    assert decoded(("客户" + text).encode()).text == "客户" + text
