"""Rows of a workbook, as text."""

import codecs
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from custseg.errors import DataError
from custseg.frames import optional
from custseg.io.heading import has_header

ENDINGS: Final = (".xlsx", ".xls", ".ods")
_HEAD: Final = 4096
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def textual(file: Path) -> bool:
    """Whether a file is text that is called a workbook, as many shops and tills write it.

    Args:
        file: The file.
    """
    if file.suffix.lower() != ".xls":
        return False
    with file.open("rb") as held:
        head = held.read(_HEAD)
    return head.startswith(_WIDE) or (bool(head) and b"\0" not in head and head[:2] != b"PK")


def sheet_rows(file: Path) -> tuple[Iterator[list[str]], int]:
    """The rows of the first sheet with a header that is known, and how many others hold some.

    Where no header is known, they are those of the first sheet that holds any.

    Args:
        file: The workbook.

    Raises:
        DataError: It is no workbook, or holds nothing.
        MissingDependencyError: Nothing is installed that reads workbooks.
    """
    calamine = optional("python_calamine", extra="excel")
    try:
        book = calamine.CalamineWorkbook.from_path(str(file))
        held = [_rows(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        msg = f"{file.name!r} is no workbook: {error}"
        raise DataError(msg) from error
    full = [[[_text(cell) for cell in row] for row in rows] for rows in held if rows]
    if not full:
        msg = f"{file.name!r} is empty: none of its sheets holds anything"
        raise DataError(msg)
    read = next((rows for rows in full if has_header(rows)), full[0])
    return iter(read), len(full) - 1


def _rows(sheet: Any) -> list[list[Any]]:  # noqa: ANN401 - a sheet of python-calamine
    """The rows of a sheet from its first, so that their numbers are those that people see."""
    rows: list[list[Any]] = sheet.to_python()
    above: list[list[Any]] = [[]] * sheet.start[0] if rows else []
    return above + rows


def _text(cell: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """A cell as a CSV would hold it."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)
