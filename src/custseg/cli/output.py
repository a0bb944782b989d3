"""The files that a run leaves in its folder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

import attrs

from custseg import config, frames, report
from custseg.errors import DataError
from custseg.io import write_table
from custseg.pipeline import Run
from custseg.progress import tell

T = TypeVar("T")
Scan = Callable[[Path], Any]
_PARTS = 6
"""Parts of what is written that are told: customers, due, results, lists, page, its files."""


@attrs.frozen(eq=False)
class Pen:
    """Writes the tables of a run into a folder.

    Attributes:
        folder: Where to; made if it is not there.
        form: ``csv``, ``parquet`` or ``json``.
        scan: Opens what was written as a table of the engine that works for the run.
    """

    folder: Path
    form: str
    scan: Scan | None = None

    def table(self, name: str, table: Any, rows: int) -> Path:  # noqa: ANN401 - any kind of table
        """Write a table of so many rows."""
        path = self.folder / f"{name}.{self.form}"
        return write_table(
            table, path, told=lambda written: tell("write.rows", min(written, rows), max(rows, 1))
        )

    def customers(self, run: Run) -> tuple[Path, Run]:
        """Write the decided customers; the run goes on with what is written.

        An engine would decide once more for each question that is asked of the customers.
        """
        customers = frames.table(run.customers)
        if not customers.lazy:
            return self.table("customers", run.customers, run.size), run
        if self.form == "parquet" and self.scan is not None:
            path = self.table("customers", run.customers, run.size)
            return path, attrs.evolve(run, customers=self.scan(path))
        kept = run.kept()
        return self.table("customers", kept.customers, run.size), kept


def put_down(
    run: Run,
    pen: Pen,
    *,
    locale: str,
    previous: Any = None,  # noqa: ANN401 - any kind of table
    values: bool = False,
) -> tuple[Run, dict[str, str]]:
    """Write the decided customers, what is due, the reports, the policy and the page.

    Args:
        run: The outcome of a job.
        pen: Where to, and in which form.
        locale: Language of the page.
        previous: The customers that the last run wrote: the page tells what changed since.
        values: Name on the page those who need attention, and tell their money.

    Returns:
        The run as it is to be asked from now on, and what was written: name -> path.

    Raises:
        DataError: The folder cannot be made or written.
    """
    # The last run's file may be the one that is about to be written anew.
    last = None if previous is None else frames.table(previous).kept().native

    def page(of: Run) -> report.Overview:
        return report.overview(of, previous=last, values=values)

    return _inside(pen.folder, lambda: _write(run, pen, page, locale))


class Study(Protocol):
    """What a command found out about a job's customers: a lifecycle, tiers, scores."""

    @property
    def tables(self) -> Mapping[str, Any]:
        """Its tables by the name of their file."""
        ...

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        ...

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        ...


@attrs.frozen
class Sheet:
    """How a study is written.

    Attributes:
        name: Name of its files of plain data and of its page.
        save: Writes its page.
    """

    name: str
    save: Callable[..., Path]

    def write(self, study: Study, folder: Path, *, form: str, locale: str) -> dict[str, str]:
        """Write the tables, the plain data and the page.

        Args:
            study: What was found out.
            folder: Where to; made if it is not there.
            form: ``csv``, ``parquet`` or ``json``.
            locale: Language of the page.

        Returns:
            What was written: name -> path.

        Raises:
            DataError: The folder cannot be made or written.
        """

        def write() -> dict[str, str]:
            made = {n: write_table(t, folder / f"{n}.{form}") for n, t in study.tables.items()}
            made["data"] = _json(study.as_dict(), folder / f"{self.name}.json")
            made["page"] = self.save(study, folder / f"{self.name}.html", locale=locale)
            return {name: str(path) for name, path in made.items()}

        return _inside(folder, write)


LIFECYCLE = Sheet("lifecycle", report.save_life)
TIERS = Sheet("tiers", report.save_worth)
SCORES = Sheet("scores", report.save_scores)


def _inside(folder: Path, write: Callable[[], T]) -> T:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write()
    except OSError as error:
        msg = f"cannot write to {str(folder)!r}: {error.strerror}"
        raise DataError(msg) from error


def _write(
    run: Run, pen: Pen, page: Callable[[Run], report.Overview], locale: str
) -> tuple[Run, dict[str, str]]:
    tell("write", 0, _PARTS)
    customers, run = pen.customers(run)
    tell("write", 1, _PARTS)
    due = sum(run.actions.counts.values())
    written = {"customers": customers, "actions": pen.table("actions", run.actions.table, due)}
    tell("write", 2, _PARTS)
    written["run"] = _json(run.as_dict(), pen.folder / "run.json")
    written["policy"] = _json(config.dump(run.policy), pen.folder / "policy.json")
    tell("write", 3, _PARTS)
    for name, table in run.desk.tables.items():
        written[name] = pen.table(name, table, 0)
    if run.plan is not None:
        written["unassigned"] = _left(run, pen)
    tell("write", 4, _PARTS)
    found = page(run)
    tell("write", 5, _PARTS)
    written["report_text"] = _text(found.text(locale), pen.folder / "report.txt")
    written["report"] = _text(found.html(locale), pen.folder / "report.html")
    tell("write", _PARTS, _PARTS)
    return run, {name: str(path) for name, path in written.items()}


def _left(run: Run, pen: Pen) -> Path:
    """The customers without an owner: a list, or a table like the others where an engine has it."""
    table = run.ownerless
    if table is not None:
        return pen.table("unassigned", table.native, sum(number for _, number in run.waiting))
    left = [
        {"customer_id": one.customer_id, "reason": one.reason.as_dict()} for one in run.unassigned
    ]
    return _json(left, pen.folder / "unassigned.json")


def _json(document: Any, path: Path) -> Path:  # noqa: ANN401 - plain data
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    return _text(text, path)


def _text(text: str, path: Path) -> Path:
    path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    return path
