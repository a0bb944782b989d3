"""Results of representatives, counted from a table of opportunities up to a day."""

from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints, Kind, Needs, words
from custseg.allocate.wishing.calendars.workdays import Day, number
from custseg.allocate.wishing.columns import codes, days, numbers
from custseg.errors import ConfigError
from custseg.frames import align, table

T = TypeVar("T")


def _small(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in words(given))


@attrs.frozen(kw_only=True)
class DealColumns:
    """What the columns of a table of opportunities are called, and the words for how they end.

    Attributes:
        rep_id: Whose opportunity it is.
        stage: Where it stands.
        amount: What it is worth; may be absent.
        closed_at: The day on which it was won or lost.
        satisfaction: What the customer thought of it afterwards; may be absent.
        won: Words of ``stage`` for won, capitals or not.
        lost: Words of ``stage`` for lost.

    >>> DealColumns(rep_id="sales_agent", won="Closed Won").won
    ('closed won',)
    """

    rep_id: str = "rep_id"
    stage: str = "stage"
    amount: str = "amount"
    closed_at: str = "closed_at"
    satisfaction: str = "satisfaction"
    won: tuple[str, ...] = attrs.field(default=("won", "closed won"), converter=_small)
    lost: tuple[str, ...] = attrs.field(default=("lost", "closed lost"), converter=_small)

    def __attrs_post_init__(self) -> None:
        """Refuse words that mean both.

        Raises:
            ConfigError: A word means won and lost, or there is none for one of them.
        """
        if not self.won or not self.lost or set(self.won) & set(self.lost):
            msg = f"give words for won and others for lost, got {self.won} and {self.lost}"
            raise ConfigError(msg, "deals")


def with_results(
    reps: T,
    opportunities: object,
    as_of: Day,
    *,
    rep_id: str = "rep_id",
    names: DealColumns | None = None,
) -> T:
    """Representatives with what they have won and lost, as ``Results`` and ``review`` read it.

    Opportunities that closed after the day, or whose day is not known, do not count, and neither
    do those of somebody who is not among the representatives.

    Args:
        reps: One row a representative.
        opportunities: One row an opportunity, of any kind of table.
        as_of: The last day that counts.
        rep_id: The id of the representatives.
        names: What the columns of the opportunities are called.

    Returns:
        The same kind of table with ``won``, ``lost``, ``closed`` (both together), and, as far as
        opportunities have an amount and a satisfaction, ``revenue_won`` with ``won_with_amount``
        (how many it is of) and ``satisfaction`` (the average) with ``surveys``.

    Raises:
        MissingColumnError: An id, the stage or the day is missing.

    >>> deals = [
    ...     {"rep_id": "R1", "stage": "Won", "amount": 50.0, "closed_at": "2026-06-01"},
    ...     {"rep_id": "R1", "stage": "lost", "amount": 80.0, "closed_at": "2026-06-02"},
    ...     {"rep_id": "R1", "stage": "won", "amount": 99.0, "closed_at": "2026-07-02"},
    ... ]
    >>> rep = with_results([{"rep_id": "R1"}], deals, "2026-06-30")[0]
    >>> rep["won"], rep["closed"], rep["revenue_won"]
    (1, 2, 50.0)
    """
    called = DealColumns() if names is None else names
    given, log = table(reps), table(opportunities)
    columns = log.read(_needs(called, log.columns))
    mine, theirs = given.keys(rep_id), log.keys(called.rep_id)
    place: Index = np.append(align(mine, theirs), -1)[theirs.at]
    counts = (place >= 0) & (days(columns, called.closed_at) <= number(as_of))
    stage = codes(columns, called.stage)
    won, lost = (counts & _one_of(stage, some) for some in (called.won, called.lost))
    size = int(mine.at.max(initial=-1)) + 2  # the last is of those without an id
    ended = {"won": won, "lost": lost, "closed": won | lost}
    out: dict[str, Floats | Ints] = {
        name: _counted(place[some], size) for name, some in ended.items()
    }
    if called.amount in columns:
        known, amount = _known(numbers(columns, called.amount), won)
        out["revenue_won"] = _added(place[known], amount, size)
        out["won_with_amount"] = _counted(place[known], size)
    if called.satisfaction in columns:
        known, said = _known(numbers(columns, called.satisfaction), won | lost)
        out["surveys"] = _counted(place[known], size)
        mean = _added(place[known], said, size) / np.maximum(out["surveys"], 1)
        out["satisfaction"] = np.where(out["surveys"] > 0, mean, np.nan)
    return cast("T", given.attach({name: found[mine.at] for name, found in out.items()}))


def _known(found: Floats, some: Bools) -> tuple[Bools, Floats]:
    known = some & ~np.isnan(found)
    return known, found[known]


def _needs(called: DealColumns, there: Sequence[str]) -> Needs:
    wanted: dict[str, Kind] = {called.stage: "text", called.closed_at: "day"}
    if called.amount in there:
        wanted[called.amount] = "number"
    if called.satisfaction in there:
        wanted[called.satisfaction] = "number"
    return wanted


def _one_of(stage: Codes, some: tuple[str, ...]) -> Bools:
    found = [word.strip().casefold() in some for word in stage.words]
    return np.array([*found, False])[stage.at]


def _counted(place: Index, size: int) -> Ints:
    return np.bincount(place, minlength=size).astype(np.int64)


def _added(place: Index, amount: Floats, size: int) -> Floats:
    """Sums that do not depend on the order of rows."""
    order = np.lexsort((amount, place))
    return np.bincount(place[order], amount[order], minlength=size).astype(np.float64)
