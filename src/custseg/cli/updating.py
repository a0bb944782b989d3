"""``custseg update``: a job whose past is kept, so that only today's transactions are read."""

from argparse import Namespace
from collections import Counter
from pathlib import Path
from typing import Any

import attrs

from custseg.cli.alone import alone
from custseg.cli.engines import Reader, reader
from custseg.cli.job import Job, job_of
from custseg.cli.output import Pen, put_down
from custseg.cli.statefiles import StateFiles
from custseg.cli.telling import shown
from custseg.errors import ConfigError, DataError
from custseg.features import Names, TransactionState, left_out
from custseg.io import write_table
from custseg.labels import filled, label, title

_NAME = "transactions"


def update(given: Namespace) -> dict[str, Any]:
    """Take today's transactions into the state of a job, run the job on it and write its files."""
    job = job_of(given).since(given.previous)
    locale = given.lang
    folder = Path(given.out) if given.out else job.folder
    today = [Path(file) for file in given.files] or _own(job)
    if given.batch and len(today) > 1:
        msg = "names one batch, but there are several files; take them in one by one"
        raise ConfigError(msg, "--batch")
    home = Path(given.state) if given.state else folder / "state"
    others = {name: path for name, path in job.tables.items() if name != _NAME}
    with reader(job.engine, ()) as found, shown(given, locale), alone(home):
        files = attrs.evolve(found, stays=False)
        kept, told = _taken_in(given, job, files, today, home)
        run = attrs.evolve(job, tables=others).run(files, {"transactions": kept})
        pen, last = Pen(folder, job.format), job.last(files, run)
        _, written = put_down(run, pen, locale=locale, previous=last, values=given.values)
        written |= _fallen(job, files, today, folder) if given.left_out else {}
    unused = sum(told["left_out"].values())
    said = filled(label("update.taken", locale), **told, unused=unused)
    if told["repeated"]:
        names = ", ".join(told["repeated"])
        said = f"{said}\n{label('update.repeated', locale).format(names=names)}"
    listed = "\n".join(f"  {path}" for path in written.values())
    page = f"{title('report', locale)}: {written['report']}"
    text = f"{said}\n{run.text(locale)}\n\n{title('written', locale)}:\n{listed}\n{page}"
    return {**run.as_dict(), "update": told, "written": written, "text": text}


def _own(job: Job) -> list[Path]:
    """The transactions that the job itself names.

    Raises:
        ConfigError: It names none.
    """
    if _NAME not in job.tables:
        msg = "name the file of today's transactions, after the job file or in [tables]"
        raise ConfigError(msg, f"tables.{_NAME}")
    return [job.tables[_NAME]]


def _taken_in(
    given: Namespace, job: Job, files: Reader, today: list[Path], home: Path
) -> tuple[TransactionState, dict[str, Any]]:
    """The state with today's transactions, on the disk before anything else is written."""
    names = job.work.names.get(_NAME, Names())
    before = StateFiles.read(home, names, job.work.conventions)
    state, new, again, fresh = before.state, 0, 0, 0
    fallen = Counter[str]()
    for path in today:
        table = job.read(files, _NAME, path)
        batch = TransactionState.of(
            table, names, conventions=job.work.conventions, batch=given.batch
        )
        if state is not None and _known(batch, state):
            again += 1
            continue
        known = 0 if state is None else len(state.ids)
        state = batch if state is None else state.merged(batch)
        new, fresh = new + batch.report.rows, fresh + len(state.ids) - known
        fallen.update(batch.report.left_out)
    assert state is not None  # noqa: S101 - there is one file or more
    if again < len(today):
        before.replaced(state)
    told: dict[str, Any] = {
        "rows": new,
        "customers": fresh,
        "again": again,
        "batches": len(state.taken),
        "left_out": dict(fallen),
        "repeated": list(state.repeated),
    }
    return state, told


def _fallen(job: Job, files: Reader, today: list[Path], folder: Path) -> dict[str, str]:
    """Write the rows of today's files that do not count: name -> path."""
    names, conventions = job.work.names.get(_NAME, Names()), job.work.conventions
    written = dict[str, str]()
    for path in today:
        rows = left_out(job.read(files, _NAME, path), names, conventions=conventions)
        if len(rows):
            file = folder / f"left_out-{path.stem}.{job.format}"
            written[file.stem] = str(write_table(rows, file))
    return written


def _known(batch: TransactionState, state: TransactionState) -> bool:
    """Whether a batch was taken in already.

    Raises:
        DataError: Another one was, under the same name.
    """
    for name, held in batch.taken.items():
        before = state.taken.get(name)
        if before is not None and before.content != held.content:
            msg = (
                f"a batch named {name!r} was taken in already, with other transactions; give "
                "these a name of their own"
            )
            raise DataError(msg)
        if before is not None:
            return True
        if name == held.content and any(name == one.content for one in state.taken.values()):
            return True  # it has no name of its own, and came under one
    return False
