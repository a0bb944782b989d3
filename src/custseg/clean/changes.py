"""The change log: which cell became another, and by which rule."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg._typing import Index
from custseg.clean.columns import ReadColumn
from custseg.clean.log import log_columns, records
from custseg.clean.steps import steps
from custseg.frames import Keys, Table, Tabled
from custseg.labels import label
from custseg.layout import html_table
from custseg.reasons import Reason
from custseg.showing import Shown, heads
from custseg.values.columns import Kind


@attrs.frozen
class Change(Shown):
    """One cell that became another.

    Attributes:
        row: Position of the row, from 0.
        customer: Id of the customer, None if the table has no ids.
        column: The column.
        rule: Why: the rule that rewrote it, or the reason for which it became missing.
        old: The value before; not shown unless asked for.
        new: The value now, None if it became missing; not shown unless asked for.
        kind: What the column holds.

    Example:
        >>> Change(0, "C-17", "phone", "placeholder", "N/A", None)
        Change(row=0, customer='C-17', column='phone', rule='placeholder')
    """

    row: int
    customer: object
    column: str
    rule: str
    old: object = attrs.field(repr=False)
    new: object = attrs.field(repr=False)
    kind: Kind = attrs.field(default="text", repr=False)

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done to it, such as ``full_width`` and then ``country_code``."""
        return steps(self.kind, self.rule, self.old, self.new)

    @property
    def reason(self) -> Reason:
        """Why, as a reason that can be written in a language."""
        held = {"old": self.old, "new": self.new}
        return Reason(f"clean.{self.rule}", {"column": self.column}, held)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why, a reason for each step."""
        held = {"old": self.old, "new": self.new}
        return tuple(Reason(f"clean.{step}", {"column": self.column}, held) for step in self.steps)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the values only when asked."""
        out: dict[str, object] = {
            "row": self.row,
            "customer": self.customer,
            "column": self.column,
            "rule": self.rule,
            "steps": list(self.steps),
        }
        return out | ({"old": self.old, "new": self.new} if values else {})


@attrs.frozen(eq=False)
class Changes(Tabled):
    """All cells that became others, row by row.

    Attributes:
        columns: The columns as they were understood.
        ids: The customers' ids, None if the table has none.
        like: A table of the kind that the log is to have.

    Example:
        >>> from custseg.clean import Cleaner
        >>> log = Cleaner({"phone": "phone"}).fit([{"phone": ""}]).run([{"phone": "N/A"}]).changes
        >>> [change.as_dict() for change in log]
        [{'row': 0, 'customer': None, 'column': 'phone', 'rule': 'placeholder',
          'steps': ['placeholder']}]
    """

    columns: tuple[ReadColumn, ...] = attrs.field(repr=False)
    ids: Keys | None = attrs.field(default=None, repr=False)
    like: Table[Any] | None = attrs.field(default=None, repr=False)

    def __len__(self) -> int:
        """Count the changed cells."""
        return sum(self.counts.values())

    def __iter__(self) -> Iterator[Change]:
        """Each changed cell, by row and then by column."""
        rows, which = self._places()
        customers = self._customers(rows)
        for row, customer, at in zip(rows.tolist(), customers, which.tolist(), strict=True):
            column = self.columns[int(at)]
            cell = column.cell(int(column.at[row]))
            rule = str(cell.rule)
            yield Change(row, customer, column.name, rule, cell.old, cell.new, column.kind)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """Changed cells by column and rule, in the order of the columns."""
        out: dict[tuple[str, str], int] = {}
        for column in self.columns:
            for sort, count in zip(column.sorts, column.sorted_rows().tolist(), strict=False):
                if sort.rule is not None and count:
                    at = (column.name, sort.rule)
                    out[at] = out.get(at, 0) + count
        return out

    @cached_property
    def steps(self) -> dict[tuple[str, str], int]:
        """Changed cells by column and step; a cell may have several steps."""
        out: dict[tuple[str, str], int] = {}
        for column in self.columns:
            counts = column.counts
            for at in np.flatnonzero(column.rewritten()).tolist():
                for step in column.steps(at):
                    out[column.name, step] = out.get((column.name, step), 0) + int(counts[at])
        return out

    def table(self, *, values: bool = False, locale: str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """The log as a table of the caller's kind, one row a changed cell.

        Args:
            values: Also show what stood there and what stands there now.
            locale: Write rules and steps in this language; None leaves their codes.

        Example:
            >>> from custseg.clean import Cleaner
            >>> rows = [{"id": 7, "phone": "138-0013-8000"}]
            >>> Cleaner.preset("zh").fit(rows).run(rows).changes.table()
            [{'row': 0, 'customer': 7, 'column': 'phone', 'rule': 'phone_form',
              'steps': 'separators+country_code'}]
        """
        rows, which = self._places()
        columns = log_columns(self.columns, rows, which, values=values, locale=locale)
        head: dict[str, Any] = {"row": rows.astype(np.int64), "customer": self._customers(rows)}
        if self.ids is None:
            del head["customer"]
        made = head | columns
        if self.like is None:
            return records(made)
        return self.like.build(made)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Counts as plain data; every cell with its values when asked for."""
        out: dict[str, object] = {
            "changes": len(self),
            "rules": [
                {"column": column, "rule": rule, "cells": count}
                for (column, rule), count in self.counts.items()
            ],
        }
        if values:
            out["cells"] = [change.as_dict(values=True) for change in self]
        return out

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Counts to read; with ``values`` also each cell."""
        lines = [f"{label('clean.changes', locale)}: {len(self):,}"]
        for (column, rule), count in self.counts.items():
            lines.append(f"  {column}: {label(f'clean.{rule}', locale)}: {count:,}")
        if values:
            lines += [f"  {c.row}: {c.reason.text(locale, values=True)}" for c in self]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (column, label(f"clean.{rule}", locale), n) for (column, rule), n in self.counts.items()
        ]
        return html_table(heads(locale, "column", "rule", "cells"), rows)

    def _customers(self, rows: Index) -> list[object]:
        """Id of the customer of each row."""
        if self.ids is None:
            return [None] * len(rows)
        ids = [*self.ids.ids(), None]
        return [ids[at] for at in self.ids.at[rows].tolist()]

    def _places(self) -> tuple[Index, Index]:
        """Row and column of each changed cell, row by row."""
        found: list[Any] = [np.flatnonzero(column.changed()) for column in self.columns]
        rows = np.concatenate([np.empty(0, dtype=np.intp), *found])
        which = np.repeat(np.arange(len(found), dtype=np.intp), [len(part) for part in found])
        order = np.argsort(rows, kind="stable")
        return rows[order], which[order]
