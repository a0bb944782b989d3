"""A service for tools that store a policy as JSON: check, preview, keep, decide, explain, SQL.

Run it with ``uvicorn --app-dir examples/fastapi_service service:app``; open ``/form`` or ``/docs``.
What it keeps, it keeps in memory; a real one puts the two documents of a version into its database.
"""

import sys
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import attrs
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, WithJsonSchema

import custseg as cs
from custseg.config import Problem, problems
from custseg.pipeline import diff

sys.path.append(str(Path(__file__).parents[1] / "forms"))
form = import_module("form")


def described(kind: str) -> WithJsonSchema:
    """The schema of a kind, for OpenAPI."""
    schema = cs.schema(kind)
    del schema["$schema"]  # a document of its own says that; here it is a part of another
    return WithJsonSchema(schema)


Record = dict[str, Any]
Job = Annotated[Record, described("pipeline")]
Frozen = Annotated[Record, described("policy")]


class Tables(BaseModel):
    """What jobs are tried on, and the day."""

    as_of: date
    customers: list[Record] = []
    transactions: list[Record] = []


class Draft(BaseModel):
    """A job that somebody is writing."""

    job: Job


class Version(BaseModel):
    """A policy that is kept: the same document gives the same answers for ever."""

    hash: str
    policy: Frozen


class Asked(BaseModel):
    """One customer, as its profile row."""

    row: Record
    actor: str | None = None


@attrs.define
class Shelf:
    """The tables and the versions; the last version decides."""

    tables: Tables | None = None
    versions: dict[str, cs.Policy] = attrs.field(factory=dict[str, cs.Policy])

    def args(self) -> dict[str, Any]:
        """The tables as a job takes them."""
        if self.tables is None:
            raise HTTPException(409, "no tables yet: PUT /tables first")
        given = self.tables
        told = {"customers": given.customers or None, "transactions": given.transactions or None}
        return {"as_of": given.as_of, **{name: rows for name, rows in told.items() if rows}}

    def last(self) -> cs.Policy:
        """The policy in force."""
        if not self.versions:
            raise HTTPException(409, "no policy yet: POST /policies first")
        return next(reversed(self.versions.values()))


class RefusedError(Exception):
    """A document is wrong; all its problems are told."""

    def __init__(self, found: Iterable[Problem]) -> None:
        """Keep what was found."""
        self.found = tuple(found)
        super().__init__(self.found)


def language(accept_language: Annotated[str, Header()] = "en") -> str:
    """The language of the reader, as custseg names it."""
    return "zh" if accept_language.lower().startswith("zh") else "en"


def loaded(job: Record) -> cs.Pipeline:
    """The job of a document, or all that is wrong with it."""
    if found := problems(job):
        raise RefusedError(found)
    made = cs.load(job)
    if not isinstance(made, cs.Pipeline):
        raise RefusedError([Problem(("kind",), f"needs a pipeline, got a {job['kind']}")])
    return made


Language = Annotated[str, Depends(language)]
app = FastAPI(title="custseg", version=cs.__version__)
app.state.shelf = Shelf()


def shelf(request: Request) -> Shelf:
    """What this service keeps."""
    return request.app.state.shelf


Kept = Annotated[Shelf, Depends(shelf)]


@app.exception_handler(RefusedError)
def refused(request: Request, error: RefusedError) -> JSONResponse:
    """422 in the form that FastAPI gives its own, in the reader's language, all at once."""
    locale = language(request.headers.get("accept-language", "en"))
    detail = [
        {
            "loc": ["body", "job", *problem.place],
            "path": problem.path,
            "type": problem.code,
            "msg": problem.text(locale),
        }
        for problem in error.found
    ]
    return JSONResponse({"detail": detail}, 422)


@app.exception_handler(cs.CustsegError)
def impossible(request: Request, error: cs.CustsegError) -> JSONResponse:
    """422 for data that do not suit the job: what, what was got, what to do."""
    locale = language(request.headers.get("accept-language", "en"))
    told = {"loc": ["body"], "type": error.code, "msg": Problem.of(error).text(locale)}
    return JSONResponse({"detail": [told]}, 422)


@app.get("/form", response_class=HTMLResponse)
def ask(locale: Language) -> str:
    """A form for a job, which checks and previews here."""
    return form.page(locale, check="/check", preview="/simulate")


@app.get("/schemas/{kind}")
def schema(kind: str) -> Record:
    """The JSON Schema of a kind, with titles in English and Chinese."""
    return cs.schema(kind)


@app.put("/tables")
def take(tables: Tables, kept: Kept) -> dict[str, int]:
    """Hand in the tables that jobs are tried on."""
    kept.tables = tables
    return {"customers": len(tables.customers), "transactions": len(tables.transactions)}


@app.post("/check")
def check(draft: Draft, locale: Language) -> dict[str, list[Record]]:
    """All that is wrong with a job; nothing is kept."""
    return {"problems": [problem.as_dict(locale) for problem in problems(draft.job)]}


@app.post("/simulate")
def simulate(draft: Draft, kept: Kept, locale: Language) -> Record:
    """Who would move, if this job replaced the policy in force; nothing is kept."""
    args = kept.args()
    found = diff(kept.last().run(**args), loaded(draft.job).run(**args))
    moves = [attrs.asdict(change) for change in found.changes]
    return {**found.as_dict(), "moves": moves, "text": found.text(locale)}


@app.post("/policies", status_code=201)
def keep(draft: Draft, kept: Kept) -> Version:
    """Fit a job on the tables and put its policy in force."""
    policy = loaded(draft.job).fit(**kept.args())
    kept.versions.pop(policy.hash, None)
    kept.versions[policy.hash] = policy
    return Version(hash=policy.hash, policy=cs.dump(policy))


@app.post("/decide")
def decide(asked: Asked, kept: Kept) -> Record:
    """Decide about one customer."""
    return kept.last().one(asked.row)


@app.post("/explain")
def explain(asked: Asked, kept: Kept, locale: Language) -> Record:
    """Why one customer is decided as it is."""
    said = kept.last().explain(asked.row, actor=asked.actor)
    reasons = {name: part.text(locale) for name, part in said.parts.items()}
    return {"reasons": reasons, "stamp": said.stamp.as_dict()}


@app.get("/sql")
def sql(kept: Kept, locale: Language, table: str = "customers", dialect: str = "duckdb") -> Record:
    """The policy in force as one query, and the steps that no query can say."""
    made = kept.last().to_sql(table=table, dialect=dialect)
    lacking = {step: reason.text(locale) for step, reason in made.lacking.items()}
    return {"text": made.text, "lacking": lacking}
