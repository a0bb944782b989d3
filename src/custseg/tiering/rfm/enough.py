"""Are there enough buyers for cut points of their own?"""

from collections.abc import Iterator, Mapping

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError
from custseg.features.periods import whole
from custseg.reasons import Reason


@attrs.frozen
class EnoughBuyers:
    """What a table must hold before its quantiles say anything.

    Attributes:
        buyers: Customers who have bought, at least.
        history_days: The longest time since a first purchase is at least so many days; ``None``:
            not asked. It reads ``tenure``.
        active_days: Somebody bought in so many days; ``None``: not asked.
        orders: Somebody bought on so many days, at least; ``None``: not asked.
        tenure: The column of days since the first purchase.

    Raises:
        ConfigError: A limit is no number, or below 0.

    Source: the conditions that Klaviyo sets for its RFM groups (500 buyers, 180 days of orders, an
    order in the last 30 days, somebody with 3 orders or more).

    >>> EnoughBuyers(500, history_days=None).buyers
    500
    """

    buyers: int = 500
    history_days: float | None = attrs.field(default=180.0, kw_only=True)
    active_days: float | None = attrs.field(default=30.0, kw_only=True)
    orders: float | None = attrs.field(default=3.0, kw_only=True)
    tenure: str = attrs.field(default="tenure_days", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        whole(self.buyers, "buyers", 0)
        for name in ("history_days", "active_days", "orders"):
            limit = getattr(self, name)
            if limit is not None and not (isinstance(limit, int | float) and 0 <= limit < np.inf):
                msg = f"must be a number of 0 or more, or none, got {limit!r}"
                raise ConfigError(msg, name)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that are read beside those of the measures."""
        return () if self.history_days is None else (self.tenure,)

    def lacking(self, read: Mapping[str, Floats], buyers: int) -> Iterator[Reason]:
        """What there is too little of.

        Args:
            read: Values of the buyers: ``recency``, ``frequency`` and the column of tenure, as far
                as there are such.
            buyers: How many they are.

        >>> [why.code for why in EnoughBuyers(2, history_days=None).lacking({}, 1)]
        ['rfm_few_buyers']
        """
        if buyers < self.buyers:
            yield Reason("rfm_few_buyers", {"buyers": buyers, "needed": self.buyers})
            return
        if self.history_days is not None and _most(read[self.tenure]) < self.history_days:
            yield Reason("rfm_short_history", {"needed": self.history_days})
        recency, orders = read.get("recency"), read.get("frequency")
        if self.active_days is not None and recency is not None and _late(recency, self):
            yield Reason("rfm_nobody_active", {"needed": self.active_days})
        if self.orders is not None and orders is not None and _most(orders) < self.orders:
            yield Reason("rfm_few_orders", {"needed": self.orders})


def _late(recency: Floats, enough: EnoughBuyers) -> bool:
    return -_most(-recency) > (enough.active_days or 0.0)


def _most(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else -np.inf
