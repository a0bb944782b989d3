import pytest

import custseg as cs
from custseg.features import Sentiment, profile_report


def profiled(*said, **more):
    rows = [{"customer_id": "a", "at": "2026-01-05", **each} for each in said]
    return profile_report([{"customer_id": "a"}], feedback=rows, as_of="2026-01-31", **more)


def row(*said, **more):
    return profiled(*said, **more).table[0]


@pytest.mark.parametrize(
    ("scale", "score", "share"),
    [
        ("csat", 1, 0),
        ("CSAT", 4, 75),
        ("nps", 0, 0),
        ("nps", 7, 70),
        ("stars", 5, 100),
        ("星级", 3, 50),
        ("percent", 62.5, 62.5),
    ],
)
def test_scores_of_every_scale_are_put_on_0_to_100(scale, score, share):
    assert row({"scale": scale, "score": score})["satisfaction"] == share


def test_scores_that_cannot_be_are_noted():
    found = profiled(
        {"scale": "csat", "score": 6}, {"scale": "csat", "score": 0}, {"scale": "odd", "score": 3}
    )
    assert found.table[0]["satisfaction"] is None
    notes = {"score_without_scale": 1, "score_outside_scale": 2}
    assert found.report.tables[0].notes == notes


def test_a_table_without_scales_has_the_companys():
    assert row({"score": 4})["satisfaction"] is None
    assert row({"score": 4}, conventions=cs.Conventions(scale="stars"))["satisfaction"] == 75


def test_the_latest_counts_and_the_trend_is_against_all_before():
    found = row(
        {"scale": "csat", "score": 5, "at": "2026-01-01"},
        {"scale": "csat", "score": 3, "at": "2026-01-02"},
        {"scale": "nps", "score": 2, "at": "2026-01-03 10:00"},
        {"scale": "nps", "score": 10, "at": "2026-02-03"},
    )
    assert (found["satisfaction"], found["satisfaction_trend"]) == (20.0, 20.0 - 75.0)


def test_one_moment_has_no_trend_and_its_scores_are_equals():
    found = row({"scale": "nps", "score": 2}, {"scale": "nps", "score": 5})
    assert (found["satisfaction"], found["satisfaction_trend"]) == (35.0, None)


def test_complaints_are_counted_in_both_languages():
    kinds = ("complaint", "投诉", "Complaints", "praise", None)
    assert row(*({"kind": kind} for kind in kinds))["complaints"] == 3
    own = cs.Conventions(complaints="ticket")
    assert row({"kind": "Ticket"}, conventions=own)["complaints"] == 1


def test_the_latest_words_that_show_a_feeling_count():
    found = row(
        {"text": "terrible, very bad", "at": "2026-01-01"},
        {"text": "服务很好，非常满意", "at": "2026-01-02"},
        {"text": "when do you open?", "at": "2026-01-03"},
    )
    assert found["sentiment"] > 0.5


def test_old_words_can_be_left_behind():
    said = {"text": "terrible, very bad", "at": "2026-01-01"}
    assert row(said, sentiment=Sentiment(within_days=30))["sentiment"] is None
    assert row(said, sentiment=Sentiment(within_days=31))["sentiment"] < 0


def test_a_reader_of_ones_own_is_asked_once_for_each_text():
    asked = []

    class Reader:
        within_days = None

        def of(self, text):
            asked.append(text)
            return 0.25

    found = row(
        {"text": "x"}, {"text": "x"}, {"text": "later", "at": "2026-09-01"}, sentiment=Reader()
    )
    assert (found["sentiment"], asked) == (0.25, ["x"])
