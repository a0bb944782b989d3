"""One decision put into words, from the wishes again and the places and prices found."""

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.allocate.planning.telling.outcome import LEFT, Outcome
from custseg.allocate.planning.telling.why import Candidate, Flip, OwnerExplanation, Term, Turn
from custseg.allocate.wishing.points import added
from custseg.reasons import Reason

_DIGITS = 9
_HAIR = 1e-9


def explained(row: int, outcome: Outcome) -> OwnerExplanation:
    """Say why one customer has its owner, or none.

    Args:
        row: The customer, in canonical order.
        outcome: What was found.
    """
    score, chosen = outcome.problem.score, int(outcome.at[row])
    codes = outcome.reasons()
    code = codes.words[int(codes.at[row])]
    view = _View.of(row, outcome)
    lead = int(outcome.lead[row])
    wish = score.wishes[lead].reason if lead >= 0 else None
    reason = wish if wish is not None and wish.code == code else Reason(code)
    owner = score.team.ids[chosen] if chosen >= 0 else None
    others = () if code == LEFT[0] else view.candidates()
    return OwnerExplanation(
        "owner",
        {"owner": owner, "owner_reason": code},
        (reason,),
        view.terms() if chosen >= 0 else (),
        others,
        rule=_rule(row, outcome),
        price=view.price(chosen) if chosen >= 0 else None,
        flip=view.flip(),
        priority=tuple(Turn(why, worth) for why, worth in outcome.problem.urgency(row)),
    )


@attrs.frozen(eq=False)
class _View:
    """All representatives as seen from one customer.

    Attributes:
        row: The customer.
        outcome: What was found.
        found: The points of each wish with each of them.
        total: The points in all, NaN where the pair is not eligible.
        prices: What a place with each is worth to others; ``None`` if that is not known.
        refused: Why a pair is not eligible.
    """

    row: int
    outcome: Outcome
    found: list[Floats]
    total: Floats
    prices: Floats | None
    refused: list[Reason | None]

    @classmethod
    def of(cls, row: int, outcome: Outcome) -> "_View":
        score = outcome.problem.score
        found = [points[0] for points in score.terms(np.array([row]))]
        refused = _refused(row, outcome, found)
        total = np.zeros(score.team.size) + added(score.parts, found)
        total[[reason is not None for reason in refused]] = np.nan
        return cls(row, outcome, found, total, _prices(row, outcome), refused)

    @property
    def chosen(self) -> int:
        return int(self.outcome.at[self.row])

    def price(self, rep: int) -> float | None:
        """``None`` also beyond all points: then places bring owners, not points."""
        if self.prices is None or abs(self.prices[rep]) > 1:
            return None
        return round(float(self.prices[rep]), _DIGITS)

    def terms(self) -> tuple[Term, ...]:
        score = self.outcome.problem.score
        return tuple(
            Term(wish.reason, float(points[self.chosen]), float(part))
            for wish, points, part in zip(score.wishes, self.found, score.parts, strict=True)
        )

    def candidates(self) -> tuple[Candidate, ...]:
        near = 0.0 if self.prices is None else np.clip(self.prices, -1.0, 1.0)
        net = np.round(self.total - near, _DIGITS)
        ids = self.outcome.problem.score.team.ids
        order = np.argsort(-net, kind="stable").tolist()  # NaN last
        found = [
            Candidate(
                ids[rep],
                None if np.isnan(self.total[rep]) else float(self.total[rep]),
                self._dropped(rep),
                self.price(rep),
            )
            for rep in order
            if rep != self.chosen
        ]
        return tuple(sorted(found, key=lambda one: not one.could))  # stable: by points within

    def flip(self) -> Flip | None:
        """Whom the least gain in fit would give the customer, and how much that is."""
        far, own = self.outcome.detours, self.chosen
        if far is None or own < 0 or np.isnan(self.total[own]) or self._locked:
            return None
        short: Floats = np.asarray(self.total[own] - self.total + far[:, own]).round(_DIGITS)
        short[own] = np.nan
        short[~np.isfinite(short)] = np.nan
        if np.isnan(short).all():
            return None
        rep = int(np.nanargmin(short))
        return Flip(self.outcome.problem.score.team.ids[rep], max(float(short[rep]), 0.0))

    @property
    def family(self) -> Index:
        """Who moves with this customer, itself among them."""
        problem = self.outcome.problem
        if problem.families is None:
            return np.array([self.row])
        kin = problem.families == problem.families[self.row]
        return np.flatnonzero(kin & (self.outcome.at == self.chosen) & ~problem.barred)

    @property
    def _locked(self) -> bool:
        locked = self.outcome.problem.locked
        return locked is not None and bool(locked[self.row])

    def _dropped(self, rep: int) -> Reason | None:
        """Why a representative could not have one more customer, or not this one."""
        if self.refused[rep] is not None:
            return self.refused[rep]
        if self.outcome.problem.places.away[rep]:
            return Reason("rep_on_leave")
        full = self._no_room(rep)
        if full is not None or self.chosen >= 0:
            return full or self._passed(rep)
        return Reason("rep_free")

    def _passed(self, rep: int) -> Reason | None:
        """Why a representative who would fit better and has room was passed over."""
        if not self.total[rep] > self.total[self.chosen]:
            return None
        return Reason("exchange" if self.family.size == 1 else "family_elsewhere")

    def _no_room(self, rep: int) -> Reason | None:
        """Why this customer, with its family, has no room with a representative."""
        places = self.outcome.problem.places
        room, members = int(places.hi[rep] - self.outcome.given[rep]), self.family.size
        if room <= 0:
            return Reason("rep_full", {"places": int(places.hi[rep])})
        if room < members:
            return Reason("rep_small", {"places": room, "members": members})
        over = _overloaded(self.family, rep, self.outcome)
        return None if over is None else Reason("rep_overloaded", {"load": over})


