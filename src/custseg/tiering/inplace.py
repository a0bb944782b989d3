"""Which cut points does a table imply that stays in its engine?"""

from datetime import date
from fractions import Fraction
from math import inf, isnan, nextafter
from typing import Any, Protocol, runtime_checkable

import attrs
import numpy as np

from custseg import frames
from custseg.errors import DataError, NotEnoughDataError
from custseg.features.daynumbers import as_date
from custseg.frames import UNITS, Passes, Table, Unit
from custseg.tiering.cuts import Cuts
from custseg.tiering.learnt import Learnt

_ABOVE = 5e-324  # the smallest number above 0
_DAY = "as_of"


@runtime_checkable
class InPlace(Protocol):
    """A cutter that can leave the rows where they are.

    >>> from custseg.tiering import Quantiles, Thresholds
    >>> isinstance(Quantiles((0.5,)), InPlace), isinstance(Thresholds((1.0,)), InPlace)
    (True, False)
    """

    def by_passes(self, passes: Passes, /) -> Cuts:
        """Choose the points as of the values in memory, by aggregates of a column alone."""
        ...


def cut_in_place(cutter: object, data: object, value: str) -> Cuts | None:
    """The cut points of a lazy table, without fetching its rows.

    Args:
        cutter: Where to cut.
        data: The table.
        value: The column that is cut.

    Returns:
        The cut points with what they were learnt from; ``None`` where the rows have to be read.

    Raises:
        NotEnoughDataError: No value is there to choose cut points from.
        DataError: A value is infinite, or the column is not a number.
        MissingColumnError: There is no such column.

    >>> from custseg.tiering import Quantiles
    >>> cut_in_place(Quantiles((0.5,)), [{"spent": 10}], "spent") is None
    True
    """
    table = frames.table(data)
    if not table.lazy or not isinstance(cutter, InPlace):
        return None
    return cut_of(cutter, table, value, day=latest(table, value))


def cut_of(cutter: InPlace, table: Table[Any], value: str, *, day: date | None) -> Cuts:
    """The cut points of a table in an engine, with what they were learnt from.

    Args:
        cutter: Where to cut.
        table: The table.
        value: The column that is cut.
        day: The day of the rows.

    Raises:
        NotEnoughDataError: No value is there to choose cut points from.
        DataError: A value is infinite, or the column is not a number.

    >>> from custseg.frames import table
    >>> from custseg.tiering import Quantiles
    >>> cut_of(Quantiles((0.5,)), table([{"x": 1.0}, {"x": 3.0}]), "x", day=None).points
    (2.0,)
    """
    passes = table.passes(value)
    try:
        made = cutter.by_passes(passes)
    except DataError as error:
        raise DataError(error.message, value, error.row) from error
    except NotEnoughDataError as error:
        msg = f"column {value!r}: {error}"
        raise NotEnoughDataError(msg) from error
    return attrs.evolve(made, learnt=attrs.evolve(learnt(passes, made), as_of=day))


def learnt(passes: Passes, cuts: Cuts) -> Learnt:
    """What cut points were learnt from, counted in the engine.

    Args:
        passes: The column.
        cuts: The cut points.

    >>> from custseg.frames import table
    >>> learnt(table([{"x": 1.0}, {"x": 2.0}, {"x": None}]).passes("x"), Cuts((2.0,))).counts
    (1.0, 1.0)
    """
    starts = [point if cuts.closed == "left" else nextafter(point, inf) for point in cuts]
    edges = np.unique([*starts, 0.0, _ABOVE])
    found = passes.sums(edges, Unit())
    if found.finer.any():
        sums = passes.buckets(edges).total
    else:
        sums = np.array([float(Fraction(whole, UNITS)) for whole in found.whole])
    begin = np.concatenate(([-np.inf], edges))
    at = np.searchsorted(starts, begin, "right")
    return Learnt(
        rows=int(found.count.sum()) + found.missing,
        missing=found.missing,
        zero=int(found.count[begin == 0].sum()),
        negative=int(found.count[begin < 0].sum()),
        refunds=float(sums[begin < 0].sum()),
        counts=np.bincount(at, found.count, minlength=cuts.classes).tolist(),
        sums=np.bincount(at, sums, minlength=cuts.classes).tolist(),
    )


def latest(table: Table[Any], value: str) -> date | None:
    """The day of the rows, where they say one.

    Args:
        table: The table.
        value: The column that is cut, which is no day.

    >>> from custseg.frames import table
    >>> latest(table([{"as_of": date(2026, 6, 30)}]), "revenue")
    datetime.date(2026, 6, 30)
    """
    if value == _DAY or _DAY not in table.columns:
        return None
    day = table.latest(_DAY)
    return None if isnan(day) else as_date(day)
