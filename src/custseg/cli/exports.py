"""``custseg look`` and ``custseg report``: from exports as they are to the page of a job."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs

from custseg.cli import commands
from custseg.cli.asking import asked
from custseg.cli.currencies import money_of
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.features import Conventions, Names
from custseg.features.conventions import rates_told
from custseg.io import Export, read_export, write_table
from custseg.io.linking import joined, keyed, linked, staffed
from custseg.io.spelling import FORMS
from custseg.labels import label
from custseg.values.text import has_han

JOB: Final = "job.toml"
_INPUT: Final = "input"
_YEAR: Final = 366


def arguments(parser: ArgumentParser) -> None:
    """What both commands are given."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="exports: CSV, TSV, text or workbooks"
    )
    told = "what a column is where it cannot be guessed, such as 'at=Paid at'; repeatable"
    parser.add_argument("--column", action="append", default=[], metavar="ROLE=COLUMN", help=told)


def look(given: Namespace) -> dict[str, Any]:
    """Say what each file is, what its columns are, and what has to be asked."""
    exports = _read(given)
    return {"files": _plain(exports), "text": _told(exports, given.lang)}


def report(given: Namespace) -> dict[str, Any]:
    """Run the whole job on exports, and write its page, tables, policy and job file."""
    exports = _read(given)
    tables, locale = _tables(exports, given.lang), given.lang
    first = Path(given.files[0])
    folder = Path(given.out) if given.out else first.parent / f"{first.stem}-report"
    money = money_of(given, tables.values())
    job = _Job(tables, _day(given, tables), locale, money)
    file = job.written(folder)
    asked = {**vars(given), "job": file, "out": None, "as_of": None, "engine": None}
    done = commands.run(Namespace(**asked))
    again = label("export.again", locale).format(job=file, day=job.as_of)
    rates = label("export.rates", locale).format(home=money.currency, rates=rates_told(money))
    parts = (_told(tables, locale), rates if money.rates else "", done["text"], again)
    text = "\n\n".join(filter(None, parts))
    written = {**done["written"], "job": str(file)}
    more = {"as_of": job.as_of, "written": written, "exports": _plain(tables), "text": text}
    return {**done, **more}


def _told(exports: Mapping[str, Export], locale: str) -> str:
    return "\n\n".join(f"{name}\n{export.text(locale)}" for name, export in exports.items())


def _plain(exports: Mapping[str, Export]) -> dict[str, object]:
    return {name: export.as_dict() for name, export in exports.items()}


def _read(given: Namespace) -> dict[str, Export]:
    """The exports by their files, whose language the command speaks where none is asked for."""
    told, used = pairs_of(given.column), set[str]()
    found: dict[str, Export] = {}
    for file in given.files:
        export = read_export(file)
        mine = {role: name for role, name in told.items() if _of(export, role, name)}
        used |= mine.keys()
        found[file] = _answered(file, export, mine, given)
    given.lang = given.lang or _locale(found)
    for role in told:
        if role not in used:
            known = [name for export in found.values() for name in export.table.columns]
            raise MissingColumnError(told[role], known)
    return found


def _of(export: Export, role: str, column: str) -> bool:
    """Whether what was said is of this file."""
    return role in FORMS or role in {"kind", "header"} or column in export.table.columns


def _answered(file: str, export: Export, told: dict[str, str], given: Namespace) -> Export:
    """The export with all that was said; on a terminal, what is left is asked."""
    read = read_export(file, names=told) if told else export
    locale = given.lang or _locale({file: read})
    while asks := [ask for ask in read.recognised.asks if ask.needed]:
        answer = asked(asks[0], Path(file).name, locale)
        if answer is None:
            break
        told[asks[0].what] = answer
        read = read_export(file, names=told)
    return read


def pairs_of(words: list[str]) -> dict[str, str]:
    """What was said of columns, as ROLE=COLUMN."""
    found: dict[str, str] = {}
    for word in words:
        role, equals, column = word.partition("=")
        if not equals:
            msg = f"--column takes ROLE=COLUMN, got {word!r}"
            raise ConfigError(msg)
        found[role] = column
    return found


