"""Pools of customers who stay in their engine: each row is judged there, counts come back."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Days, Index
from custseg.allocate.pooling.recycling.acting import acted_until
from custseg.allocate.pooling.recycling.recycled import Recycled, found_columns, pool_names
from custseg.allocate.pooling.recycling.sea import Reach, Sea, charted, opened
from custseg.allocate.pooling.terms.events import AT, EVENT, FROM, RECYCLED, TO, WHY
from custseg.allocate.pooling.terms.naming import DUE, POOL, REASON, STATE, STATES
from custseg.allocate.pooling.terms.settings import reasons
from custseg.allocate.wishing.columns import codes, numbers
from custseg.frames import Table, table
from custseg.frames.gather import first_known, gathered
from custseg.frames.parts import Share, by_customer, by_row, totals
from custseg.rules import F

_PEOPLE: Final = "customers"
_ACTS: Final = "activities"
_NAME: Final = "__custseg_name"
_COUNT: Final = "__custseg_count"
_FUTURE: Final = "future "
_UNSURE: Final = "unsure "


@attrs.frozen(eq=False)
class Judging:
    """Work on customers: where each stands in the pools.

    Attributes:
        reach: The pools, the names and the day.
        counts: Tell instead what was left out and what is not known, counted.
    """

    reach: Reach
    counts: bool = False

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """Ids with the columns of the pools; or counts."""
        people, acts = given[_PEOPLE], given.get(_ACTS)
        columns, size = opened(self.reach, people, acted=acts is not None)
        until, future = None, 0
        if acts is not None:
            columns, until, future = acted_until(self.reach, people, columns, acts)
        sea = charted(self.reach, columns, size, until)
        if not self.counts:
            ids = people.select([self.reach.names.customer_id])
            return ids.attach(found_columns(sea, self.reach))
        later = {**sea.future, AT: future}
        told = {_FUTURE + name: many for name, many in later.items() if many}
        told |= {_UNSURE + reason: many for reason, many in sea.unsure.items()}
        names = Codes(np.arange(len(told), dtype=np.intp), tuple(told), plain=True)
        return people.build({_NAME: names, _COUNT: np.array([*told.values()], dtype=np.int64)})


@attrs.frozen(eq=False)
class JudgingRows:
    """Work on rows: the same where nothing but the row is asked.

    Attributes:
        reach: The pools, the names and the day.
    """

    reach: Reach

    def __call__(self, rows: Table[Any]) -> object:
        """The columns of the pools, row for row."""
        columns, size = opened(self.reach, rows)
        return rows.build(found_columns(charted(self.reach, columns, size), self.reach))


@attrs.frozen(eq=False)
class Releasing:
    """Work on rows: owners after the return.

    Attributes:
        reach: The pools, the names and the day.
    """

    reach: Reach

    def __call__(self, rows: Table[Any]) -> object:
        """Who is due has no owner, and a previous one."""
        names = self.reach.names
        said = codes(rows.read({STATE: "text"}), STATE)
        due = said.recode((DUE,)) == 0
        own: Index = np.arange(due.size, dtype=np.intp)
        left = gathered(rows, names.owner, np.where(due, -1, own))
        gone = gathered(rows, names.owner, np.where(due, own, -1))
        if names.previous_owner in rows.columns:
            before = gathered(rows, names.previous_owner, np.where(due, -1, own))
            gone = first_known(table(rows.build({"gone": gone, "before": before})), _BOTH)
        return rows.build({names.owner: left, names.previous_owner: gone})


_BOTH: Final = ("gone", "before")


@attrs.frozen(eq=False)
class Telling:
    """Work on customers who are due: rows for the owner history.

    Attributes:
        reach: The pools, the names and the day.
    """

    reach: Reach

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a customer."""
        rows, names = given[_PEOPLE], self.reach.names
        every: Index = np.arange(rows.size, dtype=np.intp)
        read = rows.read({POOL: "text", REASON: "text"})
        return rows.build(
            {
                names.customer_id: gathered(rows, names.customer_id, every),
                AT: Days(np.full(rows.size, self.reach.as_of)),
                EVENT: Codes(np.zeros_like(every), (RECYCLED,), plain=True),
                FROM: gathered(rows, names.owner, every),
                TO: gathered(rows, names.owner, np.full_like(every, -1)),
                POOL: attrs.evolve(codes(read, POOL), plain=True),
                WHY: attrs.evolve(codes(read, REASON), plain=True),
            }
        )


