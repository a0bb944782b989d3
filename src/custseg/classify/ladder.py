"""Which states are there, and by which steps does a customer come to one?"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, Protocol, TypeAlias

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Column, Columns, Floats, Gives, Index, Needs
from custseg.classify.clocks import FrozenDays, windows
from custseg.errors import ConfigError, did_you_mean
from custseg.rules import Condition, Ladder, merged

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

SILENCE: Final = "recency_days"
"""Days since the last purchase: what limits of silence are held against."""

_AWAKE: Final = 1
_RANKS: Final[Mapping[str, int]] = MappingProxyType({"at_risk": 2, "dormant": 3, "churned": 4})
_CLASS_RANKS: Final[Mapping[str, int]] = MappingProxyType(
    {"potential": 0, "active": _AWAKE, "dormant": 3}
)


class Signal(Protocol):
    """A fitted model that adds columns which the steps read; any RowModel with a kernel.

    It is steady: between two purchases of a customer its columns do not change with ``as_of``.
    The one exception is ``DaysSince``, whose column grows by one a day.

    >>> import attrs
    >>> from custseg.model import RowModel
    >>> @attrs.frozen
    ... class Twice(RowModel):
    ...     needs = {"gap_mean_days": "number"}
    ...     gives = {"limit_days": "number"}
    ...
    ...     def kernel(self, cols):
    ...         return {"limit_days": 2 * cols["gap_mean_days"]}
    >>> from custseg.rules import F
    >>> slow = Step(F("recency_days") >= F("limit_days"), "dormant", "otherwise")
    >>> StateLadder((slow,), "active", signals=(Twice(),)).needs
    {'recency_days': 'number', 'gap_mean_days': 'number'}
    """

    @property
    def needs(self) -> Needs:
        """The columns it reads."""
        ...

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns it adds."""
        ...

    def kernel(self, cols: Columns, /) -> Columns:
        """Compute them."""
        ...


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
        signals: Models that add columns which the steps read: limits of silence by customer.
        frozen: First and last day of times that do not count as silence (holidays): in the steps
            ``recency_days`` is without them.

    Raises:
        ConfigError: A state is not known and has no class, a class is not one of the three, or a
            frozen time ends before it begins.

    >>> from custseg.rules import F
    >>> vip = Step(F("frequency") >= 10, "regular", "buys_often")
    >>> StateLadder((vip,), classes={"regular": "active"}).class_of("regular")
    'active'
    """

    steps: tuple[Step, ...]
    otherwise: str = "potential"
    reason: str = "otherwise"
    classes: Mapping[str, Class] = attrs.field(factory=dict[str, Class])
    signals: tuple[Signal, ...] = ()
    frozen: tuple[tuple[date, date], ...] = attrs.field(default=(), converter=windows)

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

    def rank(self, state: str) -> int:
        """How far a state is down the way from potential (0) over active to churned (4)."""
        return _RANKS.get(state, _CLASS_RANKS[self.class_of(state)])

    @property
    def derived(self) -> bool:
        """Whether the steps read more than what stands in the row: then they are no plain rules."""
        return bool(self.signals or self.frozen)

    @property
    def thaws(self) -> bool:
        """Whether frozen days have to be taken out of the silence that the steps read."""
        return bool(self.frozen) and any(SILENCE in one.when.needs for one in self.steps)

    @property
    def needs(self) -> Needs:
        """The columns of a row that the steps and signals read."""
        read = dict(merged(step.when.needs for step in self.steps))
        for signal in self.signals:
            for name in signal.gives:
                read.pop(name, None)
        known = [dict(signal.needs) for signal in self.signals]
        if self.thaws:
            known.append({"last_purchase": "day", "as_of": "day"})
        return merged((read, *known))

    def place(self, cols: Columns, size: int, *, grace: int = 0, share: float = 1.0) -> Index:
        """The step that decides each row; one past the last where none does.

        Args:
            cols: The columns that it needs.
            size: Number of rows.
            grace: Days by which limits of silence pass later.
            share: Share of each limit of silence that is enough to pass it.
        """
        known = self.seen(cols)
        if (grace or share != 1.0) and SILENCE in known:
            quiet: Floats = np.asarray(known[SILENCE], dtype=np.float64)
            known[SILENCE] = (quiet - grace) / share
        return frames.first_of([step.when for step in self.steps], known, size)

    def seen(self, cols: Columns) -> dict[str, Column]:
        """Columns as the steps read them: with those of the signals, without frozen days."""
        known = dict(cols)
        for signal in self.signals:
            known.update(signal.kernel(known))
        if self.thaws:
            known[SILENCE] = self._thawed(known)
        return known

    def _thawed(self, cols: Columns) -> Floats:
        last, now = np.asarray(cols["last_purchase"]), np.asarray(cols["as_of"])
        quiet: Floats = np.asarray(cols[SILENCE], dtype=np.float64)
        return quiet - FrozenDays.of(self.frozen).between(last, now)

    @property
    def given(self) -> tuple[str, ...]:
        """The state of each place."""
        return (*(step.state for step in self.steps), self.otherwise)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reason of each place."""
        return (*(step.reason for step in self.steps), self.reason)

    @property
    def codes(self) -> Index:
        """The state of each place, by its code among the states."""
        return np.array([self.states.index(state) for state in self.given], dtype=np.int8)

    @property
    def reasoned(self) -> Index:
        """The reason of each place, by its code among the distinct reasons."""
        words = tuple(dict.fromkeys(self.reasons))
        return np.array([words.index(reason) for reason in self.reasons], dtype=np.int8)

    @property
    def finer(self) -> bool:
        """Whether it has states beyond the three classes."""
        return any(state != self.class_of(state) for state in self.states)

    def by_class(self) -> Ladder:
        """The tree that gives the class."""
        return self._tree((self.class_of(state) for state in self.given), CLASSES)

    def by_state(self) -> Ladder:
        """The tree that gives the state."""
        return self._tree(self.given, self.states)

    def by_reason(self) -> Ladder:
        """The tree that gives the code of the reason."""
        return self._tree(self.reasons, tuple(dict.fromkeys(self.reasons)))

    def by_place(self) -> Ladder:
        """The tree that gives the place of the step that decides."""
        return self._tree(float(place) for place in range(len(self.steps) + 1))

    def _tree(self, given: Iterable[str | float], words: tuple[str, ...] = ()) -> Ladder:
        *values, otherwise = given
        conditions = (step.when for step in self.steps)
        return Ladder(tuple(zip(conditions, values, strict=True)), otherwise, words)
