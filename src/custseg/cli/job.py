"""A job file: which tables, what their columns are called, which parts, where to write."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import attrs

from custseg import config, frames
from custseg.cli.engines import ENGINES, Reader
from custseg.cli.files import TextColumns
from custseg.errors import ConfigError, did_you_mean
from custseg.features import Names
from custseg.io import FORMATS
from custseg.labels import LOCALES
from custseg.pipeline import Pipeline, Policy, Run
from custseg.pipeline.tables import TableArgs

T = TypeVar("T")
_KEYS = (
    *("as_of", "tables", "names", "conventions", "pipeline", "policy", "output", "actor"),
    "engine",
)
_OUTPUT = ("folder", "format", "lang")
_TABLES = tuple(get_type_hints(TableArgs))


@attrs.frozen
class Job:
    """A job file that was read and checked.

    Attributes:
        as_of: The day, as ISO text.
        tables: Name of a table -> path of its file.
        work: What runs: a pipeline that is fitted, or a policy that only applies.
        folder: Where to write.
        format: ``csv``, ``parquet`` or ``json``.
        locale: Language of what is written.
        actor: Who asks.
        engine: What reads the tables; ``None``: DuckDB where it is installed.
        previous: The customers that the last run wrote, to tell what changed since.
    """

    as_of: str
    tables: Mapping[str, Path]
    work: Pipeline | Policy
    folder: Path
    format: str = "csv"
    locale: str = "en"
    actor: str | None = None
    engine: str | None = None
    previous: Path | None = None

    def run(self, reader: Reader, more: TableArgs | None = None) -> Run:
        """Read the tables and run; ``more`` are at hand already."""
        read = {name: self.read(reader, name, path) for name, path in self.tables.items()}
        tables = cast("TableArgs", {**read, **(more or {})})
        return self.work.run(**tables, as_of=self.as_of, actor=self.actor)

    def since(self, path: str | None) -> "Job":
        """The same, compared with what the last run wrote; ``None``: with what the file names."""
        if path is None:
            return attrs.evolve(self, previous=self.tables.get("previous"))
        last = Path(path)
        tables = {n: last if n == "previous" else held for n, held in self.tables.items()}
        return attrs.evolve(self, tables=tables, previous=last)

    def last(self, reader: Reader, run: Run) -> Any:  # noqa: ANN401 - any kind of table
        """The customers that the last run wrote, their ids as those of this run are.

        Args:
            reader: What reads the file.
            run: This run.

        Returns:
            The table; ``None`` where none is named.
        """
        if self.previous is None:
            return None
        column = run.policy.id
        numbers = frames.table(run.customers).wordless(column)
        return reader.read("previous", self.previous, [] if numbers else [column])

    def read(self, reader: Reader, name: str, path: Path) -> Any:  # noqa: ANN401 - any kind of table
        """One table, as this job's columns are called."""
        called = self.work.names.get("customers" if name == "previous" else name, Names())
        ids = [called.customer, called.order, "rep_id", "owner"]
        return reader.read(name, path, TextColumns([column for column in ids if column]))


def read_job(path: str | Path, *, as_of: str | None = None) -> Job:
    """Read a job file.

    Args:
        path: A TOML file; paths inside it are relative to it.
        as_of: The day, instead of the file's own.

    Raises:
        ConfigError: The file is not there, is no TOML, or has a wrong key or value; the message
            names the key and the nearest known one.
    """
    file = Path(path)
    document = _document(file)
    _known(document, _KEYS, "")
    day = document.get("as_of") if as_of is None else as_of
    if day is None:
        msg = (
            "as_of is missing; write the day that the job is about, such as as_of = 2026-06-30, "
            "or give it with --as-of"
        )
        raise ConfigError(msg)
    output = _table(document, "output")
    _known(output, _OUTPUT, "output")
    return Job(
        as_of=str(day),
        tables=_tables(document, file.parent),
        work=_work(document, file.parent),
        folder=file.parent / str(output.get("folder", f"{file.stem}-out")),
        format=_choice(output, "format", FORMATS),
        locale=_choice(output, "lang", LOCALES),
        actor=document.get("actor"),
        engine=_choice(document, "engine", ENGINES) if "engine" in document else None,
    )


def _document(file: Path) -> dict[str, Any]:
    if not file.is_file():
        msg = f"no job file {str(file)!r}"
        raise ConfigError(msg)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{file.name!r} is no TOML: {error}"
        raise ConfigError(msg) from error


def _tables(document: Mapping[str, Any], home: Path) -> dict[str, Path]:
    named = _table(document, "tables")
    _known(named, _TABLES, "tables")
    if not named:
        msg = f"[tables] names no file; it takes {', '.join(_TABLES)}"
        raise ConfigError(msg)
    return {name: home / str(path) for name, path in named.items()}


def _work(document: Mapping[str, Any], home: Path) -> Pipeline | Policy:
    if "policy" in document:
        if clash := [key for key in ("names", "conventions", "pipeline") if key in document]:
            msg = f"policy= brings its own {clash[0]}; leave one of the two out"
            raise ConfigError(msg)
        file = home / str(document["policy"])
        if not file.is_file():
            msg = f"no policy file {str(file)!r}"
            raise ConfigError(msg, "policy")
        return _of(config.load(json.loads(file.read_text(encoding="utf-8"))), Policy)
    parts = dict(_table(document, "pipeline"))
    parts = {key: None if value is False else value for key, value in parts.items()}
    for name in ("names", "conventions"):
        if name in document:
            parts[name] = _table(document, name)
    return _of(config.load({"kind": "pipeline", **parts}), Pipeline)


def _of(made: object, cls: type[T]) -> T:
    if not isinstance(made, cls):
        msg = f"needs a {cls.__name__}, got a {type(made).__name__}"
        raise ConfigError(msg)
    return made


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name, {})
    if not isinstance(part, Mapping):
        msg = f"must be a table, got {type(part).__name__}"
        raise ConfigError(msg, name)
    return cast("Mapping[str, Any]", part)


def _known(document: Mapping[str, Any], known: tuple[str, ...], path: str) -> None:
    for key in document:
        if key not in known:
            hint = did_you_mean(key, known) or f" Known: {', '.join(known)}."
            msg = f"unknown key {key!r}.{hint}"
            raise ConfigError(msg, path)


def _choice(output: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = str(output.get(name, known[0]))
    if value not in known:
        msg = f"no {name} {value!r}; there are {list(known)}.{did_you_mean(value, known)}"
        raise ConfigError(msg, name if name == "engine" else f"output.{name}")
    return value
