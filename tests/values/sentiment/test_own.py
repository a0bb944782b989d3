"""Words of a company's own are found however they are spelt, and refused where they cannot be."""

import pytest

from custseg.errors import ConfigError
from custseg.features import Sentiment
from custseg.values.sentiment.own import own_words


def test_capitals_and_traditional_characters_are_found():
    tone = Sentiment(words={"VPN Down": -1, "斷線": -1.5, " ＬＡＧ ": -1})
    for text in ("the vpn down since noon", "VPN DOWN", "又断线", "又斷線", "lag"):
        assert tone.of(text) < 0, text
    assert own_words(tone.words) == tone.words


@pytest.mark.parametrize("worth", [float("nan"), float("inf"), 2.5, -9, None, "bad"])
def test_a_worth_that_cannot_be_is_refused(worth: object):
    with pytest.raises(ConfigError, match="word 1 must be a number from -2 to 2"):
        Sentiment(words={"lag": worth})


@pytest.mark.parametrize("word", ["", "  ", "\u200b", 5, None])
def test_a_word_that_is_none_is_refused(word: object):
    with pytest.raises(ConfigError, match="word 1 is blank"):
        Sentiment(words={word: 1.0})
