"""Commands about owners: ``custseg allocate``, ``review``, ``rebalance`` and ``undo``."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import attrs

from custseg import allocate as allocating
from custseg import config, report
from custseg.allocate import (
    Allocation,
    AllocationPlan,
    Budget,
    MoveJournal,
    Phases,
    Rebalancing,
    RepLeaves,
    plan_report,
    suggest,
)
from custseg.cli.files import TextColumns, written
from custseg.cli.studies import FoundStudy, document, sheet
from custseg.errors import ConfigError
from custseg.io import read_table, write_table
from custseg.labels import filled, label

T = TypeVar("T")


def allocate(given: Namespace) -> dict[str, Any]:
    """Share the customers of one file out among the representatives of another."""
    people, team = _tables(given)
    spec = _settings(given) or suggest(people, team)
    plan = spec.assign(people, team, as_of=given.as_of)
    told = plan_report(plan)
    tables = {"customers": plan.table, **told.tables, "unassigned": _left(plan)}
    found = {name: rows for name, rows in tables.items() if len(rows)}
    study = FoundStudy(found, told.as_dict(), told.text)
    done = written(given, study, sheet("plan", report.save_plan, plan))
    if given.customer is not None:
        said = plan.explain(_known(plan, given.customer))
        done = {**done, "explanation": said.as_dict(), "text": said.text(given.lang or "en")}
    return done


def review(given: Namespace) -> dict[str, Any]:
    """Say what is wrong with the owners of one file; nobody is moved."""
    people, team = _tables(given)
    seen = allocating.review(people, team, given.as_of, allocation=_settings(given))
    study = FoundStudy({"customers": seen.table}, seen.as_dict(), seen.text)
    return written(given, study, sheet("review", report.save_review, seen))


def rebalance(given: Namespace) -> dict[str, Any]:
    """Say who should change hands, within a budget; write the journal to undo it."""
    people, team = _tables(given)
    done = allocating.rebalance(
        people,
        team,
        given.as_of,
        allocation=_settings(given),
        settings=_calm(given),
        events=[RepLeaves(rep) for rep in given.leaves],
    )
    moves = [move.as_dict() for move in done.moves]
    tables = {"customers": done.table, "moves": moves} if moves else {"customers": done.table}
    study = FoundStudy(tables, done.as_dict(), done.text)
    return written(given, study, sheet("rebalance", report.save_rebalance, done))


def undo(given: Namespace) -> dict[str, Any]:
    """Give the customers of one file back to the owners they had before a rebalancing."""
    data = document(Path(given.journal), "journal")
    journal = MoveJournal.of(data.get("journal", data))
    people = read_table(given.file, text=TextColumns(()))
    table = journal.undo(people, meanwhile=given.meanwhile)
    file = (
        Path(given.out)
        if given.out
        else Path(given.file).with_stem(f"{Path(given.file).stem}-undone")
    )
    write_table(table, file)
    said = label("undo.done", given.lang or "en")
    text = filled(said, changes=len(journal.changes), file=file)
    return {"changes": len(journal.changes), "written": {"customers": str(file)}, "text": text}


def _tables(given: Namespace) -> tuple[Any, Any]:
    return read_table(given.file, text=TextColumns(())), read_table(given.reps, text=_IDS)


_CALM: Final = "rebalancing"
_IDS = ("rep_id", "owner", "customer_id")


def _left(plan: AllocationPlan[Any]) -> list[dict[str, object]]:
    return [{"customer_id": one.customer_id, "reason": one.reason.code} for one in plan.unassigned]


def _known(plan: AllocationPlan[Any], said: str) -> object:
    """The id that a text means: files may hold numbers, a command line holds texts."""
    ids = plan.outcome.problem.score.people.ids
    return next((one for one in ids if str(one) == said), said)


def _settings(given: Namespace) -> Allocation | None:
    """The settings of a JSON or TOML file; without one the usual wishes are taken."""
    if given.settings is None:
        return None
    said = document(Path(given.settings), "--settings")
    said = {name: part for name, part in said.items() if name != _CALM}
    return _loaded(given, Allocation, {"kind": "allocation", **said}) if said else None


def _calm(given: Namespace) -> Rebalancing:
    """How calmly to rebalance: the file's own ``rebalancing``, and above it what is said here."""
    said = document(Path(given.settings), "--settings") if given.settings is not None else {}
    how = Rebalancing()
    if _CALM in said:
        how = _loaded(given, Rebalancing, {"kind": _CALM, **_mapping(said[_CALM])})
    if given.moves is not None:
        how = attrs.evolve(how, moves=Budget(share=given.moves))
    if given.per_day is not None:
        phases = attrs.evolve(how.phases or Phases(), count=given.per_day)
        how = attrs.evolve(how, phases=phases)
    return how


def _mapping(part: object) -> Mapping[str, object]:
    if not isinstance(part, Mapping):
        msg = f"must hold settings by name, got {type(part).__name__}"
        raise ConfigError(msg, _CALM)
    return cast("Mapping[str, object]", part)


def _loaded(given: Namespace, kind: type[T], said: Mapping[str, object]) -> T:
    made = config.load(said)
    if not isinstance(made, kind):
        found, needed = type(made).__name__, kind.__name__
        msg = f"{given.settings!r} holds {found}; settings of {needed} are needed"
        raise ConfigError(msg, "--settings")
    return made
