"""What is held of a stream of rows: as many cells as fit, whole, and every row of them once."""

import numpy as np
import pyarrow as pa
import pytest

from custseg.frames.parts.load import CELLS, Load


def batches(cells, rows=50):
    for low in range(0, len(cells), rows):
        some = cells[low : low + rows]
        yield pa.record_batch({"at": np.arange(low, low + len(some))}), some


def loaded(cells, room, full):
    load = Load(room, full)
    for batch, some in batches(cells):
        load.add("rows", batch, some)
    return load


def rows_of(parts):
    return [sorted(pa.Table.from_batches(part["rows"])["at"].to_pylist()) for part in parts]


CELL = (np.arange(1000) * 1237 % CELLS).astype(np.int16)


@pytest.mark.parametrize("room", [8000, 3000, 500])
def test_what_is_held_is_all_rows_of_the_cells_below_the_end_each_in_one_part(room):
    load = loaded(CELL, room, 400)
    assert (load.stop == CELLS) == (room == 8000)
    assert load.sizes.sum() == 8000  # of all rows, held or not
    assert room / 4 < load.sizes[: load.stop].sum() <= room
    parts = rows_of(load.parts())
    assert max(map(len, parts)) <= 50
    assert sorted(at for part in parts for at in part) == np.flatnonzero(load.stop > CELL).tolist()


def test_rows_that_make_one_part_stay_as_they_came():
    load = loaded(CELL, 8000, 8000)
    (part,) = load.parts()
    assert pa.Table.from_batches(part["rows"])["at"].to_pylist() == list(range(1000))
    assert list(load.parts()) == []  # it was let go


def test_a_cell_is_never_divided_however_large():
    one = np.full(1000, 17, dtype=np.int16)
    load = loaded(np.append(one, np.int16(3000)), 100, 10)
    assert load.stop == 18
    assert [len(part) for part in rows_of(load.parts())] == [1000]
