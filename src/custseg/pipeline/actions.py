"""What is due for each customer, by lifecycle and tier, and never for who must not be contacted."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Days, Floats
from custseg.features.consent import WORDS, contactable
from custseg.frames import Table
from custseg.labels import label
from custseg.reasons import html_table

ACTIONS = ("convert", "win_back", "develop", "keep", "care")
_BOOK = frozenset({"action", "contact_due", "due_reason", "next_contact_due"})
_USUAL = 90.0
_BY_CLASS = {"potential": "convert", "dormant": "win_back"}
_BY_TIER = {"high": "keep", "medium": "develop"}


@attrs.frozen(eq=False)
class Actions:
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

    def _repr_html_(self) -> str:
        return html_table(("action", "customers"), self.counts.items())


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
    if frozenset(table.columns) >= _BOOK:
        return _decided(table)
    may = contactable(table)
    due = _due(table, intervals, as_of)
    wanted = ~np.isnan(due) & (due <= as_of)
    rows = np.flatnonzero(wanted & (may.at == 0))
    action = _action(table)
    listed = frames.table(table.take(rows)).attach(
        {
            "action": Codes(action.at[rows], ACTIONS),
            "next_contact_due": Days(due[rows]),
        }
    )
    return Actions(
        listed,
        _counted(action.at[rows], ACTIONS),
        _counted(may.at[wanted & (may.at > 0)], WORDS),
    )


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
