"""What the rules decided of each customer."""

from typing import Literal

import attrs

from custseg._typing import Bools, Index


@attrs.frozen(eq=False)
class Ruled:
    """The decisions of a book of rules, each once, and which of them each customer got.

    Attributes:
        at: For each customer its decision.
        open: For each decision whom it allows: decisions x representatives. Nobody, where it
            sends the customer to a pool.
        names: For each decision the rule that made it; of several their names, joined by ``+``;
            the fallback's name where it decides.
        pool: For each decision the pool that takes the customer; None: none.
        instead: For each decision of the fallback the rules whose representatives are not there
            (unknown, or all on leave); empty where no rule holds.
        rules: For each decision the places of its rules in the book, also where the fallback
            stands in for them.
        way: ``table``: decided by combination of what the rules compare; ``masks``: the
            combinations were too many, so that the rules were asked one after the other.

    >>> import numpy as np
    >>> at, allowed = np.array([0, 0]), np.array([[True, False]])
    >>> Ruled(at, allowed, ("north",), (None,), ("",), ((0,),), "table").allowed().tolist()
    [[True, False], [True, False]]
    """

    at: Index
    open: Bools
    names: tuple[str, ...]
    pool: tuple[str | None, ...]
    instead: tuple[str, ...]
    rules: tuple[tuple[int, ...], ...]
    way: Literal["table", "masks"]

    def allowed(self) -> Bools:
        """Whom each customer may go to: customers x representatives."""
        return self.open[self.at]
