"""How a company counts: its clock, its money, and the words that its records use."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Literal

import attrs

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.frames import EPOCH, parse_moment, zone
from custseg.labels import LOCALES, table

Scale = Literal["csat", "nps", "stars", "percent"]


def _positive(_: object, __: object, rates: Mapping[str, float]) -> None:
    wrong = sorted(name for name, rate in rates.items() if not 0 < rate < float("inf"))
    if wrong:
        msg = f"rates must be above 0 and finite; these are not: {wrong}"
        raise ConfigError(msg, "rates")


def _zone(_: object, __: object, tz: str) -> None:
    zone(tz)


def _codes(rates: Mapping[str, float]) -> dict[str, float]:
    return {currency_code(name): float(rate) for name, rate in rates.items()}


def currency_code(text: str) -> str:
    """A currency as it is compared.

    >>> currency_code(" cny ")
    'CNY'
    """
    return text.strip().upper()


def rates_told(conventions: "Conventions") -> str:
    """What other currencies are worth, in one line.

    >>> rates_told(Conventions(currency="CNY", rates={"USD": 7.1}))
    '1 USD = 7.1 CNY'
    """
    home, rates = conventions.currency, conventions.rates
    return ", ".join(f"1 {code} = {rate:.12g} {home}" for code, rate in rates.items())


@attrs.frozen
class Conventions:
    """How a company counts days and money, and which words its records use.

    Attributes:
        tz: Time zone whose civil days are counted (IANA name). Moments without a zone are local.
        currency: The company's currency. Where it is not given, the only one that occurs.
        rates: Worth of one unit of each other currency in the company's: ``{"USD": 7.1}``.
        refunds: What becomes of refunds (negative amounts), which are never purchases: ``net``
            takes them off the money; ``net_day`` does too, and a day whose money does not come to
            more than 0 is no purchase day; ``ignore`` leaves these rows out; ``error`` refuses
            them.
        calendar: Calendar of months and years.
        void_statuses: Statuses that void a transaction, besides the customary ones (cancelled,
            failed, ...).
        closed_stages: Stages of opportunities that are over, besides the customary ones (won,
            lost, closed, ...).
        complaints: Kinds of feedback that are complaints, besides the customary one.
        scale: Scale of scores in a feedback table that has no column for it.

    Raises:
        ConfigError: There is no such time zone, or a rate is not above 0.

    >>> Conventions(tz="Asia/Shanghai").day("2026-06-30")
    20634
    """

    tz: str = attrs.field(default="UTC", validator=_zone)
    currency: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(currency_code)
    )
    rates: Mapping[str, float] = attrs.field(
        factory=dict[str, float], converter=_codes, validator=_positive
    )
    refunds: Literal["net", "net_day", "ignore", "error"] = "net"
    calendar: Literal["gregorian"] = "gregorian"
    void_statuses: tuple[str, ...] = attrs.field(default=(), converter=words)
    closed_stages: tuple[str, ...] = attrs.field(default=(), converter=words)
    complaints: tuple[str, ...] = attrs.field(default=(), converter=words)
    scale: Scale | None = None

    def day(self, as_of: date | str) -> int:
        """The civil day of ``as_of`` in the company's zone: it counts up to the day's end.

        Args:
            as_of: A date, a moment, or either as ISO text. A moment with a time zone is placed
                on the company's clock first.

        Raises:
            ConfigError: It is not a date.

        >>> from datetime import UTC, datetime
        >>> shop = Conventions(tz="Asia/Shanghai")
        >>> shop.day(datetime(2026, 6, 29, 16, 0, tzinfo=UTC)) == shop.day("2026-06-30")
        True
        """
        moment = parse_moment(as_of) if isinstance(as_of, str) else as_of
        if not isinstance(moment, date):
            msg = "must be a date such as 2026-06-30, or a moment"
            raise ConfigError(msg, "as_of")
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            moment = moment.astimezone(zone(self.tz))
        return moment.toordinal() - EPOCH


def spoken(text: str) -> str:
    """A word as it is compared: case, hyphens and blanks do not matter.

    >>> spoken(" E-Mail ") == spoken("e_mail")
    True
    """
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


@cache
def customary(code: str) -> frozenset[str]:
    """Words for a code in records of either language.

    >>> "投诉" in customary("complaint") and "complaint" in customary("complaint")
    True
    """
    lists = (table(locale).get(f"words.{code}", code) for locale in LOCALES)
    return frozenset(spoken(word) for words_ in lists for word in words_.split("|"))


def means(code: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Words that mean a code: the customary ones and the company's own."""
    return customary(code) | {spoken(word) for word in more}
