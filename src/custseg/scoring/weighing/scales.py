"""Which values of a column are good, and which are none?"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from custseg import frames
from custseg._typing import Floats, floats
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError

SPAN: Final = (0.05, 0.95)


def as_span(given: Iterable[float]) -> tuple[float, float]:
    """Two ascending shares from 0 to 1.

    Raises:
        ConfigError: They are not.

    >>> as_span([0, 1])
    (0.0, 1.0)
    """
    made = floats(given)
    if len(made) != len(SPAN) or not 0 <= made[0] < made[1] <= 1:
        msg = f"span is two shares from 0 to 1, the lower first, got {list(made)}"
        raise ConfigError(msg, "span")
    return made[0], made[1]


def numbers(data: object, columns: tuple[str, ...]) -> dict[str, Floats]:
    """The columns of a table as numbers.

    Raises:
        MissingColumnError: One is missing.
        DataError: One does not hold numbers.
    """
    table = frames.table(data).select(columns)
    read = table.read(dict.fromkeys(columns, "number"))
    return {name: np.asarray(column, dtype=np.float64) for name, column in read.items()}


def scale_of(name: str, values: Floats, span: tuple[float, float]) -> tuple[float, float] | None:
    """The value that earns nothing and the one that earns all; ``None`` where all are alike.

    Args:
        name: The column.
        values: Values, NaN where missing.
        span: Shares of customers below which nothing, and from which all is earned.

    Raises:
        NotEnoughDataError: Nothing is known.
        DataError: A value is infinite.

    >>> scale_of("visits", np.array([0.0, 1.0, 2.0, np.nan, 99.0]), (0.0, 0.75))
    (0.0, 2.0)
    """
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        msg = f"nothing is known of {name!r}, so there is no scale for it"
        raise NotEnoughDataError(msg)
    if not np.isfinite(known[[0, -1]]).all():
        msg = "holds an infinite value; a scale needs finite ones"
        raise DataError(msg, name)
    at = [max(int(np.ceil(round(share * len(known), 6))) - 1, 0) for share in span]
    low, high = (float(known[i]) for i in at)
    if low == high:
        low, high = float(known[0]), float(known[-1])
    return None if low == high else (low, high)


def lowered(scale: tuple[float, float], *, lower: bool) -> tuple[float, float]:
    """A scale turned round where less is better.

    >>> lowered((0.0, 9.0), lower=True)
    (9.0, 0.0)
    """
    return (scale[1], scale[0]) if lower else scale


def check_lower(lower: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Refuse columns of which less is better that do not count.

    Raises:
        MissingColumnError: One is none of the criteria.
    """
    for name in lower:
        if name not in columns:
            raise MissingColumnError(name, columns)
