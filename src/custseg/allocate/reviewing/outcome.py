"""The answer of a review: findings by kind and by representative; nobody is moved."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.allocate.planning.telling.evenness import Fairness, fairness
from custseg.allocate.reviewing.finding import Finding, LoadFinding, RepReview, WorstCase
from custseg.allocate.reviewing.seen import Seen
from custseg.allocate.reviewing.settings import KINDS
from custseg.frames import Tabled
from custseg.labels import filled, label, title
from custseg.layout import html_table
from custseg.reasons import Reason

T = TypeVar("T")
_SEPARATOR = ";"
_MOST = 12
_CLOSE = 1e-6


@attrs.frozen(eq=False, repr=False)
class Review(Tabled, Generic[T]):
    """What is wrong with who looks after whom.

    Attributes:
        table: The customers, as the kind they came, with ``finding`` (the most urgent),
            ``findings`` (all of them, separated by ``;``) and ``contact_overdue_days``.
        seen: The same in arrays.
        results: Results of each representative, by column.

    >>> from custseg.allocate import review
    >>> people = [{"customer_id": "a", "owner": "R1"}, {"customer_id": "b", "owner": None}]
    >>> found = review(people, [{"rep_id": "R1", "capacity": 5}], "2026-06-30")
    >>> [(one.kind, one.customers) for one in found.findings]
    [('uncovered', 1)]
    >>> [row["finding"] for row in found.table]
    [None, 'uncovered']
    """

    table: T
    seen: Seen
    results: Mapping[str, Floats]

    def __repr__(self) -> str:
        """The first line."""
        return f"<Review: {self.text().splitlines()[0]}>"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, the most urgent first; kinds without a customer are left out."""
        return tuple(
            self._finding(kind, rows)
            for kind in KINDS
            if (rows := np.flatnonzero(self.seen.found[kind])).size
        )

    @cached_property
    def reps(self) -> tuple[RepReview, ...]:
        """Each representative as it stands, by id."""
        return tuple(self._rep(at) for at in range(self.seen.problem.score.team.size))

    @property
    def loads(self) -> tuple[LoadFinding, ...]:
        """Loads of the allocation (value, hours, VIPs) that are outside their limits now."""
        loads = self.seen.problem.loads
        if loads is None:
            return ()
        return tuple(
            LoadFinding(loads.names[r], group, float(held), float(least), float(most))
            for r, carried in enumerate(loads.held(self.seen.owner))
            for group, held, least, most in zip(
                loads.groups[r], carried, loads.lo[r], loads.hi[r], strict=True
            )
            if held > most + _CLOSE or held < least - _CLOSE
        )

    @property
    def load(self) -> Fairness:
        """How evenly customers lie on the team, against capacities where all have one."""
        rooms = [rep.capacity for rep in self.reps]
        known = [float(room) for room in rooms if room is not None]
        return fairness(
            [rep.customers for rep in self.reps], known if len(known) == len(rooms) else None
        )

    @property
    def totals(self) -> Mapping[str, object]:
        """Counts of the whole."""
        some = np.logical_or.reduce([self.seen.found[kind] for kind in KINDS])
        states = [rep.state for rep in self.reps]
        return {
            "customers": int(self.seen.owner.size),
            "with_findings": int(some.sum()),
            "reps": len(states),
            "states": {state: states.count(state) for state in sorted(set(states))},
            "gini": self.load.gini,
            "not_judged": list(self.seen.skipped),
        }

    def of(self, rep_id: object) -> RepReview | None:
        """One representative; ``None`` if there is no such.

        Args:
            rep_id: The id as it was given.
        """
        return next((rep for rep in self.reps if rep.rep_id == rep_id), None)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON: totals, findings and representatives."""
        return {
            "totals": dict(self.totals),
            "findings": [finding.as_dict() for finding in self.findings],
            "reps": [rep.as_dict() for rep in self.reps],
            "loads": [attrs.asdict(load) for load in self.loads],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the findings, then the representatives who have any.

        Args:
            locale: ``en`` or ``zh``.
        """
        lines = [filled(label("review.summary", locale), **self.totals)]
        lines += [f"  - {finding.text(locale)}" for finding in self.findings]
        if self.seen.skipped:
            lines.append(
                "  " + label("review.skipped", locale).format(columns=", ".join(self.seen.skipped))
            )
        lines += [f"  {load.text(locale)}" for load in self.loads]
        shown = [rep for rep in self.reps if rep.findings or rep.state != "ok"]
        return "\n".join(lines + [f"  {rep.text(locale)}" for rep in shown])

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        from html import escape  # noqa: PLC0415 - loaded where it is used

        head = escape(self.text(locale).splitlines()[0])
        kinds = [(f.reason.text(locale), f.customers, f.value) for f in self.findings]
        names = (
            title("finding", locale),
            title("customers", locale),
            title(self.seen.rules.value, locale),
        )
        reps = [
            (
                r.rep_id,
                r.customers,
                r.capacity,
                label(f"review.{r.state}", locale),
                sum(r.findings.values()),
            )
            for r in self.reps[:_MOST]
        ]
        team = [title(n, locale) for n in ("rep_id", "customers", "capacity", "state", "findings")]
        return f"<p>{head}</p>{html_table(names, kinds)}{html_table(team, reps)}"

    def _finding(self, kind: str, rows: Index) -> Finding:
        seen = self.seen
        ids = seen.problem.score.people.ids
        worth = np.zeros(rows.size) if seen.value is None else seen.value[rows]
        order = np.lexsort((rows, np.where(np.isnan(worth), np.inf, -worth)))
        worst = tuple(
            WorstCase(
                ids[row],
                None if seen.owners[row] < 0 else self._owner(int(row)),
                None if seen.value is None or np.isnan(seen.value[row]) else float(seen.value[row]),
            )
            for row in rows[order[: seen.rules.worst]].tolist()
        )
        return Finding(_reason(kind, seen), int(rows.size), _summed(seen.value, rows), worst)

    def _owner(self, row: int) -> object:
        at = int(self.seen.owner[row])
        team = self.seen.problem.score.team.ids
        return team[at] if at >= 0 else self.seen.words[int(self.seen.owners[row])]

    def _rep(self, at: int) -> RepReview:
        seen = self.seen
        places, mine = seen.problem.places, seen.owner == at
        held = int(seen.counts[at]) + int(places.load[at])
        room = float(places.capacity[at])
        capacity = None if np.isinf(room) else int(room)
        counts = {kind: int((seen.found[kind] & mine).sum()) for kind in KINDS}
        return RepReview(
            seen.problem.score.team.ids[at],
            held,
            capacity,
            round(held / capacity, 4) if capacity else None,
            _summed(seen.value, np.flatnonzero(mine)),
            self._state(at, held, capacity),
            {kind: count for kind, count in counts.items() if count},
            {name: round(float(x[at]), 4) for name, x in self.results.items() if x[at] == x[at]},
        )

    def _state(self, at: int, held: int, capacity: int | None) -> str:
        places = self.seen.problem.places
        if self.seen.away[at]:
            return "on_leave"
        if capacity is not None and held > capacity:
            return "overloaded"
        if held - int(places.load[at]) < int(places.lo[at]):
            return "below_minimum"
        if capacity and held < self.seen.rules.underload * capacity:
            return "underloaded"
        return "ok"


