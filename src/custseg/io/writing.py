"""Tables as CSV, Parquet or JSON files."""

import json
from pathlib import Path
from typing import Any, Final

from custseg import frames
from custseg.errors import ConfigError, did_you_mean
from custseg.frames import optional

FORMATS: Final = ("csv", "parquet", "json")


def write_table(table: object, path: str | Path) -> Path:
    r"""Write a table by the ending of the path.

    Args:
        table: Any kind of table.
        path: ``.csv`` (UTF-8 with a byte-order mark, so that spreadsheets show Chinese),
            ``.parquet`` or ``.json``.

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
    if kind == "json":
        rows = ",\n".join(json.dumps(r, ensure_ascii=False, default=str) for r in _records(table))
        file.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    elif kind == "csv":
        _pandas(table).to_csv(file, index=False, encoding="utf-8-sig")
    else:
        _arrow(table, file)
    return file


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
        return table.to_pandas()
    return pandas.DataFrame(_records(table))


def _arrow(table: Any, file: Path) -> None:  # noqa: ANN401 - any table
    arrow = optional("pyarrow", extra="arrow")
    parquet = optional("pyarrow.parquet", extra="arrow")
    if isinstance(table, list):
        made = arrow.Table.from_pylist(table)
    else:
        made = table if isinstance(table, arrow.Table) else arrow.Table.from_pandas(_pandas(table))
    parquet.write_table(made, file)
