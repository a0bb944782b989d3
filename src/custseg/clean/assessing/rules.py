"""What good data is: how long values last, whose they are, what must agree."""

from collections.abc import Mapping, Sequence
from math import isfinite, log2
from types import MappingProxyType
from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError, MissingColumnError
from custseg.frames import zone
from custseg.rules import Condition
from custseg.values.columns import Kind
from custseg.values.roles import role_of

HALF_LIVES: Final[Mapping[Kind, float]] = MappingProxyType(
    {"email": 994.0, "phone": 2900.0, "address": 2900.0, "company": 1424.0}
)
"""Days after which half of the values of a kind have changed; other kinds do not grow old.

Names, dates of birth and identifiers stay what they are. The others are defaults of this library,
no law of nature and measured on no customers of yours; they come from a yearly share that turns
wrong, half-life = 365.25 / log2(1 / (1 - share)):

- e-mail addresses: 22.5 % a year, a figure often quoted in marketing for business contacts;
- telephone numbers and addresses: 8.4 % a year, about as many as move house in a year in the
  United States; a mobile that is kept when moving lasts longer;
- companies that people work for: 1,424 days are 3.9 years, the median tenure of employees in the
  United States (Bureau of Labor Statistics, Employee Tenure in 2024); where people change more
  often, take less.

Only the orders of size are to be trusted: a mailbox is lost sooner than a telephone. Measure your
own customers if you can, and give what you find as ``half_lives``.
"""

PERSONAL: Final[frozenset[Kind]] = frozenset(
    ["phone", "email", "uscc", "id_card", "lei", "vat", "wechat", "openid", "qq", "douyin"]
)
"""Kinds whose values belong to one customer."""


def _shares(_: object, attribute: "attrs.Attribute[float]", share: float) -> None:
    if not 0 <= share <= 1:
        msg = f"must be from 0 to 1, got {share}"
        raise ConfigError(msg, attribute.name)


def _between(_: object, __: object, share: float) -> None:
    if not 0 < share < 1:
        msg = f"must be above 0 and below 1, got {share}"
        raise ConfigError(msg, "trust")


def _days(
    _: object, attribute: "attrs.Attribute[Mapping[str, float]]", days: Mapping[str, float]
) -> None:
    for column, each in days.items():
        if not isfinite(each) or each <= 0:
            msg = f"days must be above 0, got {each}"
            raise ConfigError(msg, f"{attribute.name}.{column}")


def _many(_: object, __: object, crowd: int) -> None:
    if crowd < 2:  # noqa: PLR2004 - two share a value
        msg = f"must be 2 or more, got {crowd}"
        raise ConfigError(msg, "crowd")


def _zone(_: object, __: object, tz: str) -> None:
    zone(tz)


@attrs.frozen
class Agreement:
    """A rule that the fields of one record must keep.

    Where a field that it reads is missing it is neither kept nor broken.

    Attributes:
        name: Its name in reports.
        holds: The condition that holds of good records.
        fields: The columns that are in doubt where it is broken; by default those it reads.

    Example:
        >>> from custseg.rules import F
        >>> Agreement("signed_is_paying", (F("stage") != "signed") | (F("revenue") > 0)).columns
        ('stage', 'revenue')
    """

    name: str
    holds: Condition
    fields: tuple[str, ...] = attrs.field(default=(), converter=words)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are in doubt where it is broken."""
        return self.fields or tuple(self.holds.needs)


@attrs.frozen
class QualityRules:
    """By what the quality of data is judged beyond filled and valid.

    Attributes:
        half_lives: Days after which the values of a column have half changed; by default of its
            kind (``HALF_LIVES``).
        limits: Days after which the values of a column are to be verified again; by default those
            after which ``trust`` of them are still right.
        trust: Share of values that must still be right.
        updated: Which column says when the values of a column were last verified; by default
            ``<column>_verified_at`` or ``<column>_updated_at``, then the record's own, such as
            ``verified_at``, ``updated_at``.
        undated: What a value counts of which that day is not known, 0 to 1.
        personal: Columns whose values belong to one customer only; None takes those of the kinds
            ``PERSONAL``, of telephones only mobiles and those abroad.
        crowd: Records from which on a shared value is taken for no value at all.
        doubt: What a value counts that is shared with another record or breaks a rule: half as a
            rule, for of two that cannot both be right one is wrong.
        agreements: Rules of your own.
        recognise: Whether places, telephones, countries, genders, birthdays and identity numbers
            that are told by the names of their columns must agree.
        value: Column with the value of a customer, such as revenue; one that is below 0 puts
            nothing at risk, one that is not finite is not known.
        tz: Time zone whose days are counted.

    Raises:
        ConfigError: A share is not from 0 to 1, days are not above 0, or a crowd is below 2.

    Example:
        >>> rules = QualityRules(limits={"phone": 180})
        >>> rules.limit("phone", "phone"), round(rules.limit("email", "email"))
        (180, 151)
        >>> rules.limit("name", "person") is None
        True
    """

    half_lives: Mapping[str, float] = attrs.field(factory=dict[str, float], validator=_days)
    limits: Mapping[str, float] = attrs.field(factory=dict[str, float], validator=_days)
    trust: float = attrs.field(default=0.9, validator=_between, kw_only=True)
    updated: Mapping[str, str] = attrs.field(factory=dict[str, str], kw_only=True)
    undated: float = attrs.field(default=0.5, validator=_shares, kw_only=True)
    personal: tuple[str, ...] | None = attrs.field(
        default=None, converter=attrs.converters.optional(words), kw_only=True
    )
    crowd: int = attrs.field(default=10, validator=_many, kw_only=True)
    doubt: float = attrs.field(default=0.5, validator=_shares, kw_only=True)
    agreements: tuple[Agreement, ...] = attrs.field(default=(), converter=tuple, kw_only=True)
    recognise: bool = attrs.field(default=True, kw_only=True)
    value: str | None = attrs.field(default=None, kw_only=True)
    tz: str = attrs.field(default="UTC", validator=_zone, kw_only=True)

    def reads(self, columns: Sequence[str], fields: Sequence[str]) -> tuple[str, ...]:
        """Which columns of a table it reads beside the fields that are looked at.

        Args:
            columns: The columns of the table.
            fields: The fields.
        """
        named = [*self.updated.values(), *(n for a in self.agreements for n in a.holds.needs)]
        named += [name for name in (self.value, "as_of") if name is not None]
        own = {f"{field}_{end}" for field in fields for end in ("verified_at", "updated_at")}
        return tuple(n for n in columns if n in named or n in own or role_of(n) is not None)

    def require(self, columns: Sequence[str]) -> None:
        """Ask that every column is there that is named as a field.

        Raises:
            MissingColumnError: A column is not there.
        """
        for name in (*self.half_lives, *self.limits, *self.updated, *(self.personal or ())):
            if name not in columns:
                raise MissingColumnError(name, columns)

    def half_life(self, column: str, kind: Kind) -> float | None:
        """Days after which a value counts half, None if it does not grow old.

        A limit without a half-life gives it: at the limit ``trust`` of the values are right.

        Source: exponential decay; a value is right after t days with the chance 2^(-t/half_life).
        """
        if column in self.half_lives:
            return self.half_lives[column]
        if column in self.limits:
            return self.limits[column] / log2(1 / self.trust)
        return HALF_LIVES.get(kind)

    def limit(self, column: str, kind: Kind) -> float | None:
        """Days after which a value is to be verified again, None if never."""
        if column in self.limits:
            return self.limits[column]
        life = self.half_life(column, kind)
        return None if life is None else life * log2(1 / self.trust)
