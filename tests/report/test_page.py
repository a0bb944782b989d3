import re
from html.parser import HTMLParser

import pytest

import custseg as cs
from custseg import report

BAD = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def run():
    crm = cs.datasets.crm(200, seed=5)
    reps = [{**rep, "rep_id": BAD if i == 0 else rep["rep_id"]} for i, rep in enumerate(crm.reps)]
    return cs.Pipeline().run(
        customers=crm.customers, transactions=crm.transactions, reps=reps, as_of=crm.recipe.end
    )


class Balanced(HTMLParser):
    """Counts open elements, so that a page that does not close them is found."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """An element of a drawing that ends where it begins."""

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_is_whole_and_needs_nothing(run, locale):
    page = report.html(run, locale=locale)
    parser = Balanced()
    parser.feed(page.replace("<!doctype html>", ""))
    assert parser.open == []
    assert not re.search(r'src=|href="[^#]|https?://|@import|url\(|<script', page)
    assert BAD not in page
    assert "&lt;script&gt;" in page
    assert ("客户报告" in page) == (locale == "zh")


def test_it_shows_no_field_of_any_customer(run):
    page = report.html(run)
    values = {row[name] for row in run.customers for name in ("name", "phone", "email")}
    assert not [value for value in values if value and len(value) > 5 and value in page]


def test_every_number_of_the_account_is_there(run):
    page = report.html(run)
    table = run.reports["profile"].table("transactions")
    for count in (table.rows, table.used, *table.left_out.values()):
        assert f"{count:,}" in page
        assert f"{count:,}" in report.text(run)


def test_save_writes_the_page(run, tmp_path):
    file = report.save(run, tmp_path / "r.html", locale="zh")
    assert file.read_text(encoding="utf-8") == report.html(run, locale="zh")
    file = report.save(run, tmp_path / "r.txt", locale="zh")
    assert file.read_text(encoding="utf-8") == report.text(run, locale="zh") + "\n"
