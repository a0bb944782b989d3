"""Tables as CSV, Parquet or JSON files."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, TextIO

import attrs

from custseg import frames
from custseg.errors import ConfigError, did_you_mean
from custseg.frames import optional
from custseg.io.formulas import guarded

_LOG = logging.getLogger(__name__)

FORMATS: Final = ("csv", "parquet", "json")
"""What can be written; the ending of a file says which."""
_ROWS: Final = 1 << 17
_MARKED: Final = "utf-8-sig"
Told = Callable[[int], object]
"""Called with the number of rows written so far."""


def write_table(
    table: object, path: str | Path, *, told: Told | None = None, guard: bool = True
) -> Path:
    r"""Write a table by the ending of the path.

    A lazy table is written as it is worked out, some rows at a time; it is never in memory as a
    whole.

    Args:
        table: Any kind of table.
        path: ``.csv`` (UTF-8 with a byte-order mark, so that spreadsheets show Chinese),
            ``.parquet`` or ``.json``.
        told: Called with the number of rows of a lazy table that are written so far.
        guard: In a CSV write an apostrophe before each text that a spreadsheet would take for a
            formula (``=cmd()``); `read_table` and `scan_table` take it away again.

    Returns:
        The path.

    Raises:
        ConfigError: Another ending.

    >>> import tempfile
    >>> file = write_table([{"id": "00017"}], tempfile.mkdtemp() + "/a.json")
    >>> file.read_text(encoding="utf-8")
    '[\n{"id": "00017"}\n]\n'
    """
    file = Path(path)
    kind = file.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        msg = f"no format {kind!r}; there are {list(FORMATS)}.{did_you_mean(kind, FORMATS)}"
        raise ConfigError(msg)
    opened = frames.table(table)
    if opened.lazy:
        _WRITERS[kind](_Parts(opened, told or _nobody, guard), file)
    elif kind == "json":
        rows = ",\n".join(map(_line, _records(table)))
        file.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    elif kind == "csv":
        frame = guarded(_pandas(table)) if guard else _pandas(table)
        frame.to_csv(file, index=False, encoding=_MARKED)
    else:
        _arrow(table, file)
    _LOG.info("written: %s", file)
    return file


@attrs.frozen(eq=False)
class _Parts:
    """A lazy table, some rows at a time; its columns also where there is no row."""

    table: frames.Table[Any]
    told: Told
    guard: bool

    def __iter__(self) -> Iterator[Any]:
        written = 0
        for part in self.table.batches(self.table.columns, rows=_ROWS):
            yield part.native
            written += part.size
            self.told(written)

    @property
    def empty(self) -> Any:  # noqa: ANN401 - an Arrow table
        return self.table.empty().native


def _nobody(_: int) -> None:
    """Whom nobody tells how far it is."""


def _csv_parts(parts: _Parts, file: Path) -> None:
    with file.open("w", encoding=_MARKED, newline="") as held:
        _pandas(parts.empty).to_csv(held, index=False)
        for part in parts:
            frame = guarded(_pandas(part)) if parts.guard else _pandas(part)
            frame.to_csv(held, index=False, header=False)


def _json_parts(parts: _Parts, file: Path) -> None:
    with file.open("w", encoding="utf-8") as held:
        held.write("[\n")
        _json_rows(parts, held)
        held.write("\n]\n")


def _json_rows(parts: _Parts, held: TextIO) -> None:
    between = ""
    for part in parts:
        for row in _records(part):
            held.write(between + _line(row))
            between = ",\n"


def _parquet_parts(parts: _Parts, file: Path) -> None:
    arrow = optional("pyarrow", extra="arrow")
    parquet = optional("pyarrow.parquet", extra="arrow")
    schema = arrow.schema(list(map(_plain, _arrowed(parts.empty).schema)))
    with parquet.ParquetWriter(file, schema) as held:
        for part in parts:
            held.write_table(_arrowed(part).cast(schema))


def _plain(field: Any) -> Any:  # noqa: ANN401 - a field of Arrow
    """A field without a dictionary: the words of one part need not be those of another."""
    arrow = optional("pyarrow", extra="arrow")
    kind = field.type
    return arrow.field(field.name, kind.value_type if arrow.types.is_dictionary(kind) else kind)


_WRITERS: Final = {"csv": _csv_parts, "json": _json_parts, "parquet": _parquet_parts}


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


def _records(table: object) -> list[dict[str, Any]]:
    opened = frames.table(table)
    columns: dict[str, list[Any]] = {}
    for name in opened.columns:
        held = opened.values(name)
        words = [*held.words, None]
        columns[name] = [words[i] for i in held.at.tolist()]
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _pandas(table: Any) -> Any:  # noqa: ANN401 - a pandas frame
    pandas = optional("pandas")
    if isinstance(table, pandas.DataFrame):
        return table
    if hasattr(table, "to_pandas"):
        return _signed(table).to_pandas()
    return pandas.DataFrame(_records(table))


def _signed(table: Any) -> Any:  # noqa: ANN401 - any table
    """The labels of an Arrow table numbered as every PyArrow can hand them to pandas."""
    arrow = optional("pyarrow", extra="arrow")
    if not isinstance(table, arrow.Table):
        return table
    kinds = ((field, field.type) for field in table.schema)
    held = (
        field.with_type(arrow.dictionary("int32", kind.value_type, ordered=kind.ordered))
        if arrow.types.is_dictionary(kind)
        else field
        for field, kind in kinds
    )
    return table.cast(arrow.schema(held))


def _arrow(table: Any, file: Path) -> None:  # noqa: ANN401 - any table
    optional("pyarrow.parquet", extra="arrow").write_table(_arrowed(table), file)


def _arrowed(table: Any) -> Any:  # noqa: ANN401 - any table, an Arrow table
    arrow = optional("pyarrow", extra="arrow")
    if isinstance(table, arrow.Table):
        return table
    if isinstance(table, list):
        return arrow.Table.from_pylist(table)
    if hasattr(table, "to_arrow"):
        return table.to_arrow()
    return arrow.Table.from_pandas(_pandas(table), preserve_index=False)
