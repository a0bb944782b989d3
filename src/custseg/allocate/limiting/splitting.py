"""Which customers may be cut into shares, and into which."""

import attrs
import numpy as np

from custseg._typing import Needs
from custseg.allocate.limiting.loads import Loads
from custseg.allocate.wishing.sides import Side
from custseg.errors import ConfigError
from custseg.frames.vector import holds
from custseg.rules import Condition

_WHOLE = 100


def _percents(given: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(piece) for piece in given)


@attrs.frozen
class Split:
    """Customers that several representatives may share when a load asks for it.

    The pieces are whole percents, so shares add up to exactly 1. The first piece goes to the
    primary, who counts the customer as one of its own and has half of it or more; the loads of
    value or hours are carried by share. Nobody is cut who fits whole.

    Attributes:
        where: The customers that may be cut.
        pieces: The percents, the largest first and 50 at least; several may go to one.

    >>> from custseg.rules import F
    >>> Split(F("tier") == "high", (50, 30, 20)).needs
    {'tier': 'text'}
    >>> Split(F("tier") == "high", (50, 60))
    Traceback (most recent call last):
        ...
    custseg.errors.ConfigError: split.pieces: must be two whole percents or more, the largest \
first and 50 at least, that add up to 100, got [50, 60]
    """

    where: Condition
    pieces: tuple[int, ...] = attrs.field(default=(50, 25, 25), converter=_percents)

    def __attrs_post_init__(self) -> None:
        """Refuse pieces that do not make a whole.

        Raises:
            ConfigError: They are not positive, not in order, do not add up to 100, or the first is
                below 50.
        """
        given = list(self.pieces)
        fine = len(given) > 1 and given[-1] > 0 and given == sorted(given, reverse=True)
        if not fine or sum(given) != _WHOLE or 2 * given[0] < _WHOLE:
            msg = (
                "must be two whole percents or more, the largest first and 50 at least, that add "
                f"up to 100, got {given}"
            )
            raise ConfigError(msg, "split.pieces")

    @property
    def needs(self) -> Needs:
        """The columns of the customers to read."""
        return self.where.needs

    def into(self, loads: Loads, customers: Side) -> Loads:
        """The same loads, with a note of who may be cut and into what.

        Args:
            loads: The loads over these customers.
            customers: The customers with the columns of ``needs``.
        """
        cut = np.asarray(holds(self.where, customers.columns, customers.size), dtype=np.bool_)
        return attrs.evolve(loads, pieces=self.pieces, cut=cut)
