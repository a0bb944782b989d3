"""What returns to the pool on a day, what is spared and why, who is to be reminded."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Days, Index
from custseg.allocate.pooling.recycling.sea import Reach, Sea
from custseg.allocate.pooling.terms.daycount import as_date
from custseg.allocate.pooling.terms.events import AT, RECYCLED, WHY, happened
from custseg.allocate.pooling.terms.naming import DUE, IN_POOL, POOL, REASON, REMIND, STATE, STATES
from custseg.frames import Attachable, Table, Tabled
from custseg.labels import filled, heading, label, title
from custseg.layout import html_table

T = TypeVar("T")


@attrs.frozen(eq=False, repr=False)
class Recycled(Tabled, Generic[T]):
    """The customers of the pools on a day.

    Attributes:
        table: The customers, as the kind they came, with ``pool``, ``in_pool`` (in the pool, or
            due to be put there), ``pool_state``, ``pool_reason``, ``returns_on`` (if nothing
            happens), ``remind_on`` and ``protected_until``. Owners are as they were.
        sea: The same in arrays.
        given: The customers as they came.
        reach: The pools, the names and the day.

    >>> from custseg.allocate import NoFollowUp, Pool
    >>> people = [
    ...     {"customer_id": 1, "owner": "A", "received_at": "2026-01-05", "won": 0},
    ...     {"customer_id": 2, "owner": None, "received_at": None, "won": 0},
    ... ]
    >>> done = Pool(clocks=[NoFollowUp(30)]).recycle(
    ...     [{**one, "last_follow_up": None} for one in people], "2026-06-30"
    ... )
    >>> [(row["pool_state"], str(row["returns_on"])) for row in done.table]
    [('due', '2026-02-05'), ('in_pool', 'None')]
    >>> [(row["owner"], row["previous_owner"]) for row in done.released]
    [(None, 'A'), (None, None)]
    """

    table: T
    sea: Sea
    given: Table[Any]
    reach: Reach

    @classmethod
    def of(cls, sea: Sea, given: Table[Any], reach: Reach) -> "Recycled[Any]":
        """Attach what was found."""
        return cls(given.attach(found_columns(sea, reach)), sea, given, reach)

    def __repr__(self) -> str:
        """The first line."""
        return f"<Recycled: {self.text().splitlines()[0]}>"

    def rows(self, state: str) -> T:
        """The customers in a state, with all columns.

        Args:
            state: ``in_pool``, ``due``, ``remind``, ``exempt``, ``private`` or ``unknown``.
        """
        return cast("T", frames.table(self.table).take(self.sea.within(state)))

    @property
    def due(self) -> T:
        """The customers that return to the pool."""
        return self.rows(DUE)

    @property
    def exempt(self) -> T:
        """The customers that would return, or might, but for what ``pool_reason`` says."""
        return self.rows("exempt")

    @property
    def reminders(self) -> T:
        """The customers whose owners are to be reminded."""
        return self.rows(REMIND)

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """State -> reason -> how many."""
        size = len(self.sea.words)
        found = np.bincount(self.sea.state * size + self.sea.reason, minlength=len(STATES) * size)
        table = found.reshape(len(STATES), size).tolist()
        return {
            state: {word: n for word, n in zip(self.sea.words, row, strict=True) if n}
            for state, row in zip(STATES, table, strict=True)
            if any(row)
        }

    @property
    def by_level(self) -> Mapping[str, Mapping[str, int]]:
        """Clock -> customer level -> how many return; empty where there is no such column."""
        name = self.reach.names.level
        if name not in self.given.columns:
            return {}
        levels = cast("Codes", self.given.read({name: "text"})[name])
        rows = self.sea.within(DUE)
        width = len(levels.words) + 1
        pairs = self.sea.reason[rows] * width + levels.at[rows] + 1
        words = ("", *levels.words)
        out: dict[str, dict[str, int]] = {}
        found, times = np.unique(pairs, return_counts=True)
        for pair, many in zip(_listed(found), _listed(times), strict=True):
            clock = self.sea.words[pair // width]
            out.setdefault(clock, {})[words[pair % width]] = many
        return {clock: dict(sorted(held.items())) for clock, held in sorted(out.items())}

    @property
    def released(self) -> T:
        """The customers after the return: who is due has no owner, and a previous one."""
        names, rows = self.reach.names, self.sea.within(DUE)
        owners = self.given.keys(names.owner)
        left = np.array(owners.at)
        left[rows] = -1
        before = np.full(left.size, -1, dtype=np.intp)
        if names.previous_owner in self.given.columns:
            former = self.given.keys(names.previous_owner)
            known = [*owners.ids(), *former.ids()]
            before = np.where(former.at < 0, -1, former.at + len(owners.ids()))
        else:
            known = owners.ids()
        before[rows] = owners.at[rows]
        new = {names.owner: _ids(left, owners.ids()), names.previous_owner: _ids(before, known)}
        return cast("T", self.given.attach(new))

    @property
    def events(self) -> T:
        """Rows for the owner history: one for each customer that returns."""
        names, rows = self.reach.names, self.sea.within(DUE)
        keys, owners = self.given.keys(names.customer_id), self.given.keys(names.owner)
        pools = [self.reach.pools[place].name for place in _listed(self.sea.pool[rows])]
        columns = happened(
            names.customer_id,
            _ids(keys.at[rows], keys.ids()),
            _ids(owners.at[rows], owners.ids()),
            RECYCLED,
        )
        why = Codes(self.sea.reason[rows], self.sea.words, plain=True)
        at = Days(np.full(rows.size, self.reach.as_of))
        return cast("T", self.given.build({**columns, AT: at, POOL: pools, WHY: why}))

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "as_of": as_date(self.reach.as_of).isoformat(),
            "counts": {state: dict(held) for state, held in self.counts.items()},
            "by_level": {clock: dict(held) for clock, held in self.by_level.items()},
            "future_dates": dict(self.sea.future),
            "unknown": dict(self.sea.unsure),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: how many return, who is spared and why, what is not known.

        Args:
            locale: ``en`` or ``zh``.
        """
        counts = self.counts
        many = {state: sum(counts.get(state, {}).values()) for state in STATES}
        day = as_date(self.reach.as_of).isoformat()
        lines = [label("pool.summary", locale).format_map({**many, "as_of": day})]
        for state in STATES:
            held = sorted(counts.get(state, {}).items(), key=lambda item: (-item[1], item[0]))
            if state in {"private", IN_POOL}:
                continue
            lines += [f"  - {heading(state, locale)}: {heading(c, locale)} {n}" for c, n in held]
        for name, n in self.sea.future.items():
            told = label("pool.future", locale)
            lines.append(f"  - {filled(told, column=title(name, locale), count=n)}")
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = (title(STATE, locale), title(REASON, locale), title("customers", locale))
        rows = [
            (heading(state, locale), heading(code, locale), n)
            for state, held in self.counts.items()
            for code, n in held.items()
        ]
        return html_table(heads, rows)


