"""What says nothing."""

import pytest

from custseg.values import junk


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "暂无",
        "（无）",
        "N/A",
        "#N/A",
        "n.a.",
        "NULL",
        "Select",
        "-- select --",
        "请选择",
        "---",
        "？",
        "未填写",
        "xxx",
    ],
)
def test_placeholders(text: str):
    assert junk.placeholder(text)
    assert junk.problem(text) == "placeholder"


@pytest.mark.parametrize(
    "text", ["无锡", "无忌", "Selby", "Nantes", "Not Sure", "Other", "0", "A-1"]
)
def test_words_that_only_look_like_it(text: str):
    assert not junk.placeholder(text)
    assert junk.problem(text) is None


def test_missing_is_not_a_placeholder():
    assert not junk.placeholder(None)
    assert not junk.placeholder(" ")
    assert junk.problem(None) is None


@pytest.mark.parametrize("text", ["00000", "00000000", "11111111111"])
def test_one_digit_over_and_over(text: str):
    assert junk.problem(text) == "repeated_digits"


@pytest.mark.parametrize("text", ["12345678", "12345678901", "987654321", "1234567890"])
def test_a_run_of_digits(text: str):
    assert junk.problem(text) == "sequential_digits"


@pytest.mark.parametrize("text", ["0000", "12345", "123456", "22222", "2024", "110101"])
def test_short_numbers_may_be_true(text: str):
    assert junk.problem(text) is None


@pytest.mark.parametrize(
    ("text", "is_masked"), [("张*", True), ("1×3", True), ("a*b@c.cn", True), ("5 stars", False)]
)
def test_masked(text: str, is_masked: bool):
    assert junk.masked(text) is is_masked
