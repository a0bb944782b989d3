"""By which signs is a customer awake or asleep?"""

from typing import Any, Protocol

import attrs

from custseg.classify.ladder import StateLadder, Step
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.rules import Condition, F


class LifecycleStrategy(Protocol):
    """A strategy for the lifecycle: the steps by which a customer comes to a state.

    A strategy of your own is one frozen class with this method; it needs no base class. It may
    learn from the table (``table.read({"recency_days": "number"})``); what it returns is data, so
    the fitted model is JSON, decides one record, and becomes SQL.

    >>> import attrs
    >>> from custseg.classify import Lifecycle
    >>> @attrs.frozen
    ... class Subscribers:
    ...     def ladder(self, table):
    ...         paying = Step(F("plan") == "paid", "active", "pays")
    ...         return StateLadder((paying,), otherwise="potential", reason="pays_not")
    >>> Lifecycle(Subscribers()).fit([]).one({"plan": "paid"})["lifecycle"]
    'active'
    """

    def ladder(self, table: Table[Any], /) -> StateLadder:
        """Give the steps, first to last."""
        ...


@attrs.frozen
class FixedDays:
    """Dormant after a fixed number of days without an order, or without order and contact.

    With ``as_of`` at the end of its day, a customer whose last order was 180 days ago has gone
    180 whole days without one. So ``dormant_after=180`` makes it dormant at ``recency_days`` 180,
    not at 179; and contact 60 days ago is not within ``contact_within=60``, 59 is.

    Who has bought nothing is potential; refunds alone are no purchase. Who has bought and whose
    last order is unknown is dormant, since unknown is not recent; likewise unknown contact does
    not keep a customer awake.

    Reads ``frequency`` and ``recency_days`` of the profile, and ``contact_days`` for the rule of
    two signals.

    Attributes:
        dormant_after: Days without an order.
        contact_within: Days without contact that are needed as well; ``None``: orders alone
            decide.

    Raises:
        ConfigError: A limit is not above 0.

    Source: Zoho CRM, "silent customers" (zoho.com.cn, silent-customer0209), for the rule of two
    signals: 90 days without an order and 60 without follow-up, 60 and 30 for key accounts. The
    default of half a year suits goods that are bought a few times a year; set your own.

    >>> FixedDays(dormant_after=90, contact_within=60)
    FixedDays(dormant_after=90, contact_within=60)
    """

    dormant_after: int = 180
    contact_within: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        limits = {"dormant_after": self.dormant_after, "contact_within": self.contact_within}
        for name, days in limits.items():
            if days is not None and not days > 0:
                msg = f"{name} must be above 0 days, got {days}"
                raise ConfigError(msg)

    def ladder(self, table: Table[Any]) -> StateLadder:  # noqa: ARG002 - fixed days learn nothing
        """Give the steps, whatever the data."""
        order = {"dormant_after": self.dormant_after}
        frequency, recency = F("frequency"), F("recency_days")
        silent = recency >= self.dormant_after
        bought = silent | (frequency >= 1)
        return StateLadder(
            steps=(
                Step(frequency < 1, "potential", "never_bought"),
                Step(recency < self.dormant_after, "active", "recent_order", order),
                *self._asleep(silent, bought),
                Step(bought, "dormant", "last_order_unknown"),
            ),
            otherwise="potential",
            reason="orders_unknown",
        )

    def _asleep(self, silent: Condition, bought: Condition) -> tuple[Step, ...]:
        if self.contact_within is None:
            order = {"dormant_after": self.dormant_after}
            return (Step(silent, "dormant", "no_order", order),)
        days = {"dormant_after": self.dormant_after, "contact_within": self.contact_within}
        near = F("contact_days") < self.contact_within
        return (
            Step(bought & near, "active", "recent_contact", days),
            Step(silent & ~near, "dormant", "no_order_no_contact", days),
            Step(silent, "dormant", "no_order_contact_unknown", days),
        )
