"""CSV, Parquet and JSON files as tables; ids keep their leading zeros."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from custseg.errors import DataError, did_you_mean
from custseg.frames import optional
from custseg.io.delimited import delimited


def read_table(path: str | Path, *, text: Collection[str] = ()) -> Any:  # noqa: ANN401 - a pandas or Arrow table, or records
    r"""Read a file by its ending.

    Args:
        path: ``.csv`` or ``.tsv`` (UTF-8, else GB18030), ``.parquet``, ``.json`` (a list of
            records) or ``.jsonl``.
        text: Columns of a CSV that stay text whatever they look like: ids.

    Returns:
        A pandas frame for CSV, an Arrow table for Parquet, records for JSON. A CSV column whose
        every value is plainly a number (no leading zero, at most 15 digits) becomes numbers; all
        other columns stay text.

    Raises:
        DataError: The file is not there, not readable, or of an unknown kind.

    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = file.write_text("id,n\n00017,3\n", encoding="utf-8")
    >>> read_table(file).to_dict("records")
    [{'id': '00017', 'n': 3}]
    """
    file = known_file(path, _READERS)
    return _READERS[file.suffix.lower()](file, text)


def known_file(path: str | Path, endings: Collection[str]) -> Path:
    """A file that is there and of a kind that can be read.

    Raises:
        DataError: It is not there, or of another kind; names the nearest.
    """
    file = Path(path)
    if file.suffix.lower() not in endings:
        known = sorted(endings)
        hint = did_you_mean(file.suffix, known)
        msg = f"cannot read {file.name!r}: endings are {known}.{hint}"
        raise DataError(msg)
    if not file.is_file():
        near = [p.name for p in file.parent.glob("*")] if file.parent.is_dir() else []
        msg = f"no file {str(file)!r}.{did_you_mean(file.name, near)}"
        raise DataError(msg)
    return file


def _parquet(file: Path, _: Collection[str]) -> Any:  # noqa: ANN401 - an Arrow table
    arrow = optional("pyarrow", extra="arrow")
    parquet = optional("pyarrow.parquet", extra="arrow")
    try:
        return parquet.read_table(file)
    except arrow.ArrowInvalid as error:
        msg = f"{file.name!r} is no Parquet file: {error}"
        raise DataError(msg) from error


def _json(file: Path, _: Collection[str]) -> Any:  # noqa: ANN401 - records
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        msg = f"{file.name!r} is no JSON: {error}"
        raise DataError(msg) from error
    if not isinstance(rows, list):
        msg = f"{file.name!r} must hold a list of records, got {type(rows).__name__}"
        raise DataError(msg)
    return rows  # pyright: ignore[reportUnknownVariableType]


def _jsonl(file: Path, _: Collection[str]) -> Any:  # noqa: ANN401 - records
    rows: list[Any] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                msg = f"{file.name!r} holds a line that is no JSON: {error}"
                raise DataError(msg, "", number) from error
    return rows


_READERS: Final = {
    ".csv": delimited,
    ".tsv": delimited,
    ".parquet": _parquet,
    ".json": _json,
    ".jsonl": _jsonl,
}