def found_columns(sea: Sea, reach: Reach) -> dict[str, Attachable]:
    """The columns that pools add.

    Args:
        sea: Where each customer stands.
        reach: The pools, the names and the day.
    """
    names = pool_names(reach)
    places = [*(names.index(pool.name) for pool in reach.pools), -1]
    return {
        POOL: Codes(np.array(places, dtype=np.intp)[sea.pool], names),
        IN_POOL: np.isin(sea.state, [STATES.index(IN_POOL), STATES.index(DUE)]),
        STATE: Codes(sea.state, STATES),
        REASON: Codes(sea.reason, sea.words),
        "returns_on": Days(sea.returns),
        "remind_on": Days(sea.reminds),
        "protected_until": Days(sea.until),
    }


def pool_names(reach: Reach) -> tuple[str, ...]:
    """The names of the pools, in order."""
    return tuple(dict.fromkeys(pool.name for pool in reach.pools))


def _listed(column: Index) -> list[int]:
    return cast("list[int]", column.tolist())


def _ids(at: Index, known: list[object]) -> Attachable:
    """Ids as they were given, ``None`` where there is none."""
    if all(isinstance(one, str) for one in known):
        words = tuple(dict.fromkeys(cast("list[str]", known)))
        place = {word: i for i, word in enumerate(words)}
        table = np.array([*(place[cast("str", one)] for one in known), -1], dtype=np.intp)
        return Codes(table[at], words, plain=True)
    some = [*known, None]
    return [some[place] for place in at.tolist()]
