"""Rules as SQL of SQLite, which has no NaN and no dates, and reads infinity as 0."""

from collections.abc import Sequence
from datetime import date
from math import isinf

import attrs

from custseg.frames.sql import Reader, literal, name


@attrs.frozen
class SqliteReader(Reader):
    """How columns are read in SQLite: a NaN is stored as NULL there, a day as its text."""

    def read(self, field: str, kind: str) -> tuple[str, str]:
        """A column as its kind, and the condition that it is there."""
        if kind == "any":
            kind = self.needs.get(field, "any")
        x = f"CAST({name(field)} AS {'REAL' if self._real(field, kind) else 'TEXT'})"
        if kind == "day":
            x = f"date(substr({x}, 1, 10))"
        filled = "" if self._real(field, kind) or kind == "day" else f" AND {x} <> ''"
        return x, f"({x} IS NOT NULL{filled})"

    def _real(self, field: str, kind: str) -> bool:
        return kind == "number" or (kind in {"any", "text"} and field in self.floating)

    def constant(self, value: object) -> str:
        """A constant as SQLite writes it."""
        if isinstance(value, date):
            return f"'{value.isoformat()}'"
        if isinstance(value, float) and isinf(value):
            return "9e999" if value > 0 else "-9e999"
        return literal(value)

    def number(self, x: str) -> str:
        """Whether a float is a number; infinity times zero is stored as NULL."""
        return f"{x} IS NOT NULL"

    def floor(self, x: str) -> str:
        """The next whole number below; older builds have no functions of mathematics."""
        return f"(CAST({x} AS INTEGER) - ({x} < CAST({x} AS INTEGER)))"

    def extreme(self, which: str, parts: Sequence[str]) -> str:
        """The largest or the smallest of some numbers."""
        return f"{'max' if which == 'greatest' else 'min'}({', '.join(parts)})"
