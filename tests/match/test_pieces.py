import numpy as np
import pytest

from custseg._typing import Codes
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
