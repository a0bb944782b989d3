"""Rules in stages for an engine: a part that is named more than once is held in a column.

An expression that names a part twice is written out twice, and a score that is clamped, graded
and divided names its sum many times: engines would plan an expression of a million nodes.
"""

from collections.abc import Mapping
from typing import Final, cast

import attrs

from custseg.rules import Rule, Scaled, Slopes, Sum

_PREFIX: Final = "__custseg_"


@attrs.frozen
class Held:
    """A number that an earlier stage put into a column.

    Attributes:
        field: The column.
    """

    field: str

    @property
    def words(self) -> tuple[str, ...]:
        """A held number gives numbers."""
        return ()


@attrs.define
class Stages:
    """The parts of some rules, stage by stage.

    Attributes:
        levels: For each stage, the columns that it makes from those of the stages before.
        outputs: The rules' own columns, made last.

    >>> from custseg.rules import Line
    >>> score = Sum((Line("a", ((0.0, 0), (1.0, 5))),), low=0)
    >>> stages = Stages.of(
    ...     {"score": Scaled(score, 100.0), "grade": Scaled(score, 1.0, (3.0,), ("b", "a"))}
    ... )
    >>> [len(level) for level in stages.levels]
    [1, 1]
    """

    levels: list[dict[str, Rule]] = attrs.field(factory=list[dict[str, Rule]])
    outputs: dict[str, Rule] = attrs.field(factory=dict[str, Rule])
    _places: dict[Rule, tuple[str, int]] = attrs.field(factory=dict["Rule", tuple[str, int]])

    @classmethod
    def of(cls, rules: Mapping[str, Rule]) -> "Stages":
        """Take rules apart.

        Args:
            rules: Output column -> tree.
        """
        made = cls()
        for name, rule in rules.items():
            made.outputs[name], _ = made._inside(rule)
        return made

    @property
    def temporary(self) -> tuple[str, ...]:
        """The columns to drop in the end."""
        return tuple(name for level in self.levels for name in level)

    def _inside(self, rule: Rule) -> tuple[Rule, int]:
        """The rule, repeated parts held in columns, and the first stage that can make it."""
        if isinstance(rule, Sum):
            if rule.low is not None or rule.high is not None:
                total, level = self._hold(Sum(rule.parts))
                return Sum((total,), rule.low, rule.high), level
            pairs = [self._inside(part) for part in rule.parts]
            levels = [level for _, level in pairs]
            return Sum(tuple(inside for inside, _ in pairs)), max(levels, default=0)
        if isinstance(rule, Scaled | Slopes):
            part, level = self._hold(rule.part)
            return attrs.evolve(rule, part=part), level
        return rule, 0

    def _hold(self, rule: Rule) -> tuple[Rule, int]:
        """Where the rule's number is held, and the first stage that can read it."""
        if rule not in self._places:
            inside, level = self._inside(rule)
            while len(self.levels) <= level:
                self.levels.append({})
            name = f"{_PREFIX}{len(self._places)}"
            self.levels[level][name] = inside
            self._places[rule] = (name, level + 1)
        name, level = self._places[rule]
        return cast("Rule", Held(name)), level
