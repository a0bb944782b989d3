"""The transactions table: true purchases, refunds, and the odd rows that exports contain."""

import attrs
import numpy as np

from custseg._typing import Index, Ints
from custseg.datasets.cell import Cell
from custseg.datasets.draws import Draws
from custseg.datasets.gather import gather
from custseg.datasets.seasons import DAY, day_of, moment, seconds_of_day
from custseg.datasets.words import Words, lexicon

CHANNELS = ("online", "app", "store", "phone", "partner")
_CHANNEL_WEIGHTS = (38, 26, 20, 10, 6)
_MARGINS = np.array([30, 18, 35, 28, 45, 55, 25, 32])  # percent, by category
_PRODUCTS = 5
_REFUNDED, _HALF_REFUND, _REFUND_DAYS = 0.03, 0.3, 30
_REFUND_ONLY = 0.015
_COST_UNKNOWN = 0.12
_FAVOURITE = 0.6
_GUESTS, _REPEATED, _FUTURE = 0.03, 0.03, 0.015
"""Shares of odd rows, times the rate of errors: no customer id, exported twice, dated too late."""

_LATEST = 400  # days after the end

Column = list[object]


@attrs.frozen(eq=False)
class _Rows:
    """Orders as numbers: whose, on which record (-1: none given), when, how much."""

    who: Index
    record: Index
    at: Ints
    cents: Ints

    def take(self, rows: Index) -> "_Rows":
        return _Rows(self.who[rows], self.record[rows], self.at[rows], self.cents[rows])

    def plus(self, other: "_Rows") -> "_Rows":
        return _Rows(
            np.concatenate([self.who, other.who]),
            np.concatenate([self.record, other.record]),
            np.concatenate([self.at, other.at]),
            np.concatenate([self.cents, other.cents]),
        )


def transactions_table(cell: Cell) -> dict[str, Column]:
    """Write the orders of a piece down, by time."""
    draws = cell.draws("orders")
    bought = cell.purchases
    record = cell.records.place(draws, bought.who, bought.at)
    rows = _Rows(bought.who, record, bought.at, bought.cents)
    rows = rows.plus(_refunds(cell, draws, rows)).plus(_refund_only(cell, draws))
    rows = rows.plus(_guests(cell, draws, rows)).plus(_future(cell, draws, rows))
    rows = rows.take(np.argsort(rows.at, kind="stable"))
    columns = _columns(cell, draws, rows)
    n = len(rows.who)
    again = np.flatnonzero(draws.chance(n, cell.recipe.errors * _REPEATED))
    order = np.sort(np.concatenate([np.arange(n), again]), kind="stable")
    return {name: gather(column, order) for name, column in columns.items()}


def favourites(cell: Cell) -> tuple[Index, Index]:
    """Choose the category and the channel that each customer likes best."""
    draws, n = cell.draws("favourites"), len(cell.people)
    return draws.below(n, len(_MARGINS)), draws.pick(n, _CHANNEL_WEIGHTS)


def _refunds(cell: Cell, draws: Draws, rows: _Rows) -> _Rows:
    back = rows.take(np.flatnonzero(draws.chance(len(rows.who), _REFUNDED)))
    n = len(back.who)
    at = back.at + draws.below(n, _REFUND_DAYS * DAY) + 3_600
    cents = np.where(draws.chance(n, _HALF_REFUND), back.cents // 2, back.cents)
    inside = np.flatnonzero(day_of(at) <= cell.recipe.last_day)
    return _Rows(back.who, back.record, at, -cents).take(inside)


def _refund_only(cell: Cell, draws: Draws) -> _Rows:
    """Some who never bought, as far as we know, get money back: a sale before the records began."""
    never = np.flatnonzero(cell.purchases.last_day() < 0)
    who = never[draws.chance(len(never), _REFUND_ONLY)]
    known = cell.nature.known_on[who]
    day = known + (draws.uniform(len(who)) * (cell.recipe.days - known)).astype(np.int64)
    at = moment(cell.recipe.first_day + day, seconds_of_day(draws, len(who)))
    cents = np.rint(cell.nature.spend[who] * 100.0).astype(np.int64)
    return _Rows(who, cell.records.home[who], at, -cents)


def _guests(cell: Cell, draws: Draws, rows: _Rows) -> _Rows:
    """Copy orders without the customer id: somebody bought as a guest."""
    some = rows.take(np.flatnonzero(draws.chance(len(rows.who), cell.recipe.errors * _GUESTS)))
    second = seconds_of_day(draws, len(some.who))
    at = moment(day_of(some.at), second)
    return _Rows(some.who, np.full(len(some.who), -1), at, np.abs(some.cents))


def _future(cell: Cell, draws: Draws, rows: _Rows) -> _Rows:
    """Copy orders to a day after the end: somebody mistyped the year."""
    some = rows.take(np.flatnonzero(draws.chance(len(rows.who), cell.recipe.errors * _FUTURE)))
    n = len(some.who)
    day = cell.recipe.last_day + 1 + draws.below(n, _LATEST)
    return _Rows(some.who, some.record, moment(day, seconds_of_day(draws, n)), np.abs(some.cents))


def _columns(cell: Cell, draws: Draws, rows: _Rows) -> dict[str, Column]:
    n = len(rows.who)
    liked = favourites(cell)
    category = np.where(draws.chance(n, _FAVOURITE), liked[0][rows.who], draws.below(n, 8))
    channel = draws.pick(n, _CHANNEL_WEIGHTS)
    channel = np.where(draws.chance(n, _FAVOURITE), liked[1][rows.who], channel)
    words = _words(cell, rows.who)
    kinds = list(zip(words, category.tolist(), strict=True))
    product = draws.below(n, _PRODUCTS).tolist()
    ids = [*cell.ids, None]
    money = cell.recipe.money
    pays = draws.below(len(cell.people), len(money))[rows.who]
    return {
        "order_id": [f"O{cell.start:07d}-{i + 1:06d}" for i in range(n)],
        "customer_id": [*gather(ids, rows.record)],
        "paid_at": [*rows.at.astype("datetime64[s]").tolist()],
        "amount": [*(rows.cents / 100.0).tolist()],
        "currency": [*gather(money, pays)],
        "cost": _cost(draws, rows.cents, category),
        "product": [w.products[c][p] for (w, c), p in zip(kinds, product, strict=True)],
        "category": [w.categories[c] for w, c in kinds],
        "channel": [*gather(CHANNELS, channel)],
    }


def _words(cell: Cell, who: Index) -> list[Words]:
    words = [lexicon(one.language).words for one in cell.people]
    return gather(words, who)


def _cost(draws: Draws, cents: Ints, category: Ints) -> Column:
    margin = _MARGINS[category] + draws.below(len(cents), 9) - 4
    cost = np.rint(cents * (100 - margin) / 100.0) / 100.0
    unknown = draws.chance(len(cents), _COST_UNKNOWN).tolist()
    return [None if gap else one for one, gap in zip(cost.tolist(), unknown, strict=True)]
