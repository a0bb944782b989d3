"""Orders counted once: totals repeated on lines, further lines, money given back, tests."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import attrs

from custseg.io.recognised import Ask, Guess, Recognised
from custseg.io.spelling import FORMS, Columns, Spelling, amounts_of
from custseg.io.statuses import VOIDING, status_of
from custseg.io.vocabulary import Layout, bare, order_totals

COUNTED: Final = "amount_counted"
"""The column of the money that counts, where that is not the one in the file."""
CURRENCY: Final = "currency_found"
_WHOLE: Final = ("customer", "at", "status", "currency", "channel", "payment_method")
"""What is of the whole order, and blank on its further lines."""
_MOST: Final = 0.9
_WORD: Final = re.compile(r"\w+")
_CENT: Final = 0.011


@attrs.frozen(eq=False)
class Orders:
    """Rows of orders as they count.

    Attributes:
        columns: The columns, with ``amount_counted`` where needed.
        found: What they are.
        why: Why a row is set aside, by its place.
        said: What was done, and to how many rows.
    """

    columns: Columns
    found: Recognised
    why: Mapping[int, str]
    said: Mapping[str, int]


def counted_once(
    spelling: Spelling, found: Recognised, layout: Layout | None, per: str | None
) -> Orders:
    """See that the money of an order counts once, and that of orders that are none not at all.

    Args:
        spelling: The columns in one spelling.
        found: What they are.
        layout: The layout of the source, where it is known.
        per: What an amount is of, where somebody said so.
    """
    if found.table != "transactions":
        return Orders(spelling.columns, found, {}, {})
    at_work = _AtWork(dict(spelling.columns), found.columns, layout, Counter())
    why = at_work.set_aside()
    at_work.fill_further()
    asks = at_work.count_once(per)
    at_work.take_refunds(why)
    at_work.name_currencies(spelling.currencies)
    guests = at_work.column("customer")
    at_work.said["guests"] = sum(not name for i, name in enumerate(guests) if i not in why)
    at_work.said["undated"] = at_work.undated(why)
    before = {guess.role: guess for guess in found.guesses}
    guesses = tuple(
        _moved(before.get(role), role, column) for role, column in at_work.roles.items()
    )
    found = attrs.evolve(found, guesses=guesses, asks=(*found.asks, *asks))
    return Orders(at_work.columns, found, why, +at_work.said)


@attrs.frozen(eq=False)
class _AtWork:
    """Columns as they are worked on."""

    columns: Columns
    roles: dict[str, str]
    layout: Layout | None
    said: Counter[str]

    def column(self, role: str) -> list[str]:
        """The values of a role; nothing where it has no column."""
        return self.columns[self.roles[role]] if role in self.roles else []

    def set_aside(self) -> dict[int, str]:
        """Orders that were cancelled, made for a test, or paid back."""
        layout = self.layout
        if layout is None:
            return {}
        held = self.columns
        why = {i: "cancelled" for i, at in enumerate(held.get(layout.cancelled or "", [])) if at}
        for name, words in layout.test.items():
            for i, text in enumerate(held.get(name, [])):
                if not set(words).isdisjoint(_WORD.findall(text.casefold())):
                    why[i] = "test"
        why = self._with_lines(why)
        for i, text in enumerate(held.get(layout.returned or "", [])):
            if status_of(text) == "refunded":
                why.setdefault(i, "returned")
        return why

    def _with_lines(self, why: dict[int, str]) -> dict[int, str]:
        """With the further lines of the same orders."""
        orders = self.column("order")
        named = {orders[i]: told for i, told in why.items() if orders and orders[i]}
        return why | {i: named[name] for i, name in enumerate(orders) if name in named}

    def fill_further(self) -> None:
        """Give further lines of an order, blank in what is of the whole, that of the first."""
        orders, amounts = self.column("order"), self.column("amount")
        if not orders or not amounts:
            return
        first: dict[str, int] = {}
        zero = list(amounts)
        filled = {
            role: list(self.column(role)) for role in (*_WHOLE, "order") if role in self.roles
        }
        for i, name in enumerate(orders):
            order = name or (filled["order"][i - 1] if i and self._blank(i) else "")
            if not order:
                continue
            start = first.setdefault(order, i)
            if start != i and not amounts[i] and amounts[start] and self._blank(i, ("at",)):
                for values in filled.values():
                    values[i] = values[i] or values[start]
                zero[i] = "0"
                self.said["further"] += 1
        if self.said["further"]:
            self._replace("amount", zero)
            for role, values in filled.items():
                self.columns[self.roles[role]] = values

    def _blank(self, i: int, roles: tuple[str, ...] = ("customer", "at")) -> bool:
        return not any(self.column(role)[i] for role in roles if role in self.roles)

    def count_once(self, told: str | None) -> tuple[Ask, ...]:
        """Count an order's total once where it stands on each of its lines."""
        orders = self.column("order")
        if not orders or "amount" not in self.roles:
            return ()
        lines: dict[str, list[int]] = {}
        for i, name in enumerate(orders):
            if name:
                lines.setdefault(name, []).append(i)
        amounts = amounts_of(self.column("amount"))
        several = [rows for rows in lines.values() if len(rows) > 1]
        same = [rows for rows in several if _repeated([amounts[i] for i in rows])]
        if not same or told == "line":
            return ()
        per = told or self._per(amounts, several, same)
        if per is None:
            return (Ask("per", FORMS["per"], "doubt"),)
        if per == "order":
            values = list(self.column("amount"))
            for i in (i for rows in same for i in rows[1:]):
                values[i] = "0"
                self.said["repeated"] += 1
            self._replace("amount", values)
        return ()

    def _per(
        self, amounts: list[float], several: list[list[int]], same: list[list[int]]
    ) -> str | None:
        """What an amount is of: the layout, prices, its header or differing lines tell."""
        if self.layout is not None and self.layout.per is not None:
            return self.layout.per
        if "price" in self.roles and "quantity" in self.roles:
            prices, pieces = amounts_of(self.column("price")), amounts_of(self.column("quantity"))
            worth = [price * piece for price, piece in zip(prices, pieces, strict=True)]
            by_line = _agree([(amounts[i], worth[i]) for rows in same for i in rows])
            by_order = _agree([(amounts[r[0]], sum(worth[i] for i in r)) for r in same])
            if by_line != by_order:
                return "line" if by_line else "order"
        if bare(self.roles["amount"]) in order_totals():
            return "order"
        return "line" if len(same) < _MOST * len(several) else None

    def take_refunds(self, why: dict[int, str]) -> None:
        """Take money that was given back off its orders; where none is left they are set aside."""
        name = self.layout.refunded if self.layout is not None else None
        if name not in self.columns or "amount" not in self.roles:
            return
        back, paid = self._given_back(name), amounts_of(self.column("amount"))
        status = self.column("status") or [""] * len(paid)
        net = list(self.column("amount"))
        for i, money in enumerate(back):
            if money > 0 and paid[i] > 0 and status_of(status[i]) not in VOIDING:
                left = round(paid[i] - money, 4)
                if left <= 0:
                    why.setdefault(i, "returned")
                    continue
                net[i] = f"{left:.12g}"
                self.said["refunds"] += 1
        if self.said["refunds"]:
            self._replace("amount", net)
        if self.layout is not None and self.layout.per == "order":
            why.update(self._with_lines(why))

    def _given_back(self, column: str) -> list[float]:
        """What was given back, of whatever an amount is of."""
        back = amounts_of(self.columns[column])
        if self.layout is None or self.layout.refunds_per in {None, self.layout.per}:
            return back
        total = dict.fromkeys(self.column("order"), 0.0)
        for order, money in zip(self.column("order"), back, strict=True):
            total[order] += max(0.0, money)  # 0 where it is not a number
        return [total[order] for order in self.column("order")]

    def undated(self, why: Mapping[int, str]) -> int:
        """How many rows have no day though nothing voids them."""
        days = self.column("at")
        statuses = self.column("status") or [""] * len(days)
        blank = (i for i, day in enumerate(days) if not day and i not in why)
        return sum(status_of(statuses[i]) not in VOIDING for i in blank)

    def name_currencies(self, signs: tuple[str, ...]) -> None:
        """Say the currency of each amount in a column, where there is more than one."""
        if len(set(signs) - {""}) > 1:
            self.columns[CURRENCY] = list(signs)
            self.roles["currency"] = CURRENCY

    def _replace(self, role: str, values: list[str]) -> None:
        self.columns[COUNTED] = values
        self.roles[role] = COUNTED


def _moved(guess: Guess | None, role: str, column: str) -> Guess:
    """What was guessed, where another column says the same of what counts."""
    if guess is None:
        return Guess(role, column, "contents")
    origin = "" if column == guess.column else guess.column
    return attrs.evolve(guess, column=column, origin=origin)


def _repeated(amounts: list[float]) -> bool:
    """Whether several lines say the same, and it is money."""
    return len(set(amounts)) == 1 and abs(amounts[0]) > 0


def _agree(pairs: list[tuple[float, float]]) -> bool:
    return sum(abs(one - other) < _CENT for one, other in pairs) >= _MOST * len(pairs)
