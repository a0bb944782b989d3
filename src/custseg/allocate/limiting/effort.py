"""How much more work a customer is for one representative than for another."""

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.protocol import Wish
from custseg.errors import ConfigError


@attrs.frozen
class Extra:
    """Extra effort where a pair does not go well together.

    A customer whose wish is met wholly takes its plain weight; one whose wish is not met at all
    takes ``by`` times its weight on top. A pair that the wish refuses is not eligible anyway.

    Attributes:
        wish: How well a pair goes together, 0 to 1.
        by: The extra where it does not at all: 0.5 is half as much again.

    >>> from custseg._typing import Codes
    >>> from custseg.allocate import Match
    >>> far = Extra(Match("region"), 0.5)
    >>> here = Codes(np.array([0, 1]), ("north", "south"))
    >>> far.factors({"region": here}, {"region": here}).tolist()
    [[1.0, 1.5], [1.5, 1.0]]
    """

    wish: Wish
    by: float = 0.5

    def __attrs_post_init__(self) -> None:
        """Refuse an extra below zero.

        Raises:
            ConfigError: It is negative or not finite.
        """
        if not (np.isfinite(self.by) and self.by >= 0):
            msg = f"by must be 0 or more, got {self.by:g}"
            raise ConfigError(msg, "extra.by")

    @property
    def needs(self) -> Needs:
        """The columns of the customers that the wish reads."""
        return self.wish.needs

    @property
    def rep_needs(self) -> Needs:
        """The columns of the representatives that the wish reads."""
        return self.wish.rep_needs

    def factors(self, customers: Columns, reps: Columns) -> Floats:
        """The factor of each pair, n x m, 1 or more.

        Args:
            customers: The columns of ``needs``.
            reps: The columns of ``rep_needs``.
        """
        points = self.wish.points(
            {name: customers[name] for name in self.needs},
            {name: reps[name] for name in self.rep_needs},
        )
        return 1.0 + self.by * (1.0 - np.nan_to_num(points))
