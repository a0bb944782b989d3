"""Which way does a customer's score go, and is it far enough for another grade?"""

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import Condition, F, Ladder, Line, Rule, Scaled, Sum
from custseg.scoring.card.grades import Grades
from custseg.scoring.points import HUNDREDTHS, check_finite

TRENDS: Final = ("down", "steady", "up")
_FAR: Final = 1e7
"""Scores beyond are not told apart."""


@attrs.frozen
class GradeReview(RowModel):
    """Grades that do not flap: a score has to pass an edge by a margin to change the grade.

    A better grade needs ``margin`` points more than its edge, and a grade is kept until the score
    is ``margin`` points below its edge. Who had no grade is graded by the edges alone. It reads
    the scores that a card gave now and at the last review, and adds

    - ``grade``: the grade that stands now;
    - ``score_change``: points since the last review; null where there was none;
    - ``grade_trend``: ``up``, ``steady`` or ``down`` from the last grade; null where there was
      none.

    Attributes:
        grades: The scale.
        margin: Points by which an edge has to be passed.
        score: The column of the score.
        previous: The column of the score at the last review.
        held: The column of the grade at the last review.

    Raises:
        ConfigError: The margin is below 0 or not finite.

    >>> review = GradeReview(Grades((80, 60, 40)), margin=3)
    >>> now = {"score": 81.5, "score_previous": 79.0, "grade_previous": "B"}
    >>> said = review.one(now)
    >>> said["grade"], said["score_change"], said["grade_trend"]
    ('B', 2.5, 'steady')
    >>> print(review.explain(now).text())
    grade: B
      - the better grade A begins at 80, and takes 3 more
      - grade B begins at 60, and is lost 3 below that
    """

    grades: Grades = attrs.field(factory=Grades)
    margin: float = attrs.field(default=2.0, converter=float, kw_only=True)
    score: str = attrs.field(default="score", kw_only=True)
    previous: str = attrs.field(default="score_previous", kw_only=True)
    held: str = attrs.field(default="grade_previous", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the margin."""
        check_finite("margin", self.margin)
        if self.margin < 0:
            msg = f"margin must not be below 0, got {self.margin}"
            raise ConfigError(msg)

    def fit(self, data: object = (), /) -> "GradeReview":  # noqa: ARG002 - it learns nothing
        """Give the review itself: it learns nothing.

        >>> GradeReview().fit([]) == GradeReview()
        True
        """
        return self

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        names = self.grades.names
        steps = tuple((self._stands(name), name) for name in names)
        return {
            "grade": Ladder(steps, None, words=names[::-1]),
            "score_change": self._change(),
            "grade_trend": Ladder(tuple(self._moves()), None, words=TRENDS),
        }

    def explain(self, record: Mapping[str, object]) -> Explanation:
        """Why the grade stands: which edge is next, and how far it has to be passed.

        Args:
            record: One customer, with the scores and the grade of the last review.
        """
        said = self.one(record)
        decision = {name: said[name] for name in self.gives}
        return Explanation("grade", decision, tuple(self._why(said)))

    def _why(self, said: Mapping[str, object]) -> Iterator[Reason]:
        names, grade = self.grades.names, said["grade"]
        if grade is None:
            yield Reason("score_unknown")
            return
        place, kept = names.index(str(grade)), said[self.held] in self.grades.names
        margin = self.margin if kept else 0.0
        if place:
            edge = self.grades.edges[place - 1]
            better = {"state": names[place - 1], "edge": edge, "margin": margin}
            yield Reason("grade_up_at" if margin else "grade_from", better)
        if place < len(self.grades.edges):
            edge = self.grades.edges[place]
            yield Reason("grade_held_to", {"state": grade, "edge": edge, "margin": margin})

    def _stands(self, name: str) -> Condition:
        """A score that is enough for a grade, given the one before."""
        names, score, held = self.grades.names, F(self.score), F(self.held)
        place = names.index(name)
        if place == len(self.grades.edges):
            return score.is_present()
        edge = self.grades.edges[place]
        known = held.one_of(*names)
        risen = held.one_of(*names[place + 1 :]) & (score >= edge + self.margin)
        kept = held.one_of(*names[: place + 1]) & (score >= edge - self.margin)
        fresh = (held.is_missing() | ~known) & (score >= edge)
        return risen | kept | fresh

    def _change(self) -> Rule:
        """Points since the last review, to the hundredth."""
        known = F(self.score).is_present() & F(self.previous).is_present()
        far = _FAR * HUNDREDTHS
        now = Line(self.score, ((-_FAR, -int(far)), (0.0, 0), (_FAR, int(far))))
        before = Line(self.previous, ((-_FAR, int(far)), (0.0, 0), (_FAR, -int(far))))
        both = Ladder(((known, 0),), None)
        return Scaled(Sum((now, before, both)), float(HUNDREDTHS))

    def _moves(self) -> Iterator[tuple[Condition, str]]:
        """From each grade: up where the better one is reached, down where its own is lost."""
        names, score = self.grades.names, F(self.score)
        for place, name in enumerate(names):
            here = F(self.held) == name
            if place:
                yield here & (score >= self.grades.edges[place - 1] + self.margin), "up"
            if place < len(self.grades.edges):
                yield here & (score < self.grades.edges[place] - self.margin), "down"
        yield F(self.held).one_of(*names) & score.is_present(), "steady"
