"""Why this owner: the rule, the points of each wish, who was dropped and what would change it."""

from typing import Final

import attrs

from custseg.labels import label, title
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason
from custseg.showing import Shown

_MOST: Final = 12
_SCARCE: Final = frozenset({"rep_full", "rep_overloaded", "exchange", "family_elsewhere"})


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
class Candidate(Shown):
    """One representative as seen from one customer.

    Attributes:
        rep_id: The id as it was given.
        points: How well the two go together; ``None`` if not eligible.
        dropped: Why it could not be; ``None`` if it only had fewer points.
        price: What this customer would take from others there, in points; ``None`` where the
            solver knows no prices.

    >>> Candidate("R2", 0.4, Reason("rep_full", {"places": 10})).dropped.text()
    'all 10 places are taken'
    """

    rep_id: object
    points: float | None
    dropped: Reason | None
    price: float | None = None

    @property
    def net(self) -> float | None:
        """The points less the price: whoever has most is the owner."""
        return None if self.points is None else round(self.points - (self.price or 0.0), 9)

    @property
    def could(self) -> bool:
        """Whether points or places alone stand in the way."""
        return self.dropped is None or (self.price is not None and self.dropped.code in _SCARCE)

    def text(self, locale: str = "en") -> str:
        """One line to read, without the id.

        Args:
            locale: ``en`` or ``zh``.
        """
        priced = bool(self.price) and self.points is not None
        if self.dropped is not None:
            said = self.dropped.text(locale)
        else:
            code = "allocate.fewer" if priced else "allocate.fewer_points"
            said = label(code, locale).format(points=self.points)
        if not priced:
            return said
        template = label("allocate.priced", locale)
        return template.format(said=said, points=self.points, price=self.price)


@attrs.frozen
class Flip(Shown):
    """The least that would give the customer to somebody else.

    Attributes:
        rep_id: To whom.
        by: By how many points that one would have to fit better, whoever else has to move for it;
            0: a tie.

    >>> Flip("R2", 0.05).text()
    'would go to R2 if it fitted 0.050 better'
    """

    rep_id: object
    by: float

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        code = "allocate.flip" if self.by else "allocate.tie"
        return label(code, locale).format(rep_id=self.rep_id, by=self.by)


@attrs.frozen
class Turn:
    """What one weighted part of the priority adds: the larger the sum, the earlier the turn.

    Attributes:
        reason: The part, such as open complaints.
        points: What it adds.

    >>> Turn(Reason("capacity_full"), 2.0).points
    2.0
    """

    reason: Reason
    points: float


@attrs.frozen
class OwnerExplanation(Explanation):
    """Why one customer has this owner, or none.

    Attributes:
        terms: The wishes; ``points`` times ``weight`` add up to the points of the owner.
        candidates: All the others, the best first, with why they were dropped.
        rule: The rule that decided who may look after the customer, if there are rules.
        price: What a place with the owner is worth to others, in points; ``None`` where the
            solver knows no prices.
        flip: What would give the customer to the runner-up; ``None`` where that is not known.
        priority: Why the customer came when it did, where priorities are weighed.

    >>> why = OwnerExplanation("owner", {"owner": "R1"}, (Reason("by_room"),))
    >>> print(why.text())
    owner: R1
      - nothing speaks for anybody: whoever has most room
    """

    terms: tuple[Term, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    rule: str | None = None
    price: float | None = None
    flip: Flip | None = None
    priority: tuple[Turn, ...] = ()

    @property
    def runner_up(self) -> Candidate | None:
        """The next best who could have had the customer."""
        return next((c for c in self.candidates if c.could), None)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Show what the record holds.
        """
        following = self.runner_up
        return {
            **super().as_dict(values=values),
            "rule": self.rule,
            "price": self.price,
            "terms": [{**attrs.asdict(t), "reason": t.reason.as_dict()} for t in self.terms],
            "candidates": [
                {**attrs.asdict(c), "dropped": c.dropped and c.dropped.as_dict()}
                for c in self.candidates
            ],
            "runner_up": following and following.rep_id,
            "flip": self.flip and attrs.asdict(self.flip),
            "priority": [{"reason": t.reason.as_dict(), "points": t.points} for t in self.priority],
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the owner, the rule, the points, every other candidate, what would flip.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        lines = super().text(locale, values=values).splitlines()
        told = {term.reason.code for term in self.terms}
        lines = lines[:1] if told & {reason.code for reason in self.reasons} else lines
        if self.rule is not None:
            lines.insert(
                1, "  " + label("allocate.by_rule", locale).format(rule=label(self.rule, locale))
            )
        held = [(t.points * t.weight, t.reason) for t in self.terms if t.points * t.weight]
        lines += [f"  {worth:+.3f} {reason.text(locale)}" for worth, reason in held]
        lines += [f"  {one.rep_id}: {one.text(locale)}" for one in self.candidates[:_MOST]]
        if len(self.candidates) > _MOST:
            more = label("allocate.more", locale)
            lines.append("  " + more.format(count=len(self.candidates) - _MOST))
        lines += [f"  {self.flip.text(locale)}"] if self.flip else []
        if self.priority:
            lines.append("  " + label("allocate.turn", locale))
            lines += [f"    {t.points:+.3f} {t.reason.text(locale)}" for t in self.priority]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        heads = title("rep_id", locale), title("owner_reason", locale)
        others = [(one.rep_id, one.text(locale)) for one in self.candidates]
        return super().html(locale) + html_table(heads, others)
