"""Who moved since the last run? Customers by what they were and what they are."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats, Index
from custseg.errors import MissingColumnError
from custseg.features.daynumbers import as_date
from custseg.features.fewest import FEWEST
from custseg.frames import Keys, Share, Table
from custseg.pipeline import Run

DECIDED: Final = ("lifecycle", "tier")
_NOW, _LAST = "now", "last"
_MONEY, _DAY = "revenue_365d", "as_of"
_ABSENT, _UNKNOWN = "absent", "unknown"


@attrs.frozen
class Flows:
    """What became of the classes of one decision.

    Attributes:
        words: The classes, in their order.
        moves: Customers by what they were and what they are, of those who were there both times;
            ``unknown``: it was not decided.
        came: Newcomers by what they are.
        gone: Customers who are no longer there, by what they were.
    """

    words: tuple[str, ...]
    moves: Mapping[tuple[str, str], int]
    came: Mapping[str, int]
    gone: Mapping[str, int]

    @property
    def changed(self) -> int:
        """Those who are another class now."""
        return sum(n for (before, now), n in self.moves.items() if before != now)

    def before(self, word: str) -> int:
        """How many were of a class."""
        return sum(n for (b, _), n in self.moves.items() if b == word) + self.gone.get(word, 0)

    def after(self, word: str) -> int:
        """How many are of a class."""
        return sum(n for (_, a), n in self.moves.items() if a == word) + self.came.get(word, 0)

    def turned(self, *, up: bool) -> int:
        """Those whose class is a later one in the order of the words, or an earlier one."""
        place = {word: i for i, word in enumerate(self.words)}
        pairs = ((place.get(b), place.get(a), n) for (b, a), n in self.moves.items())
        return sum(
            n for b, a, n in pairs if b is not None and a is not None and (a > b if up else a < b)
        )


@attrs.frozen(eq=False)
class Moved:
    """What changed since the last run.

    Attributes:
        since: The day of the last run, where it is known.
        both: Customers who were there both times.
        came: Newcomers.
        gone: Customers who are no longer there, or were merged into another.
        flows: What became of the classes, by what was decided.
        recent: The money of 365 days then and now, in whole 1/10000; ``None``: not known, or of
            too few customers.
    """

    since: date | None
    both: int
    came: int
    gone: int
    flows: Mapping[str, Flows]
    recent: tuple[int, int] | None


def moved(run: Run, previous: Any) -> Moved:  # noqa: ANN401 - a run, or any kind of table
    """Compare a run with the one before it.

    Args:
        run: The outcome of a job.
        previous: That before it, or the table of customers that it wrote.

    Raises:
        MissingColumnError: The table has no column with the customers' ids.
    """
    key = run.policy.id
    now = frames.table(run.customers)
    last = frames.table(previous.customers if isinstance(previous, Run) else previous)
    if last.columns and key not in last.columns:
        raise MissingColumnError(key, last.columns)
    wanted = (*DECIDED, _MONEY, _DAY)
    given = {
        name: Share(table, key, [n for n in wanted if n in table.columns])
        for name, table in ((_NOW, now), (_LAST, last))
    }
    work = _Compared(key, tuple(n for n in DECIDED if n in now.columns and n in last.columns))
    lazy = now.lazy or last.lazy
    found = frames.totals(given, work) if lazy else frames.table(work({_NOW: now, _LAST: last}))
    return _told(run, found, work.names)


@attrs.frozen
class _Compared:
    """Compares the customers of a partition with those of the last run.

    Attributes:
        key: The column of ids.
        names: What was decided both times.
    """

    key: str
    names: tuple[str, ...]

    def __call__(self, given: Mapping[str, Table[Any]]) -> Any:  # noqa: ANN401 - the kind of the customers
        """Customers by what was decided, what they were and what they are; a row of sums last."""
        now, last = given[_NOW], given[_LAST]
        # A file of the last run may hold as texts what are numbers here.
        mine, theirs = _ids(now, self.key), _ids(last, self.key)
        place = frames.align(theirs, mine)
        both = place >= 0
        gone = np.setdiff1d(np.arange(len(theirs.uniques)), place[both])
        here, there = mine.first, theirs.first
        pairs = [
            *((here[i], there[place[i]]) for i in np.flatnonzero(both).tolist()),
            *((here[i], -1) for i in np.flatnonzero(~both).tolist()),
            *((-1, there[i]) for i in gone.tolist()),
        ]
        rows = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        lines = [line for name in self.names for line in _counted(name, now, last, rows)]
        status = (int(both.sum()), int((~both).sum()), len(gone))
        sums = [
            ("", state, "", n) for state, n in zip(("both", "came", "gone"), status, strict=True)
        ]
        money = [("", f"money_{name}", "", _money(given[name])) for name in (_NOW, _LAST)]
        return now.build(_columns([*lines, *sums, *money], _latest(last)))


def _ids(table: Table[Any], key: str) -> Keys:
    if not table.columns:
        return Keys(np.empty(0, dtype=np.intp), [])
    held = cast("Codes", table.read({key: "text"})[key])
    return Keys(held.at, list(held.words))


def _columns(lines: list[tuple[str, str, str, int]], day: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    texts = zip(*(line[:3] for line in lines), strict=True)
    for name, column in zip(("decided", "before", "after"), texts, strict=True):
        words = tuple(dict.fromkeys(column))
        at = np.array([words.index(word) for word in column], dtype=np.intp)
        found[name] = Codes(at, words, plain=True)
    found["number"] = np.array([line[3] for line in lines], dtype=np.int64)
    found["day"] = np.full(len(lines), day)
    return found


def _counted(
    name: str, now: Table[Any], last: Table[Any], rows: Index
) -> Iterator[tuple[str, str, str, int]]:
    """Customers by what they were and are."""
    sides = (_worded(last, name, rows[:, 1]), _worded(now, name, rows[:, 0]))
    (before, then), (after, words) = sides
    wide = len(words)
    cell, many = np.unique(before * wide + after, return_counts=True)
    for one, number in zip(cell.tolist(), many.tolist(), strict=True):
        yield name, then[one // wide], words[one % wide], number


def _worded(table: Table[Any], name: str, rows: Index) -> tuple[Index, tuple[str, ...]]:
    """The place of each customer among the words; the last two: not decided, not there."""
    held = cast("Codes", table.read({name: "text"})[name])
    words = (*held.words, _UNKNOWN, _ABSENT)
    at = np.append(np.where(held.at < 0, len(held.words), held.at), len(held.words) + 1)
    return at[rows], words


def _money(table: Table[Any]) -> int:
    return int(table.money(_MONEY).units.sum()) if _MONEY in table.columns and table.size else 0


def _latest(table: Table[Any]) -> float:
    if _DAY not in table.columns or not table.size:
        return float("nan")
    days = cast("Floats", table.read({_DAY: "day"})[_DAY])
    return float(np.nanmax(days)) if (~np.isnan(days)).any() else float("nan")


def _told(run: Run, found: Table[Any], names: tuple[str, ...]) -> Moved:
    """The partitions' rows as one."""
    sums: dict[tuple[str, str, str], int] = {}
    day = np.nan
    if found.columns:
        columns = [found.values(name) for name in ("decided", "before", "after", "number", "day")]
        held = [[(*one.words, "")[at] for at in one.at.tolist()] for one in columns]
        for name, before, after, number, when in zip(*held, strict=True):
            sums[name, before, after] = sums.get((name, before, after), 0) + int(number)
            day = np.fmax(day, float(when) if when != "" else np.nan)
    one = {status: sums.get(("", status, ""), 0) for status in ("both", "came", "gone")}
    money = tuple(sums.get(("", f"money_{name}", ""), 0) for name in (_LAST, _NOW))
    few = min(one["both"] + one["gone"], one["both"] + one["came"]) < FEWEST
    return Moved(
        None if np.isnan(day) else as_date(day),
        **one,
        flows={name: _flows(run, name, sums) for name in names},
        recent=None if few or not all(money) else (money[0], money[1]),
    )


def _flows(run: Run, name: str, sums: Mapping[tuple[str, str, str], int]) -> Flows:
    mine = {(before, after): n for (of, before, after), n in sorted(sums.items()) if of == name}
    met = [word for pair in mine for word in pair if word not in {_ABSENT, _UNKNOWN}]
    known = run.policy.words(name)
    words = (*(w for w in known if w in met), *sorted({*met} - {*known}))
    return Flows(
        (*words, *([_UNKNOWN] if any(_UNKNOWN in pair for pair in mine) else [])),
        {pair: n for pair, n in mine.items() if _ABSENT not in pair},
        {after: n for (before, after), n in mine.items() if before == _ABSENT},
        {before: n for (before, after), n in mine.items() if after == _ABSENT},
    )
