"""Which conditions of a rule lead to which group?"""

from itertools import pairwise
from math import inf

import attrs

from custseg.rules import Bands, Choice, Condition, Every, F, Ladder, Rule, Some


@attrs.frozen
class Branch:
    """One way into a group.

    Attributes:
        when: The condition; of several branches the first that holds decides.
        group: The group.

    >>> Branch(F("frequency") >= 12, "frequent").group
    'frequent'
    """

    when: Condition
    group: str


@attrs.frozen
class Branches:
    """A rule as its branches.

    Attributes:
        steps: First to last.
        otherwise: The group where none holds; None is no group.

    >>> Branches.of(Bands("age", (18.0,), ("minor", "adult"))).steps[1].group
    'adult'
    """

    steps: tuple[Branch, ...]
    otherwise: str | None = None

    @classmethod
    def of(cls, rule: Rule) -> "Branches":
        """Take a rule apart.

        Args:
            rule: A ladder, bands or a choice; sums and what is cut from them have no branches.
        """
        if isinstance(rule, Ladder):
            steps = tuple(Branch(when, str(group)) for when, group in rule.steps)
            return cls(steps, _group(rule.otherwise))
        if isinstance(rule, Bands):
            return cls(_bands(rule), _group(rule.missing))
        return _choice(rule) if isinstance(rule, Choice) else cls(())

    def by_group(self) -> dict[str, Condition]:
        """Each group and what leads into it, whatever the steps before say."""
        found: dict[str, list[Condition]] = {}
        for step in self.steps:
            found.setdefault(step.group, []).append(step.when)
        return {
            group: ways[0] if len(ways) == 1 else Some(tuple(ways)) for group, ways in found.items()
        }


def _group(value: str | float | None) -> str | None:
    return None if value is None else str(value)


def _bands(rule: Bands) -> tuple[Branch, ...]:
    x = F(rule.field)
    left = rule.closed == "left"
    branches: list[Branch] = []
    for group, (low, high) in zip(rule.values, pairwise((-inf, *rule.edges, inf)), strict=True):
        within: list[Condition] = []
        if low > -inf:
            within.append(x >= low if left else x > low)
        if high < inf:
            within.append(x < high if left else x <= high)
        whole = Every(tuple(within)) if within else x.is_present()
        branches.append(Branch(within[0] if len(within) == 1 else whole, str(group)))
    return tuple(branches)


def _choice(rule: Choice) -> Branches:
    texts: dict[str, list[str]] = {}
    for text, group in dict(rule.values).items():
        texts.setdefault(str(group), []).append(text)
    x = F(rule.field)
    steps = [Branch(x.one_of(*words), group) for group, words in texts.items()]
    otherwise, missing = _group(rule.otherwise), _group(rule.missing)
    if missing == otherwise:
        return Branches(tuple(steps), otherwise)
    if missing is None:
        return Branches((*steps, Branch(x.is_present(), str(otherwise))), None)
    return Branches((*steps, Branch(x.is_missing(), missing)), otherwise)
