"""What a plan writes beside the customers: owner, reason, rule, pool."""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Codes, Index
from custseg.allocate.planning.telling.outcome import Outcome
from custseg.frames import Attachable, Table


def attached(given: Table[Any], outcome: Outcome, owner: str) -> Any:  # noqa: ANN401 - the caller's kind of table
    """The customers with the columns of the plan, in the caller's order of rows.

    Args:
        given: The customers.
        outcome: What was found.
        owner: The column to write; the others are named after it.
    """
    problem = outcome.problem
    rows = problem.score.people.rows
    columns: dict[str, Attachable] = {
        owner: _owners(_placed(outcome.at, rows), problem.score.team.ids),
        f"{owner}_reason": _coded(outcome.reasons(), rows),
    }
    if problem.ruled is not None:
        columns[f"{owner}_rule"] = _coded(outcome.rules(), rows)
    pools = outcome.pools()
    if pools is not None:
        columns["pool"] = _coded(pools, rows)
    return given.attach(columns)


def _owners(at: Index, ids: Any) -> Attachable:  # noqa: ANN401 - ids of any type
    names = tuple(name for name in ids if isinstance(name, str))
    if len(names) == len(ids):
        return Codes(at, names, plain=True)
    return [ids[rep] if rep >= 0 else None for rep in at.tolist()]


def _coded(found: Codes, rows: Index) -> Codes:
    return attrs.evolve(found, at=_placed(found.at, rows))


def _placed(found: Index, rows: Index) -> Index:
    """From canonical order back to the caller's."""
    out = np.empty_like(found)
    out[rows] = found
    return out
