"""Laws of merging where ids are odd: null, twice, of several types, alike; and tables empty."""

import json
from collections import Counter

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import DataError
from custseg.match import (
    AllValues,
    Journal,
    Longest,
    Merge,
    MergeEntry,
    MergePlan,
    MinValue,
    MostFrequent,
    Sum,
)

ALIKE = (1, "1", 2, "2", "r 1", "r1", "r1 ", "int 1", 1.5, "1.5", "a\nstr b", "a", "b", "王", "A")
MERGE = Merge({"name": Longest(), "points": Sum(), "tags": AllValues(), "since": MinValue()})
DEFAULTS = st.sampled_from([Merge(), MERGE, Merge(default=MostFrequent())])
FIELDS = ("name", "points", "tags", "since")
fields = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, "", " ", "Li", "Li Lei", 7]),
        "points": st.sampled_from([None, float("nan"), 0, -1, 2.5]),
        "tags": st.sampled_from([None, "vip", "golf; vip"]),
        "since": st.sampled_from([None, "2026-06-01", "2025-12-31"]),
    }
)
any_ids = st.sampled_from([None, float("nan"), "", *ALIKE])
odd_tables = st.lists(
    st.builds(lambda one, of, row: {"id": one, "entity_id": of, **row}, any_ids, any_ids, fields),
    max_size=8,
)
tables = st.lists(st.sampled_from(ALIKE), unique=True, min_size=1, max_size=8).flatmap(
    lambda ids: st.tuples(*[fields] * len(ids)).map(
        lambda rows: [{"id": one, **row} for one, row in zip(ids, rows, strict=True)]
    )
)
groups = st.lists(st.sets(st.sampled_from(ALIKE), min_size=2, max_size=4), max_size=5)


def missing(value):
    return value is None or value in {"", " "} or repr(value) == "nan"


def counted(rows):
    """How often each value stands in each column."""
    return Counter(
        (field, repr(row[field])) for row in rows for field in FIELDS if not missing(row[field])
    )


def told(golden):
    """The same, from the golden records' provenance alone."""
    past = golden.provenance.table(values=True)
    return Counter((line["field"], str(line["value"])) for line in past)


@given(odd_tables, DEFAULTS)
def test_no_value_is_lost_whatever_the_ids(rows, merge):
    found = merge.golden(rows)
    assert sum(told(found).values()) == sum(counted(rows).values())
    assert told(found) == Counter(
        (field, str(row[field])) for row in rows for field in FIELDS if not missing(row[field])
    )
    whole = [row for row in rows if missing(row["entity_id"])]
    customers = {(type(row["entity_id"]), row["entity_id"]) for row in rows if row not in whole}
    alone = sum(missing(row["entity_id"]) for row in rows)
    assert len(found.table) == len(customers) + alone


def known(journal, rows):
    """Whether a table has ids of a type that the journal has."""
    types = set(map(type, journal.joined.name))
    there = {type(row["id"]) for row in rows}
    return not types or types & there or types | there <= {int, float}


def journal_of(merges, merge=MERGE):
    journal = Journal(merge)
    for records in merges:
        plan = MergePlan((MergeEntry.of(records, min(records, key=str)),))
        journal = journal.apply(plan).journal
    return journal


def shown(journal, rows):
    found = journal.golden(rows)
    return {(type(row["id"]), row["id"]): repr(row) for row in found.table}


@given(tables, groups, st.randoms(use_true_random=False))
def test_undoing_in_any_order_is_identity_whatever_the_ids(rows, merges, chance):
    journal = journal_of(merges)
    written = cs.load(json.dumps(cs.dump(journal)))
    assert written == journal
    assert Journal.of_rows(journal.rows(), MERGE) == journal
    if not known(journal, rows):
        return
    order = [merge.id for merge in journal.merges]
    chance.shuffle(order)
    for merge in order:
        written = written.undo(merge).journal
    assert shown(written, rows) == shown(Journal(MERGE), rows)
    assert not written.crosswalk(rows).moved


@given(tables, groups)
def test_no_value_is_lost_in_a_journal_whatever_the_ids(rows, merges):
    journal = journal_of(merges)
    if not known(journal, rows):
        with pytest.raises(DataError, match="same type"):
            journal.golden(rows)
        return
    found = journal.golden(rows)
    assert told(found) == Counter(
        (field, str(row[field])) for row in rows for field in FIELDS if not missing(row[field])
    )


@given(st.sets(st.sampled_from(ALIKE), min_size=1), st.sets(st.sampled_from(ALIKE), min_size=1))
def test_merges_of_others_have_other_ids(one, other):
    assert (MergeEntry.of(one, None).id == MergeEntry.of(other, None).id) == (one == other)


def test_an_id_is_one_whether_whole_or_with_a_point():
    assert MergeEntry.of((1, 2), 1).id == MergeEntry.of((1.0, 2.0), 1.0).id


EMPTY = (
    [],
    pd.DataFrame({"id": [], "entity_id": []}),
    pl.DataFrame({"id": [], "entity_id": []}),
    pl.DataFrame({"id": [], "entity_id": []}).lazy(),
)


@pytest.mark.parametrize("table", EMPTY, ids=range(len(EMPTY)))
def test_an_empty_table_is_planned_merged_and_undone(table):
    journal = journal_of([(1, 2)], Merge())
    plan = journal.plan(table)
    assert (len(plan), plan.known) == (0, 0)
    golden = journal.undo(journal.merges[0].id).journal.golden(table)
    assert isinstance(golden.table, type(table))
    assert golden.report.records == 0
    assert not journal.crosswalk(table).moved


def test_ids_of_another_type_than_the_journal_s_are_refused_and_not_passed_by():
    journal = journal_of([("1", "2")], Merge())
    rows = [{"id": 1, "name": "Li"}, {"id": 2, "name": "Li"}]
    with pytest.raises(DataError, match="the journal knows records by str, the table by int"):
        journal.golden(rows)
    with pytest.raises(DataError, match="give ids the same type"):
        journal.plan([{**row, "entity_id": 1} for row in rows])
    whole = pd.DataFrame({"id": np.array([1.0, 2.0]), "name": ["Li", "Li"]})
    assert len(journal_of([(1, 2)], Merge()).golden(whole).table) == 1


def test_ids_that_do_not_outlive_a_document_are_refused():
    rows = [{"id": pd.Timestamp(day), "entity_id": 1} for day in ("2026-07-01", "2026-07-02")]
    with pytest.raises(DataError, match="make them texts"):
        Journal().plan(rows)
