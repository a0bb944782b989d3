"""How good the data is: filled, valid, unique by column, and completeness by record."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.clean.columns import ReadColumn
from custseg.labels import label, title
from custseg.reasons import html_table
from custseg.values.columns import Kind

_COUNTS = ("filled", "valid", "placeholder", "invalid", "missing", "unique")


@attrs.frozen
class FieldQuality:
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
    kind: Kind
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

    @classmethod
    def of(cls, column: ReadColumn, weight: float) -> "FieldQuality":
        """Count a column."""
        doubtful = column.rows_where(lambda s: s.state == "valid" and s.problem is not None)
        return cls(
            column.name,
            column.kind,
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
        return out


@attrs.frozen(eq=False)
class Quality:
    """How good a table is.

    Attributes:
        rows: All rows.
        fields: Each column that was looked at.
        completeness: For each row the weighted share of columns that are filled and
            valid, 0 to 1; NaN if no column counts.

    Source: completeness is ISO/IEC 25012's, restricted to valid values.

    Example:
        >>> from custseg.clean import quality
        >>> found = quality([{"phone": "138 0013 8000", "email": "n/a"}])
        >>> found.mean, found.field("email").placeholder
        (0.5, 1)
    """

    rows: int
    fields: tuple[FieldQuality, ...]
    completeness: Floats = attrs.field(repr=False)

    @classmethod
    def of(
        cls, columns: Sequence[ReadColumn], rows: int, weights: Mapping[str, float]
    ) -> "Quality":
        """Count columns that were read."""
        heavy = [(column, weights.get(column.name, 1.0)) for column in columns]
        fields = tuple(FieldQuality.of(column, weight) for column, weight in heavy)
        # Summed one column after the other, so a row's figure does not depend on other rows.
        total = np.zeros(rows)
        for column, weight in heavy:
            total += weight * column.valid()
        whole = sum(weight for _, weight in heavy)
        share = np.minimum(total / whole, 1.0) if whole else np.full(rows, np.nan)
        return cls(rows, fields, share)

    @property
    def mean(self) -> float | None:
        """Mean completeness, None if there are no rows or no columns."""
        whole = sum(field.weight for field in self.fields)
        if not self.rows or not whole:
            return None
        # From counts, not from the rows' figures: the order of rows cannot matter.
        return sum(field.weight * field.valid for field in self.fields) / (whole * self.rows)

    def field(self, column: str) -> FieldQuality:
        """One column's figures.

        Raises:
            KeyError: The column was not looked at.
        """
        return {field.column: field for field in self.fields}[column]

    def as_dict(self) -> dict[str, object]:
        """Counts as plain data; no value of any record."""
        fields = [field.as_dict() for field in self.fields]
        return {"rows": self.rows, "completeness": self.mean, "fields": fields}

    def text(self, locale: str = "en") -> str:
        """Lines to read: the whole, then each column with its problems."""
        lines = [f"{label('clean.rows', locale)}: {self.rows:,}"]
        if self.mean is not None:
            lines.append(f"{title('completeness', locale)}: {self.mean:.1%}")
        for field in self.fields:
            said = ", ".join(
                f"{label(f'clean.{n}', locale)} {getattr(field, n):,}" for n in _COUNTS
            )
            lines.append(f"{field.column}: {said}")
            for problem, count in field.problems.items():
                lines.append(f"  {label(f'clean.{problem}', locale)}: {count:,}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = ("column", "kind", *(label(f"clean.{name}") for name in _COUNTS))
        rows = [(f.column, f.kind, *(getattr(f, name) for name in _COUNTS)) for f in self.fields]
        return html_table(head, rows)
