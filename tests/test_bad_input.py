"""Bad input is refused in words: which column, row or key, and what to do; 0 and 1 row work."""

import csv
import json
import re
from datetime import UTC, datetime

import pytest

import custseg as cs
from custseg.checks.kinds import as_kind, kinds
from custseg.cli import main
from custseg.errors import CapacityError, ConfigError, DataError, MissingColumnError

PRIVATE = "hush-13800138000"
PEOPLE = [
    {"customer_id": "a", "name": PRIVATE, "region": "N"},
    {"customer_id": "b", "name": "Anna Smith", "region": "S"},
]
ORDERS = [
    {"customer_id": "a", "paid_at": "2026-06-01 10:05", "amount": 900.0},
    {"customer_id": "b", "paid_at": "2025-06-01 08:00", "amount": 300.0},
]
REPS = [
    {"rep_id": "R1", "region": "N", "capacity": 5},
    {"rep_id": "R2", "region": "S", "capacity": 5},
]
TABLES = {"customers": PEOPLE, "transactions": ORDERS, "reps": REPS}
ENGINES = {"polars-lazy", "duckdb"}
KINDS = [name for name, _ in kinds(PEOPLE) if name != "generator"]


def renamed(rows, old, new):
    return [{(new if name == old else name): value for name, value in row.items()} for row in rows]


def every(rows, **columns):
    return [{**row, **columns} for row in rows]


def last(rows, **columns):
    return [*rows[:-1], {**rows[-1], **columns}]


# table, its rows, as_of, the error, and what the message must name
BAD = {
    "missing column": (
        {"transactions": renamed(ORDERS, "amount", "amout")},
        MissingColumnError,
        ["'amount'", "Did you mean 'amout'?"],
    ),
    "missing moment": (
        {"transactions": renamed(ORDERS, "paid_at", "payd_at")},
        MissingColumnError,
        ["'paid_at'", "Did you mean 'payd_at'?"],
    ),
    "missing id": (
        {"customers": renamed(PEOPLE, "customer_id", "custmer_id")},
        MissingColumnError,
        ["'customer_id'", "Did you mean 'custmer_id'?"],
    ),
    "missing rep": (
        {"reps": renamed(REPS, "rep_id", "repid")},
        MissingColumnError,
        ["'rep_id'", "Did you mean 'repid'?"],
    ),
    "text for a number": (
        {"reps": last(every(REPS, capacity="5"), capacity=PRIVATE)},
        DataError,
        ["column 'capacity', row 1", "text where a number is needed", "convert"],
    ),
    "text for all amounts": (
        {"transactions": every(ORDERS, amount=PRIVATE)},
        DataError,
        ["column 'amount'", "plain numbers"],
    ),
    "number for a moment": (
        {"transactions": every(ORDERS, paid_at=20260601)},
        DataError,
        ["column 'paid_at', row 0", "convert them to datetimes"],
    ),
    "negative capacity": (
        {"reps": last(REPS, capacity=-1)},
        CapacityError,
        ["'R2'", "capacity -1", "give 0 or more"],
    ),
    "unknown capacity": (
        {"reps": last(REPS, capacity=None)},
        CapacityError,
        ["'R2'", "no capacity", "give a number"],
    ),
    "unreadable dates": (
        {"transactions": every(ORDERS, paid_at=PRIVATE)},
        DataError,
        ["column 'paid_at'", "write moments as 2026-06-30"],
    ),
    "mixed time zones": (
        {"transactions": last(ORDERS, paid_at="2026-06-01T10:00:00+08:00")},
        DataError,
        ["column 'paid_at', row 1", "time zone", "all of them"],
    ),
    "two customers of one id": (
        {"customers": [*PEOPLE, PEOPLE[0]]},
        DataError,
        ["column 'customer_id', row 2", "repeated_ids='merge' if they are copies"],
    ),
    "two reps of one id": (
        {"reps": [*REPS, REPS[0]]},
        DataError,
        ["column 'rep_id', row 2", "merge them first"],
    ),
    "a customer without id": (
        {"customers": last(PEOPLE, customer_id=None)},
        DataError,
        ["column 'customer_id', row 1", "give each one"],
    ),
    "ids of another type": (
        {"transactions": every(ORDERS, customer_id=17)},
        DataError,
        ["column 'customer_id'", "the same type"],
    ),
    "a day before all data": ({"as_of": "1999-01-01"}, ConfigError, ["as_of", "a later day"]),
    "an unreadable day": ({"as_of": PRIVATE}, ConfigError, ["as_of", "such as 2026-06-30"]),
    "a table of no job": (
        {"customer": PEOPLE},
        ConfigError,
        ["'customer'", "Did you mean 'customers'"],
    ),
    "a path for a table": ({"customers": "people.csv"}, DataError, ["read the file first"]),
    "one record for a table": ({"customers": PEOPLE[0]}, DataError, ["pass a list"]),
}


