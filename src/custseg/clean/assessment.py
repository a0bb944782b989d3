"""What the values of one column are worth: filled, valid, unique."""

from collections.abc import Mapping
from datetime import date
from numbers import Number
from typing import Literal

import attrs

from custseg.clean.columns import ReadColumn
from custseg.showing import Shown
from custseg.values.columns import Kind


@attrs.frozen
class FieldQuality(Shown):
    """What the values of one column are worth.

    ``missing + placeholder + invalid + valid == rows``.

    Attributes:
        column: The column.
        kind: What it holds.
        rows: All rows.
        missing: Nothing there: null, empty or only spaces.
        placeholder: Something there that says nothing, such as N/A.
        invalid: A value that cannot be right.
        valid: A value that can be used.
        doubtful: Valid values that are flagged, such as a number of unknown country.
        unique: Distinct valid values, each counted in one spelling.
        problems: Rows by problem, the most frequent first.
        weight: What it counts for in the completeness of a record.

    Example:
        >>> FieldQuality("phone", "phone", rows=4, missing=1, invalid=1, valid=2).filled
        3
    """

    column: str
    kind: Kind | Literal["number", "boolean"]
    rows: int
    missing: int = 0
    placeholder: int = 0
    invalid: int = 0
    valid: int = 0
    doubtful: int = 0
    unique: int = 0
    problems: Mapping[str, int] = attrs.field(factory=dict[str, int])
    weight: float = 1.0

    @property
    def filled(self) -> int:
        """Rows where something is there, right or wrong."""
        return self.valid + self.invalid

    @property
    def share(self) -> float | None:
        """Share of rows with a valid value, None without rows."""
        return self.valid / self.rows if self.rows else None

    @property
    def uniqueness(self) -> float | None:
        """Share of distinct values among the valid ones, None without any."""
        return self.unique / self.valid if self.valid else None

    @classmethod
    def of(cls, column: ReadColumn, weight: float) -> "FieldQuality":
        """Count a column."""
        doubtful = column.rows_where(lambda s: s.state == "valid" and s.problem is not None)
        return cls(
            column.name,
            _holds(column),
            len(column.at),
            **column.states(),
            doubtful=int(doubtful.sum()),
            unique=len({*column.keys} - {None}),
            problems=column.problems(),
            weight=weight,
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        out: dict[str, object] = attrs.asdict(self)
        out["filled"], out["share"] = self.filled, self.share
        out["uniqueness"] = self.uniqueness
        return out


def _holds(column: ReadColumn) -> Kind | Literal["number", "boolean"]:
    """What a column holds, where no text is in it told by its values."""
    if column.kind != "text" or not column.old:
        return column.kind
    if all(isinstance(value, bool) for value in column.old):
        return "boolean"
    if all(isinstance(value, Number) for value in column.old):
        return "number"
    return "date" if all(isinstance(value, date) for value in column.old) else "text"
