"""What reads the files of a job: DuckDB where it is installed, and large tables stay in it."""

from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.frames import optional
from custseg.io import read_table, scan_table
from custseg.labels import label

ENGINES: Final = ("duckdb", "polars", "pandas")
LARGE: Final = 256 << 20
"""Bytes of files from which on the tables of a job stay in the engine."""
_SCANNED: Final = (".csv", ".tsv", ".parquet")
_WHOLE: Final = ("reps",)


@attrs.frozen(eq=False)
class Reader:
    """What reads the files of a job.

    Attributes:
        engine: ``duckdb``, ``polars`` or ``pandas``.
        stays: Whether tables stay in the engine; otherwise they are read as a whole.
        connection: The connection of DuckDB.
    """

    engine: str = "pandas"
    stays: bool = False
    connection: Any = None

    def read(self, name: str, path: Path, text: Collection[str]) -> Any:  # noqa: ANN401 - any kind of table
        """One table of a job.

        Args:
            name: Which table of the job it is.
            path: Its file.
            text: Columns of a CSV that stay text whatever they look like.
        """
        if self.engine == "pandas" or path.suffix.lower() not in _SCANNED or name in _WHOLE:
            return read_table(path, text=text)
        held = self.scan(path, text)
        if self.stays:
            return held
        return held.to_arrow_table() if self.engine == "duckdb" else held.collect()

    def scan(self, path: Path, text: Collection[str] = ()) -> Any:  # noqa: ANN401 - a lazy table
        """A file as a table of the engine."""
        return scan_table(path, engine=self.engine, text=text, connection=self.connection)

    def said(self, locale: str) -> str:
        """One line to read: which engine, and whether tables stay in it; none of pandas."""
        if self.engine == "pandas":
            return ""
        way = "engine.stays" if self.stays else "engine.reads"
        return label(way, locale).format(engine=label(f"engine.{self.engine}", locale))


@contextmanager
def reader(asked: str | None, files: Iterable[Path]) -> Generator[Reader]:
    """What reads the files of a job, until the block is done.

    Args:
        asked: The engine that was asked for: all tables stay in it. ``None`` takes DuckDB where
            it is installed, and tables stay in it where they are large.
        files: The files.

    Raises:
        ConfigError: There is no such engine.
        MissingDependencyError: It is not installed.
    """
    if asked is not None and asked not in ENGINES:
        msg = f"no engine {asked!r}; there are {list(ENGINES)}.{did_you_mean(asked, ENGINES)}"
        raise ConfigError(msg, "engine")
    engine = asked or ("duckdb" if _there("duckdb") and _there("pyarrow") else "pandas")
    stays = engine != "pandas" and (asked is not None or _bytes(files) >= LARGE)
    if engine != "duckdb":
        if engine == "polars":
            optional("polars", extra="polars")
        yield Reader(engine, stays)
        return
    with TemporaryDirectory(prefix="custseg-") as scratch:
        yield Reader(engine, stays, _session(scratch))


def _session(scratch: str) -> Any:  # noqa: ANN401 - a connection of DuckDB
    """A database in memory that moves to a folder of its own what does not fit."""
    duckdb = optional("duckdb", extra="duckdb")
    optional("pyarrow", extra="arrow")
    return duckdb.connect(config={"temp_directory": scratch, "memory_limit": _MEMORY})


_MEMORY: Final = "1500MB"


def _there(package: str) -> bool:
    return find_spec(package) is not None


def _bytes(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())
