"""Rows that wait in a file come back as they were, and nothing of them stays behind."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from custseg.errors import DataError
from custseg.frames.parts import aside as home
from custseg.frames.parts.aside import Aside
from custseg.frames.parts.load import CELLS

COLUMNS = {
    "n": pa.array([3, None, 1, 2]),
    "word": pa.array(["b", None, "", "\u00e4"]).dictionary_encode(),
    "long": pa.array(["x" * 40, "y", None, "z"], pa.large_string()),
    "at": pa.array([dt.datetime(2026, 1, 5, tzinfo=dt.UTC), None, None, None]),
    "many": pa.array([[1], [], None, [2, 3]]),
    "raw": pa.ExtensionArray.from_storage(
        pa.uuid(), pa.array([bytes(16), None, bytes(16), bytes(16)], pa.binary(16))
    ),
}
BATCH = pa.record_batch(COLUMNS)
OTHER = pa.record_batch({"n": pa.array([7], pa.int8())})
CELL = np.array([0, 5, CELLS - 1, CELLS - 1], dtype=np.int16)


def test_rows_of_any_type_come_back_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = Aside.new()
    held.put({"rows": [(BATCH, CELL), (BATCH, CELL)], "others": [(OTHER, CELL[:1])]})
    held.put({"rows": [(BATCH.slice(1), CELL[1:])]})
    found = list(held.rows(range(len(held.sizes))))
    assert held.sizes.sum() > 0
    assert {name for name, _, _ in found} == {"rows", "others"}
    rows = [batch for name, batch, _ in found if name == "rows"]
    assert all(batch.schema == BATCH.schema for batch in rows)
    given = [*BATCH.to_pylist(), *BATCH.to_pylist(), *BATCH.slice(1).to_pylist()]
    back = [row for batch in rows for row in batch.to_pylist()]
    assert sorted(map(str, back)) == sorted(map(str, given))
    groups = [cell // 64 for _, _, some in found for cell in some.tolist()]
    assert groups == sorted(groups)
    assert next(held.rows(range(1)))[1].to_pylist()[0] == BATCH.to_pylist()[0]
    held.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_told(monkeypatch):
    def refused(**_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(home, "TemporaryFile", refused)
    with pytest.raises(DataError, match=r"No space left on device.*TMPDIR"):
        Aside.new()


def test_a_full_disk_is_told(tmp_path):
    class Full:
        def seek(self, *_):
            raise OSError(28, "No space left on device")

    with pytest.raises(DataError, match="name a larger one by TMPDIR"):
        Aside(Full()).put({"rows": [(BATCH, CELL)]})
