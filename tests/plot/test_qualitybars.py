import pytest

from custseg.clean import Cleaner, quality
from custseg.plot import quality_bars

ROWS = [
    {"phone": "13800138000", "email": None},
    {"phone": "12345", "email": "n/a"},
    {"phone": "暂无", "email": "li@qq.com"},
    {"phone": "13900139000", "email": "li@"},
]


def test_bars_are_shares_that_add_up_to_one():
    found = quality(ROWS, Cleaner.preset("zh"))
    ax = quality_bars(found)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["phone", "email"]
    shares = {box.get_label(): [bar.get_width() for bar in box] for box in ax.containers}
    assert shares == {
        "valid": [0.5, 0.25],
        "invalid": [0.25, 0.25],
        "placeholder": [0.25, 0.25],
        "missing": [0.0, 0.25],
    }


@pytest.mark.parametrize("rows", [[], [{"a": 1}]])
def test_nothing_to_show(rows):
    assert quality_bars(quality(rows, Cleaner())).get_yticklabels() == []


def test_words_in_chinese():
    ax = quality_bars(quality(ROWS, Cleaner.preset("zh")), locale="zh")
    assert ax.get_title(loc="left") == "各字段有多少可用"
    assert [text.get_text() for text in ax.get_legend().get_texts()][:2] == ["有效", "无效"]
