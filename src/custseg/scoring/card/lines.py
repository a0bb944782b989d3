"""What an explanation of a score consists of: its lines, what would raise it, what to ask for."""

from typing import Literal, TypeAlias

import attrs

from custseg.labels import filled, heading, label, title
from custseg.reasons import Reason
from custseg.scoring.points import HUNDREDTHS
from custseg.showing import Shown

Line: TypeAlias = Literal["factor", "base", "limit"]


@attrs.frozen
class Part(Shown):
    """One line of a score.

    Attributes:
        factor: The factor; of a limit the group it belongs to, or ``score``.
        hundredths: What it adds, in whole hundredths of points.
        best: The most that it could add, in points; ``None`` of a limit.
        reason: Why, as a code with parameters.
        line: ``factor``; ``base``, where every customer starts; or ``limit``, what a least or
            a most changed.
        title: What reports call it; by default its label, or its name.

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
    title: str | None = None

    @property
    def points(self) -> float:
        """What it adds, in points."""
        return self.hundredths / HUNDREDTHS

    def named(self, locale: str = "en") -> str:
        """What reports call it, in a language."""
        called = title if self.line == "factor" else heading
        return self.title or called(self.factor, locale)

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The line, in a language; the value of the field only when asked."""
        most = (
            "" if self.best is None else label("score_most", locale).format(best=short(self.best))
        )
        why = self.reason.text(locale, values=values)
        return label("score_line", locale).format(
            name=self.named(locale), points=signed(self.points), most=most, why=why
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
class Raise(Shown):
    """What would lift a score to the next grade.

    Attributes:
        grade: The next better grade.
        points: Points that are lacking.
        by: Factors that are enough together, none of them to spare, and the points that each
            could still earn; empty where all of them are not enough.
        within: The group whose points are lacking, of a matrix of grades.

    >>> Raise("B", 0.45, (("interactions", 8.0),)).text()
    '0.45 points short of grade B; enough for it: interactions +8'
    """

    grade: str
    points: float
    by: tuple[tuple[str, float], ...]
    within: str | None = None

    def text(self, locale: str = "en") -> str:
        """One line, in a language."""
        how = ", ".join(f"{title(name, locale)} {signed(gain)}" for name, gain in self.by)
        code = "score_next" if self.by else "score_out_of_reach"
        if self.within is not None:
            code += "_in"
        return filled(
            label(code, locale),
            grade=label(self.grade, locale),
            points=short(self.points),
            group=heading(self.within or "score", locale),
            how=how,
        )


@attrs.frozen
class Ask:
    """A factor of which nothing is known, and what an answer would add.

    Attributes:
        factor: The factor.
        expected: Points that the answer of an average customer would add to the score.
        most: Points that the best answer would add.

    >>> Ask("satisfaction", 0.0, 5.0).most
    5.0
    """

    factor: str
    expected: float
    most: float


def short(points: float) -> str:
    """Points without needless digits.

    >>> short(64.0), short(0.45)
    ('64', '0.45')
    """
    return f"{points:.12g}"


def signed(points: float) -> str:
    """Points with their sign.

    >>> signed(8.0), signed(-0.5), signed(0.0)
    ('+8', '-0.5', '0')
    """
    return f"{points:+.12g}" if points else "0"
