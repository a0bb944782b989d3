import random

import pandas as pd
import pytest

import custseg as cs
from custseg.checks.kinds import as_kind, contents, kinds
from custseg.errors import DataError, MissingColumnError
from custseg.scoring import Triage

SAID = [
    {"customer_id": "a", "at": "2026-06-01", "text": "请问几点开门"},
    {"customer_id": "b", "at": "2026-06-30", "text": "燃气泄漏，太危险了"},
    {"customer_id": "c", "at": "2026-06-29", "text": "要求退款"},
    {"customer_id": "d", "at": "2026-06-29", "text": "要求赔偿"},
    {"customer_id": "e", "at": "2026-06-20", "text": "点赞，很满意"},
    {"customer_id": "f", "at": "2026-07-01", "text": "起火了"},
    {"customer_id": "g", "at": "2026-06-30", "text": None},
]


def ranks(work):
    return [(row["customer_id"], row["work_rank"]) for row in work.table]


def listed(rows=SAID, customers=None, **more):
    return Triage().worklist(rows, customers, as_of="2026-06-30", **more)


def test_important_and_urgent_first_and_equals_together():
    work = listed()
    assert ranks(work) == [("b", 1), ("c", 2), ("d", 2), ("a", 4), ("e", 5)]
    assert work.left_out == {"after_as_of": 1, "silent": 1}
    assert sum(work.counts.values()) == len(work.table)
    assert [row["waiting_days"] for row in work.table] == [0, 1, 1, 29, 10]


@pytest.mark.parametrize(("limit", "rows", "beyond"), [(1, 1, 4), (2, 3, 2), (3, 3, 2), (9, 5, 0)])
def test_a_limit_never_comes_between_equals(limit, rows, beyond):
    work = listed(limit=limit)
    assert len(work.table) == rows
    assert work.left_out.get("beyond_limit", 0) == beyond


def test_harm_comes_before_what_has_only_waited_long():
    old = {"customer_id": "x", "at": "2026-01-01", "text": "太差了", "tier": "high"}
    new = {"customer_id": "y", "at": "2026-06-30", "text": "漏电了", "tier": None}
    work = listed([old, new])
    assert [row["priority"] for row in work.table] == [1, 1]
    assert ranks(work) == [("y", 1), ("x", 2)]


def test_customers_who_are_there_twice_are_refused():
    """Whether the first or the last row says who may be contacted would be chance."""
    twice = [{"customer_id": "b", "do_not_contact": said} for said in (None, "yes")]
    with pytest.raises(DataError, match="1 ids more than once; give one row a customer"):
        listed(SAID, twice)
    nobody = [{"customer_id": None, "do_not_contact": None}] * 2
    assert ranks(listed(SAID, [*nobody, twice[1]])) == ranks(listed())


def test_the_order_of_rows_does_not_matter():
    mixed = random.Random(1).sample(SAID * 3, len(SAID) * 3)
    assert contents(listed(mixed).table) == contents(listed(SAID * 3).table)


def test_what_was_settled_is_left_out_and_what_is_settled_later_is_not():
    rows = [
        {"at": "2026-06-01", "text": "太差了", "resolved_at": "2026-06-30", "status": None},
        {
            "at": "2026-06-01",
            "text": "太慢了，太差",
            "resolved_at": "2026-07-01",
            "status": "closed",
        },
        {"at": "2026-06-01", "text": "太差了", "resolved_at": None, "status": "已办结"},
    ]
    work = listed(rows)
    assert len(work.table) == 1
    assert work.left_out == {"settled": 2}


def test_tiers_and_consent_come_from_the_customers():
    people = [
        {"customer_id": "c", "tier": "high", "do_not_contact": None},
        {"customer_id": "d", "tier": None, "do_not_contact": "yes"},
    ]
    work = listed(customers=people)
    by_id = {row["customer_id"]: row for row in work.table}
    assert by_id["c"]["reasons"] == "refund,vip"
    assert by_id["d"]["action"] == "handle_inside"
    assert work.withheld == {"do_not_contact": 1}
    assert "tier" not in work.table[0]
    assert "do not contact: 1" in work.text()


