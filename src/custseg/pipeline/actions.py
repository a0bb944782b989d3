"""What is due for each customer, by lifecycle and tier, and never for who must not be contacted."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Days, Floats
from custseg.features.consent import WORDS, contactable
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.rules import F
from custseg.showing import heads
from custseg.values.columns import contact_flag

ACTIONS = ("convert", "win_back", "develop", "keep", "care")
BOOK = frozenset({"action", "contact_due", "due_reason", "next_contact_due"})
"""Columns that a book of services gives: where they are, it has decided."""

_READ = frozenset({"tier", "lifecycle", "contact_days"})
_USUAL = 90.0
_BY_CLASS = {"potential": "convert", "dormant": "win_back"}
_BY_TIER = {"high": "keep", "medium": "develop"}


@attrs.frozen(eq=False)
class Actions(Tabled):
    """Customers for whom something is due, and how many were withheld.

    Attributes:
        table: The customers to act on, the caller's kind, with ``action`` and
            ``next_contact_due`` added.
        counts: Customers by action.
        withheld: Customers left out, by reason: do not contact, no consent, consent unknown.

    >>> Actions([], {"win_back": 3}, {"do_not_contact": 1}).as_dict()["withheld"]
    {'do_not_contact': 1}
    """

    table: Any
    counts: Mapping[str, int]
    withheld: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data; the rows are in ``table``."""
        return {"counts": dict(self.counts), "withheld": dict(self.withheld)}

    def text(self, locale: str = "en") -> str:
        """Counts to read."""
        said = [f"{label(k, locale)}: {n:,}" for k, n in self.counts.items()]
        kept = [f"{label(k, locale)}: {n:,}" for k, n in self.withheld.items()]
        return "\n".join([*said, *(f"({line})" for line in kept)])

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(
            heads(locale, "action", "customers"),
            [(label(code, locale), n) for code, n in self.counts.items()],
        )


def actions(people: object, *, intervals: Mapping[str, int | None], as_of: int) -> Actions:
    """List what is due on a day.

    Where a book of services has decided, its actions and days hold. Otherwise a customer is due
    when the days since the last contact reach the interval of its tier, or when no contact is
    known; potential customers are converted, dormant ones won back, active ones kept, developed
    or cared for by tier.

    Args:
        people: Decided customers, with ``lifecycle`` and ``tier`` where they were decided.
        intervals: Tier -> days between contacts; ``None``: none on our own initiative. Where no
            tier has promised anything, everybody is due every 90 days.
        as_of: The day, as days since 1970-01-01.

    Returns:
        The due customers; nobody who must not be contacted is among them.
    """
    table = frames.table(people)
    if table.lazy:
        return due_inside(table, intervals, as_of)
    if frozenset(table.columns) >= BOOK:
        return _decided(table)
    told, due = _told(table, intervals, as_of)
    rows = np.flatnonzero((told.at >= 0) & (told.at < len(ACTIONS)))
    chosen = told.at[rows]
    listed = frames.table(table.take(rows)).attach(
        {"action": Codes(chosen, ACTIONS), "next_contact_due": Days(due[rows])}
    )
    counts = _counted(told.at[told.at >= 0], told.words)
    return Actions(listed, *_apart(counts))


def _told(
    table: Table[Any], intervals: Mapping[str, int | None], as_of: int
) -> tuple[Codes, Floats]:
    """What is to be done for each customer or why it is withheld, and the day on which it is due.

    Nothing is said of customers who are not due.
    """
    said, due = planned(table, intervals, as_of)
    wanted = ~np.isnan(due) & (due <= as_of)
    return Codes(np.where(wanted, said.at, -1), said.words), due


def planned(
    table: Table[Any], intervals: Mapping[str, int | None], as_of: int
) -> tuple[Codes, Floats]:
    """What is to be done for each customer or why it is withheld, and the day, due or to come.

    Args:
        table: Decided customers.
        intervals: Tier -> days between contacts.
        as_of: The day, as days since 1970-01-01.

    Returns:
        Actions and, where nobody may be contacted, the reason; days, NaN where none is planned.
    """
    may, due, action = contactable(table), _due(table, intervals, as_of), _action(table)
    said = np.where(may.at > 0, len(ACTIONS) + may.at - 1, action.at)
    return Codes(said, (*ACTIONS, *WORDS[1:])), due


