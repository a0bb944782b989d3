"""CSV, Parquet and JSON files as tables; ids keep their leading zeros."""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from custseg.errors import DataError, did_you_mean
from custseg.frames import optional

_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,12})?")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")


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
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        known = sorted(_READERS)
        hint = did_you_mean(file.suffix, known)
        msg = f"cannot read {file.name!r}: endings are {known}.{hint}"
        raise DataError(msg)
    if not file.is_file():
        near = [p.name for p in file.parent.glob("*")] if file.parent.is_dir() else []
        msg = f"no file {str(file)!r}.{did_you_mean(file.name, near)}"
        raise DataError(msg)
    return reader(file, text)


def _csv(file: Path, text: Collection[str], *, separator: str = ",") -> Any:  # noqa: ANN401 - a pandas frame
    pandas = optional("pandas")
    for encoding in _ENCODINGS:
        try:
            frame = pandas.read_csv(
                file,
                sep=separator,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                encoding=encoding,
            )
        except UnicodeDecodeError:
            continue
        except pandas.errors.EmptyDataError as error:
            msg = f"{file.name!r} is empty: it has not even a header line"
            raise DataError(msg) from error
        except pandas.errors.ParserError as error:
            msg = f"{file.name!r} is no CSV: {error}"
            raise DataError(msg) from error
        return _numbers(frame, text)
    msg = f"{file.name!r} is neither UTF-8 nor GB18030; save it as UTF-8"
    raise DataError(msg)


def _tsv(file: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - a pandas frame
    return _csv(file, text, separator="\t")


def _numbers(frame: Any, text: Collection[str]) -> Any:  # noqa: ANN401 - a pandas frame
    pandas = optional("pandas")
    for name in frame.columns:
        known = frame[name].dropna()
        if name not in text and len(known) and known.map(_plainly_number).all():
            frame[name] = pandas.to_numeric(frame[name])
    return frame


def _plainly_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


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
    ".csv": _csv,
    ".tsv": _tsv,
    ".parquet": _parquet,
    ".json": _json,
    ".jsonl": _jsonl,
}
