import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values.feedback.reading import KINDS, Reader

READER = Reader.of()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "other"),
        ("？？", "enquiry"),
        ("没有任何问题，很满意", "praise"),
        ("No complaints at all", "praise"),
        ("問一下，可以刷卡嗎？", "enquiry"),
        ("客服態度差", "complaint"),
        ("一" * 20_000, "other"),
    ],
)
def test_texts_are_of_a_kind(text, kind):
    assert READER.read(text).kind == kind


def test_scores_are_shares_and_from_a_half_a_text_is_of_a_kind():
    said = READER.read("菜很好吃，建议增加儿童座椅")
    assert said.kinds == ("suggestion", "praise")
    assert {kind for kind, score in said.scores.items() if score >= 0.5} == set(said.kinds)
    assert set(said.scores) == set(KINDS)
    assert READER.read("好的").scores["other"] > 0.5


def test_harm_that_is_denied_is_none():
    assert READER.read("摔了一跤，受伤了").rules == ("safety",)
    assert READER.read("还好没受伤").rules == ()
    assert READER.read("not dangerous").rules == ()


def test_a_denied_praise_is_blame_and_a_denied_fault_is_none():
    assert READER.read("不专业").kind == "complaint"
    assert READER.read("never broke").strengths[0] == 0


def test_words_are_those_of_the_text():
    said = READER.read("I want a REFUND, my money back")
    assert said.words["rule:refund"] == ("refund", "money back")


def test_a_reader_of_feelings_may_be_any():
    asked = []

    def feeling(text):
        asked.append(text)
        return -1.0

    assert Reader(READER.phrases, feeling).read("the moon").kind == "complaint"
    assert asked == ["the moon"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_has_an_answer(text):
    said = READER.read(text)
    assert said.kind in KINDS
    assert all(0 <= score <= 1 for score in said.scores.values())
    assert READER.read(text) == said
