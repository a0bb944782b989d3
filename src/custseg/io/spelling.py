"""The columns of an export in one spelling: days as ISO text, amounts as plain digits."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final, cast

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.io.amounts import Mark, cents, code_of, currency, plain
from custseg.io.contents import MONEY, TIMES
from custseg.io.moments import moment, order_of
from custseg.io.recognised import Ask, Recognised
from custseg.values.dates import Order
from custseg.values.text import has_han

Columns = dict[str, list[str]]
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "dates": ("dmy", "mdy"),
    "amounts": (".", ","),
    "per": ("order", "line"),
}
"""What can be answered besides columns."""
_YUAN: Final = "\u00a5"
"""Also the sign of the yen: of the yuan where headers are Chinese."""
_SURE_OF: Final = 10
"""So many amounts with three digits after their only comma are thousands: cents are two."""


@attrs.frozen(eq=False)
class Spelling:
    """Columns in one spelling.

    Attributes:
        columns: All columns; an empty text where there is nothing. What cannot be read stays.
        asks: What values leave open.
        said: What was done, and to how many cells.
        currencies: The currency that each amount was written with; empty where none was.
    """

    columns: Columns
    asks: tuple[Ask, ...] = ()
    said: Mapping[str, int] = attrs.field(factory=dict[str, int])
    currencies: tuple[str, ...] = ()


def spelled(columns: Columns, found: Recognised, answers: Mapping[str, str]) -> Spelling:
    """Bring what is known of columns to their values.

    Args:
        columns: The columns as they were written.
        found: What they are.
        answers: How days and amounts are written, where somebody said so.

    Raises:
        ConfigError: An answer is none that can be given.
    """
    for what, known in FORMS.items():
        if (answer := answers.get(what, known[0])) not in known:
            msg = f"is {' or '.join(known)}, got {answer!r}.{did_you_mean(answer, known)}"
            raise ConfigError(msg, what)
    held, said, asks = dict(columns), Counter[str](), list[Ask]()
    times = [guess.column for guess in found.guesses if guess.role in TIMES]
    money = [guess.column for guess in found.guesses if guess.role in MONEY]
    order, sure = _order(_values(columns, times), answers)
    if not sure:
        asks.append(Ask("dates", FORMS["dates"], "doubt"))
    for name in times:
        held[name] = _rewritten(columns[name], lambda text: moment(text, order), "time", said)
    mark, sure = _mark(_values(columns, money), columns, answers)
    if not sure:
        asks.append(Ask("amounts", FORMS["amounts"], "doubt"))
    for name in money:
        held[name] = _rewritten(columns[name], lambda text: plain(text, mark), "amount", said)
    for name in (guess.column for guess in found.guesses if guess.role == "currency"):
        held[name] = _rewritten(columns[name], _codes(columns), "currency", said)
    return Spelling(held, tuple(asks), said, _currencies(columns, found))


def amounts_of(column: Iterable[str]) -> list[float]:
    """A spelled column as numbers; not a number where there is none.

    >>> amounts_of(["1.5", "", "-2"])
    [1.5, nan, -2.0]
    """
    return [float(told) if (told := plain(text)) is not None else float("nan") for text in column]


def _values(columns: Columns, names: Iterable[str]) -> set[str]:
    return {text for name in names for text in columns[name] if text}


def _order(values: set[str], answers: Mapping[str, str]) -> tuple[Order, bool]:
    if "dates" in answers:
        return cast("Order", answers["dates"]), True
    order, sure = order_of(values)
    return order or "dmy", sure


def _mark(
    values: set[str], columns: Iterable[str], answers: Mapping[str, str]
) -> tuple[Mark, bool]:
    if "amounts" in answers:
        return cast("Mark", answers["amounts"]), True
    mark, sure = cents(values)
    grouped = sum("," in value for value in values)
    thousands = mark == "." and (grouped >= _SURE_OF or any(map(has_han, columns)))
    return mark or ".", sure or thousands


def _rewritten(
    column: list[str], read: Callable[[str], str | None], what: str, said: Counter[str]
) -> list[str]:
    """A column with every value that can be read in its one spelling."""
    told = {"": ""}
    for text, often in Counter(column).items():
        if text:
            new = read(text)
            said[f"unreadable_{what}"] += often * (new is None)
            said[f"rewritten_{what}"] += often * (new not in {None, text})
            told[text] = new or text
    return [told[text] for text in column]


def _currencies(columns: Columns, found: Recognised) -> tuple[str, ...]:
    """What amounts are written with, where no column says the currency."""
    held = found.columns
    if "amount" not in held or "currency" in held:
        return ()
    amounts, code = columns[held["amount"]], _codes(columns)
    told = {text: code(said) if (said := currency(text)) else "" for text in set(amounts)}
    signs = tuple(told[text] for text in amounts)
    return signs if any(signs) else ()


def _codes(columns: Iterable[str]) -> Callable[[str], str]:
    """How currencies are called: by their code, if it is known."""
    chinese = any(map(has_han, columns))
    return lambda text: "CNY" if chinese and text == _YUAN else code_of(text) or text
