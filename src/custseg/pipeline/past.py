"""What the last run said of each customer, brought to this one."""

from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Days
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.tiering import carried
from custseg.tiering.review.columns import MEMORY
from custseg.tiering.review.columns import previous as called

_TIER: Final = "tier"
_SAID: Final = "tier_reviewed"
_READ: Final = "tier_previous"


def brought(people: Any, previous: Any, *, customer: str) -> Any:  # noqa: ANN401 - the caller's kind
    """The customers with what the last run wrote of them in columns ``*_previous``.

    Args:
        people: One row a customer.
        previous: What the last run wrote, one row a customer; ``None``: this is the first.
        customer: The column of the customer's id in both.

    Raises:
        MissingColumnError: The last run wrote no tiers.
        DataError: A customer has several rows in it.

    >>> last = [{"customer_id": "a", "tier": "high"}]
    >>> brought([{"customer_id": "a"}], last, customer="customer_id")[0]["tier_previous"]
    'high'
    """
    if previous is None:
        return people
    now = frames.table(people)
    if not now.lazy:
        return carried(people, previous, customer=customer)
    last = frames.table(previous)
    last.require((customer, _TIER))
    held = tuple(name for name in MEMORY if name in last.columns)
    renamed = frames.table(frames.by_row(last, Remembered(held), needs=held))
    return now.joined(renamed, customer, [called(name) for name in held])


@attrs.frozen
class Remembered:
    """What the last run said of some customers, row by row, under the names that a review reads.

    Attributes:
        names: The columns that it wrote.
    """

    names: tuple[str, ...]

    def __call__(self, rows: Table[Any]) -> Any:  # noqa: ANN401 - the kind of the rows
        """The columns ``*_previous``."""
        cols = rows.read({name: MEMORY[name] for name in self.names})
        return rows.build({called(name): _kept(name, column) for name, column in cols.items()})


def _kept(name: str, column: Column) -> Column:
    if isinstance(column, Codes):
        return attrs.evolve(column, plain=True)
    values = np.asarray(column, dtype=np.float64)
    return Days(values) if MEMORY[name] == "day" else values


def check_past(people: Any, model: Any) -> None:  # noqa: ANN401 - any table, any model
    """Refuse a review that would start all over, although its customers were reviewed before.

    Args:
        people: One row a customer.
        model: What is to be applied.

    Raises:
        ConfigError: The table has what a review wrote, under the names that it wrote.
    """
    columns = frames.table(people).columns
    if _READ in getattr(model, "optional", ()) and _SAID in columns and _READ not in columns:
        msg = (
            f"the customers carry what a review wrote ({_SAID}), but a review reads it as "
            f"{_READ} and so on; give the table that the last run wrote as previous"
        )
        raise ConfigError(msg, "tables.previous")
