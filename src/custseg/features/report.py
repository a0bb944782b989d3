"""What became of every row: used, or left out for a reason; the counts add up to the input."""

from collections.abc import Iterator, Mapping
from datetime import date

import attrs

from custseg.labels import label, title
from custseg.layout import html_table
from custseg.showing import Shown


@attrs.frozen
class TableReport(Shown):
    """What became of the rows of one table.

    Attributes:
        table: Name of the table.
        rows: Rows that came in.
        left_out: Reason and number of the rows that are not counted, each row once.
        notes: Remarks on rows that are counted: amounts that were rounded, costs unknown.

    >>> report = TableReport("transactions", 10, {"null_id": 2})
    >>> report.used, report.as_dict()["left_out"]
    (8, {'null_id': 2})
    """

    table: str
    rows: int
    left_out: Mapping[str, int] = attrs.field(factory=dict[str, int])
    notes: Mapping[str, int] = attrs.field(factory=dict[str, int])

    @property
    def used(self) -> int:
        """Rows that are counted: all but those left out."""
        return self.rows - sum(self.left_out.values())

    def added(self, other: "TableReport") -> "TableReport":
        """The account of both together.

        >>> one = TableReport("visits", 5, {"null_id": 1})
        >>> one.added(TableReport("visits", 2, {"null_id": 2})).left_out
        {'null_id': 3}
        """
        return TableReport(
            self.table,
            self.rows + other.rows,
            _summed(self.left_out, other.left_out),
            _summed(self.notes, other.notes),
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "table": self.table,
            "rows": self.rows,
            "used": self.used,
            "left_out": dict(self.left_out),
            "notes": dict(self.notes),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {count:,}" for head, count in self.lines(locale))

    def lines(self, locale: str = "en") -> Iterator[tuple[str, int]]:
        """What is counted, in words, and how many rows."""
        yield label(f"table.{self.table}", locale), self.rows
        yield f"  {label('rows.used', locale)}", self.used
        for reason, count in self.left_out.items():
            yield f"  {label(f'left_out.{reason}', locale)}", count
        for note, count in self.notes.items():
            yield f"  * {label(f'note.{note}', locale)}", count

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self.lines(locale))


@attrs.frozen
class SplitReport(Shown):
    """Which customers are on either side of a split.

    Attributes:
        at: The last day of the first part.
        until: The last day of the second part.
        customers: Customers who had bought by then: the rows of its summary.
        returned: How many of them bought again in the second part.
        newcomers: Customers who bought first in the second part: in no row of the summary.

    >>> print(SplitReport(date(2026, 1, 31), date(2026, 3, 31), 10, 4, 3).text())
    known at the end of: 2026-01-31
    seen until: 2026-03-31
    customers known by then: 10
      bought again: 4
    customers who bought first after it, in no row: 3
    """

    at: date
    until: date
    customers: int
    returned: int
    newcomers: int

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "at": self.at.isoformat(),
            "until": self.until.isoformat(),
            "customers": self.customers,
            "returned": self.returned,
            "newcomers": self.newcomers,
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        yield label("split.at", locale), self.at.isoformat()
        yield label("split.until", locale), self.until.isoformat()
        yield label("split.customers", locale), f"{self.customers:,}"
        yield f"  {label('split.returned', locale)}", f"{self.returned:,}"
        yield label("split.newcomers", locale), f"{self.newcomers:,}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


@attrs.frozen
class ProfileReport(Shown):
    """What a profile was made of.

    Attributes:
        as_of: The last day that counted.
        customers: Customers profiled.
        bought: How many of them had bought by then.
        tables: What became of the rows of each table.

    >>> report = ProfileReport(date(2026, 6, 30), 5, 0)
    >>> print(report.text())
    as of: 2026-06-30
    customers: 5
    customers with a purchase: 0 (nothing was bought up to this day: everybody is potential)
    """

    as_of: date
    customers: int
    bought: int
    tables: tuple[TableReport, ...] = ()

    def table(self, name: str) -> TableReport | None:
        """The report of one table, ``None`` where it was not given."""
        return next((each for each in self.tables if each.table == name), None)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "as_of": self.as_of.isoformat(),
            "customers": self.customers,
            "bought": self.bought,
            "tables": [each.as_dict() for each in self.tables],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {held}" for head, held in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        nobody = "" if self.bought else f" ({label('rows.nobody_bought', locale)})"
        yield title("as_of", locale), self.as_of.isoformat()
        yield label("table.customers", locale), f"{self.customers:,}"
        yield label("rows.bought", locale), f"{self.bought:,}{nobody}"
        for each in self.tables:
            yield from ((head, f"{count:,}") for head, count in each.lines(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


def _summed(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {code: one.get(code, 0) + other.get(code, 0) for code in {**one, **other}}
