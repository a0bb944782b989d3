"""Why is the score what it is, and what would raise it?"""

from typing import Literal, TypeAlias

import attrs

from custseg.labels import label, title
from custseg.reasons import Explanation, Reason, html_table
from custseg.scoring.points import HUNDREDTHS

Line: TypeAlias = Literal["factor", "base", "limit"]


@attrs.frozen
class Part:
    """One line of a score.

    Attributes:
        factor: The factor; of a limit the group it belongs to, or ``score``.
        hundredths: What it adds, in whole hundredths of points.
        best: The most that it could add, in points; ``None`` of a limit.
        reason: Why, as a code with parameters.
        line: ``factor``; ``base``, where every customer starts; or ``limit``, what a least or
            a most changed.

    >>> part = Part("orders", 1250, 30.0, Reason("score_part"))
    >>> part.points
    12.5
    >>> part.text()
    'orders +12.5 (at most 30): earns a part'
    """

    factor: str
    hundredths: int
    best: float | None
    reason: Reason
    line: Line = "factor"

    @property
    def points(self) -> float:
        """What it adds, in points."""
        return self.hundredths / HUNDREDTHS

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The line, in a language; the value of the field only when asked."""
        most = (
            "" if self.best is None else label("score_most", locale).format(best=_short(self.best))
        )
        name, why = title(self.factor, locale), self.reason.text(locale, values=values)
        return label("score_line", locale).format(
            name=name, points=_signed(self.points), most=most, why=why
        )

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the value of the field only when asked."""
        return {
            "factor": self.factor,
            "points": self.points,
            "best": self.best,
            "line": self.line,
            "reason": self.reason.as_dict(values=values),
        }


@attrs.frozen
class Raise:
    """What would lift a score to the next grade.

    Attributes:
        grade: The next better grade.
        points: Points that are lacking.
        by: Factors that are enough together, none of them to spare, and the points that each
            could still earn; empty where all of them are not enough.

    >>> Raise("B", 0.45, (("interactions", 8.0),)).text()
    '0.45 points short of grade B; enough for it: interactions +8'
    """

    grade: str
    points: float
    by: tuple[tuple[str, float], ...]

    def text(self, locale: str = "en") -> str:
        """One line, in a language."""
        how = ", ".join(f"{title(name, locale)} {_signed(gain)}" for name, gain in self.by)
        code = "score_next" if self.by else "score_out_of_reach"
        return label(code, locale).format(
            grade=label(self.grade, locale), points=_short(self.points), how=how
        )


@attrs.frozen
class ScoreExplanation(Explanation):
    """Where the points of one record come from; they add up to the score exactly.

    Attributes:
        parts: The lines of the score: factors by their points, the weightiest first, then the
            base, then what limits changed.
        raises: What would lift it to the next grade; ``None`` of the best grade.
        ask: The factor of which nothing is known and that could add most, to ask for next.

    >>> from custseg.scoring import Scorecard
    >>> card = Scorecard.preset("customer", columns=["completeness", "complaints"])
    >>> why = card.explain({"completeness": None, "complaints": 2})
    >>> why.score, why.grade, why.ask
    (0.0, 'D', 'completeness')
    >>> [(part.factor, part.points) for part in why.parts]
    [('complaints', -10.0), ('completeness', 0.0), ('score_base', 8.5), ('score', 1.5)]
    """

    parts: tuple[Part, ...] = ()
    raises: Raise | None = None
    ask: str | None = None

    @property
    def score(self) -> float:
        """The score in points."""
        return sum(part.hundredths for part in self.parts) / HUNDREDTHS

    @property
    def grade(self) -> str:
        """The grade."""
        return str(self.decision["grade"])

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The score and its lines, in a language; values of fields only when asked."""
        head = label("score_head", locale).format(
            score=_short(self.score), grade=label(self.grade, locale)
        )
        lines = [head, *(f"  {part.text(locale, values=values)}" for part in self.parts)]
        if self.raises is not None:
            lines.append(self.raises.text(locale))
        if self.ask is not None:
            lines.append(label("score_ask", locale).format(name=title(self.ask, locale)))
        return "\n".join(lines)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON; values of fields only when asked."""
        return {
            "subject": self.subject,
            "decision": dict(self.decision),
            "parts": [part.as_dict(values=values) for part in self.parts],
            "raises": None if self.raises is None else attrs.asdict(self.raises),
            "ask": self.ask,
        }

    def _repr_html_(self) -> str:
        rows = [
            (title(part.factor), _signed(part.points), part.best, part.reason.text())
            for part in self.parts
        ]
        head = html_table(("score", "grade"), [(_short(self.score), self.grade)])
        return head + html_table(("factor", "points", "at most", "why"), rows)


def _short(points: float) -> str:
    return f"{points:.12g}"


def _signed(points: float) -> str:
    return f"{points:+.12g}" if points else "0"
