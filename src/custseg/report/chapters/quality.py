"""How good is the data: each field, what cleaning changed, doubles, and rows left out?"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

import attrs

from custseg.clean import CleanReport
from custseg.clean.assessment import FieldQuality
from custseg.features import ProfileReport, TableReport
from custseg.labels import label, title
from custseg.match import MatchReport
from custseg.pipeline import Run
from custseg.pipeline.arrivals import ArrivalReport, SkippedReport
from custseg.report.blocks import Beside, Block, Heading, Outline, Said
from custseg.report.figures import count, headed, share, words
from custseg.report.grids import Bar, Bars, Grid

_STATES: Final = ("valid", "invalid", "placeholder", "missing")
_SHOWN: Final = 10
_KNOWN: Final = (ArrivalReport, CleanReport, MatchReport, ProfileReport, SkippedReport)


@attrs.frozen(eq=False)
class DataQuality:
    """How good the data is.

    Attributes:
        reports: What each step found, by step.
    """

    code: ClassVar[str] = "quality"

    reports: Mapping[str, Any]

    @classmethod
    def of(cls, run: Run) -> "DataQuality":
        """Of a run."""
        return cls(run.reports)

    def as_dict(self) -> dict[str, object]:
        """The reports of the steps as plain data; no field value of any customer."""
        return {name: report.as_dict() for name, report in self.reports.items()}

    def blocks(self, locale: str) -> Iterator[Block]:
        """What came in, each field, what was changed, doubles; then the steps of one's own."""
        came, cleaned = self._found(ArrivalReport), self._found(CleanReport)
        matched, profiled = self._found(MatchReport), self._found(ProfileReport)
        if profiled is not None:
            yield Heading(headed(words("rows", locale)))
            yield from _rows(profiled, came, locale)
        if cleaned is not None:
            yield from _fields(cleaned, locale)
        if matched is not None:
            yield Heading(headed(title("step.match", locale)))
            told = {"records": matched.records, "entities": matched.entities}
            sums = {**told, "doubles": matched.doubles, "largest": matched.largest}
            said = words("doubles", locale, **{name: count(n) for name, n in sums.items()})
            yield Said(said if matched.doubles else words("no_doubles", locale, **_counts(told)))
        for name, report in self.reports.items():
            if not isinstance(report, _KNOWN):
                yield Heading(headed(title(f"step.{name}", locale)))
                yield Outline(str(report.text(locale)))
        if skipped := self._skipped(locale):
            yield Said(words("skipped", locale, steps=skipped), "note")

    def _found(self, kind: type[Any]) -> Any:  # noqa: ANN401 - a report of that kind
        return next((one for one in self.reports.values() if isinstance(one, kind)), None)

    def _skipped(self, locale: str) -> str:
        steps = (n for n, one in self.reports.items() if isinstance(one, SkippedReport))
        return label("rule.comma", locale).join(headed(title(f"step.{n}", locale)) for n in steps)


def _counts(sums: Mapping[str, int]) -> dict[str, str]:
    return {name: count(n) for name, n in sums.items()}


def _rows(profiled: ProfileReport, came: ArrivalReport | None, locale: str) -> Iterator[Block]:
    """What became of the rows of each table."""
    heads = ("", *(words(f"rows_{n}", locale) for n in ("all", "used", "left")))
    told = {one.table: one for one in profiled.tables}
    given: Mapping[str, int] = {} if came is None else came.rows
    repeated: Mapping[str, int] = {} if came is None else came.repeated
    table = [_row(name, told.get(name), n, locale) for name, n in given.items()]
    table += [_row(n, one, one.rows, locale) for n, one in told.items() if n not in given]
    notes = [line for one in profiled.tables for line in _remarks(one, locale)]
    for name, again in repeated.items():
        if again:
            where = label(f"table.{name}", locale)
            notes.append(f"{where} · {label('repeated', locale)}: {count(again)}")
    if not profiled.bought:
        notes.append(label("rows.nobody_bought", locale))
    left = (Outline("\n".join(notes)),) if notes else ()
    yield Beside(((Grid(heads, tuple(table), words("rows", locale)),), left))


def _row(name: str, told: TableReport | None, rows: int, locale: str) -> tuple[str, ...]:
    head = label(f"table.{name}", locale)
    if told is None:
        return (head, count(rows), "-", "-")
    return (head, count(told.rows), count(told.used), count(told.rows - told.used))


def _remarks(one: TableReport, locale: str) -> Iterator[str]:
    where = label(f"table.{one.table}", locale)
    for reason, rows in one.left_out.items():
        yield f"{where} · {label(f'left_out.{reason}', locale)}: {count(rows)}"
    for note, rows in one.notes.items():
        yield f"{where} · {label(f'note.{note}', locale)}: {count(rows)}"


def _fields(cleaned: CleanReport, locale: str) -> Iterator[Block]:
    """How much of each field can be used, and what was changed most."""
    quality, changes = cleaned.quality, cleaned.changes
    yield Heading(headed(words("fields", locale)))
    if quality.mean is not None:
        whole = words("complete", locale, share=share(quality.mean, 1), rows=count(quality.rows))
        yield Said(whole)
    yield _completeness(quality.fields, locale)
    yield Heading(headed(title("step.clean", locale)))
    yield Said(words("changed" if len(changes) else "unchanged", locale, cells=count(len(changes))))
    counts = sorted(changes.counts.items(), key=lambda one: (-one[1], one[0]))
    if counts:
        top = counts[0][1]
        bars = tuple(
            Bar(
                f"{headed(title(field, locale))} · {label(f'clean.{rule}', locale)}",
                (count(cells),),
                (("any", cells / top),),
            )
            for (field, rule), cells in counts[:_SHOWN]
        )
        yield Bars(("", words("cells", locale)), bars)
    if rest := sum(n for _, n in counts[_SHOWN:]):
        yield Said(words("rest_changed", locale, cells=count(rest)), "note")


def _completeness(fields: tuple[FieldQuality, ...], locale: str) -> Bars:
    heads = ("", *(words(f"field_{state}", locale) for state in _STATES))
    bars = tuple(
        Bar(
            headed(title(one.column, locale)),
            (share(one.valid, one.rows), *(_few(getattr(one, n)) for n in _STATES[1:])),
            tuple((state, getattr(one, state) / max(one.rows, 1)) for state in _STATES),
        )
        for one in fields
    )
    legend = tuple((state, words(f"field_{state}", locale)) for state in _STATES)
    return Bars(heads, bars, legend=legend)


def _few(number: int) -> str:
    return count(number) if number else "-"
