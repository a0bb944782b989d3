import pytest

from custseg.values.phrases import REACH, Phrases


def found(lists, text):
    return [(senses, text[start:end]) for senses, start, end in Phrases.of(lists).find(text)]


def test_the_longest_phrase_takes_back_what_a_shorter_one_says():
    lists = {"bad": ["问题"], "good": ["没有问题"]}
    assert found(lists, "没有问题。有问题") == [(("good",), "没有问题"), (("bad",), "问题")]


@pytest.mark.parametrize("text", ["unrefunded", "refunds", "refund2"])
def test_english_words_are_whole_words(text):
    assert found({"money": ["refund"]}, text) == []


def test_english_words_stand_between_chinese_ones():
    assert found({"tech": ["api"]}, "你们的api挂了") == [(("tech",), "api")]


def test_a_gap_spans_some_words_of_one_sentence():
    lists = {"ordeal": ["waited…hours", "等了…小时"]}
    assert found(lists, "we waited for three hours") == [(("ordeal",), "waited for three hours")]
    assert found(lists, "等了整整三个小时") == [(("ordeal",), "等了整整三个小时")]
    assert found(lists, "we waited. it took hours") == []
    assert found(lists, "hours later we waited") == []
    assert found(lists, "waited" + " x" * REACH + " hours") == []


def test_a_phrase_may_be_in_several_lists():
    assert found({"a": ["x y"], "b": ["x y"]}, "x y") == [(("a", "b"), "x y")]


@pytest.mark.parametrize("phrase", ["…天内", "天内…"])
def test_a_gap_at_an_end_is_none(phrase):
    assert found({"soon": [phrase]}, "三天内") == [(("soon",), "天内")]


def test_nothing_is_found_by_no_lists():
    assert found({}, "anything. at all") == []
