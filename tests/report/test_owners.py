"""The page of a plan: whole, escaped, in both languages."""

import re

import pytest

from custseg.allocate import Allocation, Match, rebalance, review
from custseg.report import plan_html, rebalance_html, review_html, save_plan

TEAM = [
    {"rep_id": "<script>alert(1)</script>", "region": "n", "capacity": 2},
    {"rep_id": "R2", "region": "s", "capacity": 1},
]
PEOPLE = [{"customer_id": k, "region": "n", "owner": "R2"} for k in range(4)]
PLAN = Allocation(wishes=[Match("region")]).assign(PEOPLE, TEAM)


def test_it_says_how_many_what_each_carries_and_what_more_is_worth():
    page = plan_html(PLAN)
    assert "3 of 4 customers have an owner" in page
    assert "worth of one more" in page
    assert "everybody eligible is full: 1" in page
    assert PLAN.hash in page


def test_names_are_escaped_and_nothing_is_fetched():
    page = plan_html(PLAN, flows={("<b>x", None): 2})
    assert "<script>" not in page
    assert "<b>x" not in page
    assert not re.search(r"""(src|href)=["']""", page)


def test_words_in_chinese(tmp_path):
    file = save_plan(PLAN, tmp_path / "plan.html", locale="zh")
    page = file.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert "客户分配方案" in page
    assert "worth" not in page


def test_a_plan_without_anybody():
    assert "<!doctype html>" in plan_html(Allocation().assign([], []))


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_reviews_and_rebalancings_have_pages_too(locale):
    people = [{"customer_id": k, "owner": "<i>gone"} for k in range(3)]
    team = [{"rep_id": "<i>one", "capacity": 2}]
    done = rebalance(people, team, "2026-06-30")
    seen = review(people, team, "2026-06-30")
    for page in (rebalance_html(done, locale=locale), review_html(seen, locale=locale)):
        assert "<i>" not in page
        assert "<!doctype html>" in page
    assert "&lt;i&gt;one" in rebalance_html(done, locale=locale)
