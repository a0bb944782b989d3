"""Which states are there, and by which steps does a customer come to one?"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Condition, Ladder

Class: TypeAlias = Literal["potential", "active", "dormant"]
CLASSES: Final = ("potential", "active", "dormant")
STATES: Final[Mapping[str, Class]] = MappingProxyType(
    {
        "potential": "potential",
        "subscriber": "potential",
        "lead": "potential",
        "opportunity": "potential",
        "new": "active",
        "active": "active",
        "at_risk": "active",
        "reactivated": "active",
        "dormant": "dormant",
        "churned": "dormant",
    }
)
"""Every known state and the one class of the three that it belongs to."""


@attrs.frozen
class Step:
    """One step of a ladder: where the condition holds, the state, and why.

    Attributes:
        when: The condition, on columns of the profile.
        state: The state: potential, active, dormant or a finer one.
        reason: Stable code of the reason; its sentence stands in the labels as
            ``reason.<code>``.
        settings: Constants that the sentence names, always shown.

    >>> from custseg.rules import F
    >>> Step(F("recency_days") >= 180, "dormant", "no_order", {"dormant_after": 180}).state
    'dormant'
    """

    when: Condition
    state: str
    reason: str
    settings: Mapping[str, str | float] = attrs.field(factory=dict[str, str | float])


@attrs.frozen
class StateLadder:
    """Steps, the first that holds decides: what a lifecycle strategy returns.

    It is data: the same ladder is JSON, decides one record, runs over arrays and becomes SQL.

    Attributes:
        steps: First to last.
        otherwise: State where no step holds.
        reason: Why, where no step holds.
        classes: States of your own, each with its class among potential, active and dormant.

    Raises:
        ConfigError: A state is not known and has no class, or a class is not one of the three.

    >>> from custseg.rules import F
    >>> vip = Step(F("frequency") >= 10, "regular", "buys_often")
    >>> StateLadder((vip,), classes={"regular": "active"}).class_of("regular")
    'active'
    """

    steps: tuple[Step, ...]
    otherwise: str = "potential"
    reason: str = "otherwise"
    classes: Mapping[str, Class] = attrs.field(factory=dict[str, Class])

    def __attrs_post_init__(self) -> None:
        """Check that each state belongs to one class."""
        for state, found in self.classes.items():
            if found not in CLASSES or STATES.get(state, found) != found:
                must = STATES.get(state, f"one of {list(CLASSES)}")
                msg = f"the class of state {state!r} must be {must}, got {found!r}"
                raise ConfigError(msg)
        for state in self.states:
            if state not in self.classes and state not in STATES:
                hint = did_you_mean(state, STATES)
                msg = f"state {state!r} belongs to no class; name it in classes.{hint}"
                raise ConfigError(msg)

    @property
    def states(self) -> tuple[str, ...]:
        """The states it can give, in the order of a customer's life."""
        given = {*(step.state for step in self.steps), self.otherwise}
        order = [*STATES, *self.classes]
        return tuple(sorted(given, key=lambda s: order.index(s) if s in order else len(order)))

    def class_of(self, state: str) -> Class:
        """The one class among potential, active and dormant of a state."""
        return self.classes.get(state) or STATES[state]

    def by_class(self) -> Ladder:
        """The tree that gives the class."""
        given = (*(self.class_of(step.state) for step in self.steps), self.class_of(self.otherwise))
        return self._tree(given, CLASSES)

    def by_state(self) -> Ladder:
        """The tree that gives the state."""
        return self._tree((*(step.state for step in self.steps), self.otherwise), self.states)

    def by_reason(self) -> Ladder:
        """The tree that gives the code of the reason."""
        given = (*(step.reason for step in self.steps), self.reason)
        return self._tree(given, tuple(dict.fromkeys(given)))

    def by_place(self) -> Ladder:
        """The tree that gives the place of the step that decides; one past the last is none."""
        return self._tree(range(len(self.steps) + 1))

    def _tree(self, given: Iterable[str | float], words: tuple[str, ...] = ()) -> Ladder:
        *values, otherwise = given
        conditions = (step.when for step in self.steps)
        return Ladder(tuple(zip(conditions, values, strict=True)), otherwise, words)