def _tables(exports: Mapping[str, Export], locale: str) -> dict[str, Export]:
    """The exports by the table that each is; several of one table are one after another."""
    found: dict[str, list[Export]] = {}
    for name, export in exports.items():
        if lacking := export.recognised.lacking(locale):
            msg = f"{name!r}: cannot guess {lacking}"
            raise ConfigError(msg)
        found.setdefault(export.recognised.table, []).append(export)
    tables = {table: joined(some) for table, some in found.items()}
    if "reps" in tables:
        tables["reps"] = staffed(tables["reps"])
    if "customers" in tables:
        people = tables["customers"]
        for table in tables.keys() - {"customers", "reps"}:
            tables[table] = linked(people, tables[table])
        tables["customers"] = keyed(people)
    return tables


def _day(given: Namespace, tables: Mapping[str, Export]) -> str:
    if given.as_of:
        return str(given.as_of)
    last = max((export.last for export in tables.values()), default="")
    if not last:
        msg = "there is no transaction with a day; say which day the report is about"
        raise ConfigError(msg, "--as-of")
    before = max((_before(export, last) for export in tables.values()), default="")
    if before and (date.fromisoformat(last) - date.fromisoformat(before)).days > _YEAR:
        msg = (
            f"the last transaction, of {last}, is more than a year after the one before it, of "
            f"{before}; is its day right? Say which day the report is about"
        )
        raise ConfigError(msg, "--as-of")
    return last


def _before(export: Export, last: str) -> str:
    """The last day of a transaction before another day."""
    at = export.recognised.columns.get("at")
    if not export.last or at is None:
        return ""
    days = {str(day)[: len(last)] for day in export.table[at].dropna().unique()}
    return max((day for day in days if day < last and day[:1].isdigit()), default="")


def _locale(exports: Mapping[str, Export]) -> str:
    headers = (name for export in exports.values() for name in export.table.columns)
    return "zh" if any(map(has_han, headers)) else "en"


@attrs.frozen(eq=False)
class _Job:
    """A job on exports.

    Attributes:
        tables: The exports, by table.
        as_of: The day.
        locale: Language of what is written.
        money: What amounts are counted in.
    """

    tables: Mapping[str, Export]
    as_of: str
    locale: str
    money: Conventions

    def written(self, folder: Path) -> Path:
        """Write the tables as they were read, and the job file that reads them."""
        home = folder / _INPUT
        try:
            home.mkdir(parents=True, exist_ok=True)
            for name, export in self.tables.items():
                write_table(export.table, home / f"{name}.csv")
                if len(export.aside):
                    write_table(export.aside, home / f"{name}-aside.csv")
            file = folder / JOB
            file.write_text("\n".join(self._lines()) + "\n", encoding="utf-8")
        except OSError as error:
            msg = f"cannot write to {str(folder)!r}: {error.strerror}"
            raise DataError(msg) from error
        return file

    def _lines(self) -> Iterator[str]:
        yield f"as_of = {_toml(self.as_of)}"
        yield from ("", "[tables]")
        for name in self.tables:
            yield f"{name} = {_toml(f'{_INPUT}/{name}.csv')}"
        for name, export in self.tables.items():
            yield from ("", f"[names.{name}]")
            silent = attrs.asdict(Names())
            for role, column in attrs.asdict(export.names).items():
                if column != silent[role]:
                    yield f"{role} = {_toml(column)}"
        if conventions := list(self._conventions()):
            yield from ("", "[conventions]", *conventions)
        yield from ("", "[output]", 'folder = "."', f"lang = {_toml(self.locale)}")

    def _conventions(self) -> Iterator[str]:
        if self.money.currency:
            yield f"currency = {_toml(self.money.currency)}"
        if rates := self.money.rates:
            listed = ", ".join(f"{_toml(code)} = {rate!r}" for code, rate in rates.items())
            yield f"rates = {{ {listed} }}"
        void = [word for export in self.tables.values() for word in export.void_statuses]
        if void:
            yield f"void_statuses = {_toml(void)}"


def _toml(value: str | list[str]) -> str:
    """A value of TOML: texts and lists of texts are written as in JSON."""
    return json.dumps(value, ensure_ascii=False)
