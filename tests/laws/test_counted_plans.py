"""Laws of plans by classes: no partition decides anything, limits hold, points are the best."""

from contextlib import ExitStack
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.anyowners import ASKED, COLUMNS, people, team
from tests.everykind import as_table

from custseg.allocate.planning.counting import census, course, queue
from custseg.frames import table

KNOWN = {"owner", "owner_reason", "owner_rule", "pool"}
SEAMS = (
    (census, "totals"),
    (queue, "totals"),
    (course, "totals"),
    (course, "by_customer"),
    (course, "by_row"),
)


class Parted:
    """An engine with its rows anywhere: all of a key are in one part, parts come in any order."""

    def __init__(self, seed):
        self.draw = np.random.default_rng(seed)

    def parts(self, share):
        held = table(share.table.select(share.columns).native)
        keys = [tuple(row[k] for k in share.key) for row in held.native.to_pylist()]
        places = dict.fromkeys(keys)
        places = {key: self.draw.integers(4) for key in places}
        at = np.array([places[key] for key in keys], dtype=np.intp)
        for part in self.draw.permutation(4):
            rows = self.draw.permutation(np.flatnonzero(at == part))
            if rows.size:
                yield table(held.take(rows))
        yield held.empty()

    def by_customer(self, given, work, *, like):
        (name,) = given
        return pa.concat_tables([work({name: part}) for part in self.parts(given[name])])

    def totals(self, given, work):
        return table(self.by_customer(given, work, like=""))

    def by_row(self, rows, work, *, needs, replaces=()):
        return table(work(rows.select(needs)))


def planned(asked, some, reps, seed):
    engine = Parted(seed)
    with ExitStack() as stack:
        for module, name in SEAMS:
            stack.enter_context(patch.object(module, name, getattr(engine, name)))
        held = table(as_table("arrow", some, COLUMNS))
        plan = course.assigned_where_they_are(asked, held, table(reps), None)
    native = plan.table if isinstance(plan.table, pa.Table) else plan.table.native
    rows = native.to_pylist()
    if "customer_id" not in native.column_names:  # by rows, as they came
        rows = [{**one, **row} for one, row in zip(some, rows, strict=True)]
    return plan, {row["customer_id"]: {k: row[k] for k in row if k in KNOWN} for row in rows}


@given(
    st.sampled_from(sorted(ASKED)),
    st.integers(0, 70),
    st.integers(1, 5),
    st.integers(0, 14),
    st.integers(0, 999),
)
@settings(max_examples=40)
def test_owners_depend_on_no_partition_and_are_the_best(name, size, reps, places, seed):
    asked, some, staff = ASKED[name], people(size, seed), team(reps, max(places, 1))
    eager = asked.assign(as_table("arrow", some, COLUMNS), staff)
    plan, owners = planned(asked, some, staff, seed)
    again, others = planned(asked, some[::-1], staff, seed + 1)
    assert owners == others
    assert dict(plan.totals) == dict(again.totals)
    given = {one.rep_id: one.given for one in plan.loads}
    counts = [row["owner"] for row in owners.values() if row["owner"] is not None]
    assert {rep: counts.count(rep) for rep in given} == given
    same = ("customers", "assigned", "unassigned", "points", "bound", "gap", "orphans")
    assert {k: plan.totals[k] for k in same} == {k: eager.totals[k] for k in same}
    assert owners == written(eager)


def written(plan):
    rows = plan.table.to_pylist()
    return {row["customer_id"]: {k: row[k] for k in row if k in KNOWN} for row in rows}
