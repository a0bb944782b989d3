"""One key for names that are said alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values.sounds import key

ALIKE = (
    (
        "王小明",
        "王曉明",
        "王晓明",
        "Wang Xiaoming",
        "Xiaoming Wang",
        "WANG Xiao-Ming",
        "王 小 明 先生",
    ),
    ("王小明", "Wang, Xiaoming", "Wang Xiao Ming", "王小明 (David Wang)", "Xiǎomíng Wáng"),
    ("张三", "張三", "Zhang San", "San Zhang"),
    ("单雄信", "單雄信", "Shan Xiongxin"),
    ("查良镛", "查良鏞", "Zha Liangyong", "Liangyong Zha"),
    ("仇和", "Qiu He"),
    ("解晓东", "Xie Xiaodong", "解曉東"),
    ("区志航", "Ou Zhihang"),
    ("曾国藩", "Zeng Guofan"),
    ("任志强", "Ren Zhiqiang"),
    ("华罗庚", "Hua Luogeng"),
    ("翟天临", "Zhai Tianlin"),
    ("欧阳娜娜", "歐陽娜娜", "Ouyang Nana", "Nana Ouyang", "Ou Yang Na Na"),
    ("尉迟恭", "尉遲恭", "Yuchi Gong", "Gong Yuchi"),
    ("万俟卨", "Moqi Xie"),
    ("长孙无忌", "長孫無忌", "Zhangsun Wuji"),
    ("吕布", "呂布", "Lv Bu", "Lyu Bu", "Lü Bu"),
    ("佐々木", "佐佐木"),
    ("上海万科房地产有限公司", "上海市萬科房地產有限責任公司"),
    ("Catherine Smith", "Smyth, Katharine", "Kathryn Smith", "Ms Kathryn Smith"),
    ("Jon Meyer", "John Meier", "John Maier"),
    ("Stephen Thomson", "Steven Thompson"),
    ("Jürgen Müller", "Jurgen Muller", "Juergen Mueller"),
    ("Philip", "Phillip", "Filip"),
    ("Acme Trading Co., Ltd.", "ACME Trading"),
)
APART = (
    ("王小明", "王小红"),
    ("王小明", "汪晓鸣先"),
    ("单", "丹"),
    ("李娜", "李安"),
    ("John Smith", "Jane Smith"),
    ("Mary", "Marc"),
    ("Gary", "Carry"),
)


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names[1])
def test_names_that_are_said_alike_have_one_key(names: tuple[str, ...]) -> None:
    assert {key(name) for name in names} == {key(names[0])}
    assert key(names[0]) is not None


@pytest.mark.parametrize("names", APART, ids=lambda names: names[1])
def test_names_that_are_said_otherwise_have_others(names: tuple[str, str]) -> None:
    assert key(names[0]) != key(names[1])


@pytest.mark.parametrize(
    "text", [None, "", "  ", "暂无", "N/A", "罗总", "陈女士", "guest", "张*明", "***"]
)
def test_what_is_no_name_has_none(text: str | None) -> None:
    assert key(text) is None


def test_an_unknown_character_stands_for_itself() -> None:
    assert key("王\u9f98") != key("王\u9fa0")


@given(st.text(max_size=30))
def test_any_text_has_an_answer(text: str) -> None:
    found = key(text)
    assert found is None or found
