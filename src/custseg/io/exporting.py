"""Reading an export: bytes, rows, recognition, and every column in one spelling."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import compress
from pathlib import Path
from typing import Any, Final

import attrs

from custseg.errors import DataError, LostTextWarning
from custseg.features import Names
from custseg.frames import optional
from custseg.io.contents import MONEY, Contents
from custseg.io.decoding import decoded
from custseg.io.export import Export
from custseg.io.gridding import Grid, delimited_rows, gridded
from custseg.io.orders import counted_once
from custseg.io.reading import known_file
from custseg.io.recognised import Ask, Recognised
from custseg.io.recognising import answered, found_in, layout_of
from custseg.io.setting_aside import Aside
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
    by line; commas, semicolons, tabs or bars; lines above the header; headers in two rows; totals;
    ``="00123"``; currencies, thousands separators and brackets around what is negative; days in
    many forms. What cannot be told is asked for, and nothing is left out without being counted.

    Args:
        path: ``.csv``, ``.tsv``, ``.txt``; with the extra ``excel`` also ``.xlsx``, ``.xls``,
            ``.ods``: the first sheet with a header that is known.
        names: What the columns are, where that is known: ``Names``, or role -> column; ``dates``
            is ``dmy`` or ``mdy``, ``amounts`` ``.`` or ``,``, ``per`` ``order`` or ``line``,
            ``kind`` as below, ``header`` its row in the file, such as ``3`` or ``3-4``.
        kind: Which table it is, as for `recognise`.

    Raises:
        ConfigError: There is no such kind, or an answer is none that can be given.
        DataError: The file is not there, of another kind, without a header, or with a quotation
            mark that stays open.
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
    asked = _Asked(answers, kind or answers.pop("kind", None), answers.pop("header", None))
    if file.suffix.lower() in WORKBOOKS and not textual(file):
        rows, others = sheet_rows(file)
        grid = gridded(rows, file.name, asked.header)
        said = Counter({**grid.mended, "sheets": others})
        return _export(grid, "workbook", said, asked)
    text = decoded(file.read_bytes())
    if text.text[:_HEAD].lstrip("\ufeff \r\n").lower().startswith(_PAGES):
        msg = (
            f"{file.name!r} is a web page, whatever it is called: open it in a spreadsheet and "
            "save it as .xlsx or .csv; if it asks to log in, export the file again"
        )
        raise DataError(msg)
    grid = gridded(delimited_rows(text.text, file.name), file.name, asked.header)
    said = Counter({**grid.mended, "lost": text.lost})
    if text.lost:
        msg = (
            f"{text.lost} lines of {file.name!r} hold letters that cannot be read (now \ufffd); "
            "export the file again, as UTF-8"
        )
        warnings.warn(LostTextWarning(msg), stacklevel=2)
    said.update({f"lines_{name.replace('-', '')}": number for name, number in text.lines})
    return _export(grid, text.encoding, said, asked)


@attrs.frozen
class _Asked:
    """What somebody said of an export: of its columns by role, its kind, and its header."""

    roles: dict[str, str]
    kind: str | None
    header: str | None


def _export(grid: Grid, encoding: str, said: Counter[str], asked: _Asked) -> Export:
    names = tuple(grid.columns)
    contents = Contents.of_text(grid.columns) if grid.numbers else None
    found = found_in(names, contents, kind=asked.kind, told=asked.roles)
    spelling = spelled(grid.columns, found, asked.roles)
    found = attrs.evolve(found, asks=(*_which_header(grid), *found.asks, *spelling.asks))
    layout = layout_of(names, asked.kind) if found.source else None
    orders = counted_once(spelling, found, layout, asked.roles.get("per"))
    said += Counter(spelling.said) + Counter(orders.said)
    kept = [i not in orders.why for i in range(len(grid.numbers))]
    table = {name: list(compress(cells, kept)) for name, cells in orders.columns.items()}
    aside = _aside(grid, orders.why)
    said.update(row.why for row in aside)
    ordered = found.table == "transactions"
    statuses = Counter(filter(None, _of(table, orders.found, "status") if ordered else ()))
    return Export(
        table=_frame(table, orders.found),
        recognised=orders.found,
        aside=_plain_frame(_by_column(aside, names)),
        encoding=encoding,
        said=+said,
        statuses=statuses,
        last=_last(table, orders.found),
        void_statuses=voiding(statuses),
        header=grid.heading.rows,
    )


def _which_header(grid: Grid) -> tuple[Ask, ...]:
    """The question where the header is, if several rows may be it."""
    head = grid.heading
    return (Ask("header", (head.said, *head.others), "doubt"),) if head.others else ()


def _of(table: Columns, found: Recognised, role: str) -> list[str]:
    return table[found.columns[role]] if role in found.columns else []


def _aside(grid: Grid, why: Mapping[int, str]) -> list[Aside]:
    """Rows that are none of the table, in the order of the file."""
    taken = (Aside(grid.numbers[i], told, grid.row(i)) for i, told in why.items())
    return sorted((*grid.aside, *taken), key=lambda row: row.line)


def _by_column(rows: Sequence[Aside], names: Sequence[str]) -> dict[str, Sequence[object]]:
    """Rows that are set aside by column; what stands beyond the last has columns of its own."""
    widest = max((len(row.cells) for row in rows), default=0)
    all_names = (*names, *(f"beyond {n}" for n in range(1, widest - len(names) + 1)))
    cells = {
        name: [row.cells[i] if i < len(row.cells) else "" for row in rows]
        for i, name in enumerate(all_names)
    }
    return {"line": [row.line for row in rows], "why": [row.why for row in rows], **cells}


def _last(table: Columns, found: Recognised) -> str:
    """The last day of a transaction that is not void."""
    if found.table != "transactions" or any(ask.what == "dates" for ask in found.asks):
        return ""
    days = _of(table, found, "at")
    statuses = _of(table, found, "status")
    void = {word for word in set(statuses) if status_of(word) in VOIDING}
    pairs = set(zip(days, statuses, strict=True)) if void else {(day, "") for day in set(days)}
    told = (
        day[: len("2026-06-30")]
        for day, status in pairs
        if day[:1].isdigit() and status not in void
    )
    return max(told, default="")


def _frame(table: Columns, found: Recognised) -> Any:  # noqa: ANN401 - a pandas frame
    """A frame whose amounts are numbers, where all of them can be read."""
    pandas = optional("pandas")
    frame = _plain_frame(table)
    for guess in found.guesses:
        if guess.role in MONEY:
            with suppress(ValueError):
                frame[guess.column] = pandas.to_numeric(frame[guess.column])
    return frame


def _plain_frame(columns: Mapping[str, Sequence[object]]) -> Any:  # noqa: ANN401 - a pandas frame
    """A frame of texts, with nothing where a text is empty."""
    filled = {name: [cell or None for cell in cells] for name, cells in columns.items()}
    return optional("pandas").DataFrame(filled, dtype=object)
