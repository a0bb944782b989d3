"""The form of examples/forms: built from schemas, in both languages, safe, without network."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import custseg as cs

HOME = Path(__file__).parents[2] / "examples" / "forms"


@pytest.fixture(scope="module")
def form():
    sys.path.append(str(HOME))
    return importlib.import_module("form")


def told(page):
    return json.loads(re.search(r'id="told">(.*?)</script>', page, re.DOTALL)[1])


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_holds_the_schema_of_each_kind_that_it_asks_for(form, locale):
    held = told(form.page(locale))
    assert {kind: cs.schema(kind) for kind in form.SHOW} == held["schemas"]
    for kind, fields in form.SHOW.items():
        assert set(fields) <= set(cs.schema(kind)["properties"])


def test_the_job_that_it_begins_with_is_in_order(form):
    assert cs.config.problems(form.START) == ()


def test_what_a_document_says_cannot_leave_its_place(form):
    evil = {**form.START, "name": "</script><script>alert(1)</script>"}
    page = form.page(document=evil)
    assert "<script>alert" not in page
    assert told(page)["document"]["name"] == "</script><script>alert(1)</script>"


def test_the_script_writes_a_page(tmp_path):
    done = subprocess.run(
        [sys.executable, HOME / "form.py", "zh"], capture_output=True, check=True, cwd=tmp_path
    )
    page = done.stdout.decode("utf-8")
    assert '<html lang="zh-CN">' in page
    assert "{{" not in page
    assert not re.search(r'(src|href)="http', page)


@pytest.mark.parametrize(
    ("locale", "fine", "number"), [("en", "order", "A number"), ("zh", "没有问题", "请填数字")]
)
def test_without_a_service_it_checks_what_the_schema_knows(
    chromium, form, tmp_path, locale, fine, number
):
    (tmp_path / "form.html").write_text(form.page(locale), encoding="utf-8")
    page = chromium.open(tmp_path / "form.html", wide=380, dark=locale == "zh")
    state = "document.getElementById('state').textContent"
    assert fine in page.ask(state)
    page.type("#at-lifecycle-strategy-at_risk_after", "soon")
    assert number in page.ask("document.querySelector('[aria-invalid] ~ .wrong').textContent")
    assert page.ask("document.getElementById('keep').disabled")
    cutter = "document.getElementById('at-tier-cutter')"
    page.ask(f"{cutter}.value = 'pareto'; {cutter}.onchange()")
    made = json.loads(page.ask("document.getElementById('document').textContent"))
    assert made["tier"]["cutter"] == {"kind": "pareto"}
    assert page.ask("document.getElementById('at-tier-cutter-shares') !== null")
    assert (page.errors, page.requests, page.dialogs, page.overflow) == ([], [], [], 0)
    page.close()
