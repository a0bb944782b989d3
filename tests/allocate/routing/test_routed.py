"""What a routed lead tells: candidates in order, in both languages, nothing unescaped."""

import json

from custseg.allocate import Cap, LongestWaiting, Match, Router, RouterState

AT = "2026-06-30T09:00"
TEAM = [{"rep_id": "<b>", "region": "north"}, {"rep_id": "c", "region": "south"}]


def test_the_chosen_comes_first_then_levels_then_who_was_dropped():
    team = [{"rep_id": name, "most": 0 if name == "b" else 9} for name in "abcd"]
    found = Router(guards=[Cap("most")], keep="always").route(
        {"lead_id": 1, "owner": "d"}, team, at=AT
    )
    assert [c.rep_id for c in found.explanation.candidates] == ["d", "a", "c", "b"]
    assert "not asked" in found.text()
    assert "未参与比较" in found.text("zh")


def test_everything_shown_is_escaped_and_plain():
    found = Router(wishes=[Match("region")]).route({"lead_id": 1, "region": "north"}, TEAM, at=AT)
    page = found._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    said = json.loads(json.dumps(found.as_dict()))
    assert said["decision"] == {"owner": "<b>", "owner_reason": "next_in_turn"}
    assert [c["points"] for c in said["candidates"]] == [1.0, 0.0]
    assert "north" not in found.text()


def test_a_late_lead_says_so():
    router = Router()
    first = router.route({"lead_id": 1}, TEAM, at=AT)
    late = router.route({"lead_id": 2}, TEAM, first.state, at="2026-06-30T08:00")
    assert "came before the last lead" in late.text()
    assert "came before" not in first.text()
    moments = ("2026-06-30T08:00", AT, "2026-06-30T10:00")
    leads = [{"lead_id": i, "at": at} for i, at in enumerate(moments)]
    batch = router.route_all(leads, TEAM, first.state, at_column="at")
    assert batch.late == 1
    assert "! came before the last lead, so the moment of that one counted: 1" in batch.text()
    assert "! 1 条线索早于上一条" in batch.text("zh")


def test_a_batch_tells_who_got_how_many_and_who_nobody():
    batch = Router(guards=[Cap(1)]).route_all([{"lead_id": i} for i in range(3)], TEAM, at=AT)
    assert batch.text().splitlines() == [
        "2 of 3 leads have an owner",
        "  - nobody free: 1",
        "  - <b>: 1",
        "  - c: 1",
    ]
    assert batch.text("zh").startswith("3 条线索中 2 条有负责人")
    assert json.loads(json.dumps(batch.as_dict())) == {
        "given": {"<b>": 1, "c": 1},
        "left": {"nobody_free": 1},
        "late": 0,
    }
    assert "&lt;b&gt;" in batch._repr_html_()


def test_levels_are_told_in_numbers_that_mean_something_and_json_can_hold():
    last = {"a": "2026-06-30T08:00", "b": "2026-06-29T09:00", "c": None}
    team = [{"rep_id": name} for name in last]
    found = Router(LongestWaiting()).route({"lead_id": 1}, team, RouterState.of(last=last), at=AT)
    assert found.text().splitlines()[2:] == [
        "  c: before all others",
        "  b: level -24",
        "  a: level -1",
    ]
    assert "c: 排在所有人之前" in found.text("zh")
    said = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert [c["level"] for c in said["candidates"]] == [None, -24, -1]
