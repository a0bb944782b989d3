from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
import plainprofile
from custseg.features import Sentiment, profile_report

AS_OF = "2026-01-31"
FEELING = {"terrible": -0.75, "bad": -0.333333, "fine": 0.1, "lovely": 0.9, "opens when?": None}
TOLD = (
    "sentiment",
    "sentiment_mean",
    "sentiment_worst",
    "sentiment_trend",
    "negative_share",
    "sentiment_texts",
)
START = datetime.fromisoformat("2026-01-01")


class Plain:
    within_days = None

    def of(self, text):
        return FEELING[text]


said = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from(["a", "b"]),
        "at": st.integers(0, 6).map(lambda n: START + timedelta(hours=9 * n)),
        "text": st.none() | st.sampled_from(sorted(FEELING)),
    }
)
ways = st.sampled_from([None, "inbound", "outbound", "out"])
talks = said.flatmap(lambda row: ways.map(lambda way: {**row, "direction": way}))


def told(row):
    return {name: row[name] for name in TOLD}


def profiled(**tables):
    people = [{"customer_id": "a"}, {"customer_id": "b"}]
    return profile_report(people, **tables, as_of=AS_OF, sentiment=Plain())


@given(st.lists(said, min_size=1), st.lists(talks, min_size=1), st.randoms())
def test_the_words_of_both_tables_are_what_plain_python_says(feedback, interactions, chance):
    heard = [row for row in interactions if row["direction"] not in {"outbound", "out"}]
    found = profiled(feedback=feedback, interactions=interactions)
    for row in found.table:
        own = [
            (one["at"], round(FEELING[one["text"]] * 1e6))
            for one in (*feedback, *heard)
            if one["customer_id"] == row["customer_id"] and FEELING.get(one["text"]) is not None
        ]
        assert told(row) == plainprofile.tone(own)
    mixed = {
        "feedback": chance.sample(feedback, len(feedback)),
        "interactions": chance.sample(interactions, len(interactions)),
    }
    assert [told(row) for row in profiled(**mixed).table] == [told(row) for row in found.table]


def test_without_a_column_of_texts_nothing_is_known_and_without_words_there_is_none():
    at = {"customer_id": "a", "at": "2026-01-05"}
    assert set(told(profiled(feedback=[at]).table[0]).values()) == {None}
    silent = told(profiled(feedback=[{**at, "text": None}]).table[0])
    assert silent == plainprofile.tone([])


def test_what_the_company_says_itself_is_left_out_and_noted():
    rows = [
        {"customer_id": "a", "at": "2026-01-05", "text": "lovely", "direction": "外呼"},
        {"customer_id": "a", "at": "2026-01-04", "text": "bad", "direction": None},
        {"customer_id": "a", "at": "2026-01-06", "text": None, "direction": "outbound"},
    ]
    found = profiled(interactions=rows)
    assert told(found.table[0]) == plainprofile.tone([(4, -333333)])
    assert found.report.table("interactions").notes == {"own_words": 1}
    assert "own words" in found.report.text()


def test_only_words_of_the_window_count():
    rows = [
        {"customer_id": "a", "at": "2026-01-01", "text": "terrible, very bad"},
        {"customer_id": "a", "at": "2026-01-20", "text": "服务很好，非常满意"},
    ]
    only = cs.profile(
        [{"customer_id": "a"}], feedback=rows, as_of=AS_OF, sentiment=Sentiment(within_days=20)
    )[0]
    assert only["sentiment_texts"] == 1
    assert only["sentiment_worst"] == only["sentiment_mean"] == only["sentiment"] > 0
    assert (only["negative_share"], only["sentiment_trend"]) == (0.0, None)


@pytest.mark.parametrize("column", ["text", "note"])
def test_texts_of_interactions_go_by_any_name(column):
    rows = [{"customer_id": "a", "at": "2026-01-05", column: "terrible"}]
    names = cs.Names(text=column)
    row = cs.profile([{"customer_id": "a"}], interactions=rows, names=names, as_of=AS_OF)[0]
    assert row["sentiment"] < 0


def test_a_text_of_both_tables_is_read_once():
    asked = []

    class Reader:
        within_days = None

        def of(self, text):
            asked.append(text)
            return 0.25

    rows = [{"customer_id": "a", "at": "2026-01-05", "text": "x"}]
    both = {"feedback": rows * 2, "interactions": rows}
    row = cs.profile([{"customer_id": "a"}], **both, as_of=AS_OF, sentiment=Reader())[0]
    assert (row["sentiment_texts"], asked) == (3, ["x"])
