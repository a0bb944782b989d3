"""What the kernels of a review ask of its model."""

from collections.abc import Mapping
from typing import Protocol

from custseg._typing import Gives, Needs
from custseg.tiering.review.adjustment import Ruler
from custseg.tiering.review.bars import Hurdles
from custseg.tiering.review.calm import Calm


class Rulebook(Protocol):
    """The rules, and what they read and give.

    >>> from custseg.tiering import Cuts, Retier
    >>> rules: Rulebook = Retier(Cuts((100.0,))).fit()
    >>> rules.tiers
    ('low', 'high')
    """

    @property
    def value(self) -> str:
        """The column that says what a customer is worth."""
        ...

    @property
    def tiers(self) -> tuple[str, ...]:
        """Names, lowest first."""
        ...

    @property
    def calm(self) -> Calm:
        """The rules."""
        ...

    @property
    def hurdles(self) -> Hurdles:
        """The bars to enter and to keep each tier."""
        ...

    @property
    def ruler(self) -> Ruler | None:
        """How values are measured in notches, where the value is smoothed."""
        ...

    @property
    def day(self) -> float | None:
        """The day of the review; ``None``: the rows say it."""
        ...

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        ...

    @property
    def optional(self) -> frozenset[str]:
        """Those that a table may lack."""
        ...

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        ...
