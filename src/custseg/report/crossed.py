"""Customers and their money by lifecycle class and tier, added up where the customers are."""

from collections.abc import Mapping
from typing import Any, Final, cast

import numpy as np

from custseg import frames
from custseg._typing import Codes, Index, Ints
from custseg.features.fewest import hidden
from custseg.frames import UNITS, Share, Table
from custseg.labels import label, title
from custseg.layout import html_table
from custseg.pipeline import Run

_PEOPLE, _NUMBER, _UNITS = "people", "customers", "units"
_BY: Final = ("lifecycle", "tier")
_MONEY: Final = "revenue"


def crosstab(run: Run, locale: str) -> str:
    """Customers, and the money of each class, by lifecycle class and tier.

    Args:
        run: The outcome of a job.
        locale: ``en`` or ``zh``.
    """
    table = frames.table(run.customers)
    if not set(_BY) <= set(table.columns):
        return ""
    cells = _cells(table, run.policy.id)
    rows, cols = (_ordered(run, cells, name) for name in _BY)
    counts = _grid(cells, _NUMBER, rows, cols)
    heads = ["", *(label(word, locale) for word in cols.words), title("customers", locale)]
    body = [
        [label(word, locale), *(f"{n:,}" for n in (*counts[i].tolist(), int(counts[i].sum())))]
        for i, word in enumerate(rows.words)
    ]
    if _MONEY in table.columns:
        heads.append(title(_MONEY, locale))
        sums = _grid(cells, _UNITS, rows, cols).sum(axis=1).tolist()
        away = hidden(counts.sum(axis=1).tolist()).tolist()
        for line, units, few in zip(body, sums, away, strict=True):
            line.append("…" if few else f"{units / UNITS:,.0f}")
    return html_table(heads, body)


def _cells(table: Table[Any], key: str) -> Table[Any]:
    """What each partition gives; a table in memory is one."""
    read = [name for name in (*_BY, _MONEY) if name in table.columns]
    if table.lazy:
        return frames.totals({_PEOPLE: Share(table, key, read)}, summed)
    return frames.table(summed({_PEOPLE: table}))


def summed(given: Mapping[str, Table[Any]]) -> Any:  # noqa: ANN401 - the kind of the customers
    """Customers and their money in whole units, a row for each class and tier that there is.

    Args:
        given: The customers of a partition.
    """
    table = given[_PEOPLE]
    rows, cols = (_codes(table, name) for name in _BY)
    wide = len(cols.words) + 1
    cell = (rows.at + 1) * wide + cols.at + 1
    there, at, count = np.unique(cell, return_inverse=True, return_counts=True)
    units = np.zeros(len(there), dtype=np.int64)
    if _MONEY in table.columns:
        np.add.at(units, at, table.money(_MONEY).units)
    made = {
        _BY[0]: Codes(there // wide - 1, rows.words, plain=True),
        _BY[1]: Codes(there % wide - 1, cols.words, plain=True),
        _NUMBER: count.astype(np.int64),
        _UNITS: units,
    }
    return table.build(made)


def _grid(cells: Table[Any], name: str, rows: Codes, cols: Codes) -> Ints:
    known = (rows.at >= 0) & (cols.at >= 0)
    grid = np.zeros((len(rows.words), len(cols.words)), dtype=np.int64)
    held = cells.values(name)
    numbers = np.array([*cast("tuple[int, ...]", held.words), 0], dtype=np.int64)[held.at]
    at: tuple[Index, Index] = (rows.at[known], cols.at[known])
    np.add.at(grid, at, numbers[known])
    return grid


def _ordered(run: Run, table: Table[Any], name: str) -> Codes:
    codes = _codes(table, name)
    words = tuple(w for w in run.policy.words(name) if w in codes.words) or codes.words
    return Codes(codes.recode(words), words)


def _codes(table: Table[Any], name: str) -> Codes:
    if not table.columns:
        return Codes(np.empty(0, dtype=np.intp), ())
    return cast("Codes", table.read({name: "text"})[name])
