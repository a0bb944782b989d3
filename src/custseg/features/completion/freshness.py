"""How fresh a value is: it counts half after its half-life, a quarter after two of them."""

from datetime import date
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.features.conventions import Conventions
from custseg.frames import Table


@attrs.frozen
class Freshness:
    """How the values of a column grow old.

    Attributes:
        column: Which column says on what day a value was last confirmed.
        half_life: Days after which it counts half.
        undated: What a value counts of which that day is not known.
        tz: Time zone whose days are counted.
    """

    column: str
    half_life: float
    undated: float
    tz: str = "UTC"

    def of(self, table: Table[Any], as_of: Floats) -> Floats:
        """What a value counts, 0 to 1, row by row; of a day that is to come, all.

        Args:
            table: The customers.
            as_of: The day at which they are looked at, row by row.

        >>> from custseg import frames
        >>> people = frames.table([{"seen": "2026-01-01"}, {"seen": None}, {"seen": "2026-03-02"}])
        >>> days = np.full(3, 20_514.0)  # 2026-03-02
        >>> Freshness("seen", 60, 0.5).of(people, days).tolist()
        [0.5, 0.5, 1.0]
        """
        moments = table.moments(self.column, self.tz)
        age = np.maximum(as_of - moments.day, 0.0)
        fresh = np.exp2(age / -self.half_life)
        return np.where(moments.known & ~np.isnan(age), fresh, self.undated)


def days_at(table: Table[Any], as_of: date | str | None, tz: str = "UTC") -> Floats:
    """The day at which values are as old as they are: one for all rows, or row by row.

    Args:
        table: The customers.
        as_of: The day; by default that of the column ``as_of``.
        tz: Time zone whose days are counted.

    Raises:
        ConfigError: Neither is there.

    >>> from custseg import frames
    >>> days_at(frames.table([{"as_of": "1970-01-03"}]), None).tolist()
    [2.0]
    """
    if as_of is not None:
        return np.array([float(Conventions(tz=tz).day(as_of))])
    if "as_of" not in table.columns:
        if not table.size:
            return np.empty(0)  # nothing is old
        msg = "values grow old, so the day that counts is needed: give as_of=, or a column as_of"
        raise ConfigError(msg, "as_of")
    return cast("Floats", table.read({"as_of": "day"})["as_of"])
