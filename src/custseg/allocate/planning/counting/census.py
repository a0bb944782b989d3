"""Customers counted by class where they are: one row a class leaves the engine."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.asking.reading import Asking
from custseg.allocate.planning.counting.marking import marks
from custseg.allocate.solving.seats.shares import alike_rows
from custseg.allocate.wishing.sides import canonical, unique_ids
from custseg.frames import Table, table
from custseg.frames.parts import Share, totals

COUNT: Final = "__custseg_count"
NAME: Final = "customers"


@attrs.frozen(eq=False)
class Census:
    """Work on some customers: the first of each class, and how many there are.

    Attributes:
        asking: What is asked of them.
        most: How many classes are told at most, and one more.
    """

    asking: Asking
    most: int

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a class, with what a plan reads of its first customer."""
        people = given[NAME]
        told = self.asking.told
        ids = unique_ids(people, told.customer_id)
        problem = self.asking.unordered(people)
        columns = problem.score.people.columns
        _, at = first_of_each(marks(problem))
        sizes = np.bincount(at).astype(np.int64)[: self.most + 1]
        ranks = [rule.ranks(columns) for rule in told.priority]
        first = _foremost(at, ids, ranks)[: self.most + 1]
        return table(people.take(first)).attach({COUNT: sizes})


@attrs.frozen(eq=False)
class Counted:
    """Customers by class.

    Attributes:
        problem: The first customer of each class, in canonical order.
        sizes: How many customers are of each.
        marks: What tells each class apart.
    """

    problem: Problem
    sizes: Ints
    marks: Ints

    @property
    def size(self) -> int:
        """How many customers there are."""
        return int(self.sizes.sum())

    @property
    def told_apart(self) -> int:
        """How many classes have points of their own, whatever else is known of them."""
        points = self.problem.open_points()
        return int(alike_rows(points, np.arange(len(points), dtype=np.intp))[0].size)


def counted_by_class(asking: Asking, customers: Table[Any], most: int) -> Counted | None:
    """Count customers by class, in their engine.

    Args:
        asking: What is asked of them.
        customers: One row a customer, a lazy table.
        most: How many classes there may be.

    Returns:
        ``None`` where there are more classes.

    Raises:
        DataError: An id is missing or stands twice, or a column does not hold its kind.
    """
    columns = asking.columns(customers.columns)
    share = Share(customers, asking.told.customer_id, columns)
    found = totals({NAME: share}, Census(asking, most))
    many = whole_numbers(found, COUNT)
    problem = asking.problem(found, most=int(many.sum()))
    known = marks(problem)
    first, at = first_of_each(known)
    if first.size > most:
        return None
    sizes = np.zeros(first.size, dtype=np.int64)
    np.add.at(sizes, at, many[problem.score.people.rows])
    return Counted(problem.part(first), sizes, known[first])


def whole_numbers(data: Table[Any], name: str) -> Ints:
    """A column of whole numbers that a work has made."""
    read = np.asarray(data.read({name: "number"})[name], dtype=np.float64)
    return read.astype(np.int64)


def first_of_each(known: Ints) -> tuple[Index, Index]:
    """The first row of each number, in order of those rows, and the place of each row's number.

    >>> first, at = first_of_each(np.array([7, 3, 7]))
    >>> first.tolist(), at.tolist()
    ([0, 1], [0, 1, 0])
    """
    _, first, at = np.unique(known, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty(order.size, dtype=np.intp)
    place[order] = np.arange(order.size)
    return first[order], place[at.ravel()]


def _foremost(at: Index, ids: list[object], ranks: Sequence[Floats]) -> Index:
    """The first row of each class in canonical order, without putting all rows in order."""
    rows = np.arange(at.size, dtype=np.intp)
    for rank in ranks:
        least = np.full(int(at.max(initial=-1)) + 1, np.inf)
        unknown = np.isnan(rank[rows])
        np.minimum.at(least, at[rows], np.where(unknown, np.inf, -rank[rows]))
        tops = np.where(unknown, np.inf, -rank[rows]) == least[at[rows]]
        some = np.zeros(least.size, dtype=np.bool_)
        some[at[rows[tops & ~unknown]]] = True  # an endless rank comes before none at all
        rows = rows[tops & ~(unknown & some[at[rows]])]
    best: dict[int, int] = {}
    try:
        for row, kind in zip(rows.tolist(), at[rows].tolist(), strict=True):
            held = best.setdefault(kind, row)
            if ids[row] < ids[held]:  # type: ignore[operator] # ids compare, or else are spelled
                best[kind] = row
    except TypeError:
        order = rows[canonical([ids[row] for row in rows.tolist()], ())]
        best = {}
        for row, kind in zip(order.tolist(), at[order].tolist(), strict=True):
            best.setdefault(kind, row)
    return np.array([best[kind] for kind in range(len(best))], dtype=np.intp)
