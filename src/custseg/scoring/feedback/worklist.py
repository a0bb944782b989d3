"""What is to be done today about feedback, the most important and urgent first?"""

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Floats, Index, Ints
from custseg.features.consent import WORDS, strictness_of
from custseg.features.events import Sieve
from custseg.features.layout import rows_of
from custseg.frames import Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.scoring.feedback.decision import MAY
from custseg.scoring.feedback.intake import Intake
from custseg.scoring.feedback.signals import OPEN
from custseg.showing import heads

WITHIN_DAYS: Final = 30
"""Days within which feedback of one customer on one topic is about the same matter."""


@attrs.frozen(eq=False)
class Worklist(Tabled):
    """Feedback to work on.

    Of equal places in line comes first what one signal alone makes most important and most
    urgent (harm, fraud, threats), then whoever has waited longest; who is equal in that, too,
    has the same ``work_rank``, and a limit never comes between equals. What was settled by
    the day, what came after it, and rows that say nothing are left out, and counted. Where
    the table does not say how often a customer has been in touch, feedback of the same
    customer on the same topic within 30 days is counted.

    Attributes:
        table: The rows in the order of work, the caller's kind of table, with the columns of the
            triage, ``waiting_days`` and ``work_rank``.
        counts: Rows by action.
        left_out: Rows that are not on the list, by reason.
        withheld: Rows of customers who may not be contacted, by reason; what can be done without
            contacting them is on the list.

    >>> Worklist([], {"answer": 2}, {"settled": 1}, {}).as_dict()["counts"]
    {'answer': 2}
    """

    table: Any
    counts: Mapping[str, int]
    left_out: Mapping[str, int]
    withheld: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data; the rows are in ``table``."""
        return {
            "counts": dict(self.counts),
            "left_out": dict(self.left_out),
            "withheld": dict(self.withheld),
        }

    def text(self, locale: str = "en") -> str:
        """Counts to read."""
        lines = [f"{label(code, locale)}: {n:,}" for code, n in self.counts.items()]
        lines += [f"({label(f'triage_left.{k}', locale)}: {n:,})" for k, n in self.left_out.items()]
        lines += [f"({label(k, locale)}: {n:,})" for k, n in self.withheld.items()]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(label(code, locale), n) for code, n in self.counts.items()]
        return html_table(heads(locale, "action", "rows"), rows)


def listed(taken: Intake, limit: int | None) -> Worklist:
    """The rows that are still to be worked on, in order.

    Args:
        taken: Feedback that has been read.
        limit: How many rows at most, but for equals of the last one.
    """
    cols = taken.decided({taken.triage.column("contacts"): contacts(taken)})
    priority = cast("Floats", cols["priority"])
    out = {"after_as_of": taken.late, "settled": taken.settled, "silent": np.isnan(priority)}
    sieve = Sieve("feedback", len(priority))
    for reason, fallen in out.items():
        sieve.drop(reason, fallen)
    used, left_out = sieve.used, dict(sieve.left_out)
    rows = np.arange(len(priority)) if used is None else used
    waiting = (taken.until - taken.day)[rows]
    patience = np.where(np.isnan(waiting), np.inf, -waiting)
    rank, order = _ranked((patience, _lesser(taken, cols["reasons"])[rows], priority[rows]))
    order = order[np.lexsort((*_neutral(taken, rows[order]), rank[order]))]
    if limit is not None:
        allowed = order[rank[order] <= limit]
        if len(allowed) < len(order):
            left_out["beyond_limit"] = len(order) - len(allowed)
        order = allowed
    chosen = rows[order]
    columns: dict[str, Column] = {name: rows_of(column, chosen) for name, column in cols.items()}
    columns["waiting_days"] = waiting[order]
    columns["work_rank"] = rank[order]
    table = frames.table(taken.table.take(chosen)).attach(columns)
    return Worklist(table, _counted(columns["action"]), left_out, _withheld(taken, chosen))


def contacts(taken: Intake) -> Floats:
    """How often each row's customer has been in touch about it by then, itself counted.

    What the table says counts; where it says nothing, complaints, requests and enquiries of the
    same customer that share a topic with the row, within 30 days up to its day.

    Args:
        taken: Feedback that has been read.
    """
    said = cast("Floats", taken.cols[taken.triage.column("contacts")])
    first = taken.decided()
    kind = cast("Codes", first["feedback_type"])
    matter = np.isin(kind.at, [kind.words.index(one) for one in OPEN])
    rows = np.flatnonzero(matter & (taken.who >= 0) & ~np.isnan(taken.day) & ~taken.late)
    counted = np.full(len(said), np.nan)
    topics = cast("Codes", first["topics"])
    names = [[*filter(None, (word or "").split(","))] for word in (*topics.words, None)]
    every = sorted({name for each in names for name in each})
    for number, name in enumerate(every):
        about = np.array([name in each for each in names])[topics.at[rows]]
        found = rows[about]
        key = taken.who[found] * len(every) + number
        counted[found] = np.fmax(counted[found], _within(key, taken.day[found]))
    return np.where(np.isnan(said), counted, said)


def _within(key: Index, day: Floats) -> Floats:
    """Events with the same key within the days up to each event's own, itself counted."""
    order = np.lexsort((day, key))
    span = float(day.max(initial=0.0) - day.min(initial=0.0)) + 2 * WITHIN_DAYS
    line: Floats = key[order].astype(np.float64) * span + (day[order] - day.min(initial=0.0))
    last: Index = np.searchsorted(line, line, side="right")
    before: Index = np.searchsorted(line, line - WITHIN_DAYS, side="right")
    out = np.empty(len(day))
    out[order] = last - before
    return out


