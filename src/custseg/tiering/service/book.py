"""What does each kind of customer get: by lifecycle, tier, potential and reason?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.tiering.service.linting import ServiceLint, linted
from custseg.tiering.service.rule import ServiceRule
from custseg.tiering.service.served import ServiceModel
from custseg.tiering.service.timing import given_day
from custseg.tiering.service.usualrules import FAULT, PRICE, usual_rules
from custseg.values.columns import ContactFlag, contact_flag

_CONTACTS: Final = ("contact_days", "interactions")


def _rules(given: ServiceRule | Iterable[ServiceRule]) -> tuple[ServiceRule, ...]:
    return (given,) if isinstance(given, ServiceRule) else tuple(given)


@attrs.frozen
class ServiceBook:
    """Services as data: the first rule that fits a customer says what it gets and what to do.

    Rules ask for a lifecycle class, a tier, a level of potential, and anything else that a column
    can say, such as why a customer was lost. The usual book converts who has bought nothing, wins
    back the dormant by reason (a complaint or a low satisfaction is put right, a price is met with
    a new offer, who is worth it is called), keeps the high, develops the medium, and gives the low
    standard care at the right time.

    Attributes:
        rules: The rules, in order.
        flags: Columns that say who may be contacted: ``permission`` (a yes permits) or
            ``refusal`` (a yes forbids); by default those that the table of ``fit`` has under their
            usual Chinese or English names.
        as_of: The day; by default the column ``as_of`` of each row says it.
        contacts_recorded: Whether contacts are recorded, so that who has none was never
            contacted, and is due at once. By default they are where the table of ``fit`` knows
            of any contact, or counts ``interactions``, be it none; a shop that records none then
            calls by purchases alone, instead of everybody at once.

    Raises:
        ConfigError: There are no rules, or one code stands for two different policies.

    >>> people = [
    ...     {"lifecycle": "active", "tier": "high", "contact_days": 40, "as_of": "2026-06-30"},
    ...     {"lifecycle": "dormant", "tier": "low", "contact_days": 10, "as_of": "2026-06-30"},
    ... ]
    >>> for row in ServiceBook().fit(people).apply(people):
    ...     print(row["action"], row["service"], row["next_contact_due"], row["contact_due"])
    keep vip_service 2026-06-20 now
    win_back win_back_care 2026-08-19 later
    """

    rules: tuple[ServiceRule, ...] = attrs.field(
        default=attrs.Factory(usual_rules), converter=_rules
    )
    flags: Mapping[str, ContactFlag] | None = attrs.field(default=None, kw_only=True)
    as_of: date | None = attrs.field(default=None, converter=given_day, kw_only=True)
    contacts_recorded: bool | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that there are rules, and that a code means one policy."""
        if not self.rules:
            msg = "a book of services needs at least one rule"
            raise ConfigError(msg)
        meant = {rule.policy.code: rule.policy for rule in self.rules}
        for rule in self.rules:
            if meant[rule.policy.code] != rule.policy:
                msg = f"two policies are called {rule.policy.code!r}; give each a code of its own"
                raise ConfigError(msg)

    @classmethod
    def usual(cls, *, price: Sequence[str] = PRICE, fault: Sequence[str] = FAULT) -> "ServiceBook":
        """The usual book, with the words that your column ``lost_reason`` uses.

        Args:
            price: Words for a price that was too high.
            fault: Words for something that went wrong.

        >>> book = ServiceBook.usual(price=("价格高",))
        >>> [rule.action for rule in book.rules][:4]
        ['convert', 'convert', 'win_back_complaint', 'win_back_price']
        """
        return cls(usual_rules(price, fault))

    def fit(self, data: object) -> ServiceModel:
        """Settle who may be contacted by which columns, and whether contacts are recorded.

        Args:
            data: Customers; all of them, for one who was never contacted does not tell whether
                contacts are recorded.

        Raises:
            NotEnoughDataError: The table has no columns, and no flags are given.

        >>> shop = [{"lifecycle": "active", "tier": "high", "as_of": "2026-06-30"}]
        >>> ServiceBook().fit(shop).one(shop[0])["due_reason"]
        'contacts_unknown'
        """
        opened, recorded = frames.table(data), self.contacts_recorded
        return ServiceModel(
            book=self.rules,
            flags=_flags(opened.columns) if self.flags is None else self.flags,
            as_of=self.as_of,
            contacts_recorded=_recorded(opened) if recorded is None else recorded,
        )

    def lint(self, tiers: Sequence[str] = ("low", "medium", "high")) -> ServiceLint:
        """Which customers no rule is for, and which rules are for nobody.

        Args:
            tiers: The tiers that there are.

        >>> from custseg.tiering.service.policy import VIP_SERVICE
        >>> print(ServiceBook((ServiceRule(VIP_SERVICE, "keep", tier="high"),)).lint().text())
        48 kinds of customers get no service, such as: potential, low, low
        """
        return linted(self.rules, tiers)


def _flags(columns: Sequence[str]) -> Mapping[str, ContactFlag]:
    """The columns that say who may be contacted, told by their names."""
    if not columns:
        msg = (
            "no row shows which columns say who may be contacted; give a table of customers, "
            "or flags={} if there are no such columns"
        )
        raise NotEnoughDataError(msg)
    found: dict[str, ContactFlag] = {}
    for name in columns:
        if (holds := contact_flag(name)) is not None:
            found[name] = holds
    return found


def _recorded(table: frames.Table[Any]) -> bool:
    """Whether anybody has a contact, or a count of them; a table without rows denies nothing."""
    there = [name for name in _CONTACTS if name in table.columns]
    if table.lazy:
        return any(int(table.passes(name).buckets(np.empty(0)).count.sum()) for name in there)
    read = table.read(dict.fromkeys(there, "number"))
    known = [~np.isnan(cast("Any", column)) for column in read.values()]
    return not table.size or bool(np.any(known))
