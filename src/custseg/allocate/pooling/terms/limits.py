"""How many customers may one person or one team hold, or lock?"""

from typing import Final, Literal

import attrs

from custseg.allocate.pooling.terms.protection import check_whole
from custseg.errors import ConfigError
from custseg.rules import Condition

_COUNTS: Final = ("held", "open", "locked")


@attrs.frozen
class PoolLimit:
    """The most customers that a person or a team may hold or have locked.

    Where several limits bind, each of them must be kept, so that the least applies. Who is over a
    limit keeps what it has, and gains nothing until it is below.

    Attributes:
        most: The most customers.
        counts: ``held``: all that are owned; ``open``: without those that are won; ``locked``.
        by: A column of the representatives, such as ``team``: all who share its word share the
            limit; ``None``: each by itself.
        where: Whom it binds, a condition on the columns of the representatives; ``None``: all.
        column: A column of the representatives that holds the number instead of ``most``, a part
            of one is no place; who has none there is not bound.

    Raises:
        ConfigError: There is no number or there are two, it is below 0, a column is given for a
            team, or something else is to be counted.

    >>> PoolLimit(200, counts="open").counts
    'open'
    """

    most: int | None = None
    counts: Literal["held", "open", "locked"] = attrs.field(default="held", kw_only=True)
    by: str | None = attrs.field(default=None, kw_only=True)
    where: Condition | None = attrs.field(default=None, kw_only=True)
    column: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        if self.counts not in _COUNTS:
            msg = f"must be one of {list(_COUNTS)}, got {self.counts!r}"
            raise ConfigError(msg, "pool_limit.counts")
        if (self.most is None) == (self.column is None):
            msg = "needs either most=..., a number for all, or column=..., a column of numbers"
            raise ConfigError(msg, "pool_limit.most")
        if self.most is not None:
            check_whole("pool_limit.most", self.most)
        if self.column is not None and self.by is not None:
            msg = "a team has one number for all: give most=... with by=..."
            raise ConfigError(msg, "pool_limit.column")
