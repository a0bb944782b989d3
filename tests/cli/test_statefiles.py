"""A state on the disk is the old one or the new one, whatever interrupts an update."""

import json
import signal
import subprocess
import sys

import pytest

import custseg as cs
from custseg.cli import statefiles
from custseg.cli.alone import alone
from custseg.cli.statefiles import PAGE, StateFiles
from custseg.errors import ConfigError, DataError
from custseg.features import Conventions, Names, TransactionState

HOW = (Names(), Conventions())
FIRST = [{"customer_id": f"c{i}", "at": "2026-01-05", "amount": i} for i in range(9)]
TODAY = [{"customer_id": "c1", "at": "2026-06-30", "amount": 40}]
TODAY += [{"customer_id": "new", "at": "2026-06-30", "amount": 5, "category": "shoes"}]
STEPS = 6  # two files, the page and the folder are settled; it is turned; the folder is settled


def summary(state):
    rows = state.summary(as_of="2026-12-31", also="revenue").to_pylist()
    return {row["customer_id"]: row for row in rows}


def begun(folder):
    return StateFiles(folder).replaced(TransactionState.of(FIRST, batch="first"))


@pytest.fixture
def one_file_a_part(monkeypatch):
    """Parts are never joined, so that each update adds some."""
    monkeypatch.setattr("custseg.features.piles._FEWER", 0)


def test_what_was_written_is_read(tmp_path):
    begun(tmp_path)
    read = StateFiles.read(tmp_path, *HOW)
    assert read.state is not None
    whole = cs.TransactionLog.of([*FIRST, *TODAY])
    grown = read.replaced(read.state.append(TODAY, batch="today"))
    again = StateFiles.read(tmp_path, *HOW)
    assert again.state is not None
    expected = {
        row["customer_id"]: row for row in whole.summary(as_of="2026-12-31", also="revenue")
    }
    assert summary(again.state) == expected
    assert again.turn == grown.turn
    assert [*again.state.taken] == ["first", "today"]
    profiled = cs.profile(transactions=again.state, as_of="2026-12-31").to_pylist()
    assert {row["customer_id"]: row["categories"] for row in profiled}["new"] == 1


@pytest.mark.usefixtures("one_file_a_part")
def test_only_new_parts_are_written(tmp_path):
    first = begun(tmp_path)
    files = {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("*.parquet")}
    read = StateFiles.read(tmp_path, *HOW)
    assert read.state is not None
    read.replaced(read.state.append(TODAY))
    for name, written in files.items():
        assert (tmp_path / name).stat().st_mtime_ns == written
    assert len([*tmp_path.glob("*.parquet")]) == len(files) + 2 == first.turn + 2


def test_numbers_stay_numbers(tmp_path):
    rows = [{"customer_id": 2**60 + i, "at": "2026-01-05", "amount": 1} for i in (5, 3, 4)]
    StateFiles(tmp_path).replaced(TransactionState.of(rows))
    read = StateFiles.read(tmp_path, *HOW)
    assert read.state is not None
    assert sorted(summary(read.state)) == [2**60 + 3, 2**60 + 4, 2**60 + 5]


KILLED = """
import os, signal, sys, pathlib
import pyarrow.parquet  # once, not in each child
from custseg.cli import statefiles
from custseg.cli.alone import alone
from custseg.features import Conventions, Names
left = 0
def dying(call):
    def done(*given):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return call(*given)
    return done
statefiles._settle = dying(statefiles._settle)
statefiles.os.replace = dying(os.replace)
for left, folder in enumerate(sys.argv[1:]):
    child = os.fork()
    if child == 0:
        folder = pathlib.Path(folder)
        with alone(folder):
            read = statefiles.StateFiles.read(folder, Names(), Conventions())
            read.replaced(read.state.append(%r, batch="today"))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_an_update_that_is_killed_leaves_a_whole_state(tmp_path):
    """At every step: before each file is settled, before the page is turned, and after it."""
    folders = [tmp_path / str(step) for step in range(STEPS + 1)]
    for folder in folders:
        begun(folder)
    before = summary(StateFiles.read(folders[0], *HOW).state)
    died = subprocess.run(
        [sys.executable, "-c", KILLED % (TODAY,), *map(str, folders)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert [*map(int, died.stdout.split())] == [-signal.SIGKILL] * STEPS + [0]
    for step, folder in enumerate(folders):
        left = StateFiles.read(folder, *HOW)
        assert left.state is not None
        assert ("today" in left.state.taken) == (step >= STEPS - 1)
        if step < STEPS - 1:
            assert summary(left.state) == before
            with alone(folder):  # who was killed holds it no longer
                left.replaced(left.state.append(TODAY, batch="today"))
        done = StateFiles.read(folder, *HOW)
        assert done.state is not None
        assert summary(done.state)["new"]["revenue"] == 5.0
        done.tidy()
        named = {part.file for parts in done.parts.values() for part in parts}
        assert {file.name for file in folder.glob("*.parquet")} == named


def test_two_updates_at_once_are_told(tmp_path):
    begun(tmp_path)
    one, two = (StateFiles.read(tmp_path, *HOW) for _ in range(2))
    assert one.state is not None
    assert two.state is not None
    one.replaced(one.state.append(TODAY))
    kept = StateFiles.read(tmp_path, *HOW).state
    assert kept is not None
    other = [{**TODAY[0], "amount": 70}, TODAY[1]]
    with pytest.raises(DataError, match="another update"):
        two.replaced(two.state.append(other, batch="other"))
    left = StateFiles.read(tmp_path, *HOW).state
    assert left is not None
    assert summary(left) == summary(kept)


def test_a_file_that_is_not_as_it_was_written_is_told(tmp_path):
    begun(tmp_path)
    file = next(tmp_path.glob("rows-*.parquet"))
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(DataError, match="not as it was written"):
        StateFiles.read(tmp_path, *HOW)
    (tmp_path / PAGE).write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="no JSON"):
        StateFiles.read(tmp_path, *HOW)


def test_other_conventions_are_refused(tmp_path):
    begun(tmp_path)
    with pytest.raises(ConfigError, match="conventions"):
        StateFiles.read(tmp_path, Names(), Conventions(tz="Asia/Shanghai"))
    page = json.loads((tmp_path / PAGE).read_text(encoding="utf-8"))
    page["header"]["schema_version"] = 99
    (tmp_path / PAGE).write_text(json.dumps(page), encoding="utf-8")
    with pytest.raises(ConfigError, match="version 99"):
        StateFiles.read(tmp_path, *HOW)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot write"):
        StateFiles(file / "state").replaced(TransactionState.of(FIRST))
    assert statefiles.PAGE == "state.json"
