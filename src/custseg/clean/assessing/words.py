"""The quality of a table in lines to read."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from custseg.labels import label, title
from custseg.layout import aligned

_COUNTS: Final = ("filled", "valid", "placeholder", "invalid", "missing", "unique")
_MOST: Final = 10


def lines_of(found: Mapping[str, Any], locale: str) -> Iterator[str]:
    """The lines, from the plain data of a report.

    Args:
        found: Plain data.
        locale: ``en`` or ``zh``.
    """
    yield f"{label('clean.rows', locale)}: {found['rows']:,}"
    if found["completeness"] is not None:
        yield f"{title('completeness', locale)}: {found['completeness']:.1%}"
    if found.get("score") is not None:
        yield f"{label('clean.score', locale)}: {found['score']:.3f}"
    for name, mean in found.get("dimensions", {}).items():
        yield f"  {label(f'clean.{name}', locale)}: {mean:.1%}"
    for field in found["fields"]:
        said = ", ".join(f"{label(f'clean.{n}', locale)} {field[n]:,}" for n in _COUNTS)
        yield f"{field['column']}: {said}"
        for problem, count in field["problems"].items():
            yield f"  {label(f'clean.{problem}', locale)}: {count:,}"
    yield from _rest(found, locale)


def _rest(found: Mapping[str, Any], locale: str) -> Iterator[str]:
    parts = (("agreements", agreed_rows), ("fixes", fix_rows), ("due", due_rows))
    for name, rows in parts:
        if found.get(name):
            head, *body = rows(found, locale)
            yield f"{label(f'clean.{name}', locale)}:"
            yield aligned(head, body[:_MOST])


def agreed_rows(found: Mapping[str, Any], locale: str) -> Iterator[tuple[str, ...]]:
    """Rules that records must keep: a heading, then each."""
    yield tuple(label(f"clean.{name}", locale) for name in ("rule", "told", "broken"))
    for rule in found["agreements"]:
        yield problem(rule["rule"], locale), f"{rule['told']:,}", f"{rule['broken']:,}"


def fix_rows(found: Mapping[str, Any], locale: str) -> Iterator[tuple[str, ...]]:
    """What to mend first: a heading, then each fault; with its example if there is one."""
    fixes = found["fixes"]
    more = [n for n in ("value", "example") if any(fix.get(n) is not None for fix in fixes)]
    names = ("fault", "records", "share", "gain", *more)
    yield tuple(label(f"clean.{name}", locale) for name in names)
    for fix in fixes:
        shown = (
            f"{fix['column']}: {problem(fix['problem'], locale)}",
            f"{fix['records']:,}",
            f"{fix['share']:.1%}",
            f"{fix['gain']:.3f}",
        )
        yield (*shown, *(_plain(fix.get(name)) for name in more))


def due_rows(found: Mapping[str, Any], locale: str) -> Iterator[tuple[str, ...]]:
    """What is to be verified again: a heading, then each field."""
    yield tuple(
        label(f"clean.{n}", locale) for n in ("field", "values", "overdue", "undated", "limit_days")
    )
    for due in found["due"]:
        counts = (f"{due[n]:,}" for n in ("values", "overdue", "undated"))
        yield (due["column"], *counts, f"{due['limit_days']:.0f}")


def problem(code: str, locale: str) -> str:
    """A fault in words; the name of a rule of the caller as it is."""
    said = label(f"clean.{code}", locale)
    return code if said == f"clean.{code}" else said


def _plain(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
