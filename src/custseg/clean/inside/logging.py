"""The change log of a table in an engine: a lazy table, and counts when they are asked for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg.clean.changes import Change, Changes
from custseg.clean.columns import ReadColumn
from custseg.clean.inside.cleaning import Reads, texts_of
from custseg.clean.log import log_columns
from custseg.frames import Share, Table
from custseg.frames.gather import gathered

_COUNTS = ("column", "rule", "steps")


@attrs.frozen
class LogRows:
    """Work on some rows: one row a changed cell.

    Attributes:
        model: The cleaner.
        id: The column with the customers' ids, None if there is none.
        values: Also show old and new values.
        locale: Language of rules and steps; None leaves their codes.
    """

    model: Reads
    id: str | None = None
    values: bool = False
    locale: str | None = None

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """The log of these rows."""
        table = given["rows"]
        columns = self.model.columns_of(table)
        found = [np.flatnonzero(column.changed()) for column in columns]
        rows = np.concatenate([np.empty(0, dtype=np.intp), *found])
        which = np.repeat(np.arange(len(found), dtype=np.intp), list(map(len, found)))
        made = log_columns(columns, rows, which, values=self.values, locale=self.locale)
        for name in ("old", "new"):
            if name in made:
                made[name] = texts_of(made[name])
        head = {} if self.id is None else {"customer": gathered(table, self.id, rows)}
        return table.build(head | made)


@attrs.frozen
class LogCounts:
    """Work on some rows: how many cells changed, by column, rule and steps.

    Attributes:
        model: The cleaner.
    """

    model: Reads

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a column, rule and steps."""
        table = given["rows"]
        counts = Counter[tuple[str, str, str]]()
        for column in self.model.columns_of(table):
            for at, count in _rewritten(column):
                rule = str(column.sorts[int(column.sort[at])].rule)
                counts[column.name, rule, "+".join(column.steps(at))] += count
        made = {name: texts_of(key[i] for key in counts) for i, name in enumerate(_COUNTS)}
        return table.build({**made, "cells": np.array([*counts.values()], dtype=np.int64)})


def _rewritten(column: ReadColumn) -> Iterator[tuple[int, int]]:
    counts = column.counts
    for at in np.flatnonzero(column.rewritten()).tolist():
        if counts[at]:
            yield at, int(counts[at])


@attrs.frozen(eq=False)
class EngineChanges(Changes):
    """The cells that became others, of a table in an engine.

    Attributes:
        share: The columns that are looked at.
        model: The cleaner.
        id: The column with the customers' ids.
        names: The columns that are cleaned, in order.
    """

    share: Share | None = attrs.field(default=None, repr=False)
    model: Reads | None = attrs.field(default=None, repr=False)
    id: str | None = None
    names: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, model: Reads, table: Table[Any], *, ids: str | None, names: tuple[str, ...]
    ) -> "EngineChanges":
        """The log of a table that is not fetched.

        Args:
            model: The cleaner.
            table: The opened lazy table.
            ids: The column with the customers' ids.
            names: The columns that are cleaned; what is read besides travels, too.
        """
        keys = (ids,) if ids is not None else names[:1]
        share = Share(table, keys, tuple(model.needs)) if names else None
        return cls((), None, table, share, model, ids, names)

    def __iter__(self) -> Iterator[Change]:
        """Each changed cell; the log is fetched, and a row has no position (-1)."""
        log = frames.table(self.table(values=True))
        held = [log.values(name) for name in log.columns]
        words = {n: [*one.words, None] for n, one in zip(log.columns, held, strict=True)}
        for row in range(log.size):
            cell = {n: words[n][int(one.at[row])] for n, one in zip(log.columns, held, strict=True)}
            told = str(cell["column"]), str(cell["rule"]), cell["old"], cell["new"]
            yield Change(-1, cell.get("customer"), *told)

    @cached_property
    def _told(self) -> dict[tuple[str, str, str], int]:
        """Changed cells by column, rule and steps, added up over the partitions."""
        if self.share is None or self.model is None or not self.names:
            return {}
        parts = frames.totals({"rows": self.share}, LogCounts(self.model))
        cells: Any = parts.read({"cells": "number"})["cells"]
        heads: list[Any] = [parts.read({name: "text"})[name] for name in _COUNTS]
        out = Counter[tuple[str, str, str]]()
        for key, count in zip(zip(*(h.texts() for h in heads), strict=True), cells, strict=True):
            out[key] += int(count)
        place = {name: i for i, name in enumerate(self.names)}
        return dict(sorted(out.items(), key=lambda item: (place[item[0][0]], item[0])))

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """Changed cells by column and rule, in the order of the columns."""
        out: dict[tuple[str, str], int] = {}
        for (column, rule, _), count in self._told.items():
            out[column, rule] = out.get((column, rule), 0) + count
        return out

    @cached_property
    def steps(self) -> dict[tuple[str, str], int]:
        """Changed cells by column and step; a cell may have several steps."""
        out: dict[tuple[str, str], int] = {}
        for (column, _, told), count in self._told.items():
            for step in told.split("+"):
                out[column, step] = out.get((column, step), 0) + count
        return out

    def table(self, *, values: bool = False, locale: str | None = None) -> Any:  # noqa: ANN401 - the caller's kind
        """The log as a lazy table, one row a changed cell, without the position of its row.

        Args:
            values: Also show what stood there and what stands there now, as text.
            locale: Write rules and steps in this language; None leaves their codes.
        """
        if self.share is None or self.model is None:
            return super().table(values=values, locale=locale)
        work = LogRows(self.model, self.id, values, locale)
        return frames.by_customer({"rows": self.share}, work, like="rows")
