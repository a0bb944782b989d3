"""What is held of a stream of rows: all of them, each in one part, and whole cells in a part."""

import numpy as np
import pyarrow as pa
import pytest

from custseg.frames.parts.load import CELLS, Load


def batches(cells, rows=50):
    for low in range(0, len(cells), rows):
        some = cells[low : low + rows]
        yield pa.record_batch({"at": np.arange(low, low + len(some))}), some


def loaded(cells, full):
    load = Load(full)
    for batch, some in batches(cells):
        load.add("rows", batch, some)
    return load


def rows_of(parts):
    return [sorted(pa.Table.from_batches(part["rows"])["at"].to_pylist()) for part in parts]


CELL = (np.arange(1000) * 1237 % CELLS).astype(np.int16)


@pytest.mark.parametrize("full", [400, 3000, 7999])
def test_every_row_is_in_one_part_and_those_of_a_cell_are_together(full):
    load = loaded(CELL, full)
    assert load.size == 8000
    parts = rows_of(load.parts())
    assert max(map(len, parts)) <= full // 8
    assert sorted(at for part in parts for at in part) == list(range(1000))
    homes = [set(CELL[part].tolist()) for part in parts]
    assert sum(map(len, homes)) == len(set(CELL.tolist()))


def test_rows_that_make_one_part_stay_as_they_came():
    load = loaded(CELL, 8000)
    (part,) = load.parts()
    assert pa.Table.from_batches(part["rows"])["at"].to_pylist() == list(range(1000))
    assert list(load.parts()) == []  # it was let go
    assert load.size == 0


@pytest.mark.parametrize("full", [400, 8000])
def test_what_is_taken_away_stands_cell_by_cell(full):
    load = loaded(CELL, full)
    held = load.emptied()["rows"]
    assert load.size == 0
    assert all((np.diff(cells) >= 0).all() for _, cells in held)
    for batch, cells in held:
        assert CELL[batch.column(0).to_numpy()].tolist() == cells.tolist()
    assert sum(batch.num_rows for batch, _ in held) == 1000


def test_a_cell_is_never_divided_however_large():
    one = np.full(1000, 17, dtype=np.int16)
    load = loaded(np.append(one, np.int16(3000)), 10)
    assert [len(part) for part in rows_of(load.parts())] == [1000, 1]
