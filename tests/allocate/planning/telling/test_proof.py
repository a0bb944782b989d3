"""How good a plan is, in words, and in the notebook."""

import pytest

from custseg.allocate import Allocation, Greedy, Match, plan_report
from custseg.allocate.planning.telling.proof import proof, summary

PEOPLE = [{"customer_id": k, "region": "n"} for k in range(2)]
TEAM = [{"rep_id": "<script>", "region": "n", "capacity": 3}]


def test_three_kinds_of_proof():
    assert proof({"points": 1.0, "bound": None, "gap": None}).endswith("not proven")
    assert proof({"points": 1.0, "bound": 1.0, "gap": 0.0}).endswith("proven best")
    assert "2.0000%" in proof({"points": 0.98, "bound": 1.0, "gap": 0.02})
    assert "已证明最优" in proof({"points": 1.0, "bound": 1.0, "gap": 0.0}, "zh")


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("customer", "customers", "位客户"),
        ("lead", "leads", "条线索"),
        ("opportunity", "opportunities", "个商机"),
    ],
)
def test_every_text_speaks_of_the_unit(unit, en, zh):
    plan = Allocation(unit=unit).assign(PEOPLE, TEAM)
    for said in (plan.text(), plan_report(plan).text(), plan_report(plan).html()):
        assert f"2 of 2 {en} have an owner" in said
    assert zh in plan.text("zh")
    assert zh in plan_report(plan).text("zh")
    assert plan_report(plan).as_dict()["unit"] == unit
    assert en in summary(unit, plan.totals)


def test_the_page_of_a_notebook_shows_proof_and_fairness_and_escapes():
    plan = Allocation(wishes=[Match("region")]).assign(PEOPLE, TEAM)
    page = plan._repr_html_()
    assert "proven best" in page
    assert "Gini" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    bare = Allocation(solver=Greedy()).assign(PEOPLE, TEAM)
    assert "not proven" in bare._repr_html_()
