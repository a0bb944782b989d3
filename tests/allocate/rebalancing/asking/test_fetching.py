"""Reviews and rebalancings of lazy tables fetch what they read, and give lazy tables back."""

import duckdb
import polars as pl
import pytest

from custseg.allocate import Allocation, Budget, Match, Rebalancing, Stay, rebalance, review
from custseg.frames import crossings

PEOPLE = pl.DataFrame(
    [
        {
            "customer_id": f"C{k:03d}",
            "owner": ["R1", "R1", "R2", "R9", None][k % 5],
            "owner_reason": "old",
            "region": "ns"[k % 2],
            "tier": ["high", "low"][k % 2],
            "contact_days": [None, 3, 400][k % 3],
            "open_complaints": k % 2,
            "revenue": float(k % 7),
            "note": "x",
        }
        for k in range(90)
    ]
)
TEAM = [
    {"rep_id": f"R{k}", "region": "ns"[k % 2], "capacity": 40, "seniority": k} for k in (1, 2, 3)
]
ASKED = Allocation(wishes=[Stay(), Match("region", code="same_territory")])


def lazily(kind):
    return PEOPLE.lazy() if kind == "polars" else duckdb.connect().from_arrow(PEOPLE.to_arrow())


def rows(native):
    held = native.collect() if isinstance(native, pl.LazyFrame) else native
    held = held if isinstance(held, pl.DataFrame) else held.pl()
    return held.sort("customer_id").to_dicts()


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_a_review_fetches_what_it_reads(kind):
    with crossings() as account:
        found = review(lazily(kind), TEAM, "2026-06-30", allocation=ASKED)
        lazy = rows(found.table)
    right = review(PEOPLE, TEAM, "2026-06-30", allocation=ASKED)
    assert lazy == rows(right.table)
    assert found.as_dict() == right.as_dict()
    (one,) = [c for c in account if not c.sums and not c.streamed]
    assert "note" not in one.columns


@pytest.mark.parametrize("kind", ["polars", "duckdb"])
def test_a_rebalancing_fetches_what_it_reads(kind):
    how = Rebalancing(moves=Budget(share=0.1, value="revenue"))
    with crossings() as account:
        done = rebalance(lazily(kind), TEAM, "2026-06-30", allocation=ASKED, settings=how)
        lazy = rows(done.table)
    right = rebalance(PEOPLE, TEAM, "2026-06-30", allocation=ASKED, settings=how)
    assert lazy == rows(right.table)
    assert done.as_dict() == right.as_dict()
    assert "old" not in {row["owner_reason"] for row in lazy}
    (one,) = [c for c in account if not c.sums and not c.streamed]
    assert "note" not in one.columns