def _reason(kind: str, seen: Seen) -> Reason:
    rules = seen.rules
    settings: dict[str, dict[str, object]] = {
        "unfollowed": {"days": rules.unfollowed},
        "under_served": {
            "promised": ", ".join(f"{tier} {n}" for tier, n in rules.contact_within.items())
        },
    }
    return Reason(kind, settings.get(kind, {}))


def _summed(value: Floats | None, rows: Index) -> float | None:
    if value is None:
        return None
    known = value[rows]
    return float(np.sort(known[~np.isnan(known)]).sum())


def finding_columns(seen: Seen, overdue: Floats) -> dict[str, Any]:
    """The columns of the findings, in the order of the caller's rows.

    Args:
        seen: The findings.
        overdue: Days beyond what the tier is promised, NaN for none.
    """
    rows = seen.problem.score.people.rows
    bits = np.zeros(rows.size, dtype=np.int64)
    for k, kind in enumerate(KINDS):
        bits |= seen.found[kind].astype(np.int64) << k
    masks, at = np.unique(bits, return_inverse=True)
    named: list[Sequence[str]] = [
        [kind for k, kind in enumerate(KINDS) if int(mask) >> k & 1] for mask in masks.tolist()
    ]
    first = [KINDS.index(some[0]) if some else -1 for some in named]
    joined = tuple(_SEPARATOR.join(some) for some in named)
    back = np.empty_like(rows)
    back[rows] = np.arange(rows.size)
    whole = np.where([bool(some) for some in named], np.arange(len(named)), -1)
    return {
        "finding": Codes(np.array(first, dtype=np.intp)[at][back], KINDS, plain=True),
        "findings": Codes(whole[at][back], joined, plain=True),
        "contact_overdue_days": overdue[back],
    }
