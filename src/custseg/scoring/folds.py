"""Scores of customers from whom the score has not learnt: a learner tried fold by fold."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar, cast

import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Index, words
from custseg.errors import ConfigError
from custseg.frames import Attachable, Table
from custseg.progress import each
from custseg.scoring.outcome import Outcome, read_outcome

T = TypeVar("T")
_FEWEST = 2


class Learner(Protocol):
    """What learns a score from outcomes: ``WeightOfEvidence``, ``NaiveBayes``, ``ExpertPrior``."""

    @property
    def outcome(self) -> str | None:
        """The column that says how it ended."""
        ...

    @property
    def positive(self) -> str | float | bool | None:
        """The value that counts as won."""
        ...

    def fit(self, data: object, /) -> Any:  # noqa: ANN401 - a model with apply
        """Learn from closed cases."""
        ...


def cross_fitted(
    learner: Learner,
    data: T,
    *,
    folds: int = 5,
    by: str | Iterable[str] = (),
) -> T:
    """Score every customer by what was learnt from the others.

    A score looks better on the rows it was learnt from than it is. Here the closed cases are
    parted into folds, each fold is scored by the learner fitted on the rest, and rows without an
    outcome by the learner fitted on all. What ``audit`` finds on such a table is what to expect of
    new customers.

    Args:
        learner: A spec with its ``outcome`` set.
        data: One row a case: records or a frame; a lazy table is fetched.
        folds: How many.
        by: Columns that name what must not be parted, such as the customer of several cases; where
            none of them is filled in, and by default, equal rows stay together.

    Returns:
        The table with the columns that the learner's model adds. Folds follow from the content of
        the rows, each with its share of won cases, so that the order of rows does not matter.

    Raises:
        ConfigError: The learner names no outcome, there are fewer than two folds, or fewer won or
            lost cases than folds.
        MissingColumnError: A named column is not there.

    Source: Stone (1974), "Cross-Validatory Choice and Assessment of Statistical Predictions",
    Journal of the Royal Statistical Society B 36(2).

    >>> from custseg import datasets
    >>> from custseg.scoring import WeightOfEvidence
    >>> closed = datasets.leads(400).closed
    >>> learner = WeightOfEvidence(outcome="outcome", columns=("source", "minutes"))
    >>> scored = cross_fitted(learner, closed)
    >>> len(scored), "probability" in scored[0]
    (334, True)
    """
    table = frames.table(data)
    if learner.outcome is None:
        msg = "the learner names no outcome; set it: outcome=..."
        raise ConfigError(msg, "outcome")
    found = read_outcome(table, learner.outcome, learner.positive)
    place = _folds(table, found, folds, words(by))
    parts: list[tuple[Index, dict[str, Column]]] = []
    for fold in each("folds", range(folds if found.unknown == 0 else folds + 1)):
        rows = np.flatnonzero(place == fold)
        rest = np.flatnonzero(found.known & (place != fold))
        model = learner.fit(table.take(rest))
        parts.append((rows, _added(model, table, rows)))
    return cast("T", table.attach(_joined(parts, table.size)))


def _folds(table: Table[Any], outcome: Outcome, folds: int, by: tuple[str, ...]) -> Index:
    """The fold of each row, the last but one more for rows without an outcome."""
    if folds < _FEWEST:
        msg = f"must be at least {_FEWEST}, got {folds}"
        raise ConfigError(msg, "folds")
    hashes = _kept_together(table, by)
    closed = np.flatnonzero(outcome.known)
    _, first, group = np.unique(hashes[closed], return_index=True, return_inverse=True)
    won = np.bincount(group, outcome.won[closed], minlength=len(first)) > 0
    lost = np.bincount(group, ~outcome.won[closed], minlength=len(first)) > 0
    _check(int(np.count_nonzero(won)), int(np.count_nonzero(lost)), folds)
    rank = np.empty(len(won), dtype=np.intp)
    for side in (won, ~won):
        rank[side] = np.arange(np.count_nonzero(side))
    place = np.full(table.size, folds, dtype=np.intp)
    place[closed] = rank[group] % folds
    return place


def _kept_together(table: Table[Any], by: tuple[str, ...]) -> "np.typing.NDArray[np.uint64]":
    """One number for rows that must not be parted; nobody is not a customer with many rows."""
    hashes = frames.row_hashes(table, by)
    if by:
        nameless = np.all([table.values(name).at < 0 for name in by], axis=0)
        hashes = np.where(nameless, frames.row_hashes(table), hashes)
    return hashes


def _check(won: int, lost: int, folds: int) -> None:
    if min(won, lost) < folds:
        msg = f"{folds} folds need as many won and lost cases, got {won} won and {lost} lost"
        raise ConfigError(msg, "folds")


def _added(model: Any, table: Table[Any], rows: Index) -> dict[str, Column]:  # noqa: ANN401 - a model
    scored = frames.table(model.apply(table.take(rows)))
    gives: dict[str, Any] = model.gives
    added = scored.read({n: "text" if g != "number" else g for n, g in gives.items()})
    return {name: _ordered(column, gives[name]) for name, column in added.items()}


def _ordered(column: Column, order: tuple[str, ...]) -> Column:
    return Codes(column.recode(order), order) if isinstance(column, Codes) else column


def _joined(parts: list[tuple[Index, dict[str, Column]]], size: int) -> dict[str, Attachable]:
    joined: dict[str, Attachable] = {}
    for name, first in parts[0][1].items():
        whole = np.full(size, np.nan)
        for rows, added in parts:
            column = added[name]
            known = column.at if isinstance(column, Codes) else np.asarray(column)
            whole[rows] = known
        joined[name] = (
            Codes(whole.astype(np.intp), first.words) if isinstance(first, Codes) else whole
        )
    return joined
