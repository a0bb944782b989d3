"""One side of an allocation: ids, their canonical order, and the columns that are read."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Index, Needs
from custseg.allocate.wishing.columns import taken
from custseg.allocate.wishing.ordering.priority import Priority
from custseg.errors import DataError
from custseg.frames import Table


@attrs.frozen(eq=False)
class Side:
    """Customers or representatives in canonical order: by priority, then by id.

    Attributes:
        ids: The ids as they were given.
        rows: The caller's row of each.
        columns: What was read of them.
    """

    ids: Sequence[object]
    rows: Index
    columns: Columns

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.ids)

    def part(self, rows: "Index | slice") -> Columns:
        """The columns of some of them."""
        return {name: taken(column, rows) for name, column in self.columns.items()}

    def some(self, rows: Index) -> "Side":
        """Some of them, each as often as asked."""
        ids = [self.ids[row] for row in rows.tolist()]
        return Side(ids, self.rows[rows], self.part(rows))


def read_side(
    data: Table[Any], id_column: str, needs: Needs, priority: Sequence[Priority] = ()
) -> Side:
    """Read one side and put it into canonical order.

    Args:
        data: The table.
        id_column: The column of its ids.
        needs: The columns to read.
        priority: Who comes first; ids break ties.

    Raises:
        MissingColumnError: A column is missing.
        DataError: An id is missing or stands twice, or a column does not hold its kind.

    >>> from custseg.frames import table
    >>> side = read_side(table([{"id": "b", "x": 2}, {"id": "a", "x": 1}]), "id", {"x": "number"})
    >>> side.ids, side.rows.tolist(), side.columns["x"].tolist()
    (['a', 'b'], [1, 0], [1.0, 2.0])
    """
    ids = unique_ids(data, id_column)
    columns = data.read(needs)
    order = canonical(ids, [rule.ranks(columns) for rule in priority])
    placed = {name: taken(column, order) for name, column in columns.items()}
    return Side([ids[row] for row in order.tolist()], order, placed)


def read_unordered(data: Table[Any], needs: Needs) -> Side:
    """The same as the rows come, where nobody asks for ids or for order.

    Args:
        data: The table.
        needs: The columns to read.
    """
    size = data.size
    return Side(range(size), np.arange(size, dtype=np.intp), data.read(needs))


def canonical(ids: list[object], ranks: Sequence[Floats]) -> Index:
    """The rows in order: the larger rank first, what has none last; ids break ties.

    Args:
        ids: The id of each row.
        ranks: The first of them counts most.

    >>> canonical(["b", "a", "c"], [np.array([1.0, 1.0, np.nan])]).tolist()
    [1, 0, 2]
    """
    order = _by_id(ids)
    for rank in reversed(ranks):
        order = order[np.argsort(-rank[order], kind="stable")]
    return order


def unique_ids(data: Table[Any], name: str) -> list[object]:
    """The id of each row.

    Args:
        data: The table.
        name: The column of its ids.

    Raises:
        DataError: An id is missing or stands twice.
    """
    keys = data.keys(name)
    if (keys.at < 0).any():
        msg = "is empty: every row needs an id"
        raise DataError(msg, name, int((keys.at < 0).argmax()))
    repeated = keys.first[keys.at] != np.arange(keys.at.size)
    if repeated.any():
        row = int(repeated.argmax())
        msg = (
            f"holds an id that stands in row {int(keys.first[keys.at[row]])} too: merge them first"
        )
        raise DataError(msg, name, row)
    known = keys.ids()
    return [known[at] for at in keys.at.tolist()]


def _by_id(ids: list[object]) -> Index:
    """Ascending ids; of different types, each type by itself."""
    comparable: list[Any] = ids
    try:
        order = sorted(range(len(ids)), key=comparable.__getitem__)
    except TypeError:
        order = sorted(range(len(ids)), key=lambda row: (type(ids[row]).__name__, str(ids[row])))
    return np.array(order, dtype=np.intp)
