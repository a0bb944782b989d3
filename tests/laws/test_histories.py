"""Profiles: nothing after the day matters, nor do order of rows, kind of table or repetition."""

import copy

from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from anyhistory import AS_OF, ZONES, histories, known_then, people
from custseg.checks.kinds import answers, as_kind, contents, kinds, same
from custseg.features import COLUMNS, profile_report

KINDS = [name for name, _ in kinds([{"a": 1}])]
kept = st.sampled_from([name for name in KINDS if name != "generator"])
FIELDS = ("order_id", "product", "category", "channel", "cost", "status", "quantity")
zones = st.sampled_from(ZONES)


def profiled(customers, tables, tz="Asia/Shanghai", **more):
    how = cs.Conventions(tz=tz, currency="CNY", **more)
    return cs.profile(customers, **tables, conventions=how, as_of=AS_OF)


def said(customers, tables, tz="Asia/Shanghai"):
    return answers(profiled(customers, tables, tz), COLUMNS, "customer_id")


@given(people, histories(), zones)
def test_nothing_after_the_day_matters(customers, tables, tz):
    now, then = said(customers, tables, tz), said(customers, known_then(tables, tz), tz)
    for key, row in then.items():
        for name, old, new in zip(COLUMNS, row, now[key], strict=True):
            assert same(new, old), (key, name)


@given(histories(), zones)
def test_nothing_after_the_day_makes_a_customer(tables, tz):
    now, then = said(None, tables, tz), said(None, known_then(tables, tz), tz)
    assert same(now, then)


@given(people, histories())
def test_a_later_row_may_hold_anything(customers, tables):
    """Even a currency for which there is no rate."""
    usual = [{**row, "at": AS_OF, "currency": "CNY"} for row in tables["transactions"]]
    strange = {"customer_id": "x", "at": "2026-07-01", "amount": -5.0, "currency": "XXX"}
    now = said(customers, {"transactions": [*usual, {**dict.fromkeys(FIELDS), **strange}]})
    then = said(customers, {"transactions": [dict.fromkeys([*FIELDS, *strange]), *usual]})
    assert same(now, then)


@given(people, histories(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(customers, tables, chance):
    expected = said(customers, tables)
    mixed = {name: chance.sample(rows, len(rows)) for name, rows in tables.items()}
    assert same(said(chance.sample(customers, len(customers)), mixed), expected)


@given(people, histories(), st.sampled_from(KINDS))
def test_every_kind_of_table_gives_the_same_profile(customers, tables, kind):
    full = {name: rows for name, rows in tables.items() if rows}
    expected = said(customers, full)
    made = {name: as_kind(kind, rows) for name, rows in full.items()}
    found = said(as_kind(kind, customers), made)
    for key, row in expected.items():
        for name, old, new in zip(COLUMNS, row, found[key], strict=True):
            assert same(new, old), (kind, key, name)


@given(people, histories())
def test_profiling_twice_is_profiling_once(customers, tables):
    once = profiled(customers, tables)
    assert same(said(once, tables), answers(once, COLUMNS, "customer_id"))


@given(people, histories(), kept)
def test_the_input_is_never_changed(customers, tables, kind):
    before = copy.deepcopy((customers, tables))
    profiled(customers, tables)
    assert (customers, tables) == before
    made = {name: as_kind(kind, rows) for name, rows in tables.items() if rows}
    was = {name: contents(table) for name, table in made.items()}
    profiled(customers, made)
    assert same({name: contents(table) for name, table in made.items()}, was)


@given(people, histories(), zones)
def test_every_row_is_accounted_for(customers, tables, tz):
    how = cs.Conventions(tz=tz, currency="CNY")
    report = profile_report(customers, **tables, conventions=how, as_of=AS_OF).report
    for name, rows in tables.items():
        counted = report.table(name)
        assert counted.rows == len(rows) == counted.used + sum(counted.left_out.values()), name