def _overloaded(rows: Index, rep: int, outcome: Outcome) -> str | None:
    """The load of which a representative would carry too much with some more customers."""
    loads = outcome.problem.loads
    if loads is None:
        return None
    for k, held in enumerate(loads.held(outcome.at)):
        group, own = int(loads.group[k][rep]), outcome.at[rows]
        mine = (own >= 0) & (loads.group[k][own] == group)
        more = loads.weighed(k, rows[~mine], np.full(int((~mine).sum()), rep)).sum()
        if group >= 0 and held[group] + more > loads.hi[k][group] + _HAIR:
            return loads.names[k]
    return None


def _refused(row: int, outcome: Outcome, found: list[Floats]) -> list[Reason | None]:
    """Why each pair is not eligible: the rule, then gates, then wishes."""
    problem = outcome.problem
    size = problem.score.team.size
    out: list[Reason | None] = [None] * size
    ruled = problem.ruled
    if ruled is not None:
        decision = int(ruled.at[row])
        for rep in np.flatnonzero(~ruled.open[decision]).tolist():
            out[rep] = Reason("rule_excludes", {"rule": ruled.names[decision]})
    for score in (problem.gates, problem.score):
        if score is None:
            continue
        some = found if score is problem.score else [p[0] for p in score.terms(np.array([row]))]
        for wish, points in zip(score.wishes, some, strict=True):
            for rep in np.flatnonzero(np.isnan(points)).tolist():
                why = {**wish.reason.settings, "wish": wish.reason.code}
                out[rep] = out[rep] or Reason("not_eligible", why)
    return out


def _rule(row: int, outcome: Outcome) -> str | None:
    ruled = outcome.problem.ruled
    return None if ruled is None else str(ruled.names[int(ruled.at[row])])


def _prices(row: int, outcome: Outcome) -> Floats | None:
    """What this customer takes with each: a place, and its weight in every load."""
    solution, problem = outcome.solution, outcome.problem
    if solution.bound is None:
        return None
    prices = np.array(solution.prices, dtype=np.float64)
    loads, wanted = problem.loads, problem.places.lo > 0
    if loads is not None:
        reps = np.arange(prices.size)
        for k, worth in enumerate(solution.load_prices):
            group = loads.group[k]
            weight = loads.weighed(k, np.full(prices.size, row), reps)
            prices += np.where(group >= 0, weight * worth[group], 0.0)
            wanted |= (group >= 0) & (loads.lo[k][group] > 0)
    return np.where(wanted, prices, np.maximum(prices, 0.0))  # nobody is paid without a minimum
