"""Whatever reads texts answers missing ones with nothing and refuses what is no text."""

import math

import pandas as pd
import pytest

from custseg.errors import DataError, MissingColumnError
from custseg.features import LearnedSentiment, Sentiment

ROWS = [{"text": "又离线", "label": 0}, {"text": "上门修好", "label": 1}] * 6
READERS = {"lists": Sentiment(), "model": LearnedSentiment().fit(ROWS)}
MISSING = [None, math.nan, pd.NA, pd.NaT, ""]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("text", MISSING)
def test_a_missing_text_says_nothing(reader, text):
    assert reader.of(text) is None
    assert reader.explain(text).decision["sentiment"] is None


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(("text", "hint"), [(5, "int"), (0, "int"), (b"", "decode"), ([1], "list")])
def test_what_is_no_text_is_refused(reader, text, hint):
    for read in (reader.of, reader.explain):
        with pytest.raises(DataError, match=hint):
            read(text)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("kind", [object, "string"])
def test_a_series_with_gaps_is_mapped(reader, kind):
    said = pd.Series(["很好", None, math.nan, pd.NA, "太差"], dtype=kind)
    found = said.map(reader.of)
    assert found.isna().tolist() == [False, True, True, True, False]
    assert found[4] < 0 < found[0]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_half_a_character_breaks_nothing(reader):
    assert reader.of("\ud83d 很好") > 0


def test_a_record_is_explained_as_the_table_reads_it():
    model = READERS["model"]
    with pytest.raises(MissingColumnError, match="text"):
        model.explain({"txt": "很好"})
    for text in ("很好", None, math.nan, 7):
        told = model.explain({"text": text}).decision["praise_probability"]
        one = model.one({"text": text})["praise_probability"]
        assert told == one or (told is None and (one is None or math.isnan(one)))
