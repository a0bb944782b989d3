"""Transactions read once: whole customers, whole days, whole money."""

from functools import cached_property
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Ints
from custseg.errors import DataError
from custseg.features.conventions import means, spoken
from custseg.features.events import Clock, Events, People, Sieve, Source, in_time
from custseg.features.exchange import Exchange, exchange_of
from custseg.features.kernel import penniless
from custseg.features.rows import Counting, Rows
from custseg.frames import UNITS, Keys, Money

_LIMIT = 2.0**62
MONEY: Final = (
    "revenue",
    "revenue_365d",
    "revenue_trend",
    "average_order",
    "margin",
    "gross",
    "refunds",
    "overdue",
)
"""Columns of a profile that are unknown where there is no money."""


@attrs.frozen(eq=False)
class Ledger:
    """Transactions as events with money.

    Attributes:
        events: Who and when; its report accounts for every row.
        units: Money of each row in whole 1/10000 of the company's currency.
        exchange: Rates of each row, for its other columns of money.
        unknown: Columns of a profile that cannot be told from these.
    """

    events: Events
    units: Ints
    exchange: Exchange | None = None
    unknown: tuple[str, ...] = ()

    @property
    def rows(self) -> Rows:
        """What the kernel works on."""
        events = self.events
        source = events.source
        counted = source.conventions.refunds == "net_day" and not source.moneyless
        counting = Counting(net_days=counted)
        return Rows(events.code, events.clock.day, self.units, events.size, counting)

    @cached_property
    def buys(self) -> Bools:
        """Whether a row is a purchase: refunds are not, nor what a day without money holds."""
        buys = self.units >= 0
        if self.rows.counting.net_days:
            buys &= ~penniless(self.rows.dated, self.units)
        return buys

    def money(self, role: str) -> tuple[Ints, Bools]:
        """Another column of money in the company's currency, and whether it is known."""
        units, known = self.events.money(role)
        return units if self.exchange is None else self.exchange.convert(units), known

    def total(self, units: Ints, where: Bools | None = None) -> Ints:
        """Sum of each customer: whole numbers, so the order of rows does not matter."""
        code = self.events.code
        out = np.zeros(self.events.size, dtype=np.int64)
        if where is None:
            np.add.at(out, code.astype(np.intp), units)
        else:
            np.add.at(out, code[where].astype(np.intp), units[where])
        return out


def read_ledger(
    source: Source, people: People, until: int | None = None, keys: Keys | None = None
) -> Ledger:
    """Read transactions.

    Args:
        source: The table.
        people: The customers.
        until: Leave out what is later; ``None`` keeps it for the kernel to pass over.
        keys: Ids of the customers of the rows, where they are read already.

    Raises:
        MissingColumnError: There is no column of times or amounts.
        DataError: Amounts are in several currencies and there are no rates, or there are refunds
            and they are refused.
    """
    sieve = Sieve(source.name, source.table.size)
    ids = source.keys() if keys is None else keys
    code, size = people.placed(ids, sieve, source.columns.get("customer", ""))
    clock = _clock(source, sieve, until)
    units = _units(source, sieve)
    _drop_void(source, sieve)
    exchange = exchange_of(source, sieve)
    if exchange is not None:
        units = exchange.convert(units)
    _settle_refunds(source, sieve, units < 0)
    used = sieve.used
    if used is not None:
        code, clock, units = code[used], clock.take(used), units[used]
    sieve.note("refund", int(np.count_nonzero(units < 0)))
    exchange = exchange and exchange.take(used)
    unknown = MONEY if source.moneyless else ()
    return Ledger(Events(source, code, size, clock, used, sieve), units, exchange, unknown)


def _clock(source: Source, sieve: Sieve, until: int | None) -> Clock:
    source.need("at")
    moments = source.moments("at")
    clock = in_time(moments, sieve, until)
    sieve.drop("missing_time", ~moments.known)
    return clock


def _units(source: Source, sieve: Sieve) -> Ints:
    if source.moneyless:
        return np.zeros(source.table.size, dtype=np.int64)
    money = _money(source)
    sieve.drop("unreadable_amount", money.unreadable)
    sieve.drop("missing_amount", ~money.known)
    sieve.note("amount_rounded", money.rounded)
    return money.units


def _money(source: Source) -> Money:
    if not source.has("amount") and source.has("quantity") and source.has("price"):
        return product(source.money("quantity"), source.money("price"))
    source.need("amount")
    return source.money("amount")


def product(quantity: Money, price: Money) -> Money:
    """Pieces times price in whole 1/10000, half a unit rounded up.

    >>> one = Money(np.array([25_000]), np.array([True]), np.array([False]))
    >>> product(one, one).units.tolist()
    [62500]
    """
    wide = np.abs(quantity.units.astype(np.float64) * price.units) >= _LIMIT
    exact = np.where(wide, 0, quantity.units) * price.units
    units = (exact + UNITS // 2) // UNITS
    known = quantity.known & price.known
    rounded = int(np.count_nonzero(known & ~wide & (exact % UNITS != 0)))
    unreadable = quantity.unreadable | price.unreadable | (known & wide)
    return Money(units, known & ~wide, unreadable, rounded + quantity.rounded + price.rounded)


def _settle_refunds(source: Source, sieve: Sieve, refunds: Bools) -> None:
    if source.conventions.refunds == "ignore":
        sieve.drop("refund_ignored", refunds)
    found = refunds if sieve.kept is None else refunds & sieve.kept
    if source.conventions.refunds == "error" and found.any():
        msg = (
            f"{int(np.count_nonzero(found))} amounts are below 0 and refunds are refused; say what "
            "they are by Conventions(refunds=...): net, net_day or ignore"
        )
        raise DataError(msg, source.columns.get("amount", ""), int(np.argmax(found)))


def _drop_void(source: Source, sieve: Sieve) -> None:
    if not source.has("status"):
        return
    codes = source.text("status")
    void = means("void", source.conventions.void_statuses)
    is_void = np.array([*(spoken(word) in void for word in codes.words), False])
    sieve.drop("void", is_void[codes.at])
