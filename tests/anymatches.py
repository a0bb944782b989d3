"""A dirty table of contacts, and what matching, cleaning and merging it must give everywhere."""

from custseg import datasets
from custseg.clean import Cleaner
from custseg.frames import crossings
from custseg.match import (
    CompositeKey,
    Dates,
    Dedupe,
    Emails,
    ExactKey,
    Merge,
    MostRecent,
    Names,
)
from everykind import as_records, as_table

_NAMES = "record_id channel updated_at name phone email company city address birthday"
COLUMNS = dict.fromkeys(_NAMES.split(), "text")
PHONE = ExactKey("phone", read="phone", region="CN")
BY_KEYS = Dedupe(
    (ExactKey("email", read="email"), CompositeKey((PHONE, ExactKey("name", read="name")))),
    apart=(ExactKey("birthday", read="date"),),
    id="record_id",
    cap=3,
)
WEIGHED = Dedupe.preset("contact", locale="zh")
FEW = Dedupe(
    passes=(PHONE, ExactKey("email", read="email"), ExactKey("name", read="name")),
    comparisons=(Names("name"), Emails("email"), Dates("birthday")),
    shared=("email",),
    id="record_id",
)
ACROSS = Dedupe.preset("contact", locale="zh", names={"source": "channel"})
MERGE = Merge({"phone": MostRecent("updated_at")}, id="record_id")


def held_by(kind, rows, columns):
    """The records as a table of a kind; of Dask in three partitions."""
    if kind != "dask":
        return as_table(kind, rows, columns)
    import dask.dataframe as dd

    return dd.from_pandas(as_table("pandas", rows, columns), npartitions=3)


def records_of(table):
    """Any of them as records."""
    return as_records(table.compute() if hasattr(table, "dask") else table)


def dirty(many=120):
    """Contacts with doubles; placeholders, a switchboard and columns that are nearly empty."""
    rows = [dict(row) for row in datasets.contacts(many).records]
    for at, row in enumerate(rows):
        row |= {name: row[name] and str(row[name]) for name in ("updated_at", "birthday")}
        if at % 17 == 0:
            row["phone"] = "021-6234 5678"
        if at % 19 == 0:
            row["email"] = "N/A"
        if at % 23 == 0:
            row["name"] = " 王　小明 " if at % 2 else None
    return [{name: row[name] for name in COLUMNS} for row in rows]


def by_id(table, *names):
    """What records say in some columns, by their ids."""
    return {row["record_id"]: tuple(row[name] for name in names) for row in records_of(table)}


def matched_alike(kind, spec, rows):
    """Matching in an engine against matching in memory; no record is fetched."""
    plain = spec.run(rows)
    with crossings() as account:
        found = spec.run(held_by(kind, rows, COLUMNS))
        report = found.report
        weighed = report.weighing is not None and report.weighing.pairs > 0
        marks = ("entity_id", "match_rule", *(("match_chance",) if weighed else ()))
        fetched = [one for one in account if not one.sums and not one.streamed]
    assert {one.columns for one in fetched} <= {("left", "right")}
    assert by_id(found.table, *marks) == by_id(plain.table, *marks)
    assert report == plain.report
    return found


def cleaned_alike(kind, rows):
    """Cleaning in an engine against cleaning in memory."""
    model = Cleaner.preset("zh", fields={"city": "text"}).fit(rows)
    plain = model.run(rows)
    with crossings() as account:
        done = model.run(held_by(kind, rows, COLUMNS))
        assert done.quality.as_dict() == plain.quality.as_dict()
        assert done.changes.counts == plain.changes.counts
        assert done.changes.steps == plain.changes.steps
        assert len(done.changes) == len(plain.changes) > 0
        assert not [one for one in account if not one.sums and not one.streamed]
    assert by_id(done.table, *COLUMNS) == by_id(plain.table, *COLUMNS)
    log = ("customer", "column", "rule", "steps", "old", "new")
    tables = (one.changes.table(values=True) for one in (done, plain))
    told = [sorted(tuple(str(r[n]) for n in log) for r in records_of(one)) for one in tables]
    assert told[0] == told[1]


def merged_alike(kind, rows):
    """Golden records made in an engine against those made in memory."""
    entities = BY_KEYS.run(rows).table
    columns = COLUMNS | {"entity_id": "text", "match_rule": "text"}
    plain, golden = MERGE.golden(entities), MERGE.golden(held_by(kind, entities, columns))
    names = [name for name in COLUMNS if name != "record_id"]
    assert by_id(golden.table, *names) == by_id(plain.table, *names)
    assert golden.report == plain.report
    told = ("entity_id", "field", "record_id", "rule", "survived", "source", "value")
    pasts = (one.provenance.table(values=True) for one in (golden, plain))
    past = [sorted(tuple(str(r[n]) for n in told) for r in records_of(one)) for one in pasts]
    assert past[0] == past[1]
    orders = [{"order": str(at), "record_id": row["record_id"]} for at, row in enumerate(rows)]
    orders.append({"order": "new", "record_id": "nobody"})
    moved = golden.crosswalk.rekey(
        held_by(kind, orders, dict.fromkeys(orders[0], "text")), "record_id", origin="record"
    )
    want = plain.crosswalk.rekey(orders, "record_id", origin="record")
    assert sorted(map(_items, records_of(moved))) == sorted(map(_items, want))
    assert golden.crosswalk.moved == dict(plain.crosswalk.moved)
    assert len(golden.crosswalk) == len(plain.crosswalk)
    assert golden.crosswalk.unknown(orders, "record_id") == 1


def _items(row):
    return tuple(sorted((name, str(value)) for name, value in row.items()))
