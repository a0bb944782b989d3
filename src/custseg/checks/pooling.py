"""The laws of public pools: time only ever returns more, once, whatever the kind of table."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from custseg.allocate import Pool, Pools
from custseg.checks.anykind import any_kind, any_order
from custseg.checks.kinds import Answers, answers, same, told
from custseg.checks.law import demand
from custseg.checks.samples import Rows, people

_ID: Final = "customer_id"
_DAYS: Final = (date(2024, 3, 1), date(2026, 6, 30), date(2026, 8, 1))
_GIVES: Final = ("pool", "in_pool", "pool_state", "pool_reason", "returns_on", "remind_on")


def pool(made: Pool | Pools) -> Iterator[str]:
    """The laws of ``recycle``, and those of the pools on one day as rules."""
    model = made.on(_DAYS[1])
    rows = people(dict(model.needs))
    for row in rows:
        row[model.columns.customer_id] = row[_ID]
    day = _DAYS[1].isoformat()
    found = partial(_found, made, day)
    expected = yield from any_order((rows,), found, "recycle")
    yield from any_kind((rows,), found, "recycle", expected)
    yield from _time(made, rows)
    ruled = answers(model.apply(rows), _GIVES[2:4], _ID)
    both = {key: answer[2:4] for key, answer in expected.items()}
    yield demand("rules", told(both, ruled), holds=same(ruled, both))


def _time(made: Pool | Pools, rows: Rows) -> Iterator[str]:
    """Who is due stays due while nothing happens; who has returned does not return again."""
    for first in _DAYS:
        seen = [row for row in rows if not _later(row, first)]
        done = made.recycle(seen, first)
        due = {row[_ID] for row in done.due}
        for days in (1, 30, 400):
            later = {row[_ID] for row in made.recycle(seen, first + timedelta(days)).due}
            demand("time", "a customer that was due is due no more", holds=due <= later)
        again: list[Any] = made.recycle(done.released, first).due
        demand("once", "a customer returned twice on one day", holds=not again)
    yield from ("time", "once")


def _later(row: dict[str, Any], day: date) -> bool:
    return any(isinstance(value, date) and value > day for value in row.values())


def _found(made: Pool | Pools, day: str, table: Any) -> Answers:  # noqa: ANN401 - any table
    return answers(made.recycle(table, day).table, _GIVES, _ID)
