"""The command about the public pool: ``custseg pool``."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from custseg import config, report
from custseg.allocate import Pool, PoolForecast, Pools
from custseg.cli.files import TextColumns, written
from custseg.cli.studies import FoundStudy, document, sheet
from custseg.errors import ConfigError
from custseg.io import read_table


def pool(given: Namespace) -> dict[str, Any]:
    """Say what returns to the pool on a day and on the next ones, and who is to be reminded."""
    rules = _rules(given.rules)
    text = _texts(rules)
    soon = rules.simulate(
        read_table(given.file, text=text),
        given.as_of,
        days=given.days,
        value=given.value,
        changed=None if given.changed is None else _rules(given.changed),
        activities=None if given.activities is None else read_table(given.activities, text=text),
    )
    done = soon.recycled
    tables = {
        "customers": done.table,
        "recycled": done.due,
        "events": done.events,
        "reminders": done.reminders,
        "forecast": _days(soon),
    }
    found = {name: rows for name, rows in tables.items() if len(rows)}
    data = {**done.as_dict(), "forecast": soon.as_dict()}
    study = FoundStudy(found, data, lambda locale: f"{done.text(locale)}\n{soon.text(locale)}")
    return written(given, study, sheet("pool", report.save_pool, soon))


def _rules(path: str) -> Pool | Pools:
    """The pools of a JSON or TOML file: one, or several under ``pools``."""
    said = document(Path(path), "--rules")
    made = config.load({"kind": "pools" if "pools" in said else "pool", **said})
    if not isinstance(made, Pool | Pools):
        msg = f"{path!r} holds {type(made).__name__}; a pool or pools are needed"
        raise ConfigError(msg, "--rules")
    return made


def _texts(rules: Pool | Pools) -> TextColumns:
    """Ids and levels stay as they are written: 007 is no 7."""
    names = rules.several().columns
    return TextColumns((names.customer_id, names.owner, names.previous_owner, names.level))


def _days(soon: PoolForecast[Any]) -> list[dict[str, object]]:
    """One row a day and reason on which somebody returns."""
    by_reason = soon.daily("pool_reason").items()
    return [
        {"day": day, "pool_reason": reason, "customers": many}
        for place, day in enumerate(soon.by_day)
        for reason, counts in by_reason
        if (many := counts[place])
    ]
