"""A table of transactions read into a bundle, and what it can be told by."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Ints
from custseg.features.conventions import currency_code
from custseg.features.events import Source
from custseg.features.ids import Ids, Numbers
from custseg.features.lasting.bundle import COST, DATES, MARKS, NO_DAY, WORDS, Bundle
from custseg.features.ledger import Ledger
from custseg.frames.moments import DAY_SECONDS

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


def bundle_of(ledger: Ledger) -> Bundle:
    """Transactions with all that a profile reads of them, equal ones as one row."""
    events = ledger.events
    marks: dict[str, Ints] = {}
    words: dict[str, tuple[str, ...]] = {}
    for role in filter(events.has, MARKS):
        marks[role] = _marks(ledger, role)
    for role in filter(events.has, WORDS):
        codes = events.text(role)
        words[role] = tuple(sorted(codes.words))
        marks[role] = codes.recode(words[role]).astype(np.int64)
    if events.has("due"):  # when something was paid says nothing where nothing was due
        days = {role: events.day(role) for role in filter(events.has, DATES)}
        never = np.isnan(days["due"])
        for role, day in days.items():
            lost = never | np.isnan(day)
            marks[role] = np.where(lost, NO_DAY, np.nan_to_num(day)).astype(np.int64)
    cost = np.broadcast_to(np.int64(0), len(ledger.units))
    if events.has(COST):
        units, known = ledger.money(COST)
        marks[COST], cost = known.astype(np.int64), np.where(known, units, 0)
    ones = np.ones(len(ledger.units), dtype=np.int64)
    return Bundle.of(ledger.rows, ones, cost, marks, words)


def _marks(ledger: Ledger, role: str) -> Ints:
    """A number of 64 bits for each distinct value, 0 where there is none."""
    events = ledger.events
    if role == "product":
        codes = events.text(role)
        at, values = codes.at, list[object](codes.words)
    else:
        keys = events.source.keys(role)
        at, values = keys.at, keys.ids()
        at = at if events.used is None else at[events.used]
    return np.array([*map(_mark, values), 0], dtype=np.int64)[at]


def _mark(value: object) -> int:
    """17 and 17.0 are the same, and "17" is another."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = f"'{value}" if isinstance(value, str) else str(value)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)


def currency_of(source: Source, ledger: Ledger) -> str | None:
    """The currency that the company was found to count in, where its conventions do not say."""
    if source.conventions.currency is not None or not source.has("currency"):
        return None
    codes = ledger.events.text("currency")
    seen = np.unique(codes.at[codes.at >= 0])
    return currency_code(codes.words[int(seen[0])]) if len(seen) else None


def content_of(ledger: Ledger, bundle: Bundle, ids: Ids, currency: str | None) -> str:
    """Sixteen hex digits of the transactions, whatever their order: who, when, how much, what."""
    clock = ledger.events.clock
    moment = clock.day.astype(np.int64) * DAY_SECONDS + clock.second
    row = _hashes(ids)[bundle.rows.code]
    with np.errstate(over="ignore"):
        for part in (moment, bundle.rows.units, bundle.cost, *_told(bundle)):
            row = (row ^ part.astype(np.int64).view(np.uint64)) * _MIX
            row ^= row >> np.uint64(29)
        total = int(np.sum(row, dtype=np.uint64)) if len(row) else 0
    return f"{(total + len(row) + _mark(currency)) % 2**64:016x}"


def _told(bundle: Bundle) -> Iterator[Ints]:
    """The marks of each role, of words what they say and not their place among others."""
    for role, mark in sorted(bundle.marks.items()):
        if role in WORDS:
            said = np.array([*map(_mark, bundle.words[role]), 0], dtype=np.int64)
            yield said[mark]
        else:
            yield mark


def _hashes(ids: Ids) -> NDArray[np.uint64]:
    whole = ids.whole
    if isinstance(whole, Numbers):
        return whole.held.astype(np.int64).view(np.uint64) * _MIX
    return np.array([_mark(value) for value in whole.listed], dtype=np.int64).view(np.uint64)


@attrs.frozen
class Taken:
    """A batch of transactions that was taken in.

    Attributes:
        content: Fingerprint of what it held.
        rows: Its rows, those left out among them.

    >>> Taken("00ff", 3).rows
    3
    """

    content: str
    rows: int
