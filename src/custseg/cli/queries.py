"""The command ``custseg sql``: the steps of a job as SQL, one model a step."""

from argparse import Namespace
from pathlib import Path
from typing import Any, cast

from custseg.cli.engines import reader
from custseg.cli.job import Job, job_of
from custseg.labels import label, title
from custseg.pipeline import Policy


def sql(given: Namespace) -> dict[str, Any]:
    """Write the queries of a job's policy; say which steps have none."""
    job = job_of(given)
    locale = given.lang
    made = _policy(given, job).to_sql(table=given.profiles, dialect=given.dialect)
    source = f"{{{{ ref('{given.profiles}') }}}}"
    texts = {"custseg": made.text} if given.one else made.dbt(source)
    folder = Path(given.out) if given.out else job.folder / "models"
    folder.mkdir(parents=True, exist_ok=True)
    written = {name: str(folder / f"{name}.sql") for name in texts}
    for name, text in texts.items():
        Path(written[name]).write_text(text, encoding="utf-8")
    lacking = {step: why.text(locale) for step, why in made.lacking.items()}
    said = [f"{title('written', locale)}:", *(f"  {path}" for path in written.values())]
    if lacking:
        said += [f"{label('sql.lacking', locale)}:"]
        said += [f"  {step}: {why}" for step, why in lacking.items()]
    return {"written": written, "lacking": lacking, "text": "\n".join(said)}


def _policy(given: Namespace, job: Job) -> Policy:
    if isinstance(job.work, Policy):
        return job.work
    with reader(given.engine or job.engine, job.tables.values()) as files:
        tables = {name: job.read(files, name, path) for name, path in job.tables.items()}
        return job.work.fit(**cast("Any", tables), as_of=job.as_of)
