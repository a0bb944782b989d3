"""What each command does; each gives plain data, with ``text`` for people."""

import json
from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from custseg import config, datasets
from custseg.cli.engines import Reader, reader
from custseg.cli.job import Job, job_of
from custseg.cli.output import LIFECYCLE, SCORES, TIERS, Pen, Sheet, Study, put_down
from custseg.cli.telling import shown
from custseg.errors import ConfigError
from custseg.features import Conventions
from custseg.labels import title
from custseg.pipeline import Pipeline, Question, Run, life_of, scores_of, worth_of


def demo(given: Namespace) -> dict[str, Any]:
    """Run the whole job on a generated company and write its page."""
    if given.customers < 1:
        msg = f"--customers must be at least 1, got {given.customers}"
        raise ConfigError(msg)
    locale = given.lang or "en"
    with shown(given, locale):
        crm = datasets.crm(customers=given.customers, seed=given.seed)
        run = demo_pipeline().run(**datasets_tables(crm), as_of=crm.recipe.end)
    pen = Pen(Path(given.out), "csv")
    return _done(*put_down(run, pen, locale=locale, values=given.values), locale)


def demo_pipeline() -> Pipeline:
    """The job of the demo: every part at its defaults, columns as the generator names them."""
    return Pipeline(conventions=Conventions(tz="Asia/Shanghai", currency="CNY"))


def datasets_tables(crm: Any) -> dict[str, Any]:  # noqa: ANN401 - a generated company
    """The tables of a generated company that a job takes."""
    names = ("customers", "transactions", "interactions", "feedback", "visits", "opportunities")
    return {name: getattr(crm, name) for name in (*names, "reps")}


def run(given: Namespace) -> dict[str, Any]:
    """Run a job file and write its tables and page."""
    job = job_of(given).since(given.previous)
    locale = given.lang
    folder = Path(given.out) if given.out else job.folder
    with _reader(given, job) as files, shown(given, locale):
        run = job.run(files)
        pen, last = Pen(folder, job.format, files.scan), job.last(files, run)
        told = put_down(run, pen, locale=locale, previous=last, values=given.values)
        done = _done(*told, locale)
    text = "\n".join(filter(None, (done["text"], files.said(locale))))
    return {**done, "engine": files.engine, "text": text}


def lifecycle(given: Namespace) -> dict[str, Any]:
    """Run a job file and write what became of its customers over time."""
    job = job_of(given)
    return _studied(
        given, job, LIFECYCLE, lambda r: life_of(r, since=given.since, unit=given.every)
    )


def tiers(given: Namespace) -> dict[str, Any]:
    """Run a job file and write how the tiers of its customers held over time."""
    job = job_of(given)
    return _studied(given, job, TIERS, lambda r: worth_of(r, since=given.since, unit=given.every))


def scores(given: Namespace) -> dict[str, Any]:
    """Run a job file and write how good its customers are, and whether to trust the score."""
    job = job_of(given)
    learner = getattr(job.work, "scorecard", None)
    asked = Question(
        outcome=given.outcome,
        positive=given.positive,
        protected=tuple(given.protect),
        by=tuple(given.by),
        at=given.at,
    )
    return _studied(given, job, SCORES, lambda run: scores_of(run, asked, learner=learner))


def explain(given: Namespace) -> dict[str, Any]:
    """Why one customer of a job is decided as it is."""
    job = job_of(given)
    locale = given.lang
    with _reader(given, job) as files, shown(given, locale):
        said = job.run(files).explain(given.customer)
    told = said.details if given.details else said.text
    return {**said.as_dict(values=given.values), "text": told(locale, values=given.values)}


def schema(given: Namespace) -> dict[str, Any]:
    """The JSON Schema of one kind, or the names of all."""
    if given.kind is None:
        known = list(config.kinds())
        return {"kinds": known, "text": "\n".join(known)}
    found = config.schema(given.kind)
    return (
        {**found, "text": json.dumps(found, ensure_ascii=False, indent=2)}
        if (not given.json)
        else found
    )


def _reader(given: Namespace, job: Job) -> AbstractContextManager[Reader]:
    return reader(given.engine or job.engine, job.tables.values())


def _studied(
    given: Namespace, job: Job, sheet: Sheet, look: Callable[[Run], Study]
) -> dict[str, Any]:
    locale = given.lang
    folder = Path(given.out) if given.out else job.folder
    with _reader(given, job) as files:
        with shown(given, locale):
            study = look(job.run(files))
        written = sheet.write(study, folder, form=job.format, locale=locale)
        paths = "\n".join(f"  {path}" for path in written.values())
        text = f"{study.text(locale)}\n\n{title('written', locale)}:\n{paths}"
        return {**study.as_dict(), "written": written, "text": text}


def _done(run: Run, written: dict[str, str], locale: str) -> dict[str, Any]:
    files = "\n".join(f"  {path}" for path in written.values())
    page = f"{title('report', locale)}: {written['report']}"
    text = f"{run.text(locale)}\n\n{title('written', locale)}:\n{files}\n{page}"
    return {**run.as_dict(), "written": written, "text": text}
