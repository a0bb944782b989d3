"""What exports call their columns: the words of all languages, and the layouts of known sources."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

import attrs
from rapidfuzz.distance.Levenshtein import distance

from custseg.values.tables import table as words_of
from custseg.values.text import tidy

Per = Literal["order", "line"]
"""What an amount is of: the whole order, though it stands on each of its lines, or one line."""

GENERIC: Final = "headers"
_MARKS: Final = "marks"
_LONG: Final = 7
_BETWEEN: Final = re.compile(r"[\s_\-./#*:'\"]+")
_BRACKETS: Final = re.compile(r"[(\[{<][^)\]}>]*[)\]}>]")


def loose(header: str) -> str:
    """A header without case, blanks and marks between its words.

    >>> loose(" Order_ID ") == loose("order id"), loose("订单编号：")
    (True, '订单编号')
    """
    return _BETWEEN.sub("", (tidy(header) or "").casefold())


def bare(header: str) -> str:
    """A loose header without what stands in brackets: a unit, a currency, a remark.

    >>> bare("实付金额（元）"), bare("Amount (USD)")
    ('实付金额', 'amount')
    """
    return loose(_BRACKETS.sub("", tidy(header) or ""))


def alike(header: str, words: tuple[str, ...]) -> bool:
    """Whether a header is one of the words but for its brackets, or one letter too few or many.

    >>> (
    ...     alike("Amount (USD)", ("amount",)),
    ...     alike("quantiy", ("quantity",)),
    ...     alike("data", ("date",)),
    ... )
    (True, True, False)
    """
    said = bare(header)
    if said in words:
        return True
    near = (word for word in words if abs(len(word) - len(said)) == 1)
    return said.isascii() and len(said) >= _LONG and any(distance(said, word) == 1 for word in near)


@cache
def ranks(table: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The words for each role of a table: those of equal standing together, the best first.

    >>> ranks("transactions")["at"][0][:2]
    ('付款时间', '付款日期')
    """
    return MappingProxyType(
        {
            role: tuple(tuple(map(loose, line.split(","))) for line in lines)
            for role, lines in _document(GENERIC)[table].items()
        }
    )


def tables() -> tuple[str, ...]:
    """The tables whose columns have words of their own.

    >>> tables()[:2]
    ('transactions', 'customers')
    """
    return tuple(name for name in _document(GENERIC) if name != _MARKS)


@cache
def marks(table: str) -> frozenset[str]:
    """Headers that tell a table though no role has them.

    >>> "gender" in marks("customers")
    True
    """
    lines: list[str] = _document(GENERIC)[_MARKS][table]
    return frozenset(loose(word) for line in lines for word in line.split(","))


@cache
def known_headers() -> frozenset[str]:
    """Every header that is known, loosely written.

    >>> "orderid" in known_headers(), "financialstatus" in known_headers()
    (True, True)
    """
    words = {
        word for table in tables() for rank in ranks(table).values() for w in rank for word in w
    }
    seen = {loose(mark) for layout in layouts() for mark in layout.marks}
    named = {loose(n) for layout in layouts() for names in layout.roles.values() for n in names}
    return frozenset(words | seen | named)


@cache
def order_totals() -> frozenset[str]:
    """Headers of amounts that are of a whole order, by what they say.

    >>> "订单实付金额" in order_totals()
    True
    """
    return frozenset(map(loose, words_of("exports")["order_totals"]))


@attrs.frozen(eq=False)
class Layout:
    """How one source writes one table.

    Attributes:
        source: The source, such as ``shopify``.
        name: What it calls the table, such as ``orders``.
        table: The table of a job that it is.
        marks: Headers that all have to be there.
        roles: The headers of each role, the best first.
        per: What an amount is of.
        refunded: The column of money given back.
        refunds_per: What that is of, where it is not of what an amount is of.
        cancelled: The column that is filled where an order was cancelled.
        returned: The column that says how a return ended.
        test: Words by column that tell orders made for a test.
    """

    source: str
    name: str
    table: str
    marks: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    per: Per | None = None
    refunded: str | None = None
    refunds_per: Per | None = None
    cancelled: str | None = None
    returned: str | None = None
    test: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])


@cache
def layouts() -> tuple[Layout, ...]:
    """The layouts of all known sources, those with the most marks first.

    >>> {"shopify", "taobao", "youzan"} <= {layout.source for layout in layouts()}
    True
    """
    found = [
        _layout(name, table, held) for name in _sources() for table, held in _document(name).items()
    ]
    return tuple(sorted(found, key=lambda layout: -len(layout.marks)))


def _layout(source: str, name: str, held: Mapping[str, Any]) -> Layout:
    return Layout(
        source=source,
        name=name,
        table=held["table"],
        marks=tuple(held["marks"]),
        roles={role: tuple(names) for role, names in held["roles"].items()},
        per=held.get("per"),
        refunded=held.get("refunded"),
        refunds_per=held.get("refunds_per"),
        cancelled=held.get("cancelled"),
        returned=held.get("returned"),
        test={column: tuple(words) for column, words in held.get("test", {}).items()},
    )


def _sources() -> list[str]:
    home = files("custseg.io").joinpath("sources")
    found = (each.name.removesuffix(".json") for each in home.iterdir())
    return sorted(name for name in found if name != GENERIC)


@cache
def _document(name: str) -> dict[str, Any]:
    text = files("custseg.io").joinpath("sources", f"{name}.json").read_text(encoding="utf-8")
    held: dict[str, Any] = json.loads(text)
    return held
