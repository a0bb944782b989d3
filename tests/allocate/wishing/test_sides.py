"""One side in canonical order."""

from uuid import UUID

import pytest

from custseg.allocate import First
from custseg.allocate.wishing.sides import read_side
from custseg.errors import DataError, MissingColumnError
from custseg.frames import table


def side(ids, priority=(), **columns):
    rows = [{"id": i, **{k: v[n] for k, v in columns.items()}} for n, i in enumerate(ids)]
    needs = dict.fromkeys(columns, "number")
    return read_side(table(rows), "id", needs, priority)


@pytest.mark.parametrize(
    ("ids", "ordered"),
    [
        (["b", "a", "00017"], ["00017", "a", "b"]),
        ([10, 9, 2**60], [9, 10, 2**60]),
        ([UUID(int=2), UUID(int=1)], [UUID(int=1), UUID(int=2)]),
        ([17, "17", 2], [2, 17, "17"]),
    ],
)
def test_ids_come_back_as_they_were_in_ascending_order(ids, ordered):
    found = side(ids)
    assert sorted(found.ids, key=str) == sorted(ordered, key=str)
    assert [ids[row] for row in found.rows] == found.ids
    assert len({type(i) for i in ids}) > 1 or found.ids == ordered


def test_priority_comes_before_ids_and_the_first_priority_first():
    found = side(
        ["a", "b", "c", "d"],
        [First("x"), First("y", smallest=True)],
        x=[1, 2, 2, None],
        y=[0, 5, 3, 0],
    )
    assert found.ids == ["c", "b", "a", "d"]
    assert found.columns["x"].tolist()[:3] == [2.0, 2.0, 1.0]


def test_ids_stand_once_and_are_there():
    with pytest.raises(DataError, match="row 2: holds an id that stands in row 0") as caught:
        side(["a", "b", "a"])
    assert caught.value.column == "id"
    with pytest.raises(DataError, match="empty"):
        side(["a", None])
    with pytest.raises(MissingColumnError):
        read_side(table([{"x": 1}]), "id", {})
