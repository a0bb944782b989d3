"""What is wrong with each customer's owner, in arrays: nobody is moved."""

from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Ints
from custseg.allocate.planning.asking.problem import Problem
from custseg.allocate.planning.spec import Allocation
from custseg.allocate.rebalancing.asking.asked import present_column
from custseg.allocate.reviewing.settings import KINDS, ReviewRules
from custseg.allocate.wishing.points import Score
from custseg.frames import Table

_BLOCK: Final = 1 << 15


@attrs.frozen(eq=False)
class Seen:
    """Findings of every customer, in canonical order.

    Attributes:
        problem: Who looks after whom, and what the limits are.
        allocation: The wishes.
        rules: What counts as wrong.
        owner: The owner in the team, -1 for none of it.
        owners: The owner as it was given, among ``words``, -1 for nobody.
        words: All owners that are named.
        found: For each kind, the customers that have it.
        value: The value at risk, NaN where it is not known; ``None`` if none is read.
        skipped: Columns that are not there, so that what they tell is not judged.
        overdue: Days of silence beyond what the tier is promised, NaN where within it.
        away: Who of the team is on leave.
    """

    problem: Problem
    allocation: Allocation
    rules: ReviewRules
    owner: Index
    owners: Index
    words: tuple[str, ...]
    found: dict[str, Bools]
    value: Floats | None
    skipped: tuple[str, ...]
    overdue: Floats
    away: Bools

    @property
    def counts(self) -> Ints:
        """How many customers each of the team has."""
        return np.bincount(self.owner[self.owner >= 0], minlength=self.problem.score.team.size)


def seen(
    customers: Table[Any], problem: Problem, allocation: Allocation, rules: ReviewRules, away: Bools
) -> Seen:
    """Look at every customer.

    Args:
        customers: The customers.
        problem: Who looks after whom.
        allocation: The wishes.
        rules: What counts as wrong.
        away: Who of the team is on leave.
    """
    rows = problem.score.people.rows
    owner = problem.present
    if owner is None:
        owner = np.full(rows.size, -1, dtype=np.intp)
    said = _words(customers, present_column(allocation), rows)
    columns = (rules.tier, rules.contact_days, rules.complaints, rules.value)
    found = _owned(problem, owner, said.at, np.append(away, False)[owner])
    overdue = _contacts(customers, rows, rules, found)
    if rules.complaints in customers.columns:
        open_ = _numbers(customers, rules.complaints, rows) > 0
        found["open_complaint"] = open_
        found["complaint_unattended"] = open_ & ((owner < 0) | found["owner_on_leave"])
    unfit, off = _fit(problem, rules, owner)
    found["owner_not_eligible"] = unfit & ~problem.barred
    found["off_territory"] = off & ~problem.barred
    return Seen(
        problem,
        allocation,
        rules,
        owner,
        said.at,
        said.words,
        found,
        _numbers(customers, rules.value, rows) if rules.value in customers.columns else None,
        tuple(name for name in columns if name not in customers.columns),
        overdue,
        away,
    )


def _owned(problem: Problem, owner: Index, said: Index, gone: Bools) -> dict[str, Bools]:
    """What the owner alone tells."""
    found = {kind: np.zeros(owner.size, dtype=np.bool_) for kind in KINDS}
    none = said < 0
    found["uncovered"] = none & ~problem.barred
    found["orphaned"] = ~none & (owner < 0)
    found["not_to_assign"] = ~none & problem.barred
    found["owner_on_leave"] = gone
    found["in_overload"] = _overloaded(problem, owner)
    return found


def _words(customers: Table[Any], column: str, rows: Index) -> Codes:
    if column not in customers.columns:
        return Codes(np.full(rows.size, -1, dtype=np.intp), ())
    codes = cast("Codes", customers.read({column: "text"})[column])
    return Codes(codes.at[rows], codes.words)


def _numbers(customers: Table[Any], column: str, rows: Index) -> Floats:
    return np.asarray(customers.read({column: "number"})[column], dtype=np.float64)[rows]


def _contacts(
    customers: Table[Any], rows: Index, rules: ReviewRules, found: dict[str, Bools]
) -> Floats:
    """Silence: beyond what the tier is promised, beyond any limit, or from the first day on."""
    if rules.contact_days not in customers.columns:
        return np.full(rows.size, np.nan)
    since = _numbers(customers, rules.contact_days, rows)
    promised = np.full(rows.size, np.nan)
    if rules.tier in customers.columns:
        tier = _words(customers, rules.tier, rows)
        days = [float(rules.contact_within.get(word, np.nan)) for word in tier.words]
        promised = np.array([*days, np.nan])[tier.at]
    found["under_served"] = since > promised
    found["no_contact_known"] = np.isnan(since) & ~np.isnan(promised)
    found["unfollowed"] = since > rules.unfollowed
    return np.where(since > promised, since - promised, np.nan)


def _overloaded(problem: Problem, owner: Index) -> Bools:
    """Customers beyond what their owner may have: the last by priority."""
    out = np.zeros(owner.size, dtype=np.bool_)
    rows = np.flatnonzero(owner >= 0)
    order = rows[np.argsort(owner[rows], kind="stable")]
    who = owner[order]
    place = np.arange(order.size) - np.searchsorted(who, who)
    places = problem.places
    out[order] = place >= np.maximum(places.capacity - places.load, 0)[who]
    return out


def _fit(problem: Problem, rules: ReviewRules, owner: Index) -> tuple[Bools, Bools]:
    """Who may not have the owner, and who has one outside the territory."""
    unfit, off = np.zeros((2, owner.size), dtype=np.bool_)
    rows = np.flatnonzero(owner >= 0)
    strict = [wish.reason.code in rules.territory for wish in problem.score.wishes]
    for score, marks in _scores(problem, strict):
        for start in range(0, rows.size, _BLOCK):
            some = rows[start : start + _BLOCK]
            never, away = _judged(score, marks, some, owner[some])
            unfit[some] |= never
            off[some] |= away
    ruled = problem.ruled
    if ruled is not None:
        unfit[rows] |= ~ruled.open[ruled.at[rows], owner[rows]]
    return unfit, off


def _judged(score: Score, marks: list[bool], rows: Index, owner: Index) -> tuple[Bools, Bools]:
    """Who may never have the owner, and whose owner meets no territory though somebody does."""
    each, hits = np.arange(rows.size), np.zeros(rows.size)
    unfit, covered = np.zeros((2, rows.size), dtype=np.bool_)
    for territory, points in zip(marks, score.terms(rows), strict=True):
        got = points[each, owner]
        unfit |= np.isnan(got)
        if territory:
            covered |= np.nan_to_num(points).max(axis=1) > 0
            hits = np.maximum(hits, np.nan_to_num(got))
    return unfit, covered & (hits == 0)


def _scores(problem: Problem, strict: list[bool]) -> list[tuple[Score, list[bool]]]:
    found = [(problem.score, strict)]
    if problem.gates is not None:
        found.append((problem.gates, [False] * len(problem.gates.wishes)))
    return found
