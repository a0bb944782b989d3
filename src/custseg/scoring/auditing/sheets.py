"""The tables of an audit: the same rows for people, for frames and for JSON."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Final, TypeAlias, TypeVar

import attrs

from custseg.labels import label, title
from custseg.layout import percent

Cell: TypeAlias = str | float | bool | date | None
T = TypeVar("T")

_SHARES: Final = frozenset(
    {
        "rate",
        "observed",
        "predicted",
        "said",
        "came",
        "off",
        "selected",
        "true_rate",
        "false_rate",
        "known_cases",
        "known_others",
        "low_rate",
        "high_rate",
    }
)
_POINTS: Final = frozenset({"score", "points", "before", "after"})
_FINE: Final = frozenset({"brier", "gain", "gain_low", "gain_high"})
_CODED: Final = {
    "severity": "audit.severity.",
    "section": "audit.section.",
    "measure": "audit.measure.",
    "scale": "scale.",
    "trend": "trend.",
    "shape": "trend.",
    "shift": "shift.",
}
_NAMED: Final = frozenset({"factor", "attribute", "about"})


@attrs.frozen
class Sheet:
    """A table of an audit.

    Attributes:
        name: What it is about.
        heads: Names of the columns.
        rows: The rows; ``None`` where nothing is known.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, name: str, heads: Sequence[str], rows: Iterable[Iterable[Cell]]) -> "Sheet":
        """NaN becomes ``None``."""
        return cls(name, tuple(heads), tuple(tuple(plain(cell) for cell in row) for row in rows))

    @property
    def columns(self) -> dict[str, list[Cell]]:
        """Column by column."""
        return {head: [row[i] for row in self.rows] for i, head in enumerate(self.heads)}

    def records(self) -> list[dict[str, Cell]]:
        """Row by row, days as texts."""
        return [
            {
                head: cell.isoformat() if isinstance(cell, date) else cell
                for head, cell in zip(self.heads, row, strict=True)
            }
            for row in self.rows
        ]

    def shown(self, locale: str) -> tuple[list[str], list[list[str]]]:
        """Heads and cells to read."""
        heads = [label(f"audit.col.{head}", locale) for head in self.heads]
        cells = [
            [_told(head, cell, locale) for head, cell in zip(self.heads, row, strict=True)]
            for row in self.rows
        ]
        return heads, cells

    def first(self, most: int, head: str) -> "Sheet":
        """At most so many rows of each value of a column."""
        at, seen, kept = self.heads.index(head), dict[Cell, int](), list[tuple[Cell, ...]]()
        for row in self.rows:
            seen[row[at]] = seen.get(row[at], 0) + 1
            if seen[row[at]] <= most:
                kept.append(row)
        return Sheet(self.name, self.heads, tuple(kept))

    def but(self, empty: Iterable[str]) -> "Sheet":
        """Without columns that hold nothing, if they are among some."""
        held = self.columns
        drop = {head for head in empty if all(cell is None for cell in held.get(head, []))}
        keep = [i for i, head in enumerate(self.heads) if head not in drop]
        rows = tuple(tuple(row[i] for i in keep) for row in self.rows)
        return Sheet(self.name, tuple(self.heads[i] for i in keep), rows)


def plain(value: T) -> T | None:
    """A figure for a table or JSON; ``None`` where it is not known.

    >>> plain(0.5), plain(float("nan")), plain("x")
    (0.5, None, 'x')
    """
    return None if isinstance(value, float) and not isfinite(value) else value


def _told(head: str, cell: Cell, locale: str) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, str):
        code = f"{_CODED[head]}{cell}" if head in _CODED else cell
        return title(cell, locale) if head in _NAMED else label(code, locale)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return label("audit.yes", locale) if cell else ""
    return f"{cell:,}" if isinstance(cell, int) else _figure(head, cell)


def _figure(head: str, value: float) -> str:
    if head in _SHARES:
        return percent(value)
    if head in _FINE:
        return f"{value:.5f}"
    return f"{value:,.1f}" if head in _POINTS else f"{value:.3f}"


def merged(rows: Iterable[Mapping[str, Cell]], heads: Sequence[str]) -> list[list[Cell]]:
    """Rows from mappings; ``None`` where one does not say.

    >>> merged([{"a": 1}], ("a", "b"))
    [[1, None]]
    """
    return [[row.get(head) for head in heads] for row in rows]
