"""Reading an export: bytes, rows, recognition, and every column in one spelling."""

import warnings
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import attrs

from custseg.errors import DataError, LostTextWarning
from custseg.features import Names
from custseg.frames import optional
from custseg.io.contents import MONEY, Contents
from custseg.io.decoding import decoded
from custseg.io.export import Export
from custseg.io.gridding import Aside, Grid, delimited_rows, gridded
from custseg.io.orders import counted_once
from custseg.io.reading import known_file
from custseg.io.recognised import Recognised
from custseg.io.recognising import answered, found_in, layout_of
from custseg.io.sheets import ENDINGS as WORKBOOKS
from custseg.io.sheets import sheet_rows, textual
from custseg.io.spelling import Columns, spelled
from custseg.io.statuses import VOIDING, status_of, voiding

ENDINGS: Final = (".csv", ".tsv", ".txt", *WORKBOOKS)
_PAGES: Final = ("<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<?xml")
_HEAD: Final = 200
Answers = Names | Mapping[str, str]
"""What somebody said of the columns: by role, and how days and amounts are written."""


def read_export(
    path: str | Path, *, names: Answers | None = None, kind: str | None = None
) -> Export:
    r"""Read a file as a shop or a CRM system writes it.

    Found by itself: UTF-8, GB18030, UTF-16, Windows-1252, and files that mix UTF-8 and GB18030 line
    by line; commas, semicolons, tabs or bars; lines above the header; totals below; ``="00123"``;
    currencies, thousands separators and brackets around what is negative; days in many forms.
    What cannot be told is asked for, and nothing is left out without being counted.

    Args:
        path: ``.csv``, ``.tsv``, ``.txt``; with the extra ``excel`` also ``.xlsx``, ``.xls``,
            ``.ods``: the first sheet that holds rows.
        names: What the columns are, where that is known: ``Names``, or role -> column; ``dates``
            is ``dmy`` or ``mdy``, ``amounts`` ``.`` or ``,``, ``per`` ``order`` or ``line``,
            ``kind`` as below.
        kind: Which table it is, as for `recognise`.

    Raises:
        ConfigError: There is no such kind, or an answer is none that can be given.
        DataError: The file is not there, of another kind, or without a header.
        MissingDependencyError: It is a workbook, and nothing is installed that reads it.
        MissingColumnError: A column that was named is not there.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "orders.csv"
    >>> _ = file.write_text("Order ID;Customer ID;Order Date;Total\n1;7;30.06.2026;1.234,50 €\n")
    >>> read_export(file).table.to_dict("records")
    [{'Order ID': '1', 'Customer ID': '7', 'Order Date': '2026-06-30', 'Total': 1234.5}]
    """
    file = known_file(path, ENDINGS)
    answers = answered(names)
    told = kind or answers.pop("kind", None)
    if file.suffix.lower() in WORKBOOKS and not textual(file):
        rows, others = sheet_rows(file)
        grid = gridded(rows, file.name)
        said = Counter({**grid.mended, "sheets": others})
        return _export(grid, "workbook", said, (answers, told))
    text = decoded(file.read_bytes())
    if text.text[:_HEAD].lstrip("\ufeff \r\n").lower().startswith(_PAGES):
        msg = (
            f"{file.name!r} is a web page, whatever it is called: open it in a spreadsheet and "
            "save it as .xlsx or .csv; if it asks to log in, export the file again"
        )
        raise DataError(msg)
    grid = gridded(delimited_rows(text.text), file.name)
    said = Counter({**grid.mended, "lost": text.lost})
    if text.lost:
        msg = (
            f"{text.lost} lines of {file.name!r} hold letters that cannot be read (now \ufffd); "
            "export the file again, as UTF-8"
        )
        warnings.warn(LostTextWarning(msg), stacklevel=2)
    said.update({f"lines_{name.replace('-', '')}": number for name, number in text.lines})
    return _export(grid, text.encoding, said, (answers, told))


def _export(
    grid: Grid, encoding: str, said: Counter[str], asked: tuple[dict[str, str], str | None]
) -> Export:
    answers, kind = asked
    columns: Columns = {name: list(cells) for name, cells in grid.columns()}
    contents = Contents.of_text(columns) if grid.rows else None
    found = found_in(grid.header, contents, kind=kind, told=answers)
    spelling = spelled(columns, found, answers)
    found = attrs.evolve(found, asks=(*found.asks, *spelling.asks))
    layout = layout_of(grid.header, kind) if found.source else None
    orders = counted_once(spelling, found, layout, answers.get("per"))
    said += Counter(spelling.said) + Counter(orders.said)
    kept = [i for i in range(len(grid.rows)) if i not in orders.why]
    table = {name: [cells[i] for i in kept] for name, cells in orders.columns.items()}
    aside = _aside(grid, orders.why)
    said.update(Counter(str(row["why"]) for row in aside))
    ordered = found.table == "transactions"
    statuses = Counter(filter(None, _of(table, orders.found, "status") if ordered else ()))
    return Export(
        table=_frame(table, orders.found),
        recognised=orders.found,
        aside=_plain_frame(aside, ("line", "why", *grid.header)),
        encoding=encoding,
        said=+said,
        statuses=statuses,
        last=_last(table, orders.found),
        void_statuses=voiding(statuses),
    )


def _of(table: Columns, found: Recognised, role: str) -> list[str]:
    return table[found.columns[role]] if role in found.columns else []


def _aside(grid: Grid, why: Mapping[int, str]) -> list[dict[str, object]]:
    """Rows that are none of the table, in the order of the file."""
    taken = [Aside(grid.numbers[i], told, tuple(grid.rows[i])) for i, told in why.items()]
    return [
        {"line": row.line, "why": row.why, **dict(zip(grid.header, row.cells, strict=False))}
        for row in sorted((*grid.aside, *taken), key=lambda row: row.line)
    ]


def _last(table: Columns, found: Recognised) -> str:
    """The last day of a transaction that is not void."""
    if found.table != "transactions" or any(ask.what == "dates" for ask in found.asks):
        return ""
    days = _of(table, found, "at")
    statuses = _of(table, found, "status") or [""] * len(days)
    void = {word for word in set(statuses) if status_of(word) in VOIDING}
    told = (
        day[: len("2026-06-30")]
        for day, status in set(zip(days, statuses, strict=True))
        if day[:1].isdigit() and status not in void
    )
    return max(told, default="")


def _frame(table: Columns, found: Recognised) -> Any:  # noqa: ANN401 - a pandas frame
    """A frame whose amounts are numbers, where all of them can be read."""
    pandas = optional("pandas")
    frame = _plain_frame(table, tuple(table))
    for guess in found.guesses:
        if guess.role in MONEY:
            with suppress(ValueError):
                frame[guess.column] = pandas.to_numeric(frame[guess.column])
    return frame


def _plain_frame(rows: Any, columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - a pandas frame
    frame = optional("pandas").DataFrame(rows, columns=list(columns), dtype=object)
    return frame.where((frame != "") & frame.notna(), None)
