"""Customers of whom too little is known yet: a tier on trial."""

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError


@attrs.frozen
class Newcomers:
    """A provisional tier for customers who have not been with us for long.

    A newcomer is placed anew at each review, by the cut points; no tenure, grace or lock counts
    yet. Once the trial is over the customer is placed by the value itself.

    Attributes:
        days: Days since the first purchase before which a customer is a newcomer.
        tier: The tier that newcomers have at least; ``None``: their value is brought to ``over``
            days instead.
        over: Days that the value of others is of: 100 in 73 days is 500 in 365.
        at_least: A shorter time counts as so many days: one order of yesterday is no yearly habit.
        tenure: The column of days since the first purchase.

    Raises:
        ConfigError: Days are not above 0.

    >>> Newcomers().worth(np.array([100.0, 100.0]), np.array([73.0, 0.0])).tolist()
    [500.0, 1216.6...]
    """

    days: int = 90
    tier: str | None = None
    over: int = 365
    at_least: int = 30
    tenure: str = "tenure_days"

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        for name in ("days", "over", "at_least"):
            if getattr(self, name) <= 0:
                msg = f"must be above 0, got {getattr(self, name)}"
                raise ConfigError(msg, name)

    def worth(self, value: Floats, tenure: Floats) -> Floats:
        """What newcomers are placed by.

        Args:
            value: Their values.
            tenure: Days since their first purchases.
        """
        if self.tier is not None:
            return value
        known = np.maximum(tenure, self.at_least)
        return np.asarray(value * np.maximum(self.over / known, 1.0))