def as_tables(kind, tables):
    """The tables of a job as one kind of table, whatever is no list of records as it stands."""
    return {
        name: as_kind(kind, rows) if isinstance(rows, list) and rows else rows
        for name, rows in tables.items()
    }


def job_of(kind):
    """The usual job; an engine plans each score anew for two rows, and no error is about them."""
    return cs.Pipeline(scorecard=None) if kind in ENGINES else cs.Pipeline()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("change", "error", "says"), BAD.values(), ids=BAD)
def test_a_pipeline_says_what_is_wrong_and_what_to_do(change, error, says, kind):
    given = as_tables(kind, {**TABLES, "as_of": "2026-06-30", **change})
    with pytest.raises(error) as caught:
        job_of(kind).run(**given)
    told = str(caught.value)
    if kind in ENGINES:  # their rows have no numbers; the partition is named where there is one
        told = re.sub(r" \(partition \d+\)$", "", told)
        says = [re.sub(r", row \d+", "", words) for words in says]
    assert all(words in told for words in says), told
    assert PRIVATE not in told


TIER = cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0))).fit([])
MODEL_BAD = [
    ({"revenu": 5.0}, MissingColumnError, "Did you mean 'revenu'?"),
    ({"revenue": PRIVATE}, DataError, "column 'revenue'.*number is needed"),
    ({"revenue": [5.0]}, DataError, "column 'revenue'.*number is needed; convert"),
    (
        {"revenue": datetime(2026, 6, 30, tzinfo=UTC)},
        DataError,
        "column 'revenue'.*number is needed",
    ),
]


@pytest.mark.parametrize(("record", "error", "says"), MODEL_BAD)
def test_a_model_says_it_of_one_record_and_of_a_table(record, error, says):
    for call in (lambda: TIER.one(record), lambda: TIER.apply([{"revenue": 1.0}, record][-1:])):
        with pytest.raises(error, match=says) as caught:
            call()
        assert PRIVATE not in str(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_type_is_told_by_every_kind_of_table(kind):
    with pytest.raises(DataError, match=r"column 'revenue'.*where a number is needed; convert"):
        TIER.apply(as_kind(kind, [{"revenue": PRIVATE}]))
    with pytest.raises(MissingColumnError, match="Did you mean 'revenu'"):
        TIER.apply(as_kind(kind, [{"revenu": 1.0}]))


# ---------------------------------------------------------------- documents


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"kind": "tier-pln"}, "Did you mean 'tier-plan'"),
        ({"cutter": 1}, "each strategy names its kind"),
        ({"kind": "thresholds", "at": ["x"]}, r"thresholds.at\[0\]: needs a number"),
        ({"kind": "thresholds", "att": [1]}, "unknown key 'att'. Did you mean 'at'"),
        (
            {"kind": "pipeline", "tier": {"kind": "tier-plan", "cutter": {"kind": "quantile"}}},
            "tier.*cutter.*'quantiles'",
        ),
        (
            {"kind": "tier-plan", "cutter": {"kind": "ramp", "low": 0, "high": 1}},
            "a kind with cuts",
        ),
        ({"kind": "limits", "default": -1}, "default must be 0 or more"),
        ({"kind": "fixed-days", "dormant_after": -1}, "dormant_after must be above 0"),
        ({"kind": "conventions", "tz": "Asia/Beijing"}, "Asia/Shanghai"),
        ("people.json", "never a path"),
        ("[1]", "a mapping"),
    ],
)
def test_a_document_says_which_key_is_wrong(document, says):
    with pytest.raises(ConfigError, match=says):
        cs.load(document)


# ---------------------------------------------------------------- 0 and 1 row


def cut(rows, kind, size):
    """The first rows, as a table that keeps the types of its columns."""
    made = as_kind(kind, rows)
    if kind == "polars-lazy":
        return made.head(size)
    opened = cs.frames.table(made)
    return opened.take(cs.frames.table(rows).keys(next(iter(rows[0]))).first[:size])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("empty", [["customers"], ["transactions"], ["reps"], list(TABLES)])