def _lesser(taken: Intake, reasons: Column) -> Floats:
    """0 for rows that one signal alone makes most important and most urgent, 1 for the others."""
    codes, grave = cast("Codes", reasons), taken.triage.gravest
    lesser = [float(grave.isdisjoint(word.split(","))) for word in codes.words]
    return np.array([*lesser, 1.0])[codes.at]


def _ranked(keys: tuple[Floats, ...]) -> tuple[Ints, Index]:
    """Rank of each row (equals share the first of their places), and the order; last key first."""
    order = np.lexsort(keys)
    new = np.ones(len(order), dtype=np.bool_)
    moved = [key[order][1:] != key[order][:-1] for key in keys]
    new[1:] = np.logical_or.reduce(moved)
    place = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0)) + 1
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = place
    return rank, order


def _neutral(taken: Intake, rows: Index) -> tuple[Index, Index]:
    """Keys that put equals in the same order however the rows come."""
    words = cast("Codes", taken.cols[taken.triage.text])
    ids = [str(one) for one in taken.ids]
    return _places(words.words)[words.at[rows]], _places(ids)[taken.who[rows]]


def _places(words: "tuple[str, ...] | list[str]") -> Index:
    place = {word: i for i, word in enumerate(sorted(set(words)))}
    return np.array([*(place[word] for word in words), -1], dtype=np.intp)


def _counted(column: Column) -> dict[str, int]:
    codes = cast("Codes", column)
    counts = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)).tolist()
    found = {word: n for word, n in zip(codes.words, counts, strict=True) if n}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _withheld(taken: Intake, rows: Index) -> dict[str, int]:
    """Rows whose customers may not be contacted, by reason."""
    strictest = np.zeros(len(rows), dtype=np.intp)
    for name, holds in taken.triage.flags.items():
        held = cast("Codes", rows_of(taken.cols[name], rows))
        strictest = np.maximum(strictest, strictness_of(held, holds))
    many = np.bincount(strictest, minlength=len(WORDS)).tolist()
    return {why: n for why, n in sorted(zip(WORDS, many, strict=True)) if n and why != MAY}
