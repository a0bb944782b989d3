"""Which tier did each customer have at each review, and who moved when and why?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Columns, Days, Floats, Index, Ints
from custseg.errors import ConfigError
from custseg.frames import Tabled
from custseg.labels import label, title
from custseg.layout import aligned, html_table
from custseg.tiering.moves.ladder import MoveNames
from custseg.tiering.moves.matrix import Migration, migration
from custseg.tiering.moves.series import MigrationSeries
from custseg.tiering.review import columns as col
from custseg.tiering.review.model import RetierModel
from custseg.tiering.review.replaying import Reviewed, ready, replayed
from custseg.tiering.review.spec import Retier
from custseg.tiering.review.valued import ValueHistory

_MOVED = ("migration.up", "migration.down", "migration.entered")


@attrs.frozen(eq=False)
class TierHistory(Tabled):
    """One policy of reviews on a history.

    Attributes:
        history: The value of each customer at each review.
        model: The rules.
        grid: Reviews x customers: the place of the tier, -1 for those who are not there yet.
        changes: One row a move: the customer, ``as_of``, ``from`` (missing for newcomers), ``to``,
            ``tier_move``, ``tier_reason`` and the value.
        table: One row a customer at the last review, with all that the next one must know.

    >>> history = ValueHistory.of(
    ...     [
    ...         {"customer_id": "a", "as_of": f"2026-{month:02}-28", "revenue": revenue}
    ...         for month, revenue in enumerate((90.0, 130.0, 95.0, 60.0), 1)
    ...     ]
    ... )
    >>> from custseg.tiering import Bars, Calm, Cuts
    >>> told = tier_history(history, Retier(Cuts((100.0,)), Calm(bars=Bars(keep=0.8))))
    >>> [(str(row["as_of"]), row["to"], row["tier_reason"]) for row in told.changes][1:]
    [('2026-02-28', 'high', 'promoted'), ('2026-04-28', 'low', 'demoted')]
    """

    history: ValueHistory
    model: RetierModel
    grid: Index
    changes: Any
    table: Any

    @property
    def dates(self) -> tuple[date, ...]:
        """The days of the reviews."""
        return self.history.dates

    @property
    def counts(self) -> Ints:
        """Customers by review and tier."""
        size = len(self.model.tiers)
        each = [np.bincount(row[row >= 0], minlength=size) for row in self.grid]
        return np.array(each, dtype=np.int64)

    @property
    def moves(self) -> MigrationSeries:
        """The moves from each review to the next."""
        return MigrationSeries(self.model.tiers, (), self.dates, self.grid, self.history.like)

    def at(self, day: date | str) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a customer at one review: its id, ``as_of``, the value and ``tier``.

        Args:
            day: The day of a review.

        Raises:
            ConfigError: There was no review on that day.
        """
        place = _place(self.dates, day)
        rows = np.flatnonzero(self.grid[place] >= 0)
        return self.history.like.build(
            {
                self.history.customer: _ids(self.history, rows),
                "as_of": Days(np.full(rows.size, self.history.days[place])),
                self.model.value: self.history.values[place, rows],
                col.TIER: Codes(self.grid[place, rows], self.model.tiers),
            }
        )

    def between(self, first: date | str, last: date | str) -> Migration:
        """Who moved from one review to another, and what it did to the money.

        Args:
            first: The day of the earlier review.
            last: The day of the later one.

        Raises:
            ConfigError: There was no review on that day.
        """
        called = MoveNames(customer=self.history.customer)
        before, after = self.at(first), self.at(last)
        value, tiers = self.model.value, self.model.tiers
        return migration(before, after, value=value, tiers=tiers, names=called)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON; no value of any customer."""
        return {
            "dates": [day.isoformat() for day in self.dates],
            "tiers": list(self.model.tiers),
            "counts": self.counts.tolist(),
            "moves": self._moves().tolist(),
        }

    def text(self, locale: str = "en") -> str:
        """Customers by tier at each review, and how many moved, to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return aligned(*self._cells(locale))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._cells(locale))

    def _cells(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        heads = (
            title("as_of", locale),
            *(label(tier, locale) for tier in self.model.tiers),
            *(label(name, locale) for name in _MOVED),
        )
        both = np.column_stack((self.counts, self._moves()))
        rows = zip(self.dates, both.tolist(), strict=True)
        return heads, [(day.isoformat(), *(f"{n:,}" for n in each)) for day, each in rows]

    def _moves(self) -> Ints:
        """Customers who rose, fell and came, by review."""
        before = np.vstack((np.full_like(self.grid[:1], -1), self.grid[:-1]))
        new: Bools = (before < 0) & (self.grid >= 0)
        known: Bools = before >= 0
        each = (known & (self.grid > before), known & (self.grid < before), new)
        return np.column_stack([np.count_nonzero(part, axis=1) for part in each])


def tier_history(history: ValueHistory, policy: Retier | RetierModel) -> TierHistory:
    """Review all customers at each date of a history, one review after the other.

    Nothing but what was known at a date counts at it. Who has no value yet has no tier.

    Args:
        history: The value of each customer at each review.
        policy: The rules; tiers set by hand and locks are not in a history, so they are left out.

    Raises:
        ConfigError: It is no policy, or the cut points differ by group, which a history does not
            know.
        DataError: The history has no review.

    >>> import custseg as cs
    >>> from custseg.tiering import Calm, Cuts, values_at
    >>> log = cs.TransactionLog.of(
    ...     [{"customer_id": "a", "at": f"2026-0{m}-10", "amount": 50 * m} for m in range(1, 7)]
    ... )
    >>> quarters = values_at(log, ["2026-03-31", "2026-06-30"])
    >>> told = tier_history(quarters, Retier(Cuts((500.0,)), Calm()))
    >>> print(told.text())
    as of       low  high  moved up  moved down  came
    2026-03-31    1     0         0           0     1
    2026-06-30    0     1         1           0     0
    """
    model = ready(policy)
    tiers, moved, last = list[Index](), list[_Moves](), None
    for last in replayed(history, model):
        before = tiers[-1] if tiers else np.full_like(last.tier, -1)
        moved.append(_Moves.of(last, before))
        tiers.append(last.tier)
    grid = np.array(tiers)
    told: Columns = {} if last is None else _latest(history, model, last)
    return TierHistory(
        history, model, grid, _changes(history, model, moved), history.like.build(told)
    )


@attrs.frozen(eq=False)
class _Moves:
    """Who moved at one review."""

    at: int
    rows: Index
    source: Index
    target: Index
    reason: Codes
    move: Codes

    @classmethod
    def of(cls, review: Reviewed, before: Index) -> "_Moves":
        rows = np.flatnonzero((review.tier != before) & (review.tier >= 0))
        told = (_some(review.cols[name], rows) for name in (col.REASON, col.MOVE))
        reason, move = (part for part in told if isinstance(part, Codes))
        return cls(review.at, rows, before[rows], review.tier[rows], reason, move)


def _changes(history: ValueHistory, model: RetierModel, moved: list[_Moves]) -> Any:  # noqa: ANN401 - the caller's kind
    rows = np.concatenate([each.rows for each in moved])
    at = np.concatenate([np.full(each.rows.size, each.at, dtype=np.intp) for each in moved])
    codes = {
        "from": Codes(np.concatenate([each.source for each in moved]), model.tiers),
        "to": Codes(np.concatenate([each.target for each in moved]), model.tiers),
        col.MOVE: _joined(each.move for each in moved),
        col.REASON: _joined(each.reason for each in moved),
    }
    return history.like.build(
        {
            history.customer: _ids(history, rows),
            "as_of": Days(history.days[at]),
            **codes,
            model.value: history.values[at, rows],
        }
    )


def _joined(parts: Iterator[Codes]) -> Codes:
    every = list(parts)
    return Codes(np.concatenate([part.at for part in every]), every[0].words)


def _latest(history: ValueHistory, model: RetierModel, review: Reviewed) -> Columns:
    rows = np.flatnonzero(review.tier >= 0)
    told: dict[str, Any] = {
        history.customer: _ids(history, rows),
        "as_of": Days(np.full(rows.size, history.days[review.at])),
        model.value: history.values[review.at, rows],
        "tenure_days": history.days[review.at] - history.first[rows],
    }
    written = {name: _some(column, rows) for name, column in review.cols.items()}
    days = {name for name, kind in model.gives.items() if kind == "day"}
    return told | {
        name: Days(_numbers(column)) if name in days else column for name, column in written.items()
    }


def _some(column: Column, rows: Index) -> Column:
    if isinstance(column, Codes):
        return Codes(column.at[rows], column.words)
    return _numbers(column)[rows]


def _numbers(column: Column) -> Floats:
    held: Any = getattr(column, "at", column)
    return np.asarray(held, dtype=np.float64)


def _ids(history: ValueHistory, rows: Index) -> Any:  # noqa: ANN401 - ids as they were given
    return np.asarray(history.ids, dtype=object)[rows].tolist()


def _place(dates: tuple[date, ...], day: date | str) -> int:
    said = day if isinstance(day, str) else day.isoformat()
    for place, one in enumerate(dates):
        if one.isoformat() == said:
            return place
    msg = f"there was no review on {said}; there were some on {[d.isoformat() for d in dates]}"
    raise ConfigError(msg)
