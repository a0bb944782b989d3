"""A job file: which tables, what their columns are called, which parts, where to write."""

import tomllib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast, get_type_hints

import attrs

from custseg import frames
from custseg.cli.engines import ENGINES, Reader
from custseg.cli.faults import Faults
from custseg.cli.files import TextColumns
from custseg.errors import ConfigError
from custseg.features import Conventions, Names
from custseg.io import FORMATS
from custseg.labels import LOCALES
from custseg.pipeline import Pipeline, Policy, Run
from custseg.pipeline.tables import TableArgs

_CALLED: Final = ("names", "conventions")
_KEYS: Final = ("as_of", "tables", *_CALLED, "pipeline", "policy", "output", "actor", "engine")
_UNDATED: Final = (
    "as_of is missing; write the day that the job is about, such as as_of = 2026-06-30, "
    "or give it with --as-of"
)
_OUTPUT: Final = ("folder", "format", "lang")
_TABLES: Final = tuple(get_type_hints(TableArgs))


@attrs.frozen
class Job:
    """A job file that was read and checked.

    Attributes:
        as_of: The day, as ISO text.
        tables: Name of a table -> path of its file.
        work: What runs: a pipeline that is fitted, or a policy that only applies.
        folder: Where to write.
        format: ``csv``, ``parquet`` or ``json``.
        actor: Who asks.
        engine: What reads the tables; ``None``: DuckDB where it is installed.
        previous: The customers that the last run wrote, to tell what changed since.
    """

    as_of: str
    tables: Mapping[str, Path]
    work: Pipeline | Policy
    folder: Path
    format: str = "csv"
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


def job_of(given: Namespace) -> Job:
    """The job of a command, which from here on speaks the job's language where none is asked for.

    Args:
        given: What the command is given: the ``job``, a TOML file, inside which paths are
            relative to it; ``as_of``, a day instead of the file's own; and ``lang``.

    Raises:
        ConfigError: The file is not there, is no TOML, or has wrong keys or values; the message
            names all of them and what is known instead.
    """
    file = Path(given.job)
    document = _document(file)
    faults = Faults(document)
    lang = faults.choice(faults.table("output"), LOCALES, "output", "lang")
    given.lang = given.lang or lang
    job = _read(faults, file, given.as_of)
    faults.settle(file.name)
    return job


def _document(file: Path) -> dict[str, Any]:
    if not file.is_file():
        msg = f"no job file {str(file)!r}"
        raise ConfigError(msg)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{file.name!r} is no TOML: {error}"
        raise ConfigError(msg) from error


def _read(faults: Faults, file: Path, as_of: str | None) -> Job:
    """The job as far as it can be read; the faults are to be settled before it is used."""
    document = faults.document
    faults.known(document, _KEYS)
    output = faults.table("output")
    faults.known(output, _OUTPUT, "output")
    return Job(
        as_of=_day(faults, as_of),
        tables=_tables(faults, file.parent),
        work=_work(faults, file.parent),
        folder=file.parent / str(output.get("folder", f"{file.stem}-out")),
        format=faults.choice(output, FORMATS, "output", "format"),
        actor=document.get("actor"),
        engine=faults.choice(document, ENGINES, "engine") if "engine" in document else None,
    )


def _day(faults: Faults, given: str | None) -> str:
    day = faults.document.get("as_of") if given is None else given
    if day is None and not faults.misspelt("as_of"):
        faults.add(_UNDATED)
    elif day is not None and given is None:
        with faults.at("as_of"):
            Conventions().day(str(day))
    return str(day)


def _tables(faults: Faults, home: Path) -> dict[str, Path]:
    named = faults.table("tables")
    faults.known(named, _TABLES, "tables")
    for name, path in named.items():
        if not isinstance(path, str):
            faults.add(f"needs a text, got {type(path).__name__}", "tables", name)
    if not (named or "tables" in faults or faults.misspelt("tables")):
        faults.add(f"[tables] names no file; it takes {', '.join(_TABLES)}")
    return {name: home / str(path) for name, path in named.items()}


def _work(faults: Faults, home: Path) -> Pipeline | Policy:
    document = faults.document
    if "policy" in document:
        for key in (*_CALLED, "pipeline"):
            if key in document:
                faults.add(f"policy= brings its own {key}; leave one of the two out", key)
        file = home / str(document["policy"])
        if file.is_file():
            return faults.made(file.read_text(encoding="utf-8"), Policy, "policy")
        faults.add(f"no policy file {str(file)!r}", "policy")
    parts = {k: None if v is False else v for k, v in faults.table("pipeline").items()}
    parts |= {name: faults.table(name) for name in _CALLED if name in document}
    return faults.made({"kind": "pipeline", **parts}, Pipeline, "pipeline", apart=_CALLED)
