"""What a model of buying is told of each customer: frequency, recency and age, read and checked."""

from collections.abc import Mapping
from numbers import Real
from typing import Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Columns, Floats, Needs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.lifetime.patterns import mark
from custseg.lifetime.quadrature import blocks
from custseg.showing import Shown

NEEDS: Final[Needs] = {"frequency": "number", "recency": "number", "T": "number"}
_BLOCK: Final = 32_768
NEW_CUSTOMER: Final = ({"frequency": 0, "recency": 0.0, "T": 0.0, "monetary_value": 0.0},)
"""A summary of one customer who has just bought for the first time."""


@attrs.frozen(eq=False)
class History(Shown):
    """What is known of each customer, in the order of the rows.

    Attributes:
        frequency: Repeat purchases (x).
        recency: Age at the last purchase (t_x).
        age: Age now (T).
        known: Whether a row says something possible; the others are as of new customers.
        own: Parameters that are each customer's own, where a model has covariates.

    >>> rows = [
    ...     {"frequency": 2, "recency": 30.0, "T": 20.0},
    ...     {"frequency": 1, "recency": 1.0, "T": 2.0},
    ... ]
    >>> History.read(frames.table(rows).read(NEEDS)).known.tolist()
    [False, True]
    """

    frequency: Floats
    recency: Floats
    age: Floats
    known: Bools
    own: Mapping[str, Floats] = attrs.field(factory=dict[str, Floats])

    @classmethod
    def read(cls, cols: Columns) -> "History":
        """From columns; a row that is missing something or impossible is not known."""
        # numpy rounds the last digit of a logarithm otherwise where values lie apart in memory
        x, tx, age = (np.ascontiguousarray(cast("Floats", cols[name])) for name in NEEDS)
        if all(_all_possible(x[rows], tx[rows], age[rows]) for rows in blocks(len(x), _BLOCK)):
            return cls(x, tx, age, np.ones(len(x), dtype=np.bool_))
        known = (x >= 0) & (tx >= 0) & (tx <= age) & np.isfinite(age) & np.isfinite(x)
        known &= (x == np.floor(x)) & ((x > 0) == (tx > 0))
        return cls.where(known, (x, tx, age))

    @classmethod
    def where(cls, known: Bools, columns: tuple[Floats, Floats, Floats]) -> "History":
        """Frequency, recency and age where they are known; the others as of new customers."""
        x, tx, age = (np.where(known, column, 0.0) for column in columns)
        return cls(x, tx, age, known)

    @property
    def columns(self) -> Columns:
        """The same as columns, by the names of a summary."""
        return {"frequency": self.frequency, "recency": self.recency, "T": self.age}

    def told(self, values: Floats) -> Floats:
        """Values a row, NaN where the row is not known."""
        return values if self.known.all() else np.where(self.known, values, np.nan)

    def take(self, rows: slice) -> "History":
        """Some of the rows."""
        x, tx, age = self.frequency[rows], self.recency[rows], self.age[rows]
        own = {name: values[rows] for name, values in self.own.items()}
        return History(x, tx, age, self.known[rows], own)

    def later(self, time: float) -> "History":
        """The same customers after some more time without a purchase."""
        return attrs.evolve(self, age=self.age + time) if time else self


