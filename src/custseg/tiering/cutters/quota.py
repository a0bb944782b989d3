"""Where to cut so that no more customers are above than there are places?"""

from math import floor
from typing import Literal

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.frames import Passes
from custseg.tiering.cuts import Cuts
from custseg.tiering.engine import quota_points
from custseg.tiering.settings import check_ties, exact_share, settled
from custseg.tiering.tallies import Tally


def _falling(values: object) -> tuple[float, ...]:
    return tuple(sorted(settled(values), reverse=True))


@attrs.frozen
class Quota:
    """Cut points that leave at most so many customers above them: places are few.

    Equal customers are never told apart. Those at the line who do not all fit stay out together,
    so that no class has more than its places, or with ``ties="up"`` they are all in. Who was in
    before, and whether that counts, is a matter of review: see ``Retier``.

    Attributes:
        at_most: Customers in each class and those above it, one a cut: whole numbers, such as
            (500, 100) for a hundred at the top and five hundred in the two upper classes; or
            shares of the customers below 1, such as (0.2, 0.05). In any order.
        ties: ``down``: equal customers who do not all fit are out; ``up``: they are in.

    Raises:
        ConfigError: A number is not above 0 or not whole, shares and numbers are mixed, one comes
            twice, or ``ties`` is unknown.

    >>> people = np.array([90.0, 70.0, 70.0, 50.0, 10.0])
    >>> Quota((2,)).cuts(people).codes(people).tolist()
    [1, 0, 0, 0, 0]
    >>> Quota((2,), ties="up").cuts(people).codes(people).tolist()
    [1, 1, 1, 0, 0]
    """

    at_most: tuple[float, ...] = attrs.field(converter=_falling)
    ties: Literal["down", "up"] = "down"

    def __attrs_post_init__(self) -> None:
        """Check the numbers and the tie rule."""
        check_ties(self.ties, ("down", "up"))
        given = self.at_most
        share = bool(given) and all(0 < n < 1 for n in given)
        whole = bool(given) and all(n >= 1 and float(n).is_integer() for n in given)
        if not (share or whole) or len(set(given)) < len(given):
            msg = (
                "at_most must be different whole numbers of customers, or shares below 1, "
                f"at least one, got {list(given)}"
            )
            raise ConfigError(msg)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.at_most) + 1

    def places(self, customers: int) -> tuple[int, ...]:
        """The places among so many customers, as ``at_most``: the lowest cut first.

        Args:
            customers: How many there are whose value is known.

        >>> Quota((0.2, 0.05)).places(150)
        (30, 7)
        """
        return tuple(int(n) if n >= 1 else floor(exact_share(n) * customers) for n in self.at_most)

    def cuts(self, values: Floats) -> Cuts:
        """Choose the points: the smallest value that still has a place.

        Args:
            values: Numbers; NaN is missing and has no place.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        tally = Tally.of(values)
        largest, counts = tally.sizes[::-1], tally.counts[::-1]
        through = np.cumsum(counts)
        places = np.array(self.places(int(through[-1])))
        if self.ties == "down":
            inside = np.searchsorted(through, places, side="right")
        else:
            inside = np.searchsorted(through - counts, places, side="left")
        beyond = float(np.nextafter(largest[0], np.inf))
        return Cuts(float(largest[n - 1]) if n else beyond for n in inside.tolist())

    def by_passes(self, passes: Passes) -> Cuts:
        """Choose the same points of a column in an engine, without fetching its rows.

        Args:
            passes: The column.

        Raises:
            NotEnoughDataError: No value is there.
            DataError: A value is infinite.
        """
        return Cuts(quota_points(passes, self.places, filled=self.ties == "up"))
