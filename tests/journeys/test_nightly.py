"""Journey: every night yesterday's orders are taken in, and one row a customer comes out."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

import custseg as cs
from custseg.cli import main
from custseg.io import scan_table
from pageblocks import run_blocks

pytest.importorskip("duckdb")

NIGHTLY = 'policy = "first/policy.json"\n[tables]\ntransactions = "x"\n[output]\nfolder = "out"\n'
NIGHTS = ("2026-06-29", "2026-06-30")


def asked(job, day, *more):
    return ["update", job, *more, "--as-of", day, "--state", "state", "--json"]


def night(day):
    return asked("nightly.toml", day, f"orders-{day}.parquet", "--batch", day, "--left-out")


def held(folder):
    return {path.name: path.read_bytes() for path in Path(folder).glob("*[!k]")}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the commands of the page say: once with the past, then each night."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("warehouse"))
        con = run_blocks("en/journeys/nightly.md", 2)["con"]
        Path("nightly.toml").write_text(NIGHTLY, encoding="utf-8")
        first = asked("first.toml", "2026-06-28", "--batch", "past")
        said = {"past": spoken(first), **{day: spoken(night(day)) for day in NIGHTS}}
        yield said, con


def spoken(words):
    """What a command says, and its exit code."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        code = main(words)
    return {**json.loads(printed.getvalue()), "exit": code}


def test_every_row_of_every_night_is_accounted_for(told):
    told, _ = told
    assert [said["exit"] for said in told.values()] == [0, 0, 0]
    rows = [said["update"]["rows"] for said in told.values()]
    assert sum(rows) == 40_003
    assert told[NIGHTS[0]]["update"]["left_out"] == {"null_id": 1, "missing_time": 1}
    (account,) = told[NIGHTS[-1]]["reports"]["profile"]["tables"]
    assert account["used"] + sum(account["left_out"].values()) == sum(rows)
    fallen = cs.io.read_table(told[NIGHTS[0]]["written"][f"left_out-orders-{NIGHTS[0]}"])
    assert fallen["order_id"].tolist() == ["O900001", "O900002"]


def test_the_cut_points_of_the_first_night_hold_though_new_ones_would_differ(told):
    told, con = told
    hashes = {said["stamp"]["policy_hash"] for said in told.values()}
    assert len(hashes) == 1
    policy = cs.load(json.loads(Path("first/policy.json").read_text(encoding="utf-8")))
    orders = con.table("orders").df()
    anew = cs.Pipeline(names=policy.names, conventions=policy.conventions).fit(
        transactions=orders, as_of=NIGHTS[-1]
    )
    assert anew.hash != policy.hash


def test_the_last_night_equals_the_whole_past_asked_where_it_lies(told):
    told, con = told
    policy = cs.load(json.loads(Path("first/policy.json").read_text(encoding="utf-8")))
    con.sql("COPY orders TO 'all.parquet'")
    with cs.frames.crossings() as account:
        lazy = policy.run(transactions=scan_table("all.parquet"), as_of=NIGHTS[-1]).customers
        assert type(lazy).__name__ == "DuckDBPyRelation"
        whole = lazy.order("customer_id").project("customer_id, revenue, lifecycle, grade, tier")
        rows = whole.fetchall()
    assert not [one for one in account if not (one.sums or one.streamed)]
    kept = cs.io.read_table(told[NIGHTS[-1]]["written"]["customers"], text=["customer_id"])
    kept = kept.sort_values("customer_id")[["customer_id", "revenue", "lifecycle", "grade", "tier"]]
    assert rows == [tuple(row) for row in kept.itertuples(index=False)]


def test_the_same_night_again_changes_nothing(told):
    before = held("state"), held("out")
    said = spoken(night(NIGHTS[-1]))
    assert (said["update"]["again"], said["update"]["rows"]) == (1, 0)
    assert (held("state"), held("out")) == before


def test_a_broken_night_wakes_somebody_and_leaves_the_past_as_it_was(told):
    _, con = told
    before = held("state"), held("out")
    renamed = con.sql("SELECT customer_id AS buyer, paid_at, amount FROM orders LIMIT 9")
    renamed.write_parquet("orders-2026-07-01.parquet")
    said = spoken(night("2026-07-01"))
    assert (said["exit"], said["error"]["code"]) == (2, "missing-column")
    absent = [sys.executable, "-m", "custseg", *night("2026-07-02")]  # as cron calls it
    done = subprocess.run(absent, capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "data")
    assert (held("state"), held("out")) == before
