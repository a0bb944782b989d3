"""Laws of matching and merging, on made-up records."""

import json

from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.match import (
    CompositeKey,
    Dedupe,
    ExactKey,
    Longest,
    MaxValue,
    Merge,
    MinValue,
    MostFrequent,
    MostRecent,
    SourcePriority,
    Sum,
)

EMAIL = ExactKey("email", read="email")
PHONE = ExactKey("phone", read="phone", region="CN")
NAME = ExactKey("name", read="name")
SPEC = Dedupe((EMAIL, CompositeKey((PHONE, NAME))), id="id", cap=4)
FIELDS = ("name", "phone", "email", "points", "do_not_contact", "source", "updated_at")
MERGE = Merge(
    {
        "name": Longest(),
        "phone": MostRecent(),
        "email": SourcePriority(("erp", "shop")),
        "points": Sum(),
        "source": MostFrequent(),
        "updated_at": MaxValue(),
    }
)

fields = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, "", "王小明", "王 小明", "王小红", "Li Lei", "LEI LI"]),
        "phone": st.sampled_from([None, "13800138000", "+86 138 0013 8000", "13912345678", "无"]),
        "email": st.sampled_from([None, "a@corp.cn", "A@corp.cn", "b@corp.cn"]),
        "points": st.sampled_from([None, 1, 2, 3]),
        "do_not_contact": st.sampled_from([None, True, False]),
        "source": st.sampled_from([None, "erp", "shop", "web"]),
        "updated_at": st.sampled_from([None, "2026-06-01", "2026-06-02 08:00"]),
    }
)
tables = st.lists(fields, max_size=9).map(
    lambda rows: [{"id": f"r{i}", **{f: row[f] for f in FIELDS}} for i, row in enumerate(rows)]
)


@st.composite
def shuffled(draw):
    rows = draw(tables)
    return rows, draw(st.permutations(rows))


def by_id(rows, *names):
    return {row["id"]: tuple(row[name] for name in names) for row in rows}


@given(shuffled())
def test_row_order_does_not_matter(pair):
    rows, turned = pair
    matcher = SPEC.fit(rows)
    marks = "entity_id", "match_rule"
    assert by_id(matcher.apply(rows), *marks) == by_id(matcher.apply(turned), *marks)
    assert matcher.report(rows) == matcher.report(turned)


@given(tables)
def test_matching_twice_is_matching_once(rows):
    matcher = SPEC.fit(rows)
    once = matcher.apply(rows)
    assert matcher.apply(once) == once


@given(tables)
def test_an_explanation_is_symmetric_and_agrees_with_the_clusters(rows):
    matcher = SPEC.fit(rows)
    entity = by_id(matcher.apply(rows), "entity_id")
    capped = matcher.report(rows).skipped
    for a in rows:
        for b in rows:
            said = matcher.explain(a, b)
            assert said == matcher.explain(b, a)
            if said.decision["pair"] == "same_customer" and a is not b and not capped:
                assert entity[a["id"]] == entity[b["id"]]


@given(tables)
def test_an_entity_bears_the_smallest_id_of_its_records(rows):
    found = SPEC.fit(rows).apply(rows)
    for row in found:
        members = [other["id"] for other in found if other["entity_id"] == row["entity_id"]]
        assert row["entity_id"] == min(members)


@given(shuffled())
def test_golden_records_do_not_depend_on_row_order(pair):
    rows, turned = pair
    if rows:
        matcher = SPEC.fit(rows)
        here, there = MERGE.golden(matcher.apply(rows)), MERGE.golden(matcher.apply(turned))
        assert by_id(here.table, *FIELDS) == by_id(there.table, *FIELDS)
        assert here.report == there.report
        assert here.crosswalk.moved == there.crosswalk.moved


@given(tables)
def test_no_value_is_lost(rows):
    if not rows:
        return
    golden = MERGE.golden(SPEC.fit(rows).apply(rows))
    past = golden.provenance.table(values=True)
    kept = {(line["record_id"], line["field"]): line["value"] for line in past}
    given_values = {
        (row["id"], field): str(row[field])
        for row in rows
        for field in FIELDS
        if row[field] not in {None, ""}
    }
    assert kept == given_values
    best = {row["entity_id"]: row for row in golden.table}
    for line in past:
        if line["survived"]:
            assert str(best[line["entity_id"]][line["field"]]) == line["value"]


@given(tables)
def test_every_origin_names_its_value_and_all_losers(rows):
    if not rows:
        return
    golden = MERGE.golden(SPEC.fit(rows).apply(rows))
    for row in golden.table:
        for origin in golden.provenance.of(row["entity_id"]):
            assert origin.value == (None if row[origin.field] == "" else row[origin.field])
            assert origin.value not in {lost.value for lost in origin.lost if origin.rule != "sum"}


@given(tables)
def test_missing_never_beats_a_value(rows):
    if not rows:
        return
    found = SPEC.fit(rows).apply(rows)
    golden = {row["entity_id"]: row for row in MERGE.golden(found).table}
    for row in found:
        best = golden[row["entity_id"]]
        assert not [f for f in FIELDS if row[f] not in {None, ""} and best[f] in {None, ""}]
        assert not (row["do_not_contact"] is True and best["do_not_contact"] is not True)


@given(tables)
def test_records_of_their_own_stay_as_they_are(rows):
    alone = [dict(row, entity_id=row["id"]) for row in rows]
    assert MERGE.golden(alone).table == alone


@given(tables)
def test_merging_golden_records_changes_nothing(rows):
    if rows:
        golden = MERGE.golden(SPEC.fit(rows).apply(rows)).table
        assert MERGE.golden(golden).table == golden


keys = st.recursive(
    st.builds(
        ExactKey,
        st.lists(st.sampled_from("abc"), min_size=1, max_size=2).map(tuple),
        read=st.sampled_from(["text", "phone", "email", "name", "company", "date"]),
        region=st.sampled_from([None, "CN", "US"]),
        name=st.sampled_from(["", "my key"]),
    ),
    lambda inner: st.builds(CompositeKey, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    max_leaves=4,
)
strategies = st.sampled_from([Longest(), MostRecent("b"), Sum(), MinValue(), MostFrequent()])


@given(keys, st.integers(2, 99), st.sampled_from(["refuse", "merge"]))
def test_specs_and_matchers_are_plain_data(key, cap, repeats):
    spec = Dedupe((key,), cap=cap, repeated_ids=repeats)
    assert cs.load(json.dumps(cs.dump(spec))) == spec
    matcher = spec.fit([dict.fromkeys("abc")])
    assert cs.load(json.dumps(cs.dump(matcher))) == matcher


@given(st.dictionaries(st.sampled_from("abc"), strategies), strategies)
def test_merges_are_plain_data(survivorship, default):
    merge = Merge(survivorship, default=default)
    assert cs.load(json.dumps(cs.dump(merge))) == merge
