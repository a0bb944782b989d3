"""How pairs become customers: the thresholds and limits, as plain settings."""

from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError

ANY: Final = "*"
"""Stands for every source in ``one_per``."""


@attrs.frozen
class Clusters:
    """How pairs of records become customers.

    Records that pairs of at least ``start`` join, directly or through others, are looked at
    together: every pair among them is weighed, and they are put together two groups at a time,
    those with the highest average weight first, as long as that average is at least ``cut``. So a
    chain of doubtful pairs does not make one customer of many.

    Attributes:
        start: The weight (log2 odds) from which a pair brings records together to be looked at.
        cut: The lowest average weight between two groups that are one customer.
        largest: The most records of a customer that weights may put together; None for any number.
            Records that a rule joins stay together, however many they are.
        one_per: The sources that hold each customer once, so that two of their records are never
            one customer; ``*`` stands for all sources.
        complete: The most records that are weighed each with each. Where more hang together, the
            weakest pairs are left out until they fall apart; the report tells of it.

    Raises:
        ConfigError: The cut lies above the start, or a limit is below 2.

    Source:
        Average linkage: Sokal and Michener (1958), A statistical method for evaluating systematic
        relationships, University of Kansas Science Bulletin 38. The defaults lie on a plateau
        measured on public sets of duplicates.

    >>> Clusters().cut, Clusters(one_per="erp").one_per
    (-3.0, ('erp',))
    """

    start: float = 0.0
    cut: float = -3.0
    largest: int | None = None
    one_per: tuple[str, ...] = attrs.field(default=(), converter=words)
    complete: int = 1000

    def __attrs_post_init__(self) -> None:
        if not self.cut <= self.start:
            msg = f"the cut may not lie above the start, got {self.cut} and {self.start}"
            raise ConfigError(msg, "cut")
        for name in ("largest", "complete"):
            limit = getattr(self, name)
            if limit is not None and limit < 2:  # noqa: PLR2004 - two records are the fewest
                msg = f"at least 2 records must be let be one customer, got {limit}"
                raise ConfigError(msg, name)
