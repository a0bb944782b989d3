"""Work where the rows are: by customer, row by row, or as sums of each partition."""

from collections.abc import Iterable, Mapping
from typing import Any

from custseg.frames.parts.registry import runner_of
from custseg.frames.parts.runner import gathered_in
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.table import Table


def by_customer(given: Mapping[str, Share], work: Work, *, like: str) -> Any:
    """Work on all rows of each key together, wherever the engine puts them.

    Args:
        given: Tables by name, each with its key and the columns that travel. Rows whose key is
            null are worked on together too. A table in memory is brought into the engine.
        work: Opened tables of a partition, by name -> a native table (`build` of one of them).
            It is run once on tables without rows, to learn the columns of its answer, and again
            for each partition that has rows in any table.
        like: The name of the table whose kind the answer has; a lazy one stays lazy.

    Returns:
        A native table. In an engine the words of ordered labels are plain texts.

    Raises:
        DataError: A lazy table is of another engine than that of `like`.

    >>> from custseg.frames import table
    >>> orders = table([{"id": "a", "paid": 3}, {"id": "a", "paid": 4}])
    >>> def paid(given):
    ...     paid = given["orders"].read({"paid": "number"})["paid"]
    ...     return given["orders"].build({"total": paid.sum(keepdims=True)})
    >>> by_customer({"orders": Share(orders, "id", ("paid",))}, paid, like="orders")
    [{'total': 7.0}]
    """
    held = given[like].table
    gathered_in(given, held)
    return runner_of(held).by_customer(given, work, held)


def by_row(
    table: Table[Any], work: RowWork, *, needs: Iterable[str], replaces: Iterable[str] = ()
) -> Any:
    """Add columns that a work on some rows at a time makes, row for row.

    Args:
        table: The opened table.
        work: An opened table of some rows -> a native table of the new columns. Those that are
            there already are replaced where they stand.
        needs: The columns that the work reads.
        replaces: Columns to leave out because new ones stand for them.

    Returns:
        The native table with the new columns; a lazy one stays lazy.

    Raises:
        MissingColumnError: A column that the work reads is not there.

    >>> from custseg.frames import table
    >>> def doubled(rows):
    ...     return rows.build({"twice": rows.read({"paid": "number"})["paid"] * 2})
    >>> by_row(table([{"id": "a", "paid": 3}]), doubled, needs=("paid",))
    [{'id': 'a', 'paid': 3, 'twice': 6.0}]
    """
    wanted = tuple(dict.fromkeys(needs)) or table.columns[:1]  # some column tells the rows
    table.require(wanted)
    return runner_of(table).by_row(table, work, wanted, tuple(replaces))


def totals(given: Mapping[str, Share], work: Work) -> Table[Any]:
    """The few rows of sums that a work gives for each partition; the caller adds them up.

    Args:
        given: Tables by name, each with its key and the columns that travel.
        work: As for `by_customer`, but its answer is a handful of rows a partition: counts, sums.

    Returns:
        All those rows, in memory; none where no table has a row.

    Raises:
        DataError: Lazy tables are of several engines.

    >>> from custseg.frames import table
    >>> def count(given):
    ...     return given["orders"].build({"rows": [given["orders"].size]})
    >>> totals({"orders": Share(table([{"id": "a"}]), "id", ())}, count).native
    [{'rows': 1}]
    """
    held = next((s.table for s in given.values() if s.table.lazy), next(iter(given.values())).table)
    gathered_in(given, held)
    return runner_of(held).totals(given, work, held)
