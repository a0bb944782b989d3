"""Golden records made inside an engine are those made in memory."""

import polars as pl
import pytest

from anymatches import dirty, merged_alike
from custseg.frames import crossings
from custseg.match import Lock, Merge

ROWS = dirty(60)


@pytest.mark.parametrize("kind", ["polars-lazy", "duckdb"])
def test_golden_records_provenance_and_crosswalk_are_the_same(kind):
    merged_alike(kind, ROWS)


def test_merging_fetches_no_record_until_single_values_are_asked_for():
    rows = [
        {"id": 1, "entity_id": 1, "city": "Ulm", "owner": "An"},
        {"id": 2, "entity_id": 1, "city": "Bonn", "owner": "Bo"},
        {"id": 3, "entity_id": 3, "city": None, "owner": None},
    ]
    lazy, locks = pl.DataFrame(rows).lazy(), [Lock(2, "city", "Köln", at="2026-06-30", actor="An")]
    with crossings() as account:
        golden = Merge().golden(lazy, locks)
        report = golden.report
        assert golden.crosswalk.of(2) == 1
        assert golden.crosswalk.of(9) is None
    plain = Merge().golden(rows, locks)
    assert report == plain.report
    kept = [one for one in account if not one.sums and not one.streamed]
    assert [one.rows for one in kept] == [1, 0]
    assert golden.owners() == plain.owners()
    assert golden.provenance.of(1) == plain.provenance.of(1)


def test_no_rows():
    lazy = pl.DataFrame(schema={"id": pl.Int64, "entity_id": pl.Int64, "city": pl.String})
    golden = Merge().golden(lazy.lazy())
    assert golden.table.collect().height == 0
    assert golden.report.records == 0
    assert dict(golden.crosswalk.moved) == {}