@attrs.frozen(eq=False)
class Sample:
    """Customers to learn from.

    Attributes:
        history: What they bought; every row is known.
        weight: Customers that a row stands for, ``None`` where each is one.
        more: Other columns that were asked for.
    """

    history: History
    weight: Floats | None
    more: dict[str, Floats]

    @classmethod
    def of(cls, summary: object, weight: str | None = None, *more: str) -> "Sample":
        """Read a summary strictly.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or is impossible.
            NotEnoughDataError: There is no row.
        """
        asked = [*more, *([] if weight is None else [weight])]
        cols = numbers(summary, {**NEEDS, **dict.fromkeys(asked, "number")})
        history = History.read(cast("Columns", cols))
        _check_possible(history)
        held = None if weight is None else checked_weight(weight, cols[weight])
        return cls(history, held, {name: cols[name] for name in more})

    @property
    def mark(self) -> str:
        """A mark of these customers and of the unit of time."""
        known = self.history
        weight = np.ones_like(known.age) if self.weight is None else self.weight
        return mark(weight, known.frequency, known.recency, known.age)

    def require_repeats(self, least: int) -> None:
        """Refuse what no model of repeat buying can be learned from.

        Raises:
            NotEnoughDataError: Too few customers have bought again.
        """
        again = repeaters(self.history.frequency, self.weight)
        if again < max(least, 1):
            every = len(self.history.age) if self.weight is None else float(self.weight.sum())
            msg = (
                f"{again:g} of {every:g} customers have bought again and {least} are "
                "needed to learn how people buy and leave; take a longer time or more customers, "
                "or tell states by fixed days (classify.FixedDays) until then"
            )
            raise NotEnoughDataError(msg)


def repeaters(frequency: Floats, weight: Floats | None) -> float:
    """How many customers have bought again: not rows, for a row may stand for many or for none.

    >>> repeaters(np.array([0.0, 1.0, 2.0]), np.array([9.0, 5.0, 0.0]))
    5.0
    """
    again = frequency > 0
    return float(np.count_nonzero(again) if weight is None else weight[again].sum())


def numbers(table: object, needs: Needs) -> dict[str, Floats]:
    """Columns of numbers, none of them missing.

    Raises:
        MissingColumnError: A column is missing.
        DataError: A value is missing or no finite number.
        NotEnoughDataError: There is no row.

    >>> numbers([{"tenure": 3}], {"tenure": "number"})
    {'tenure': array([3.])}
    """
    opened = frames.table(table)
    if not opened.size:
        msg = "the table has no rows, so there is nothing to learn from; give it customers"
        raise NotEnoughDataError(msg)
    cols = cast("dict[str, Floats]", opened.read(needs))
    for name, column in cols.items():
        refuse(name, ~np.isfinite(column), "is missing or not finite; leave such rows out")
    return cols


def refuse(column: str, wrong: Bools, message: str) -> None:
    """Refuse the first row where something is wrong.

    Raises:
        DataError: A row is wrong.

    >>> refuse("T", np.array([False, True]), "is before the last purchase")
    Traceback (most recent call last):
    custseg.errors.DataError: column 'T', row 1: is before the last purchase
    """
    if wrong.any():
        raise DataError(message, column, int(np.argmax(wrong)))


def checked_weight(name: str, weight: Floats) -> Floats:
    """Weights as they may be.

    Raises:
        DataError: A weight is below 0.
        NotEnoughDataError: All are 0.
    """
    refuse(name, weight < 0, "a weight must not be below 0")
    if not weight.any():
        msg = f"all weights in {name!r} are 0, so nobody counts; give customers a weight above 0"
        raise NotEnoughDataError(msg)
    return weight


def lasting(name: str, time: object) -> float:
    """A length of time.

    Raises:
        ConfigError: It is no number, below 0 or not finite.

    >>> lasting("horizon", 30)
    30.0
    """
    length = -1.0 if isinstance(time, bool) or not isinstance(time, Real) else float(time)
    if not 0 <= length < float("inf"):
        msg = f"must be a finite time of 0 or more, got {time!r}"
        raise ConfigError(msg, name)
    return length


def _all_possible(x: Floats, tx: Floats, age: Floats) -> bool:
    """Whether every row says something possible: a short question, as nearly always it does."""
    least, most = min(x.min(), tx.min()), max(x.max(), age.max())
    if not (least >= 0 and most < np.inf and bool((tx <= age).all())):
        return False
    return bool((np.floor(x) == x).all() and ((x > 0) == (tx > 0)).all())


def _check_possible(history: History) -> None:
    if history.known.all():
        return
    msg = (
        "no such customer is possible: frequency must be a whole number of repeat purchases, "
        "recency 0 exactly where frequency is 0, and 0 <= recency <= T"
    )
    raise DataError(msg, "frequency", int(np.argmin(history.known)))
