"""Customers that several representatives share."""

import attrs

from custseg.showing import Shown


@attrs.frozen
class Share(Shown):
    """One representative's part of a customer that was split.

    Attributes:
        customer_id: The id as it was given.
        rep_id: The id as it was given.
        part: The part, above 0 to 1; the parts of a customer add up to 1.
        primary: The one who stands as the owner.

    >>> Share("C-1", "R1", 0.6, primary=True).as_dict()["part"]
    0.6
    """

    customer_id: object
    rep_id: object
    part: float
    primary: bool

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return attrs.asdict(self)