def test_the_stricter_of_both_tables_decides():
    rows = [{"customer_id": "a", "at": "2026-06-30", "text": "太差了", "do_not_contact": "no"}]
    people = [{"customer_id": "a", "do_not_contact": "yes"}]
    assert listed(rows, people).table[0]["action"] == "handle_inside"
    people = [{"customer_id": "a", "do_not_contact": "no"}]
    assert listed(rows, people).table[0]["action"] == "make_good"


def test_coming_back_about_the_same_is_seen():
    text = "宽带又断网了"
    rows = [
        {"customer_id": "a", "at": day, "text": words}
        for day, words in (
            ("2026-06-01", text),
            ("2026-06-20", "断网，上不了网"),
            ("2026-06-20", "发票开错了"),
        )
    ]
    again = {row["text"]: "contacted_again" in (row["reasons"] or "") for row in listed(rows).table}
    assert again == {text: False, "断网，上不了网": True, "发票开错了": False}
    apart = [{**rows[0], "at": "2026-05-21"}, rows[1]]
    assert not any("contacted_again" in (row["reasons"] or "") for row in listed(apart).table)
    said = [{**row, "contacts": 1} for row in rows]
    assert not any("contacted_again" in (row["reasons"] or "") for row in listed(said).table)


def test_days_are_those_of_the_companys_clock():
    rows = [{"customer_id": "a", "at": "2026-06-30T20:00:00+00:00", "text": "太差了"}]
    shop = cs.Conventions(tz="Asia/Shanghai")
    assert listed(rows, conventions=shop).left_out == {"after_as_of": 1}
    assert listed(rows).left_out == {}


KINDS = [name for name, _ in kinds([{"a": 1}]) if name != "generator"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_comes_back(kind):
    work = listed(as_kind(kind, SAID))
    assert contents(work.table)["customer_id"] == ["b", "c", "d", "a", "e"]


def test_a_frame_keeps_its_index():
    frame = pd.DataFrame(SAID, index=list("tuvwxyz"))
    assert listed(frame).table.index.tolist() == ["u", "v", "w", "t", "x"]


def test_without_ids_and_days_there_is_a_list_too():
    work = Triage().worklist([{"text": "太差了"}, {"text": "几点开门？"}], as_of="2026-06-30")
    assert [row["feedback_type"] for row in work.table] == ["complaint", "enquiry"]
    assert {row["waiting_days"] for row in work.table} == {None}


def test_nothing_to_do():
    work = Triage().worklist([], as_of="2026-06-30")
    assert (work.table, work.counts, work.left_out, work.text()) == ([], {}, {}, "")


def test_wrong_tables_are_refused():
    with pytest.raises(MissingColumnError):
        Triage().worklist([{"words": "x"}], as_of="2026-06-30")
    with pytest.raises(DataError, match="ids are"):
        listed([{"customer_id": 1, "text": "x"}], [{"customer_id": "1"}])


def test_reports_speak_both_languages():
    work = listed(limit=1)
    assert "left out: beyond the limit: 4" in work.text()
    assert "超出上限" in work.text("zh")
    assert "<table>" in work._repr_html_()
    assert work.as_dict()["left_out"]["silent"] == 1


def test_feedback_about_nothing_is_not_about_the_same():
    said = [
        {"customer_id": "a", "at": "2026-06-20", "text": "请问几点开门"},
        {"customer_id": "a", "at": "2026-06-29", "text": "Could you tell me who the founder is?"},
    ]
    work = Triage().worklist(said, as_of="2026-06-30")
    assert [row["topics"] for row in work.table] == [None, None]
    assert not any("contacted_again" in (row["reasons"] or "") for row in work.table)
