"""Rows of any widths as columns."""

from itertools import zip_longest

from hypothesis import given
from hypothesis import strategies as st

from custseg.io import cells as room
from custseg.io.cells import Cells

ROWS = st.lists(
    st.lists(st.sampled_from(["a", "1.5", " b\t", '="007"', "'05", "--", ""]), max_size=5)
)
BARE = {" b\t": "b", '="007"': "007", "'05": "05", "--": ""}


@given(ROWS, st.integers(1, 4))
def test_every_cell_is_where_it_was(rows: list[list[str]], size: int) -> None:
    before, room._BATCH = room._BATCH, size
    try:
        found = Cells.of(iter(rows))
    finally:
        room._BATCH = before
    bare = [[BARE.get(cell, cell) for cell in row] for row in rows]
    assert [found.row(i) for i in range(len(rows))] == bare
    assert list(zip(*found.columns, strict=True)) == [
        *(row for row in zip(*zip_longest(*bare, fillvalue=""), strict=True) if row)
    ]
    marks = [cell for row in rows for cell in row if cell in BARE and cell != " b\t"]
    assert found.mended.total() == len(marks)
