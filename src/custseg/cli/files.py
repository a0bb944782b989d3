"""Commands that look at one data file: ``custseg clean`` and ``custseg quality``."""

from argparse import Namespace
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import attrs

from custseg import frames, report
from custseg.clean import Cleaned, Cleaner, CleanReport, Quality, QualityRules
from custseg.cli.output import Sheet
from custseg.errors import ConfigError, DataError
from custseg.io import FORMATS, read_table
from custseg.labels import title
from custseg.values.columns import is_id, kind_of


def clean(given: Namespace) -> dict[str, Any]:
    """Clean a file; write the clean table, the log of changes and the report."""
    table = _read(given)
    done = _cleaner(given, "text").fit(table).run(table)
    log = done.changes.table(values=given.values, locale=given.lang)
    study = _CleanStudy({"cleaned": done.table, "changes": log}, done, values=given.values)
    return written(given, study, Sheet("clean", _save_clean))


def quality(given: Namespace) -> dict[str, Any]:
    """Say how good a file is; write its records by quality, what is due, and the report."""
    table = _read(given)
    limits = {name: _number(name, days) for name, days in _pairs(given.limit, "--limit").items()}
    rules = QualityRules(limits=limits, value=given.value)
    found = _cleaner(given, "all").fit(table).quality(table, rules, as_of=given.as_of)
    tables = {"records": found.records(ranked=True), "due": found.due(until=given.until)}
    study = _QualityStudy(tables, found, values=given.values)
    return written(given, study, Sheet("quality", _save_quality))


@attrs.frozen(eq=False)
class _CleanStudy:
    """What cleaning a file gave.

    Attributes:
        tables: The clean table and the log.
        done: The outcome.
        values: Whether values may be shown.
    """

    tables: Mapping[str, Any]
    done: Cleaned[Any]
    values: bool

    @property
    def report(self) -> CleanReport:
        return self.done.report

    def as_dict(self) -> dict[str, object]:
        return self.report.as_dict()

    def text(self, locale: str = "en") -> str:
        return self.report.text(locale)


@attrs.frozen(eq=False)
class _QualityStudy:
    """What looking at a file gave.

    Attributes:
        tables: Its records by quality, and what is due.
        found: The outcome.
        values: Whether values may be shown.
    """

    tables: Mapping[str, Any]
    found: Quality
    values: bool

    def as_dict(self) -> dict[str, object]:
        return self.found.as_dict(values=self.values)

    def text(self, locale: str = "en") -> str:
        return self.found.text(locale, values=self.values)


def _save_clean(study: _CleanStudy, path: Path, *, locale: str) -> Path:
    return report.save_clean(study.report, path, locale=locale)


def _save_quality(study: _QualityStudy, path: Path, *, locale: str) -> Path:
    return report.save_quality(study.found, path, locale=locale, values=study.values)


class TextColumns(Collection[str]):
    """The columns that stay text in a CSV whatever they look like: numbers of people and things."""

    def __init__(self, named: Collection[str]) -> None:
        self._named = named

    def __contains__(self, name: object) -> bool:
        column = str(name)
        return column in self._named or is_id(column) or kind_of(column) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)


def _read(given: Namespace) -> Any:  # noqa: ANN401 - any kind of table
    table = read_table(given.file, text=TextColumns(_pairs(given.field, "--field")))
    head = frames.table(table).columns
    if len(head) == 1 and any(mark in head[0] for mark in ";\t|"):
        msg = f"{given.file!r} has one column, {head[0]!r}; save it with commas between the fields"
        raise DataError(msg)
    return table


def _cleaner(given: Namespace, others: Literal["text", "all"]) -> Cleaner:
    fields: Any = _pairs(given.field, "--field")
    spec = Cleaner.preset(given.origin, fields=fields, others=others)
    return attrs.evolve(spec, invalid=given.invalid, id=given.id)


def _pairs(words: Collection[str], option: str) -> dict[str, str]:
    """What is said of columns, as COLUMN=WHAT."""
    found: dict[str, str] = {}
    for word in words:
        column, equals, said = word.rpartition("=")
        if not equals:
            msg = f"{option} takes COLUMN=..., got {word!r}"
            raise ConfigError(msg)
        found[column] = said
    return found


def _number(column: str, days: str) -> float:
    try:
        return float(days)
    except ValueError as error:
        msg = f"--limit takes a number of days, such as {column}=180"
        raise ConfigError(msg) from error


def written(given: Namespace, study: Any, sheet: Sheet) -> dict[str, Any]:  # noqa: ANN401 - any study
    """Write what was found about a file, beside it or where asked."""
    locale = given.lang or "en"
    file = Path(given.file)
    ending = file.suffix.lower().lstrip(".")
    form = given.format or (ending if ending in FORMATS else "csv")
    folder = Path(given.out) if given.out else file.parent / f"{file.stem}-{sheet.name}"
    written = sheet.write(study, folder, form=form, locale=locale)
    files = "\n".join(f"  {path}" for path in written.values())
    text = f"{study.text(locale)}\n\n{title('written', locale)}:\n{files}"
    return {**study.as_dict(), "written": written, "text": text}
