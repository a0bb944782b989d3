"""Reports as small tables of counts, which partitions give and their reader adds up."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from custseg.features.report import ProfileReport, TableReport
from custseg.frames import Attachable, Table

_LEFT_OUT: Final = (
    "null_id",
    "unknown_customer",
    "unreadable_time",
    "after_as_of",
    "missing_time",
    "unreadable_amount",
    "missing_amount",
    "void",
    "refund_ignored",
)
_LATER: Final = ("after_as_of", "before_split")
_LOGGED: Final = (*(code for code in _LEFT_OUT if code not in _LATER), *_LATER)
"""The order in a log, which leaves out days only once it has read all rows."""
_NOTES: Final = (
    "amount_rounded",
    "currency_assumed",
    "currency_converted",
    "refund",
    "day_without_money",
    "cost_unknown",
    "score_without_scale",
    "score_outside_scale",
    "unreadable_date",
    "undated",
    "own_words",
)
_PEOPLE: Final = ("customers", "bought")
_ROWS: Final = "rows"
_OUT: Final = "left_out"
_NOTE: Final = "note"

Counts = Mapping[tuple[str, str, str], int]


def counted(report: ProfileReport) -> dict[str, Attachable]:
    """The counts of a profile's report as columns.

    >>> from custseg import frames
    >>> report = ProfileReport(date(2026, 6, 30), 5, 2)
    >>> frames.build(frames.table([]), counted(report))[1]
    {'table': 'customers', 'what': 'people', 'code': 'bought', 'n': 2}
    """
    people = [("customers", "people", name, int(getattr(report, name))) for name in _PEOPLE]
    return _columns([*people, *(row for each in report.tables for row in _lines(each))])


def counted_rows(report: TableReport) -> dict[str, Attachable]:
    """The counts of one table's report as columns."""
    return _columns([*_lines(report)])


def profile_report_of(sums: Table[Any], as_of: date, tables: tuple[str, ...]) -> ProfileReport:
    """The report of a profile from the counts of its partitions.

    Args:
        sums: Those counts, one table below the other.
        as_of: The last day that counted.
        tables: The names of the tables, in order.
    """
    counts = _added(sums)
    customers, bought = (counts.get(("customers", "people", name), 0) for name in _PEOPLE)
    told = tuple(_report(counts, name, _LEFT_OUT) for name in tables)
    return ProfileReport(as_of, customers, bought, told)


def rows_report_of(sums: Table[Any], table: str) -> TableReport:
    """The report of a log's table from the counts of its partitions."""
    return _report(_added(sums), table, _LOGGED)


def ordered(report: TableReport) -> TableReport:
    """A report that was added up, its counts in the order of one that was not."""
    left_out = {code: report.left_out[code] for code in _LOGGED if code in report.left_out}
    notes = {code: report.notes[code] for code in _NOTES if code in report.notes}
    return TableReport(report.table, report.rows, left_out, notes)


def _lines(report: TableReport) -> Iterator[tuple[str, str, str, int]]:
    yield report.table, _ROWS, _ROWS, report.rows
    for what, counts in ((_OUT, report.left_out), (_NOTE, report.notes)):
        for code, many in counts.items():
            yield report.table, what, code, many


def _columns(rows: list[tuple[str, str, str, int]]) -> dict[str, Attachable]:
    table, what, code, many = zip(*rows, strict=True)
    texts = {"table": [*table], "what": [*what], "code": [*code]}
    return {**texts, "n": np.array(many, dtype=np.int64)}


def _added(sums: Table[Any]) -> Counts:
    """All counts, added up; a partition says the same things as another, or fewer."""
    read: Any = sums.read({"table": "text", "what": "text", "code": "text", "n": "number"})
    names = [read[name].texts() for name in ("table", "what", "code")]
    out: dict[tuple[str, str, str], int] = {}
    many = read["n"].tolist()
    for (table, what, code), n in zip(zip(*names, strict=True), many, strict=True):
        key = (str(table), str(what), str(code))
        out[key] = out.get(key, 0) + int(n)
    return out


def _report(counts: Counts, table: str, reasons: tuple[str, ...]) -> TableReport:
    left_out = _in_order(counts, (table, _OUT), reasons)
    notes = _in_order(counts, (table, _NOTE), _NOTES)
    return TableReport(table, counts.get((table, _ROWS, _ROWS), 0), left_out, notes)


def _in_order(counts: Counts, about: tuple[str, str], order: tuple[str, ...]) -> dict[str, int]:
    """Counts in the order in which rows are looked at, which no one partition may show."""
    found = {code: n for (*told, code), n in counts.items() if tuple(told) == about}
    return {code: found[code] for code in (*order, *sorted(found)) if code in found}