def _apart(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Customers by action, and by the reason for which they were left out."""
    listed = {word: counts[word] for word in ACTIONS if counts.get(word)}
    return listed, {word: counts[word] for word in WORDS if counts.get(word)}


@attrs.frozen
class Due:
    """What is due for some customers, row by row: an engine hands it the rows.

    Attributes:
        intervals: Tier -> days between contacts.
        as_of: The day, as days since 1970-01-01.
        withheld: Whether the reason stands in the place of an action that is withheld; otherwise
            nothing stands there.
    """

    intervals: Mapping[str, int | None]
    as_of: int
    withheld: bool = False

    def __call__(self, rows: Table[Any]) -> Any:  # noqa: ANN401 - the kind of the rows
        """The columns ``action`` and ``next_contact_due``."""
        told, due = _told(rows, self.intervals, self.as_of)
        listed = Codes(np.where(told.at < len(ACTIONS), told.at, -1), ACTIONS)
        return rows.build(
            {"action": told if self.withheld else listed, "next_contact_due": Days(due)}
        )


def due_inside(table: Table[Any], intervals: Mapping[str, int | None], as_of: int) -> Actions:
    """What is due for customers whom an engine holds: they stay there, counts leave it.

    Args:
        table: Decided customers.
        intervals: Tier -> days between contacts.
        as_of: The day, as days since 1970-01-01.
    """
    if frozenset(table.columns) >= BOOK:
        listed = table.where(F("contact_due") == "now")
        counts = _alike(frames.table(listed), "action")
        barred = _alike(table, "due_reason")
        return Actions(listed, counts, {w: barred[w] for w in WORDS if barred.get(w)})
    read = [n for n in table.columns if n in _READ or contact_flag(n)] or table.columns[:1]
    work = Due(dict(intervals), as_of)
    told = frames.by_row(table, attrs.evolve(work, withheld=True), needs=read)
    listed = frames.table(frames.by_row(table, work, needs=read)).where(F("action").is_present())
    return Actions(listed, *_apart(_alike(frames.table(told), "action")))


def _alike(table: Table[Any], name: str) -> dict[str, int]:
    """How often each word of a column is there, counted by its engine."""
    found = table.counted(name)
    words, numbers = _words(found, name), _numbers(found, "n").tolist()
    held = zip(words.texts(), numbers, strict=True)
    counts = {word: int(n) for word, n in held if word is not None}
    order = [*ACTIONS, *sorted(set(counts) - set(ACTIONS))]
    return {word: counts[word] for word in order if word in counts}


def _decided(table: Table[Any]) -> Actions:
    when, why, action = (_words(table, name) for name in ("contact_due", "due_reason", "action"))
    rows, barred = np.flatnonzero(when.recode(("now",)) == 0), why.recode(WORDS)
    return Actions(
        table.take(rows),
        _counted(action.at[rows], action.words),
        _counted(barred[barred >= 0], WORDS),
    )


def _due(table: Table[Any], intervals: Mapping[str, int | None], as_of: int) -> Floats:
    days = np.full(table.size, _USUAL)
    if intervals and "tier" in table.columns:
        tier = _words(table, "tier")
        each = [intervals.get(word) for word in tier.words]
        gaps = np.array([*(np.nan if d is None else float(d) for d in each), np.nan])
        days = gaps[tier.at]
    if "contact_days" not in table.columns:
        return np.where(np.isnan(days), np.nan, float(as_of))
    since = _numbers(table, "contact_days")
    return np.where(np.isnan(since), np.where(np.isnan(days), np.nan, as_of), as_of - since + days)


def _action(table: Table[Any]) -> Codes:
    at = np.full(table.size, ACTIONS.index("care"), dtype=np.intp)
    for column, chosen in (("tier", _BY_TIER), ("lifecycle", _BY_CLASS)):
        if column in table.columns:
            codes = _words(table, column)
            named = [chosen.get(word) for word in codes.words]
            place = np.array([*(-1 if a is None else ACTIONS.index(a) for a in named), -1])
            at = np.where(place[codes.at] >= 0, place[codes.at], at)
    return Codes(at, ACTIONS)


def _words(table: Table[Any], name: str) -> Codes:
    column = table.read({name: "text"})[name]
    assert isinstance(column, Codes)  # noqa: S101 - text is read as codes
    return column


def _numbers(table: Table[Any], name: str) -> Floats:
    column = table.read({name: "number"})[name]
    assert isinstance(column, np.ndarray)  # noqa: S101 - numbers are read as floats
    return column.astype(np.float64, copy=False)


def _counted(at: Any, words: tuple[str, ...]) -> dict[str, int]:  # noqa: ANN401 - codes
    counts = np.bincount(at, minlength=len(words)).tolist()
    return {word: n for word, n in zip(words, counts, strict=True) if n}
