"""Asleep after the same number of days for everybody."""

from typing import Any, Final

import attrs

from custseg.classify.ladder import StateLadder
from custseg.classify.strategies.silence import Silence, check_days, check_rising, named
from custseg.frames import Table

_TOLD: Final = {
    "awake": "recent_order",
    "contact": "recent_contact",
    "at_risk": "late_order",
    "dormant": "no_order",
    "churned": "long_no_order",
}
_RISKY: Final = {"awake": "order_in_time", "contact": "contact_in_time"}


@attrs.frozen
class FixedDays:
    """Dormant after a fixed number of days without an order, or without order and contact.

    With ``as_of`` at the end of its day, a customer whose last order was 180 days ago has gone
    180 whole days without one. So ``dormant_after=180`` makes it dormant at ``recency_days`` 180,
    not at 179; and contact 60 days ago is not within ``contact_within=60``, 59 is.

    Who has bought nothing is potential; refunds alone are no purchase. Who has bought and whose
    last order is unknown is dormant, since unknown is not recent; likewise unknown contact does
    not keep a customer awake. Finer states are there where their days are given; silence counts
    more than being new or having come back.

    Reads ``frequency`` and ``recency_days`` of the profile; ``contact_days`` for the rule of two
    signals, ``tenure_days`` for new and ``gap_last_days`` for reactivated customers.

    Attributes:
        dormant_after: Days without an order.
        contact_within: Days without contact that are needed as well; ``None``: orders alone
            decide.
        at_risk_after: Days without an order after which an active customer is at risk.
        churned_after: Days without an order after which a dormant customer is churned.
        new_for: Days after its first order for which a customer is new.
        reactivated_for: Days after its return for which a customer is reactivated that had gone
            ``dormant_after`` days or more without an order.

    Raises:
        ConfigError: A limit is not above 0, or the limits do not rise.

    Source: Zoho CRM, "silent customers" (zoho.com.cn, silent-customer0209), for the rule of two
    signals: 90 days without an order and 60 without follow-up, 60 and 30 for key accounts. The
    default of half a year suits goods that are bought a few times a year; set your own.

    >>> from custseg.classify import Lifecycle
    >>> finer = FixedDays(90, at_risk_after=60, churned_after=365, new_for=30)
    >>> row = {"frequency": 1, "recency_days": 61, "tenure_days": 61}
    >>> Lifecycle(finer).fit([]).one(row)["lifecycle_state"]
    'at_risk'
    """

    dormant_after: int = 180
    contact_within: int | None = None
    at_risk_after: int | None = attrs.field(default=None, kw_only=True)
    churned_after: int | None = attrs.field(default=None, kw_only=True)
    new_for: int | None = attrs.field(default=None, kw_only=True)
    reactivated_for: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        check_days(**attrs.asdict(self))
        check_rising(
            at_risk_after=self.at_risk_after,
            dormant_after=self.dormant_after,
            churned_after=self.churned_after,
        )

    def ladder(self, table: Table[Any]) -> StateLadder:  # noqa: ARG002 - fixed days learn nothing
        """Give the steps, whatever the data."""
        limits = named(
            at_risk=self.at_risk_after, dormant=self.dormant_after, churned=self.churned_after
        )
        return Silence(
            limits,
            told=_TOLD if self.at_risk_after is None else {**_TOLD, **_RISKY},
            settings={f"{state}_after": limit for state, limit in limits.items()},
            contact_within=self.contact_within,
            new_for=self.new_for,
            reactivated_for=self.reactivated_for,
            gap=self.dormant_after,
        ).ladder()
