from hypothesis import given
from hypothesis import strategies as st

from custseg.values.sentiment.tries import one_pattern

WORDS = st.lists(st.text("ab不好!", min_size=1, max_size=4), min_size=1, max_size=8)


@given(words=WORDS)
def test_every_word_is_found_whole(words: list[str]):
    pattern = one_pattern(words)
    for word in words:
        found = pattern.match(word)
        assert found is not None
        assert found[0] == word


def test_the_longest_counts_and_latin_words_are_whole():
    pattern = one_pattern(["no", "no good", "不", "不好"])
    assert pattern.findall("no good, not 不好不") == ["no good", "not", "不好", "不"]
