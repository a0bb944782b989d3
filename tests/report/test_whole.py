import json

import pytest

import custseg as cs
from custseg import frames
from custseg.report import overview
from custseg.report.whole import Overview

HEADINGS = {
    "en": ["Who the customers are", "Where the money comes from", "What changed since last time"],
    "zh": ["客户构成", "收入从哪里来", "与上次相比"],
}


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_page_text_and_data_say_the_same(run, earlier, locale):
    found = overview(run, previous=earlier)
    page, text = found.html(locale), found.text(locale)
    told = [part.code for part in found.chapters]
    assert told == ["people", "money", "changes", "attention", "due", "quality", "loads", "method"]
    assert list(found.as_dict()) == ["as_of", "customers", *told]
    for heading in HEADINGS[locale]:
        assert f"<h2>{heading}</h2>" in page
        assert f"## {heading}" in text
    places = [page.index(f'<section id="{code}">') for code in told]
    assert places == sorted(places)
    moved = found.as_dict()["changes"]["flows"]["tier"]["moves"]
    assert moved
    json.dumps(found.as_dict())


def test_names_and_money_only_where_they_are_asked_for(run, earlier):
    names = {row["name"] for row in run.customers if row["name"] and "<" not in row["name"]}
    bare, told = overview(run, previous=earlier), overview(run, values=True)
    for said in (bare.html(), bare.text(), str(bare.as_dict()), bare._repr_html_()):
        assert not [name for name in names if f">{name}<" in said or f" {name} " in said]
        assert not [row["email"] for row in run.customers if row["email"] and row["email"] in said]
    named = [one.name for one in told.chapters[3].found.named]
    assert all(name in told.text() for name in named if name)
    assert any(named)


def test_an_engine_gives_the_same_report_and_keeps_its_rows(job):
    duckdb = pytest.importorskip("duckdb")
    import pandas as pd

    crm = cs.datasets.crm(200, seed=17)
    session = duckdb.connect()
    held = {
        "customers": pd.DataFrame(crm.customers),
        "transactions": pd.DataFrame(crm.transactions),
    }
    lazy = {name: session.from_df(frame) for name, frame in held.items()}
    before = job.run(**held, as_of="2026-03-31")
    whole = overview(job.run(**held, as_of="2026-06-30"), previous=before)
    run = job.run(**lazy, as_of="2026-06-30").kept()
    with frames.crossings() as account:
        mine = overview(run, previous=before).as_dict()
    for code in ("people", "money", "changes", "attention", "due"):
        assert mine[code] == whole.as_dict()[code], code
    assert not [one for one in account if not one.sums and not one.streamed]


def test_a_notebook_shows_the_page_within_a_frame(run):
    shown = overview(run)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "<script" not in shown
    assert "sandbox" in shown


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_little_data_is_no_fault(locale):
    jobs = [
        ({"customers": []}, cs.Pipeline()),
        ({"customers": [{"customer_id": 1}]}, cs.Pipeline(lifecycle=None, scorecard=None)),
        (
            {"transactions": [{"customer_id": 1, "paid_at": "2026-01-01", "amount": 5}]},
            cs.Pipeline(),
        ),
    ]
    for given, job in jobs:
        run = job.run(**given, as_of="2026-06-30")
        found = overview(run, previous=run, values=True)
        assert isinstance(found, Overview)
        assert "<!doctype html>" in found.html(locale)
        assert "None" not in found.text(locale)


def test_money_of_few_customers_is_nowhere():
    orders = [{"customer_id": i, "paid_at": "2026-06-01", "amount": 4321.5} for i in range(4)]
    run = cs.Pipeline().run(transactions=orders, as_of="2026-06-30")
    found = overview(run, previous=run)
    for said in (found.html(), found.text(), json.dumps(found.as_dict())):
        assert "4,32" not in said
        assert "4321" not in said
        assert "17.3k" not in said
