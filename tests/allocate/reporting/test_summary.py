"""A plan as a whole: proof, fairness, loads, what was broken."""

import json

from custseg.allocate import Allocation, Exact, Load, Match, plan_report

TEAM = [
    {"rep_id": "R1", "region": "n", "capacity": 1},
    {"rep_id": "R2", "region": "s", "capacity": 4},
]
PEOPLE = [{"customer_id": k, "region": "n", "revenue": 10.0 + k} for k in range(4)]
SPEC = Allocation(wishes=[Match("region")], solver=Exact())


def test_the_best_plan_is_proven_and_places_have_a_worth():
    report = plan_report(SPEC.assign(PEOPLE, TEAM))
    assert (report.gap, report.bound, report.totals["points"]) == (0.0, 1.0, 1.0)
    assert report.prices == {"R1": 1.0, "R2": 0.0}
    assert "proven best" in report.text()
    assert "已证明最优" in report.text("zh")


def test_loads_are_told_with_their_limits():
    report = plan_report(
        Allocation(loads=[Load("revenue", high=40.0)], solver=Exact()).assign(PEOPLE, TEAM)
    )
    rows = {row["group"]: row for row in report.tables["carried"]}
    assert set(rows) == {"R1", "R2"}
    assert sum(row["held"] for row in rows.values()) == sum(row["revenue"] for row in PEOPLE)
    assert all(row["held"] <= row["high"] == 40.0 for row in rows.values())
    assert rows["R1"]["low"] == 0.0


def test_it_is_plain_data_and_escaped():
    team = [{**TEAM[0], "rep_id": "<b>"}, TEAM[1]]
    report = plan_report(SPEC.assign(PEOPLE, team))
    data = json.loads(json.dumps(report.as_dict()))
    assert data["reps"][0]["price"] == 1.0
    assert "<b>" not in report._repr_html_()
    assert "worth of one more" in report._repr_html_()


def test_the_order_of_rows_does_not_matter():
    one = plan_report(SPEC.assign(PEOPLE, TEAM)).as_dict()
    assert one == plan_report(SPEC.assign(PEOPLE[::-1], TEAM[::-1])).as_dict()
