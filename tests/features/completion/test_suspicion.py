"""Placeholders that are told by their outer letters: none is missed."""

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from custseg.features.completion.suspicion import doubtful
from custseg.frames.letters import letters_of
from custseg.values import junk
from custseg.values.tables import table

WORDS = st.sampled_from(table("junk")["chinese"] + table("junk")["others"])
UNSEEN = st.sampled_from(["", " ", "\u200b", "\u00ad", "\u3000", "-", "(", ".", "\u0301"])
LETTERS = st.text(st.sampled_from("nNaA/Ｎ0189 中无\u200bＡéı"), min_size=1, max_size=6)


@st.composite
def disguised(draw):
    word = draw(WORDS)
    word = draw(st.sampled_from([word, word.upper(), word.title()]))
    at = draw(st.integers(0, len(word)))
    return draw(UNSEEN) + word[:at] + draw(UNSEEN) + word[at:] + draw(UNSEEN)


@given(st.lists(disguised() | LETTERS | st.text(max_size=4) | WORDS, min_size=1))
@example(["00000000", "12345678", "0", "８７６５４３２１", "无 ", "ｎ/a", "n\u200ba"])
def test_what_is_not_doubtful_is_no_placeholder(texts):
    held = doubtful(letters_of(pa.array(texts, pa.string()))).tolist()
    assert not [
        text
        for text, doubt in zip(texts, held, strict=True)
        if text and not doubt and junk.problem(text)
    ]


def test_plain_texts_are_not_doubted():
    texts = ["user1@shop.cn", "Li Lei", "上海", "王小明", "Ulm", "2026-01-31 x", "A1"]
    assert not doubtful(letters_of(pa.array(texts))).any()
