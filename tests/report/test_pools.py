"""The page of the public pool: whole, escaped, in both languages."""

import re

from anysea import NOW, ago, customer
from custseg.allocate import NoFollowUp, Pool
from custseg.report import pool_html, save_pool

SEA = Pool(clocks=[NoFollowUp(30)], remind_before=5)
ROWS = [
    customer(customer_id=1, owner="<script>alert(1)</script>", last_follow_up=ago(40), revenue=10),
    customer(customer_id=2, owner="<b>x", last_follow_up=ago(28), revenue=None),
    customer(customer_id=3, owner="B", last_follow_up=ago(-5), won=1, revenue=1),
]


def soon(**options):
    return SEA.simulate(ROWS, NOW, days=10, **options)


def test_it_says_what_returns_when_whose_and_who_is_reminded():
    page = pool_html(soon(value="revenue", changed=Pool(clocks=[NoFollowUp(35)])))
    assert "2026-06-30: 1 return to the pool" in page
    assert "<title>2026-07-03: 1</title>" in page
    assert page.count("<rect") == 2
    assert "10 days from 2026-06-30: 2 customers return, 1 of them is due already" in page
    assert "under the other rule: 0 more, 0 fewer, 0 sooner, 1 later" in page
    assert "1 date after the day was left out" in page
    shown = re.sub(r"</?t[a-z]+>", " ", page)
    assert re.search(r"&lt;b&gt;x\s+1\s+0\.00\s+1\s", shown), "its value is not known"
    assert re.search(r"Who is to be reminded.*&lt;b&gt;x\s+1\s", shown, re.DOTALL)


def test_names_are_escaped_and_nothing_is_fetched():
    page = pool_html(soon())
    assert "<script>" not in page
    assert "<b>x" not in page
    assert not re.search(r"""(src|href)=["']""", page)


def test_words_in_chinese(tmp_path):
    page = save_pool(soon(), tmp_path / "pool.html", locale="zh").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in page
    assert "应提醒的负责人" in page
    assert "return" not in page


def test_a_pool_without_anybody():
    page = pool_html(SEA.simulate([], NOW))
    assert "<svg" not in page
    assert "0 customers return" in page
