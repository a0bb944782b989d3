"""The files that a run leaves in its folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from custseg import config, report
from custseg.errors import DataError
from custseg.io import write_table
from custseg.pipeline import Life, Run, Worth


def write_run(run: Run, folder: Path, *, form: str, locale: str) -> dict[str, str]:
    """Write the decided customers, what is due, the reports, the policy and the page.

    Args:
        run: The outcome of a job.
        folder: Where to; made if it is not there.
        form: ``csv``, ``parquet`` or ``json``.
        locale: Language of the page.

    Returns:
        What was written: name -> path.

    Raises:
        DataError: The folder cannot be made or written.
    """
    return _inside(folder, lambda: _write(run, folder, form, locale))


def write_life(life: Life, folder: Path, *, form: str, locale: str) -> dict[str, str]:
    """Write states, changes, growth, flows, cohorts and the page of a lifecycle.

    Args:
        life: What became of the customers.
        folder: Where to; made if it is not there.
        form: ``csv``, ``parquet`` or ``json``.
        locale: Language of the page.

    Returns:
        What was written: name -> path.

    Raises:
        DataError: The folder cannot be made or written.
    """
    tables = {"states": life.states, "changes": life.changes}
    tables |= {name: part.table for name, part in life.parts.items()}

    def write() -> dict[str, str]:
        made = {name: write_table(t, folder / f"{name}.{form}") for name, t in tables.items()}
        made["lifecycle"] = _json(life.as_dict(), folder / "lifecycle.json")
        made["page"] = report.save_life(life, folder / "lifecycle.html", locale=locale)
        return {name: str(path) for name, path in made.items()}

    return _inside(folder, write)


def write_worth(worth: Worth, folder: Path, *, form: str, locale: str) -> dict[str, str]:
    """Write the last review, every move, the migration, the policies and the page of tiers.

    Args:
        worth: How the tiers held.
        folder: Where to; made if it is not there.
        form: ``csv``, ``parquet`` or ``json``.
        locale: Language of the page.

    Returns:
        What was written: name -> path.

    Raises:
        DataError: The folder cannot be made or written.
    """
    parts = {name: part.table for name, part in worth.parts.items() if name != "reviews"}
    tables = {"tiers": worth.states, "tier_changes": worth.changes, **parts}

    def write() -> dict[str, str]:
        made = {name: write_table(t, folder / f"{name}.{form}") for name, t in tables.items()}
        made["reviews"] = _json(worth.as_dict(), folder / "tiers.json")
        made["page"] = report.save_worth(worth, folder / "tiers.html", locale=locale)
        return {name: str(path) for name, path in made.items()}

    return _inside(folder, write)


def _inside(folder: Path, write: Callable[[], dict[str, str]]) -> dict[str, str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return write()
    except OSError as error:
        msg = f"cannot write to {str(folder)!r}: {error.strerror}"
        raise DataError(msg) from error


def _write(run: Run, folder: Path, form: str, locale: str) -> dict[str, str]:
    written = {
        "customers": write_table(run.customers, folder / f"customers.{form}"),
        "actions": write_table(run.actions.table, folder / f"actions.{form}"),
        "run": _json(run.as_dict(), folder / "run.json"),
        "policy": _json(config.dump(run.policy), folder / "policy.json"),
    }
    if run.plan is not None:
        left = [
            {"customer_id": one.customer_id, "reason": one.reason.as_dict()}
            for one in run.unassigned
        ]
        written["unassigned"] = _json(left, folder / "unassigned.json")
    written["report"] = report.save(run, folder / "report.html", locale=locale)
    return {name: str(path) for name, path in written.items()}


def _json(document: Any, path: Path) -> Path:  # noqa: ANN401 - plain data
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8")
    return path