def test_tables_of_no_rows_work(kind, empty):
    tables = {name: cut(rows, kind, 0 if name in empty else 2) for name, rows in TABLES.items()}
    run = cs.Pipeline().run(**tables, as_of="2026-06-30")
    run = run.kept()
    assert cs.frames.table(run.customers).size == (0 if "customers" in empty else 2)
    assert run.text()
    assert run.text("zh")
    assert json.dumps(run.as_dict())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("only", [["customers"], ["transactions"], list(TABLES)])
def test_tables_of_one_row_work(kind, only):
    tables = {name: cut(TABLES[name], kind, 1) for name in only}
    run = cs.Pipeline().run(**tables, as_of="2026-06-30").kept()
    assert cs.frames.table(run.customers).size == 1
    assert run.row("a")["lifecycle"] in {"potential", "active"}
    assert run.explain("a").text()


# ---------------------------------------------------------------- the command line

JOB = """
as_of = AS_OF
[tables]
customers = "customers.csv"
transactions = "transactions.csv"
reps = "reps.csv"
[pipeline.tier]
kind = "tier-plan"
cutter = { kind = "thresholds", at = [100.0, 1000.0] }
"""


def job(folder, change):
    """A job file with its tables, one of them or the day changed."""
    tables = {**TABLES, **change}
    for name in TABLES:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(tables[name][0]))
            writer.writeheader()
            writer.writerows(tables[name])
    file = folder / "job.toml"
    file.write_text(
        JOB.replace("AS_OF", f'"{tables.get("as_of", "2026-06-30")}"'), encoding="utf-8"
    )
    return file


def refused(file, capsys):
    """The error of a job that is refused, told twice: as JSON, and in one line for people."""
    assert main(["run", str(file), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert main(["run", str(file)]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line == f"custseg: {error['message']}"
    return error


# These cannot be written to a CSV file, or mean something else there.
IN_MEMORY = {
    "ids of another type",
    "a table of no job",
    "a path for a table",
    "one record for a table",
}
IN_FILES = {name: case for name, case in BAD.items() if name not in IN_MEMORY}


@pytest.mark.parametrize(("change", "error", "says"), IN_FILES.values(), ids=IN_FILES)
def test_a_job_on_files_says_it_in_one_line(change, error, says, tmp_path, capsys):
    told = refused(job(tmp_path, change), capsys)
    assert told["code"] == error.code
    assert all(words in told["message"] for words in says), told["message"]
    assert PRIVATE not in told["message"]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ('"tier-plan"', '"tier-pln"', "config", "Did you mean 'tier-plan'"),
        ('"thresholds"', '"threshold"', "config", "Did you mean 'thresholds'"),
        ("[100.0, 1000.0]", '["low"]', "config", "needs a number"),
        ("as_of", "asof", "config", "Did you mean 'as_of'"),
        ("customers.csv", "custmers.csv", "data", "Did you mean 'customers.csv'"),
    ],
)
def test_a_job_file_says_which_key_is_wrong(old, new, code, says, tmp_path, capsys):
    file = job(tmp_path, {})
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    told = refused(file, capsys)
    assert told["code"] == code
    assert says in told["message"]


def test_an_empty_file_is_named(tmp_path, capsys):
    file = job(tmp_path, {})
    (tmp_path / "transactions.csv").write_text("", encoding="utf-8")
    assert "'transactions.csv' is empty" in refused(file, capsys)["message"]
    file.write_text("", encoding="utf-8")
    assert "as_of is missing" in refused(file, capsys)["message"]


@pytest.mark.parametrize("size", [0, 1])
def test_files_of_no_and_of_one_row_work(size, tmp_path, capsys):
    file = job(tmp_path, {})
    for name in TABLES:
        lines = (tmp_path / f"{name}.csv").read_text("utf-8").splitlines()[: size + 1]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["run", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["customers"] == size


# ---------------------------------------------------------------- values stay inside


def test_no_value_leaves_unless_asked_for(tmp_path, capsys):
    file = job(tmp_path, {"customers": [{**row, "phone": "n/a"} for row in PEOPLE]})
    assert main(["run", str(file), "--json"]) == 0
    out = capsys.readouterr().out
    assert main(["explain", str(file), "--customer", "a"]) == 0
    out += capsys.readouterr().out
    written = {
        name: (tmp_path / "job-out" / name).read_text("utf-8")
        for name in ("report.html", "run.json", "policy.json")
    }
    assert all(PRIVATE not in text for text in (out, *written.values()))
    assert "900" not in out + written["run.json"]
    assert main(["explain", str(file), "--customer", "a", "--values"]) == 0
    assert "900" in capsys.readouterr().out
