"""How do the steps of several strategies become one ladder?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import attrs

from custseg.classify.clocks import DaysSince, Window
from custseg.classify.ladder import Class, Signal, StateLadder, Step
from custseg.errors import ConfigError
from custseg.rules import Condition, Every, Some, Test, Times


@attrs.frozen
class Joined:
    """Ladders side by side, ready to be put into one.

    Attributes:
        ladders: The ladders; no two of them mean different things by one column of a signal.
        signals: The signals of them all, each once.
        frozen: The days that count for none of them.
        classes: The states of one's own, with their classes.
    """

    ladders: tuple[StateLadder, ...]
    signals: tuple[Signal, ...]
    frozen: tuple[Window, ...]
    classes: Mapping[str, Class]

    @classmethod
    def of(cls, ladders: Iterable[StateLadder]) -> "Joined":
        """Put ladders side by side.

        Raises:
            ConfigError: They freeze different days, or mean different things by one state or by a
                column of a signal that cannot be renamed.
        """
        given = tuple(ladders)
        signals: dict[str, Signal] = {}
        apart = tuple(_apart(ladder, signals) for ladder in given)
        every = tuple({id(one): one for one in signals.values()}.values())
        return cls(apart, every, _frozen(given), _classes(given))

    def ladder(self, steps: Iterable[Step], otherwise: str, reason: str) -> StateLadder:
        """Steps made of those of the ladders."""
        return StateLadder(
            tuple(steps), otherwise, reason, self.classes, self.signals, frozen=self.frozen
        )


def within(when: Condition, ladder: StateLadder) -> tuple[Step, ...]:
    """The steps of a ladder for those of whom a condition holds; they get no further.

    >>> from custseg.rules import F
    >>> ladder = StateLadder((Step(F("paid") >= 1, "active", "pays"),), "potential", "pays_not")
    >>> [(step.state, len(step.when.needs)) for step in within(F("region") == "east", ladder)]
    [('active', 2), ('potential', 1)]
    """
    inside = (attrs.evolve(step, when=when & step.when) for step in ladder.steps)
    return (*inside, Step(when, ladder.otherwise, ladder.reason))


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The same condition on columns of other names.

    >>> from custseg.rules import F
    >>> renamed((F("a") > F("b")) & (F("c") > 1), {"b": "b_2"}).needs
    {'a': 'number', 'b_2': 'number', 'c': 'number'}
    """
    if isinstance(condition, Every | Some):
        return attrs.evolve(
            condition, parts=tuple(renamed(part, names) for part in condition.parts)
        )
    test = cast("Test", condition)
    value = test.value
    if isinstance(value, Times):
        value = attrs.evolve(value, field=names.get(value.field, value.field))
    return attrs.evolve(test, field=names.get(test.field, test.field), value=value)


def _apart(ladder: StateLadder, known: dict[str, Signal]) -> StateLadder:
    """A ladder whose signals share no column with other ones; they are added to those known."""
    names: dict[str, str] = {}
    kept: list[Signal] = []
    for signal in ladder.signals:
        free = _free(signal, known)
        names.update(zip(signal.gives, free.gives, strict=True))
        kept.append(known.setdefault(next(iter(free.gives)), free))
        known.update(dict.fromkeys(free.gives, kept[-1]))
    steps = ladder.steps
    if any(old != new for old, new in names.items()):
        steps = tuple(attrs.evolve(one, when=renamed(one.when, names)) for one in steps)
    return attrs.evolve(ladder, steps=steps, signals=tuple(kept))


def _free(signal: Signal, known: Mapping[str, Signal]) -> Signal:
    """A signal whose columns nobody else gives: the same, or under another name."""
    free, number = signal, 1
    while any(known.get(name, free) != free for name in free.gives):
        number += 1
        free = _numbered(signal, number)
    return free


def _numbered(signal: Signal, number: int) -> Signal:
    if isinstance(signal, DaysSince):
        return attrs.evolve(signal, name=f"{signal.name}_{number}")
    made: Any = signal
    if not hasattr(made, "tag"):
        msg = (
            f"two strategies have different signals that give {sorted(signal.gives)}; "
            "give their columns different names"
        )
        raise ConfigError(msg)
    return cast("Signal", attrs.evolve(made, tag=f"_{number}"))


def _frozen(ladders: Sequence[StateLadder]) -> tuple[Window, ...]:
    found = {one.frozen for one in ladders if "recency_days" in one.needs}
    if len(found) > 1:
        msg = "strategies that freeze different days cannot be joined; put Freeze around them all"
        raise ConfigError(msg, "frozen")
    return found.pop() if found else ()


def _classes(ladders: Sequence[StateLadder]) -> Mapping[str, Class]:
    found: dict[str, Class] = {}
    for ladder in ladders:
        for state, one in ladder.classes.items():
            if found.setdefault(state, one) != one:
                msg = f"state {state!r} is {found[state]} in one strategy and {one} in another"
                raise ConfigError(msg)
    return found
