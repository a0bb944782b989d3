"""Why this owner: the rule, the points of each wish, who was dropped and who comes next."""

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.allocate.planning.outcome import LEFT, Outcome
from custseg.allocate.wishing.points import rounded
from custseg.labels import label, title
from custseg.reasons import Explanation, Reason, html_table


@attrs.frozen
class Term:
    """What one wish says about the chosen pair.

    Attributes:
        reason: The wish's reason.
        points: Its points, 0 to 1.
        weight: Its part of the whole; all parts add up to 1.

    >>> Term(Reason("stay", {"column": "owner"}), 1.0, 0.2).weight
    0.2
    """

    reason: Reason
    points: float
    weight: float


@attrs.frozen
class Candidate:
    """One representative as seen from one customer.

    Attributes:
        rep_id: The id as it was given.
        points: How well the two go together; ``None`` if not eligible.
        dropped: Why it could not be; ``None`` if it only had fewer points.

    >>> Candidate("R2", 0.4, Reason("rep_full", {"places": 10})).dropped.text()
    'all 10 places are taken'
    """

    rep_id: object
    points: float | None
    dropped: Reason | None


@attrs.frozen
class OwnerExplanation(Explanation):
    """Why one customer has this owner, or none.

    Attributes:
        terms: The wishes; ``points`` times ``weight`` add up to the points of the owner.
        candidates: All the others, the best first, with why they were dropped.

    >>> why = OwnerExplanation("owner", {"owner": "R1"}, (Reason("by_room"),))
    >>> print(why.text())
    owner: R1
      - nothing speaks for anybody: whoever has most room
    """

    terms: tuple[Term, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @property
    def runner_up(self) -> Candidate | None:
        """The next best who could have had the customer."""
        return next((c for c in self.candidates if c.dropped is None), None)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Show what the record holds.
        """
        following = self.runner_up
        return {
            **super().as_dict(values=values),
            "terms": [{**attrs.asdict(t), "reason": t.reason.as_dict()} for t in self.terms],
            "candidates": [
                {**attrs.asdict(c), "dropped": c.dropped and c.dropped.as_dict()}
                for c in self.candidates
            ],
            "runner_up": following and following.rep_id,
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the owner, the points, then every other candidate.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        lines = super().text(locale, values=values).splitlines()
        lines = lines[:1] if self.terms else lines
        lines += [f"  {t.points * t.weight:+.3f} {t.reason.text(locale)}" for t in self.terms]
        lines += [f"  {who}: {why}" for who, why in self._others(locale)]
        return "\n".join(lines)

    def _others(self, locale: str) -> list[tuple[object, str]]:
        fewer = label("allocate.fewer_points", locale)
        return [
            (
                candidate.rep_id,
                candidate.dropped.text(locale)
                if candidate.dropped
                else fewer.format(points=candidate.points),
            )
            for candidate in self.candidates
        ]

    def _repr_html_(self) -> str:
        heads = title("rep_id"), title("owner_reason")
        return super()._repr_html_() + html_table(heads, self._others("en"))


def explained(row: int, outcome: Outcome) -> OwnerExplanation:
    """Put one decision into words, from the wishes again and the places given.

    Args:
        row: The customer, in canonical order.
        outcome: What was found.
    """
    score, chosen = outcome.problem.score, int(outcome.at[row])
    codes = outcome.reasons()
    code = codes.words[int(codes.at[row])]
    found = [points[0] for points in score.terms(np.array([row]))]
    lead = int(outcome.lead[row])
    reason = score.wishes[lead].reason if lead >= 0 else Reason(code)
    owner = score.team.ids[chosen] if chosen >= 0 else None
    return OwnerExplanation(
        "owner",
        {"owner": owner, "owner_reason": code},
        (reason,),
        _terms(found, outcome, chosen) if chosen >= 0 else (),
        () if code == LEFT[0] else _candidates(found, outcome, chosen),
    )


def _terms(found: list[Floats], outcome: Outcome, chosen: int) -> tuple[Term, ...]:
    score = outcome.problem.score
    return tuple(
        Term(wish.reason, float(points[chosen]), float(part))
        for wish, points, part in zip(score.wishes, found, score.parts, strict=True)
    )


def _candidates(found: list[Floats], outcome: Outcome, chosen: int) -> tuple[Candidate, ...]:
    score = outcome.problem.score
    total = np.zeros(score.team.size)
    for part, points in zip(score.parts, found, strict=True):
        total += part * points
    total = rounded(total)
    order = np.argsort(-total, kind="stable").tolist()  # NaN last
    return tuple(
        Candidate(
            score.team.ids[rep],
            None if np.isnan(total[rep]) else float(total[rep]),
            _dropped(rep, found, outcome)
            or (Reason("exchange") if chosen >= 0 and total[rep] > total[chosen] else None),
        )
        for rep in order
        if rep != chosen
    )


def _dropped(rep: int, found: list[Floats], outcome: Outcome) -> Reason | None:
    """Why a representative could not have one more customer, or not this one."""
    places = outcome.problem.places
    for wish, points in zip(outcome.problem.score.wishes, found, strict=True):
        if np.isnan(points[rep]):
            return Reason("not_eligible", {**wish.reason.settings, "wish": wish.reason.code})
    if places.away[rep]:
        return Reason("rep_on_leave")
    if outcome.given[rep] >= places.hi[rep]:
        return Reason("rep_full", {"places": int(places.hi[rep])})
    return None
