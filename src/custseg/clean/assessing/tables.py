"""Records by their quality and values that are due, as columns of tables."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from custseg._typing import Codes, Days, Floats, Index
from custseg.clean.assessing.ageing import Age
from custseg.clean.assessing.standing import Standing
from custseg.frames import Keys


def record_columns(
    found: Standing, ids: Keys | None, values: Floats | None, *, ranked: bool
) -> dict[str, Any]:
    """One row a record.

    Args:
        found: How good records are.
        ids: The customers' ids.
        values: Value of each customer.
        ranked: Those with the most to gain first.
    """
    order = _by_gain(found, values) if ranked else np.arange(len(found.score), dtype=np.intp)
    made = _who(order, ids)
    made["quality"] = found.score[order]
    made |= {f"lost_{name}": part[order] for name, part in found.lost.items()}
    made["fix_field"] = _taken(found.field, order)
    made["fix_problem"] = _taken(found.problem, order)
    return made | ({} if values is None else {"value": values[order]})


def due_columns(ages: Iterable[Age], ids: Keys | None, until: float | None) -> dict[str, Any]:
    """One row a value that is due, the longest due first.

    Args:
        ages: How old fields are.
        ids: The customers' ids.
        until: The last day to look at; None takes the day itself.
    """
    held = list(ages)
    rows = [_due_rows(age, until) for age in held]
    row = np.concatenate([np.empty(0, dtype=np.intp), *rows])
    which = np.repeat(np.arange(len(held), dtype=np.intp), [len(part) for part in rows])
    parts = [
        (age.verified[part], age.due[part], age.as_of[part])
        for age, part in zip(held, rows, strict=True)
    ]
    verified, due, now = (
        np.concatenate([np.empty(0), *(part[i] for part in parts)]) for i in range(3)
    )
    order = np.lexsort((which, row, due))
    made = _who(row[order], ids)
    made["field"] = Codes(which[order], tuple(age.column for age in held), plain=True)
    made["verified"] = Days(verified[order])
    made["due"] = Days(due[order])
    made["days_overdue"] = (now - due)[order]
    limits = np.array([age.limit for age in held])
    made["limit_days"] = limits[which[order]] if held else np.empty(0)
    undated = np.isnan(verified[order]).astype(np.intp)
    made["reason"] = Codes(undated, ("overdue", "undated"), plain=True)
    return made


def _due_rows(age: Age, until: float | None) -> Index:
    if until is None:
        return np.flatnonzero(age.overdue)
    with np.errstate(invalid="ignore"):
        return np.flatnonzero(age.held & (age.due <= until))


def _by_gain(found: Standing, values: Floats | None) -> Index:
    """Records by what they have to gain; those of unknown value after the others."""
    gain = 1 - found.score
    if values is None:
        return np.argsort(-gain, kind="stable")
    stake = np.where(np.isnan(values), -np.inf, gain * np.maximum(values, 0.0))
    return np.lexsort((-gain, -stake))


def _who(rows: Index, ids: Keys | None) -> dict[str, Any]:
    made: dict[str, Any] = {"row": rows.astype(np.int64)}
    if ids is not None:
        known = [*ids.ids(), None]
        made["customer"] = [known[at] for at in ids.at[rows].tolist()]
    return made


def _taken(codes: Codes, rows: Index) -> Codes:
    return Codes(codes.at[rows], codes.words, plain=True)
