"""Polarity: hand-written sentences; the corpora are measured in benchmarks."""

import pytest

from custseg.values.lexicon import polarity


@pytest.mark.parametrize(
    "text",
    [
        "服务很好，非常满意",
        "物流很快，下次还会来",
        "没有瑕疵，质量不错",
        "不差",
        "Excellent product, highly recommended!",
        "Not bad at all",
        "The food was great and the staff friendly.",
        "I have no complaints",
    ],
)
def test_praise(text: str):
    assert polarity(text) > 0


@pytest.mark.parametrize(
    "text",
    [
        "太差了，再也不来了",
        "不好吃",
        "不满意",
        "质量不好，要求退款",
        "客服态度好，但是质量太差，垃圾",
        "This is not good.",
        "Terrible service, I want a refund",
        "didn't like it",
        "waste of money",
    ],
)
def test_blame(text: str):
    assert polarity(text) < 0


@pytest.mark.parametrize(
    "text", [None, "", "   ", "请问几点开门", "What time do you open?", "12345"]
)
def test_no_opinion_is_not_a_neutral_one(text: str | None):
    assert polarity(text) is None


def test_a_degree_strengthens():
    assert polarity("非常满意") > polarity("满意") > polarity("有点满意")


def test_both_scripts_in_one_text():
    assert polarity("质量 very good，很满意") > polarity("很满意")
