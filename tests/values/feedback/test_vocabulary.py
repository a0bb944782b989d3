import pytest

from custseg.values.feedback import vocabulary
from custseg.values.phrases import GAP


def every():
    tables = [vocabulary.signs(), vocabulary.rules(), vocabulary.topics()]
    return [*tables, *vocabulary.packs().values()]


def test_every_word_is_written_as_texts_are_compared():
    wrong = [
        word
        for lists in every()
        for words in lists.values()
        for word in words
        for part in word.split(GAP)
        if part and vocabulary.folded(part) != part
    ]
    assert not wrong


def test_no_list_holds_a_word_twice_and_none_is_empty():
    for lists in every():
        for name, words in lists.items():
            assert words, name
            assert "" not in words, name
            assert len(set(words)) == len(words), name


def test_every_list_speaks_both_languages():
    for lists in every():
        for name, words in lists.items():
            assert {word.isascii() for word in words} == {True, False}, name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  ＡＰＩ　報錯 ", "api 报错"),
        ("Don’t", "don't"),
        ("「好」", '"好"'),
        ("", None),
        (None, None),
        ("\u200b", None),
    ],
)
def test_texts_are_folded(text, folded):
    assert vocabulary.folded(text) == folded


def test_a_longer_phrase_lends_only_what_its_family_does_not_say():
    lists = (
        ("sign:praise", ("no refund needed",)),
        ("sign:complaint", ("refund",)),
        ("topic:after_sales", ("refund",)),
    )
    ((senses, _, _),) = vocabulary.compiled(lists).find("no refund needed")
    assert senses == ("sign:praise", "topic:after_sales")


def test_parts_of_words_lend_nothing():
    lists = (("rule:media", ("reporter",)), ("topic:features", ("report",)))
    ((senses, _, _),) = vocabulary.compiled(lists).find("reporter")
    assert senses == ("rule:media",)
