"""What the last review said, brought to the table of the next one."""

from typing import TypeVar, cast

import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Days, Index
from custseg.errors import DataError
from custseg.tiering.review.columns import MEMORY, TIER, previous

T = TypeVar("T")


def carried(data: T, reviewed: object, *, customer: str = "customer_id") -> T:
    """Give a table what the last review said of its customers.

    Args:
        data: One row a customer, as it is now: records or a frame.
        reviewed: What ``RetierModel.apply`` gave at the last review, of any kind.
        customer: The column of the customer's id in both.

    Returns:
        The same kind of table, with ``tier_previous``, ``tier_since_previous``, ...; they are
        missing for customers of whom nothing was said. Who is in the last review alone has no row
        here: ``migration`` counts them as leavers.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A customer has several rows in the last review.

    >>> from custseg.tiering import Cuts, Retier, carried
    >>> review = Retier(Cuts((100.0,))).fit()
    >>> first = review.on("2026-03-31").apply([{"customer_id": "a", "revenue": 120.0}])
    >>> later = carried([{"customer_id": "a", "revenue": 90.0}], first)
    >>> second = review.on("2026-06-30").apply(later)
    >>> second[0]["tier"], second[0]["tier_since"].isoformat(), second[0]["tier_reason"]
    ('high', '2026-03-31', 'kept_band_of_tier')
    """
    now, last = frames.table(data), frames.table(reviewed)
    last.require((customer, TIER))
    mine, theirs = last.keys(customer), now.keys(customer)
    known = mine.at[mine.at >= 0]
    if len(known) > len(mine.uniques):
        msg = f"{len(known) - len(mine.uniques)} rows of the last review repeat a customer"
        raise DataError(msg, customer)
    place = np.append(frames.align(mine, theirs), -1)[theirs.at]
    rows = np.where(place >= 0, mine.first[place], -1) if len(mine.uniques) else place
    held = [name for name in MEMORY if name in last.columns]
    cols = last.read({name: MEMORY[name] for name in held})
    return cast("T", now.attach({previous(name): _taken(name, cols[name], rows) for name in held}))


def _taken(name: str, column: Column, rows: Index) -> Column:
    """The rows of a column, missing where there is none."""
    if isinstance(column, Codes):
        words = np.append(column.at, -1)[rows]
        return Codes(words, column.words, plain=True)
    values = np.append(np.asarray(column, dtype=np.float64), np.nan)[rows]
    return Days(values) if MEMORY[name] == "day" else values
