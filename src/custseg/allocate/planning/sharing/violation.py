"""What a plan had to break, because settings contradict one another."""

from collections.abc import Iterable

import attrs

from custseg.allocate.limiting.conflicting import ConflictingLimit
from custseg.allocate.planning.asking.problem import Problem
from custseg.labels import label
from custseg.reasons import Reason
from custseg.showing import Shown


@attrs.frozen
class Violation(Shown):
    """One thing that a plan could not keep.

    Attributes:
        reason: What was broken, with its numbers.
        reps: The representatives it is about, by id as given.
        customers: The customers it is about, by id as given.
        limits: The limits that contradict one another.

    >>> print(Violation(Reason("minimum_missed", {"needed": 5, "eligible": 3}), ("R1",)).text())
    R1: must get 5 or more together, but only 3 are eligible for any of them
    """

    reason: Reason
    reps: tuple[object, ...] = ()
    customers: tuple[object, ...] = ()
    limits: tuple[ConflictingLimit, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "reason": self.reason.as_dict(),
            "reps": list(self.reps),
            "customers": list(self.customers),
        }

    def text(self, locale: str = "en") -> str:
        """One line to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        who = ", ".join(str(rep) for rep in self.reps)
        reason = self.reason
        if self.limits:
            named = label("words.semicolon", locale).join(each.text(locale) for each in self.limits)
            reason = attrs.evolve(reason, settings={**reason.settings, "limits": named})
        said = reason.text(locale)
        return f"{who}: {said}" if who else said


def among(
    reason: Reason, problem: Problem, reps: Iterable[int], rows: Iterable[int] = ()
) -> Violation:
    """A violation of representatives and customers given by their places."""
    team, people = problem.score.team.ids, problem.score.people.ids
    return Violation(
        reason, tuple(team[rep] for rep in reps), tuple(people[int(row)] for row in rows)
    )
