"""What a customer has brought in."""

from collections.abc import Mapping

import numpy as np

from custseg._typing import Column, Floats, Ints
from custseg.features.ledger import Ledger
from custseg.features.pairs import Pairs
from custseg.frames import amounts

YEAR_DAYS = 365


def money(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """Orders, revenue, refunds and margin.

    Revenue is net of refunds; so is its mean over the orders; ``gross`` is what it was before.
    ``margin`` is taken over the rows whose cost is known; it is unknown where a customer has
    transactions and none of them says what it cost.

    Args:
        ledger: Transactions up to ``as_of``.
        as_of: The last day that counts.
    """
    count = orders(ledger)
    revenue = ledger.total(ledger.units)
    refunds = ledger.total(ledger.units, ledger.units < 0)
    recent = ledger.events.clock.day > as_of - YEAR_DAYS
    return {
        "orders": count,
        "revenue": amounts(revenue),
        "revenue_365d": amounts(ledger.total(ledger.units, recent)),
        "average_order": np.where(count > 0, amounts(revenue) / np.maximum(count, 1), 0.0),
        "margin": margin(ledger),
        "gross": amounts(revenue - refunds),
        "refunds": amounts(-refunds),
    }


def orders(ledger: Ledger) -> Ints:
    """Orders with a purchase: distinct ids of orders, or rows where there are no ids."""
    events, buys = ledger.events, ledger.buys
    void = int(np.count_nonzero(ledger.units >= 0)) - int(np.count_nonzero(buys))
    events.sieve.note("day_without_money", void)
    if not events.has("order"):
        return events.count(buys)
    ids = events.source.keys("order").at
    ids = ids if events.used is None else ids[events.used]
    named = buys & (ids >= 0)
    pairs = Pairs.of(events.code[named], ids[named], ledger.units[named], events.size)
    return pairs.count() + events.count(buys & (ids < 0))


def margin(ledger: Ledger) -> Floats:
    """Revenue less cost over the rows whose cost is known."""
    events = ledger.events
    if not events.has("cost"):
        return np.full(events.size, np.nan)
    cost, known = ledger.money("cost")
    events.sieve.note("cost_unknown", int(np.count_nonzero(~known)))
    gained = amounts(ledger.total(ledger.units - cost, known))
    blind = (events.count() > 0) & (events.count(known) == 0)
    return np.where(blind, np.nan, gained)
