"""What each rule does to a word, in figures."""

import pytest

from custseg.values.lexicon import opinion, polarity


def values(text: str) -> list[float]:
    return [round(said.value, 3) for said in opinion(text).words]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("满意", [1.0]),
        ("非常喜欢", [1.5]),
        ("不喜欢", [-1.0]),
        ("不满意", [-1.0]),
        ("没有不满意", [0.6]),
        ("不便宜", [-0.9]),
        ("满意，但是慢", [0.6, -0.65]),
        ("虽然便宜，很漂亮", [0.7, 1.2]),
        ("性价比很高", [0.96]),
        ("价格不高", [0.6]),
        ("好丑", [-0.65]),
        ("希望便宜", [0.2]),
        ("漂亮吗", []),
        ("你觉得漂亮？", [0.3]),
        ("漂亮!", [1.1]),
        ("“漂亮”", [0.5]),
        ("not happy", [-0.9]),
        ("not very happy", [-0.675]),
        ("very happy", [1.5]),
        ("happy but slow", [0.6, -1.3]),
        ("never friendly or helpful", [-0.9, -0.9]),
        ("not smart, handsome, nor funny", [-0.9, -0.9, -0.9]),
        ("so HAPPY today", [1.875]),
        ("an awfully slow line", [-1.3]),
    ],
)
def test_words_where_they_stand(text: str, worth: list[float]):
    assert values(text) == worth


def test_score_and_confidence_of_figures():
    found = opinion("满意，但是慢")
    assert found.score == pytest.approx((0.6 - 0.65) / (1.25 + 1.0))
    assert found.confidence == pytest.approx(1.25 / 2.25 * (0.5 + 0.5 * 0.05 / 1.25))


def test_words_of_ones_own():
    assert polarity("丢包") is None
    assert polarity("丢包", {"丢包": -1.5}) == pytest.approx(-0.6)
    assert polarity("no mesh wifi", {"mesh": 1.0}) < 0
    assert polarity("满意", {"满意": 0.0}) is None
