"""What came in: rows of each table, and lines that repeat another line exactly."""

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg.features import TransactionLog
from custseg.labels import label
from custseg.layout import html_table
from custseg.progress import each
from custseg.showing import Shown, page


@attrs.frozen
class ArrivalReport(Shown):
    """Rows that came in, by table.

    Attributes:
        rows: Table -> rows.
        repeated: Table -> lines that repeat an earlier line in every column; they are counted and
            kept, since two equal lines may be two equal sales. Lazy tables are not searched, nor
            transactions that were read before.

    >>> print(ArrivalReport({"transactions": 3}, {"transactions": 1}).text())
    transactions: 3
      repeated lines (kept): 1
    """

    rows: Mapping[str, int]
    repeated: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {"rows": dict(self.rows), "repeated": dict(self.repeated)}

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        lines: list[str] = []
        for name, count in self.rows.items():
            lines.append(f"{label(f'table.{name}', locale)}: {count:,}")
            if again := self.repeated.get(name):
                lines.append(f"  {label('repeated', locale)}: {again:,}")
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(n, c, self.repeated.get(n, 0)) for n, c in self.rows.items()]
        return html_table(
            (label("head.table", locale), label("rows", locale), label("repeated", locale)), rows
        )


@attrs.frozen
class SkippedReport(Shown):
    """A step that was left out: by the job, or since the table has nothing to do it with.

    Attributes:
        step: The step.

    >>> print(SkippedReport("match").text())
    matching: not done
    """

    step: str

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {"step": self.step, "done": False}

    def text(self, locale: str = "en") -> str:
        """One line to read."""
        return f"{label(f'step.{self.step}', locale)}: {label('not_done', locale)}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return page(self.text(locale))


def arrivals(tables: Mapping[str, Any]) -> ArrivalReport:
    """Count what came in.

    Args:
        tables: Name -> any kind of table.

    >>> arrivals({"visits": [{"a": 1}, {"a": 1}]}).repeated
    {'visits': 1}
    """
    logs = {
        name: log.report.rows for name, log in tables.items() if isinstance(log, TransactionLog)
    }
    opened = {name: frames.table(data) for name, data in tables.items() if name not in logs}
    there = {name: t for name, t in opened.items() if not t.lazy}
    repeated = {name: _repeated(t) for name, t in each("tables", there.items())}
    counted = {name: t.size for name, t in opened.items()} | logs
    rows = {name: counted[name] for name in tables}
    return ArrivalReport(rows, {name: n for name, n in repeated.items() if n})


def _repeated(table: frames.Table[Any]) -> int:
    ordered = np.sort(frames.row_hashes(table))
    return int(np.count_nonzero(ordered[1:] == ordered[:-1]))
