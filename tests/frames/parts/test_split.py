"""Parts of any size give the answer of the whole, and a table is read once."""

import attrs
import numpy as np
import pyarrow as pa
import pytest

from custseg.errors import DataError
from custseg.frames import crossings
from custseg.frames.parts.aside import Aside
from custseg.frames.parts.load import CELLS, packed
from custseg.frames.parts.split import Scan, Split
from custseg.frames.parts.task import Task
from partwork import counted, plainly, refusing, summed

ROWS = pa.table({"id": [at % 97 for at in range(1000)], "v": [float(at % 7) for at in range(1000)]})


@attrs.define(eq=False)
class Listed(Scan):
    """An Arrow table read by the cells of whole numbers."""

    held: pa.Table = ROWS
    passes: int = 0
    pulled: int = 0

    engine = "listed"

    def empty(self):
        return self.held.slice(0, 0)

    def batches(self):
        self.passes += 1
        at = self._cells()
        for low, batch in enumerate(self.held.to_batches(max_chunksize=100)):
            self.pulled += batch.num_rows
            yield batch, at[100 * low : 100 * (low + 1)]

    def _cells(self):
        return (self.held["id"].to_numpy() * 41) % CELLS


def split(work=summed, full=2**20, **scans):
    given = scans or {"rows": Listed()}
    task = Task.of(work, {name: one.empty() for name, one in given.items()})
    return Split(given, task, full)


def test_cells_that_follow_one_another_are_packed_and_none_is_lost():
    sizes = np.array([0, 5, 5, 1, 20, 0, 0, 3, 0])
    found = list(packed(sizes, 10))
    assert found == [range(3), range(3, 4), range(4, 5), range(5, 9)]
    assert sum(sizes[list(cells)].sum() for cells in found) == sizes.sum()
    assert list(packed(np.zeros(4), 10)) == []


@pytest.mark.parametrize("full", [200, 3000, 2**20])
def test_parts_of_any_size_give_the_answer_of_the_whole(full):
    found = pa.concat_tables(split(full=full).answers()).to_pylist()
    assert {row["id"]: (row["total"], row["rows"]) for row in found} == plainly(
        ROWS["id"].to_pylist(), ROWS["v"].to_pylist()
    )


@pytest.mark.parametrize("room", [5000, 2**20])
def test_a_table_is_read_once_whether_it_fits_or_not(room):
    read = Listed()
    parts = list(split(full=room, rows=read).answers())
    assert (read.passes, read.pulled) == (1, 1000)
    assert len(parts) == 1 if room > 16_000 else len(parts) > 16_000 / room


def test_what_waits_in_a_file_is_let_go_when_nobody_asks_for_more(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    closed = []
    close = Aside.close
    monkeypatch.setattr(Aside, "close", lambda self: (closed.append(self), close(self)))
    answers = split(full=5000).answers()
    next(answers)
    assert not closed
    answers.close()
    (held,) = closed
    assert held.file.closed
    assert list(tmp_path.iterdir()) == []


def test_the_account_tells_the_rows_that_passed_by():
    with crossings() as account:
        list(split(full=5000).answers())
    assert sum(one.rows for one in account) == 1000
    assert all(one.streamed and one.columns == ("id", "v") for one in account)


def test_a_small_table_is_split_as_the_large_one_is():
    people = Listed(pa.table({"id": list(range(97))}))
    rows = Listed()
    sizes = []

    def both(given):
        ids = set(given["people"].keys("id").ids())
        assert set(given["rows"].keys("id").ids()) <= ids
        sizes.append(len(ids))
        return given["people"].native

    list(split(both, 3000, people=people, rows=rows).answers())
    assert sum(sizes) == 97
    assert len(sizes) > 3


def test_no_rows_give_no_answer_and_sums_of_their_columns():
    none = Listed(ROWS.slice(0, 0))
    assert list(split(rows=none).answers()) == []
    assert split(counted, rows=none).totals().native.to_pydict() == {"rows": []}


def test_sums_of_parts_are_noted_as_sums():
    with crossings() as account:
        found = split(counted, 3000).totals()
    assert sum(found.read({"rows": "number"})["rows"]) == 1000
    assert next(one for one in account if one.sums).rows == found.size


def test_an_error_names_the_part():
    with pytest.raises(DataError, match=r"column 'v': .* \(partition 0\)"):
        list(split(refusing).answers())
