"""What does each kind of customer get: by lifecycle, tier, potential and reason?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from custseg import frames
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.tiering.service.linting import ServiceLint, linted
from custseg.tiering.service.rule import ServiceRule
from custseg.tiering.service.served import ServiceModel
from custseg.tiering.service.timing import day_of
from custseg.tiering.service.usualrules import FAULT, PRICE, usual_rules
from custseg.values.columns import ContactFlag, contact_flag


def _rules(given: Iterable[ServiceRule]) -> tuple[ServiceRule, ...]:
    return tuple(given)


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

    Raises:
        ConfigError: There are no rules.

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
    as_of: date | None = attrs.field(default=None, converter=day_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that there are rules."""
        if not self.rules:
            msg = "a book of services needs at least one rule"
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
        """Settle which columns say who may be contacted; nothing is learnt.

        Args:
            data: Customers.

        Raises:
            NotEnoughDataError: The table has no columns, and no flags are given.
        """
        flags = _flags(data) if self.flags is None else self.flags
        return ServiceModel(book=self.rules, flags=flags, as_of=self.as_of)

    def lint(self, tiers: Sequence[str] = ("low", "medium", "high")) -> ServiceLint:
        """Which customers no rule is for, and which rules are for nobody.

        Args:
            tiers: The tiers that there are.

        >>> from custseg.tiering.service.policy import VIP_SERVICE
        >>> print(ServiceBook((ServiceRule(VIP_SERVICE, "keep", tier="high"),)).lint().text())
        48 kinds of customers get no service, such as: potential, low, low
        """
        return linted(self.rules, tiers)


def _flags(data: object) -> Mapping[str, ContactFlag]:
    """The columns that say who may be contacted, told by their names."""
    columns = frames.table(data).columns
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
