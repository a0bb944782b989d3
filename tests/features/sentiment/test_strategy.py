import pytest

import custseg as cs
from custseg.features import Sentiment
from custseg.values.lexicon import polarity


def test_it_reads_as_the_lists_do():
    assert Sentiment().of("服务很好") == polarity("服务很好")
    assert Sentiment(words={"丢包": -1}).of("丢包") == pytest.approx(-0.5)


def test_an_explanation_names_the_words_and_what_makes_one_doubt():
    said = Sentiment().explain("呵呵，服务不周到？")
    codes = [reason.code for reason in said.reasons]
    assert codes == ["negated_word", "unkind_word", "mark_of_irony", "asked_not_said"]
    assert "有反讽标记" in said.text("zh")
    assert said.decision["confidence"] < 0.3
    nothing = Sentiment().explain("明天开门")
    assert nothing.decision == {"sentiment": None, "confidence": 0.0}
    assert [reason.code for reason in nothing.reasons] == ["no_word_of_opinion"]


def test_a_kind_word_is_told_first_when_it_weighs_most():
    said = Sentiment().explain("质量非常完美，就是慢").as_dict()
    assert [reason["code"] for reason in said["reasons"]] == ["kind_word", "unkind_word"]
    assert "“完美”为正面" in Sentiment().explain("完美").text("zh")


def test_words_of_ones_own_count_in_a_profile():
    said = [{"customer_id": "a", "at": "2026-01-05", "text": "一直丢包"}]
    people = [{"customer_id": "a"}]
    found = [
        cs.profile(people, feedback=said, as_of="2026-01-31", sentiment=reader)[0]["sentiment"]
        for reader in (Sentiment(), Sentiment(words={"丢包": -1.0}))
    ]
    assert found == [None, -0.5]
