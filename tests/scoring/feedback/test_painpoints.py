import json
import random

import pytest

from custseg.checks.kinds import as_kind, kinds
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.scoring import topics

LATE = "都五天了怎么还不发货"
DEAR = "太贵了，坑人"
SAID = [
    {"customer_id": "a", "at": "2026-06-29", "text": LATE},
    {"customer_id": "b", "at": "2026-06-20", "text": LATE},
    {"customer_id": "b", "at": "2026-05-21", "text": DEAR},
    {"customer_id": "c", "at": "2026-05-25", "text": LATE},
    {"customer_id": "c", "at": "2026-05-02", "text": "物流很快，点赞"},
    {"customer_id": None, "at": "2026-06-15", "text": "气死我了，太差"},
    {"customer_id": "a", "at": "2026-07-01", "text": DEAR},
    {"customer_id": "a", "at": None, "text": DEAR},
]
WORTH = [
    {"customer_id": "a", "revenue": 900.0},
    {"customer_id": "b", "revenue": 100.0},
    {"customer_id": "z", "revenue": None},
]


def ranked(rows=SAID, customers=None, **more):
    return topics(rows, customers, as_of="2026-06-30", **{"days": 30, **more})


def test_complaints_of_the_period_are_counted_by_topic():
    found = ranked()
    assert [(p.topic, p.count, p.before, p.customers) for p in found.points] == [
        ("delivery", 2, 1, 2)
    ]
    assert (found.complaints, found.unnamed) == (3, 1)
    assert found.left_out == {"after_as_of": 1, "missing_time": 1}
    assert found.points[0].trend == 1


def test_points_are_count_times_severity_times_value():
    point = ranked(SAID, WORTH, value="revenue").points[0]
    assert point.value == pytest.approx((900 + 100) / 2 / 500)
    assert point.points == point.count * point.severity * point.value


def test_who_has_no_known_value_changes_no_mean():
    rows = [
        *SAID,
        {"customer_id": "z", "at": "2026-06-30", "text": LATE},
        {"customer_id": "nobody", "at": "2026-06-30", "text": LATE},
    ]
    point = ranked(rows, WORTH, value="revenue").points[0]
    assert (point.count, point.customers, point.value) == (4, 4, 1.0)
    none = [{**row, "revenue": None} for row in WORTH]
    assert ranked(rows, none, value="revenue").points[0].value == 1.0


def test_valuable_customers_weigh_more():
    rows = [
        {"customer_id": "a", "at": "2026-06-29", "text": DEAR},
        {"customer_id": "b", "at": "2026-06-20", "text": LATE},
    ]
    assert ranked(rows, WORTH, value="revenue").points[0].topic == "price"


def test_without_a_period_before_nothing_is_said_of_it():
    assert ranked(days=60).points[0].before is None
    assert "before" not in ranked(days=60).text()
    assert ranked().points[0].before == 1


def test_examples_are_rows_and_texts_are_shown_only_when_asked():
    found = ranked()
    assert found.points[0].examples == (0, 1)
    assert LATE not in found.text("zh")
    assert LATE in found.text("zh", values=True)
    assert LATE not in json.dumps(found.as_dict(), ensure_ascii=False)
    assert LATE in json.dumps(found.as_dict(values=True), ensure_ascii=False)


def test_voices_are_those_who_tell_most():
    found = ranked(SAID, WORTH, value="revenue")
    assert [(v.customer, v.rank, v.count) for v in found.voices] == [("a", 1, 1), ("b", 2, 1)]
    assert found.voices[0].shared == pytest.approx(2 / 3)
    alike = ranked()
    assert [(v.customer, v.rank) for v in alike.voices] == [("a", 1), ("b", 1)]
    assert "1. a:" in found.text(values=True)
    assert "1. a:" not in found.text()


def test_of_many_equal_voices_none_is_cut_off():
    rows = [{"customer_id": f"c{i}", "at": "2026-06-29", "text": LATE} for i in range(15)]
    assert len(ranked(rows).voices) == 15


def test_the_order_of_rows_does_not_matter():
    mixed = random.Random(2).sample(SAID, len(SAID))
    one, other = ranked(SAID, WORTH, value="revenue"), ranked(mixed, WORTH, value="revenue")
    assert one.voices == other.voices
    told = [(p.topic, p.count, p.severity, p.value, p.texts) for p in one.points]
    assert told == [(p.topic, p.count, p.severity, p.value, p.texts) for p in other.points]


@pytest.mark.parametrize("kind", [n for n, _ in kinds([{"a": 1}]) if n != "generator"])
def test_any_kind_of_table_will_do(kind):
    assert ranked(as_kind(kind, SAID)).points == ranked().points


def test_nothing_said():
    found = ranked([])
    assert (found.points, found.voices, found.complaints) == ((), (), 0)
    assert found.text().startswith("0 complaints in 30 days until 2026-06-30")


def test_reports_speak_both_languages():
    found = ranked(SAID, WORTH, value="revenue")
    assert "物流：2 条投诉" in found.text("zh")
    assert "最值得倾听的客户" in found.text("zh", values=True)
    assert found.table()[0]["topic"] == "delivery"
    assert "<table>" in found._repr_html_()


@pytest.mark.parametrize("settings", [{"days": 0}, {"value": "revenue"}])
def test_questions_without_an_answer_are_refused(settings):
    with pytest.raises(ConfigError):
        ranked(**settings)
    with pytest.raises(MissingColumnError):
        ranked(SAID, WORTH, value="worth")


def test_a_loss_is_worth_nothing_and_makes_nobody_worth_more():
    worth = [{"customer_id": "a", "revenue": 100.0}, {"customer_id": "b", "revenue": -100.0}]
    assert [voice.value for voice in ranked(customers=worth, value="revenue").voices] == [2.0, 0.0]
    none = [{**row, "revenue": 0} for row in worth]
    assert {voice.value for voice in ranked(customers=none, value="revenue").voices} == {1.0}


def test_customers_who_are_there_twice_have_no_value():
    with pytest.raises(DataError, match="1 ids more than once"):
        ranked(customers=[*WORTH, WORTH[0]], value="revenue")
