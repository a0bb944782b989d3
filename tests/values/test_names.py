"""Names of persons: Chinese, Latin and both at once."""

import re

import pytest

from custseg.values import names
from custseg.values.reading import Reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("王小明", "王小明"),
        ("王 小 明", "王小明"),
        ("王　小明", "王小明"),
        ("王小明先生", "王小明"),
        ("王小明 女士", "王小明"),
        ("王小明总", "王小明"),
        ("王小明总经理", "王小明"),
        ("王小明经理先生", "王小明"),
        ("王\u200b小明", "王小明"),
        ("欧阳娜娜小姐", "欧阳娜娜"),
        ("陈总兵", "陈总兵"),
        ("张董", "张董"),
        ("李工", "李工"),
    ],
)
def test_chinese_names_lose_their_title_and_their_gaps(text: str, value: str):
    assert names.read(text).value == value


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("王总", "王"),
        ("罗先生", "罗"),
        ("欧阳女士", "欧阳"),
        ("王", "王"),
        ("张工", "张"),
        ("马总", "马"),
    ],
)
def test_a_surname_with_a_title_keeps_it_and_is_incomplete(text: str, key: str):
    assert names.read(text) == names.Reading(text, key, "incomplete_name")


@pytest.mark.parametrize("text", ["买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提 · 艾力"])
def test_the_dots_of_long_names_are_one_dot(text: str):
    assert names.read(text) == names.Reading("买买提·艾力", "买买提艾力")


@pytest.mark.parametrize(
    ("text", "value", "key"),
    [
        ("John Smith", "John Smith", "john smith"),
        ("Smith, John", "John Smith", "john smith"),
        ("SMITH John", "SMITH John", "john smith"),
        ("Mr. John Smith", "John Smith", "john smith"),
        ("Dr John Smith, PhD", "John Smith", "john smith"),
        ("Prof. Dr. Jürgen Müller", "Jürgen Müller", "jurgen muller"),
        ("John Smith, Jr.", "John Smith Jr.", "john jr smith"),
        ("Seán O'Brien", "Seán O'Brien", "obrien sean"),
        ("Seán O’Brien", "Seán O’Brien", "obrien sean"),
        ("Zhang San", "Zhang San", "san zhang"),
        ("San Zhang", "San Zhang", "san zhang"),
    ],
)
def test_latin_names_in_any_order(text: str, value: str, key: str):
    assert names.read(text) == names.Reading(value, key)


def test_father_and_son_stay_apart():
    assert names.read("John Smith Sr").key != names.read("John Smith Jr").key


@pytest.mark.parametrize("text", ["王小明 (David Wang)", "王小明（已离职）", "王小明David"])
def test_the_chinese_part_of_a_mixed_name_is_the_key(text: str):
    assert names.read(text).key == "王小明"


@pytest.mark.parametrize(
    "text",
    ["无", "测试", "客户", "匿名用户", "先生", "Test User", "n/a", "客户先生", "Mr. Unknown"],
)
def test_nobody_becomes_missing(text: str):
    assert names.read(text) == names.Reading(problem="placeholder")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("张*明", "masked"), ("王**", "masked"), ("13800138000", "invalid_characters")],
)
def test_what_is_no_name_is_never_a_key(text: str, problem: str):
    assert names.read(text) == names.Reading(text, None, problem)


def test_a_name_as_long_as_a_letter_is_refused():
    assert names.read("Mr " * 4000).problem == "invalid_length"
    assert names.read("先生" * 4000).problem == "invalid_length"


def test_surnames():
    assert names.surname("欧阳娜娜") == "欧阳"
    assert names.surname("爱新觉罗溥仪") == "爱新觉罗"
    assert names.surname("單雄信") == "單"
    assert names.surname("查良镛") == "查"
    assert names.surname("😀") is None
    assert names.surname("") is None
    assert names.surname(None) is None


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("田中 さくら", Reading("田中さくら", "田中さくら")),
        ("佐々木希", Reading("佐々木希", "佐佐木希")),
        ("陳大文", Reading("陳大文", "陈大文")),
        ("王小明/李四", Reading("王小明/李四", "王小明", "several_values")),
        ("李某某", Reading("李某某", None, "masked")),
        ("李某", Reading("李某", None, "masked")),
        ("李XX", Reading("李XX", None, "masked")),
        ("小王", Reading("小王", "小王", "incomplete_name")),
        ("老李", Reading("老李", "老李", "incomplete_name")),
        ("李先生（采购）", Reading("李先生(采购)", "李", "incomplete_name")),
        ("Dr. med. Hans Müller", Reading("Hans Müller", "hans muller")),
        ("Mr.", Reading(problem="placeholder")),
        ("NULL NULL", Reading(problem="placeholder")),
        ("阿凡提·买买提", Reading("阿凡提·买买提", "阿凡提买买提")),
        ("王小明 (David Wang)", Reading("王小明 (David Wang)", "王小明")),
    ],
)
def test_hard_names(text: str, reading: Reading) -> None:
    assert names.read(text) == reading


@pytest.mark.parametrize(
    "text",
    ["William Miller", "li wei", "ANNA TEST", "Guest User", "Mr Wang", "Test Test", "Ann Lee PhD"],
)
def test_plain_latin_names_are_read_as_slowly_read_ones(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = names.read(text)
    monkeypatch.setattr(names, "_QUICK_LATIN", re.compile("(?!)"))
    assert names.read(text) == quick


@pytest.mark.parametrize("text", ["张隆生", "李大师", "王建社", "王先生", "陈太太"])
def test_a_given_name_may_end_like_a_title(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = names.read(text)
    monkeypatch.setattr(names, "_QUICK", re.compile("(?!)"))
    assert names.read(text) == quick


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mr. SMITH, John", "John SMITH"),
        ("Smith, John, Jr.", "John Smith Jr."),
        ("Dr.-Ing. Hans Müller", "Hans Müller"),
        ("总经理 王明", "王明"),
        ("客户经理：李四", "李四"),
    ],
)
def test_titles_in_front_go_wherever_the_surname_stands(text: str, value: str) -> None:
    assert names.read(text).value == value


@pytest.mark.parametrize("text", ["前台", "客服", "财务", "微信用户", "先生/女士", "暂无联系方式"])
def test_desks_and_defaults_of_apps_are_nobody(text: str) -> None:
    assert names.read(text) == Reading(problem="placeholder")
