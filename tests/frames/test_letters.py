"""Outer letters of texts, beside Python's own."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.frames import table
from custseg.frames.letters import letters_of
from everykind import KINDS, as_table

TEXTS = st.lists(st.none() | st.text(max_size=5) | st.text("a中é𠀀 ", max_size=4), max_size=12)


def point(letter):
    if letter.isascii():
        return ord(letter)
    return ord(letter) if "\u4e00" <= letter <= "\u9fff" else -1


def outer(text):
    if not text:
        return (0, 0, 0)
    second = text[1:2] if text[0].isascii() else ""
    return (
        point(text[0]),
        (ord(second) if second.isascii() else -1) if second else 0,
        point(text[-1]),
    )


def found(array):
    letters = letters_of(array)
    return list(
        zip(letters.first.tolist(), letters.second.tolist(), letters.last.tolist(), strict=True)
    )


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
@given(texts=TEXTS)
def test_outer_letters_are_those_of_python(kind, texts):
    assert found(pa.array(texts, kind)) == list(map(outer, texts))


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_chunks_and_slices_are_read_as_they_stand(one, other, start):
    whole = pa.chunked_array([pa.array(part, pa.string()) for part in (one, other)])
    assert found(whole[start:]) == list(map(outer, [*one, *other][start:]))


def test_more_rows_than_a_block():
    texts = ["中a", "b"] * 40_000
    assert found(pa.array(texts)) == list(map(outer, texts))


@pytest.mark.parametrize("kind", KINDS)
def test_columns_know_whether_they_hold_texts(kind):
    rows = [{"name": "Ulm", "n": 1.5}, {"name": None, "n": None}]
    opened = table(as_table(kind, rows, {"name": "text", "n": "number"}))
    opened = opened.select(opened.columns)
    assert (opened.wordless("name"), opened.wordless("n")) == (False, True)
    assert opened.letters("n") is None
    letters = opened.letters("name")
    assert letters is None or letters.there.tolist() == [True, False]
