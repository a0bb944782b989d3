"""How a policy of reviews did on a history."""

from typing import Final

import attrs

from custseg.layout import plain
from custseg.showing import Shown

SHARES: Final[tuple[str, ...]] = ("moves", "ups", "downs", "reversals", "fidelity", "differs")
MONEY: Final[tuple[str, ...]] = ("money_moved", "money_differs", "money_wrong")


@attrs.frozen
class PolicyFigures(Shown):
    """How one policy did; NaN where there was nothing to count.

    Shares are of the customers with a tier at a review and at the one before it, over all reviews
    after the first; those of money are of their value.

    Attributes:
        policy: Its name.
        customers: Customers who were reviewed.
        reviews: Reviews after the first.
        moves: Share that changed tier at a review.
        ups: Share that rose.
        downs: Share that fell.
        reversals: Share whose move took back the direction of their last one.
        fidelity: Share whose tier is the one of the reference.
        differs: Share whose tier is not the one that the value alone is good for.
        money_moved: Share of the money whose customers changed tier.
        money_differs: Share of the money whose customers have another tier than by value alone.
        money_wrong: Share of the money whose customers have another tier than the reference.

    >>> PolicyFigures("all", 0, 0, *[float("nan")] * 9).as_dict()["moves"]
    """

    policy: str
    customers: int
    reviews: int
    moves: float
    ups: float
    downs: float
    reversals: float
    fidelity: float
    differs: float
    money_moved: float
    money_differs: float
    money_wrong: float

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; ``None`` where unknown."""
        names = (*SHARES, *MONEY)
        shares = plain(getattr(self, name) for name in names)
        head = {"policy": self.policy, "customers": self.customers, "reviews": self.reviews}
        return {**head, **dict(zip(names, shares, strict=True))}
