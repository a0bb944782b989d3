"""What an audit is asked to look at."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.measures import quantile


class Asked(TypedDict, total=False):
    """What may be asked of an audit, by keyword."""

    positive: str | float | bool | None
    protected: Iterable[str]
    at: str | None
    level: float
    reference: object
    factors: Iterable[str]
    select: float | str
    decided: str | None
    filled: Mapping[str, str]


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(names)))


def _share(select: float | str) -> float | str:
    return select if isinstance(select, str) else float(select)


@attrs.frozen(kw_only=True)
class Questions:
    """The same, checked.

    Attributes:
        positive: The value of the outcome that counts as won.
        protected: Attributes that a score must not treat apart.
        at: The column of the day that each row is of.
        level: Level of intervals.
        reference: A table of earlier customers to measure drift against.
        factors: Other columns to look at for leaks and drift.
        select: Who is chosen: a share of the rows, or a grade.
        decided: The column of the day on which the outcome came.
        filled: Factor columns, and the columns of the days on which they were filled in.

    Raises:
        ConfigError: The level, or the share, is not strictly between 0 and 1.
    """

    positive: str | float | bool | None = None
    protected: tuple[str, ...] = attrs.field(default=(), converter=_names)
    at: str | None = None
    level: float = 0.95
    reference: object = None
    factors: tuple[str, ...] = attrs.field(default=(), converter=_names)
    select: float | str = attrs.field(default=0.2, converter=_share)
    decided: str | None = None
    filled: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        quantile(self.level)
        if isinstance(self.select, float) and not 0 < self.select < 1:
            msg = f"must be a share strictly between 0 and 1, or a grade, got {self.select!r}"
            raise ConfigError(msg, "select")
        if self.filled and self.decided is None and self.at is None:
            msg = "filled says when values were filled in; say after which day they may not count: "
            msg += "decided=... (the outcome came) or at=..."
            raise ConfigError(msg, "decided")
