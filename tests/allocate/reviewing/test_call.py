import json

import attrs
import pytest

from custseg.allocate import Allocation, Limits, Load, Match, ReviewRules, Stay, review
from custseg.errors import ConfigError
from everykind import KINDS, as_records, as_table

DAY = "2026-06-30"
KIND_OF = {
    "customer_id": "text",
    "region": "text",
    "owner": "text",
    "tier": "text",
    "contact_days": "number",
    "open_complaints": "number",
    "revenue": "number",
}
BOOK = [
    dict(zip(KIND_OF, row, strict=True))
    for row in [
        ("a", "n", "R1", "high", 31.0, 0.0, 900.0),
        ("b", "n", "R1", "low", 31.0, 0.0, 10.0),
        ("c", "s", "R1", "medium", 5.0, 1.0, 50.0),
        ("d", "s", "R2", "high", None, None, 70.0),
        ("e", "s", "R9", "low", 200.0, 2.0, None),
        ("f", "s", None, None, None, 0.0, 5.0),
        ("g", "n", "R3", "low", 1.0, 1.0, 5.0),
    ]
]
TEAM = [
    {"rep_id": "R1", "region": "n", "capacity": 2, "won": 9, "closed": 10},
    {"rep_id": "R2", "region": "s", "capacity": 4, "won": 0, "closed": 1},
    {"rep_id": "R3", "region": "n", "capacity": 9, "won": 500, "closed": 1000},
]
TEAM = [
    {**rep, "on_leave_from": day, "on_leave_until": day}
    for rep, day in zip(TEAM, (None, None, DAY), strict=True)
]
SPEC = Allocation(
    wishes=[Match("region", code="same_territory"), Stay()], weights=[1, 1], priority=["revenue"]
)


def kinds(found):
    return {one.kind: one.customers for one in found.findings}


def rows(found):
    return {row["customer_id"]: row for row in found.table}


def test_everything_that_is_wrong_is_counted_by_kind():
    found = review(BOOK, TEAM, DAY, allocation=SPEC)
    assert kinds(found) == {
        "orphaned": 1,
        "uncovered": 1,
        "complaint_unattended": 2,
        "owner_on_leave": 1,
        "under_served": 1,
        "no_contact_known": 1,
        "off_territory": 1,
        "open_complaint": 3,
        "unfollowed": 1,
        "in_overload": 1,
    }
    assert rows(found)["a"]["finding"] == "under_served"
    assert rows(found)["a"]["contact_overdue_days"] == 1.0
    assert rows(found)["c"]["findings"] == "off_territory;open_complaint"
    assert rows(found)["b"]["findings"] == "in_overload"
    assert rows(found)["e"]["findings"] == "orphaned;complaint_unattended;open_complaint;unfollowed"


def test_the_worst_come_first_and_values_that_are_not_known_last():
    found = review(BOOK, TEAM, DAY, allocation=SPEC)
    complaint = next(one for one in found.findings if one.kind == "open_complaint")
    assert [(w.customer_id, w.owner, w.value) for w in complaint.worst] == [
        ("c", "R1", 50.0),
        ("g", "R3", 5.0),
        ("e", "R9", None),
    ]
    assert complaint.value == 55.0


def test_representatives_stand_by_load_leave_and_results():
    found = review(BOOK, TEAM, DAY, allocation=SPEC)
    states = {rep.rep_id: rep.state for rep in found.reps}
    assert states == {"R1": "overloaded", "R2": "underloaded", "R3": "on_leave"}
    one = found.of("R1")
    assert (one.customers, one.capacity, one.use, one.value) == (3, 2, 1.5, 960.0)
    assert 0.5 < one.results["won/closed"] < 0.9
    assert 0.0 < found.of("R2").results["won/closed"] < 0.5
    assert found.of("R9") is None


def test_required_wishes_are_judged():
    strict = attrs.evolve(SPEC, wishes=(Match("region", required=True), Stay()))
    assert kinds(review(BOOK, TEAM, DAY, allocation=strict))["owner_not_eligible"] == 1


def test_nobody_is_off_a_territory_that_nobody_covers():
    team = [{**rep, "region": "n"} for rep in TEAM]
    assert "off_territory" not in kinds(review(BOOK, team, DAY, allocation=SPEC))


def test_who_is_not_to_be_assigned_is_not_uncovered():
    book = [{**row, "do_not_assign": "yes" if row["customer_id"] in "af" else "no"} for row in BOOK]
    found = kinds(review(book, TEAM, DAY, allocation=SPEC))
    assert "uncovered" not in found
    assert found["not_to_assign"] == 1


def test_what_has_no_column_is_not_judged_and_said():
    book = [{"customer_id": "a", "owner": "R1"}]
    found = review(book, TEAM, DAY, allocation=Allocation(limits=Limits(default=5)))
    assert found.totals["not_judged"] == ["tier", "contact_days", "open_complaints", "revenue"]
    assert "contact_days" in found.text()
    assert found.findings == ()


def test_rules_of_your_own():
    rules = ReviewRules(contact_within={"low": 10}, unfollowed=30, worst=1, underload=0.0)
    found = review(BOOK, TEAM, DAY, allocation=SPEC, settings=rules)
    assert kinds(found)["under_served"] == 2
    assert kinds(found)["unfollowed"] == 3
    assert all(len(one.worst) <= 1 for one in found.findings)
    assert found.of("R2").state == "ok"
    with pytest.raises(ConfigError):
        ReviewRules(unfollowed=0)


def test_loads_outside_their_limits_are_told():
    book = [{**row, "revenue": row["revenue"] or 0.0} for row in BOOK]
    spec = attrs.evolve(SPEC, loads=(Load("revenue", low=10.0, high=100.0),))
    found = review(book, TEAM, DAY, allocation=spec)
    told = [(load.group, load.held, load.held > load.most) for load in found.loads]
    assert told == [("R1", 960.0, True), ("R3", 5.0, False)]
    assert "R1: revenue 960 of 100 at most" in found.text()


def test_nothing_moves_and_the_order_of_rows_does_not_matter():
    one, other = review(BOOK, TEAM, DAY), review(BOOK[::-1], TEAM[::-1], DAY)
    assert [row["owner"] for row in one.table] == [row["owner"] for row in BOOK]
    assert rows(one) == rows(other)
    assert one.findings == other.findings
    assert one.reps == other.reps


@pytest.mark.parametrize("kind", KINDS)
def test_any_kind_of_table_comes_back_as_its_kind(kind):
    book = as_table(kind, BOOK, KIND_OF)
    found = review(book, TEAM, DAY, allocation=SPEC)
    plain = review(BOOK, TEAM, DAY, allocation=SPEC)
    assert kinds(found) == kinds(plain)
    told = [row["findings"] for row in as_records(found.table)]
    assert told == [row["findings"] for row in plain.table]


def test_figures_are_plain_and_shown():
    found = review(BOOK, TEAM, DAY, allocation=SPEC)
    data = json.loads(json.dumps(found.as_dict()))
    assert data["totals"]["with_findings"] == 7
    assert found.text("zh") != found.text()
    assert "<table>" in found._repr_html_()
    assert repr(found).startswith("<Review: 7 of 7")
    assert found.load.reps == 3


@pytest.mark.parametrize(("book", "team"), [([], TEAM), (BOOK, []), ([], [])])
def test_nobody_on_one_side(book, team):
    found = review(book, team, DAY, allocation=Allocation())
    assert found.totals["customers"] == len(book)
    assert found.text()
