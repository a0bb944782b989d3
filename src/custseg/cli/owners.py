"""Commands about owners: ``custseg allocate``."""

import json
import tomllib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import attrs

from custseg import config, report
from custseg.allocate import Allocation, AllocationPlan, plan_report, suggest
from custseg.cli.files import TextColumns, written
from custseg.cli.output import Sheet
from custseg.errors import ConfigError
from custseg.io import read_table


def allocate(given: Namespace) -> dict[str, Any]:
    """Share the customers of one file out among the representatives of another."""
    people, team = read_table(given.file, text=TextColumns(())), read_table(given.reps, text=_IDS)
    spec = _settings(given) or suggest(people, team)
    plan = spec.assign(people, team, as_of=given.as_of)
    tables = {"customers": plan.table, **plan_report(plan).tables, "unassigned": _left(plan)}
    study = _PlanStudy({name: rows for name, rows in tables.items() if len(rows)}, plan)
    done = written(given, study, Sheet("plan", _save))
    if given.customer is not None:
        said = plan.explain(given.customer)
        done = {**done, "explanation": said.as_dict(), "text": said.text(given.lang or "en")}
    return done


_IDS = ("rep_id", "owner", "customer_id")


@attrs.frozen(eq=False)
class _PlanStudy:
    """What sharing customers out gave.

    Attributes:
        tables: Customers with their owners, representatives with their loads, who is left.
        plan: The plan.
    """

    tables: Mapping[str, Any]
    plan: AllocationPlan[Any]

    def as_dict(self) -> dict[str, object]:
        return plan_report(self.plan).as_dict()

    def text(self, locale: str = "en") -> str:
        return plan_report(self.plan).text(locale)


def _save(study: _PlanStudy, path: Path, *, locale: str) -> Path:
    return report.save_plan(study.plan, path, locale=locale)


def _left(plan: AllocationPlan[Any]) -> list[dict[str, object]]:
    return [{"customer_id": one.customer_id, "reason": one.reason.code} for one in plan.unassigned]


def _settings(given: Namespace) -> Allocation | None:
    """The settings of a JSON or TOML file; without one the usual wishes are taken."""
    if given.settings is None:
        return None
    file = Path(given.settings)
    said = _document(file)
    made = config.load({"kind": "allocation", **said})
    if not isinstance(made, Allocation):
        msg = f"{given.settings!r} holds {type(made).__name__}; an allocation is needed"
        raise ConfigError(msg, "--settings")
    return made


def _document(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
        said = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        msg = f"cannot read {str(file)!r} as JSON or TOML: {error}"
        raise ConfigError(msg, "--settings") from error
    if not isinstance(said, dict):
        msg = f"{str(file)!r} must hold the settings of an allocation by name"
        raise ConfigError(msg, "--settings")
    return cast("dict[str, Any]", said)
