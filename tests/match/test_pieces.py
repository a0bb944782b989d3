import numpy as np
import pytest

from custseg._typing import Codes
from custseg.match import reading
from custseg.match.reading import Once, reader

CASES = [
    ("words", "Mr. John SMITH", "john smith"),
    ("words", "王曉明", "王晓明"),
    ("words", "N/A", None),
    ("name", "SMITH, John", "john smith"),
    ("name", "罗总", None),
    ("local", "li.lei@corp.cn", "li.lei"),
    ("local", "info@corp.cn", None),
    ("line", "021-62345678转801", "+862162345678"),
    ("last4", "021-62345678转801", "5678"),
    ("last4", "12345", None),
    ("first4", "New York", "new "),
    ("company4", "上海万科房地产有限公司", "上海万科"),
    ("brand", "上海万科房地产有限公司", "万科"),
    ("year", "1984-03-07", "1984"),
]


@pytest.mark.parametrize(("read", "text", "expected"), CASES)
def test_a_piece_is_cut_alike_from_a_value_and_from_a_column(read, text, expected):
    assert reader(read, "CN")(text) == expected
    column = Once({"it": Codes(np.array([0, -1]), (text,))}).normal("it", read, "CN")
    assert column.texts() == [expected, None]


def test_one_sound_in_two_scripts():
    sounds = {reader("sound")(text) for text in ("王小明", "王晓明", "Xiaoming Wang")}
    assert len(sounds) == 1


def test_a_value_is_parsed_once_whatever_is_cut_from_it(monkeypatch):
    asked: list[str] = []

    def parse(text: str) -> str:
        asked.append(text)
        return text.lower()

    monkeypatch.setattr(reading, "_SHARED", frozenset({parse}))
    once = Once({"it": Codes(np.array([1, 0, -1]), ("Ulm", "BONN"))})
    whole = once.parsed("it", parse, str)
    first = once.parsed("it", parse, lambda form: form[0] if form > "c" else None)
    assert (whole.texts(), first.texts()) == (["bonn", "ulm", None], [None, "u", None])
    assert asked == ["Ulm", "BONN"]
    once.forget()
    once.parsed("it", parse, str)
    assert len(asked) == 4


@pytest.mark.parametrize("read", ["words", "surname", "name", "sound", "brand", "company", "date"])
@pytest.mark.parametrize(
    "text", ["Mr. John O'Brien-Smith", "欧阳娜娜", "上海万科有限公司", "3/4/2024", "无"]
)
def test_forms_are_the_same_whichever_was_asked_for_first(read, text):
    column = Codes(np.array([0]), (text,))
    once = Once({"it": column})
    for other in ("words", "company", "date"):
        once.normal("it", other, None)
    assert once.normal("it", read, None).texts() == [reader(read)(text)]
