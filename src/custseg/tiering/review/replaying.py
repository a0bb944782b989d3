"""One policy, review after review, over a history."""

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.tiering.review.columns import MEMORY, TIER, previous
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.spec import Retier
from custseg.tiering.review.valued import ValueHistory
from custseg.tiering.review.writing import reviewed


@attrs.frozen(eq=False)
class Reviewed:
    """One review of a replay.

    Attributes:
        at: Its place among the dates.
        cols: What it wrote.
        tier: The tier of each customer, -1 for those who are not there yet.
    """

    at: int
    cols: Columns
    tier: Index


def replayed(history: ValueHistory, model: RetierModel) -> Iterator[Reviewed]:
    """Review all customers at each date, as a company would have done.

    Args:
        history: Their values.
        model: The rules; tiers set by hand and locks are not in a history, so they are left out.

    Raises:
        ConfigError: The cut points differ by group, which a history does not know.
        DataError: The history has no review.
    """
    if not history.dates:
        msg = "there is no review in this history; it needs one row a customer and day at least"
        raise DataError(msg)
    if model.hurdles.by is not None:
        msg = "a history does not say the group of a customer; try the same cut points for all"
        raise ConfigError(msg, "cuts")
    calm = attrs.evolve(model.calm, by_hand=None, locked=None)
    rules = attrs.evolve(model, calm=calm, as_of=None)
    size = len(history.first)
    memory = _nothing(rules, size)
    there: Bools = np.zeros(size, dtype=np.bool_)
    for at, (day, value) in enumerate(zip(history.days, history.values, strict=True)):
        cols = reviewed(rules, {**_row(rules, history, day, value), **memory})
        there |= ~np.isnan(value)
        yield Reviewed(at, cols, _there(cols, there))
        memory = {previous(name): _kept(cols[name], there) for name in rules.calm.memory}


def ready(policy: object) -> RetierModel:
    """The rules of a policy, whether it was fitted or not.

    Raises:
        ConfigError: It is no policy of reviews.
    """
    made = policy.fit() if isinstance(policy, Retier) else policy
    if isinstance(made, RetierModel):
        return made
    msg = f"a policy of reviews is a Retier, such as Retier(cuts, calm), got {type(made).__name__}"
    raise ConfigError(msg)


def _row(model: RetierModel, history: ValueHistory, day: float, value: Floats) -> Columns:
    cols: dict[str, Column] = {model.value: value, "as_of": np.full(value.size, day)}
    if model.calm.newcomers is not None:
        cols[model.calm.newcomers.tenure] = day - history.first
    if model.calm.anniversary is not None:
        cols[model.calm.anniversary.start] = history.first
    return cols


def _nothing(model: RetierModel, size: int) -> Columns:
    """What is remembered before the first review."""
    blank, none = np.full(size, np.nan), Codes(np.full(size, -1, dtype=np.int8), ())
    names = model.calm.memory
    return {previous(name): none if MEMORY[name] == "text" else blank for name in names}


def _kept(column: Column, there: Bools) -> Column:
    """What is remembered of customers who are there."""
    held: Any = getattr(column, "at", column)
    if isinstance(column, Codes):
        return Codes(np.where(there, held, np.int8(-1)), column.words)
    return np.where(there, held, np.nan)


def _there(cols: Columns, there: Bools) -> Index:
    tier: Any = cols[TIER]
    return np.where(there, tier.at, np.int8(-1))