@attrs.frozen(eq=False, repr=False)
class LazyRecycled(Recycled[Any]):
    """The customers of the pools on a day, in their engine: tables are lazy, counts are asked.

    ``sea`` holds no customer, only what was left out and what is not known.
    """

    def rows(self, state: str) -> Any:  # noqa: ANN401 - the caller's kind of table
        """The customers in a state, as a lazy table.

        Args:
            state: ``in_pool``, ``due``, ``remind``, ``exempt``, ``private`` or ``unknown``.
        """
        return table(self.table).where(F(STATE) == state)

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """State -> reason -> how many, counted by the engine."""
        found = self._counted((STATE, REASON))
        order = {state: place for place, state in enumerate(STATES)}
        out: dict[str, dict[str, int]] = {}
        for state, reason in sorted(found, key=lambda pair: (order[pair[0]], self._place(pair[1]))):
            out.setdefault(state, {})[reason] = found[state, reason]
        return out

    @property
    def by_level(self) -> Mapping[str, Mapping[str, int]]:
        """Clock -> customer level -> how many return, counted by the engine."""
        level = self.reach.names.level
        if level not in self.given.columns:
            return {}
        out: dict[str, dict[str, int]] = {}
        for (state, clock, word), many in sorted(self._counted((STATE, REASON, level)).items()):
            if state == DUE:
                out.setdefault(clock, {})[word] = many
        return out

    @property
    def released(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """The customers after the return, as a lazy table, with the columns of the pools."""
        names, there = self.reach.names, table(self.table)
        new = (names.owner, names.previous_owner)
        known = tuple(name for name in new if name in there.columns)
        work = Releasing(self.reach)
        return by_row(there, work, needs=(STATE, *known), replaces=known)

    @property
    def events(self) -> Any:  # noqa: ANN401 - the caller's kind of table
        """Rows for the owner history, as a lazy table."""
        names, due = self.reach.names, table(self.due)
        share = Share(due, names.customer_id, (names.customer_id, names.owner, POOL, REASON))
        return by_customer({_PEOPLE: share}, Telling(self.reach), like=_PEOPLE)

    def _counted(self, by: tuple[str, ...]) -> dict[Any, int]:
        found = table(self.table).counted(by)
        words = [codes(found.read({name: "text"}), name).texts() for name in by]
        many = numbers(found.read({"n": "number"}), "n").astype(np.int64).tolist()
        keys = zip(*([word or "" for word in some] for some in words), strict=True)
        return dict(zip(keys, many, strict=True))

    def _place(self, reason: str) -> int:
        return self.sea.words.index(reason)


def recycled_there(reach: Reach, given: Table[Any], activities: Table[Any] | None) -> LazyRecycled:
    """Say of the customers of a lazy table which return to which pool.

    Args:
        reach: The pools, the names and the day.
        given: One row a customer.
        activities: Follow-ups one by one; they meet their customers in the engine.
    """
    names = reach.names
    needs = reach.needs(given.columns)
    if activities is not None and names.followed not in given.columns:
        needs.pop(names.followed, None)
    # Without follow-ups nobody asks who is who: any column spreads the rows.
    key = names.customer_id if activities is not None else names.owner
    share = Share(given, key, tuple(needs))
    shares = {_PEOPLE: share}
    if activities is not None:
        shares[_ACTS] = Share(activities, names.customer_id, (AT,))
    words = {POOL: pool_names(reach), STATE: STATES, REASON: reasons(reach.pools)}
    if activities is None:
        native = by_row(given, JudgingRows(reach), needs=needs)
    else:
        judged = table(by_customer(shares, Judging(reach), like=_PEOPLE))
        native = given.joined(judged, names.customer_id, judged.columns[1:])
    made = table(native).labelled(words)
    return LazyRecycled(
        made, _unknown(totals(shares, Judging(reach, counts=True)), reach), given, reach
    )


def _unknown(found: Table[Any], reach: Reach) -> Sea:
    """What was left out and what is not known, added up over the parts; no customers."""
    said = codes(found.read({_NAME: "text"}), _NAME).texts()
    many = numbers(found.read({_COUNT: "number"}), _COUNT).astype(np.int64).tolist()
    sums: dict[str, int] = {}
    for name, count in zip(said, many, strict=True):
        sums[name or ""] = sums.get(name or "", 0) + count
    parts = [
        {name.removeprefix(kind): n for name, n in sorted(sums.items()) if name.startswith(kind)}
        for kind in (_FUTURE, _UNSURE)
    ]
    none, days = np.zeros(0, dtype=np.intp), np.zeros(0)
    return Sea(none, none, none, reasons(reach.pools), none, days, days, days, *parts)
