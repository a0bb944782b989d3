"""When does a comparison turn while nothing but days passes?"""

from collections.abc import Iterator
from datetime import date
from typing import Final, cast

import attrs

from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.chapters import CLOCKS
from custseg.classify.replay.spans import leaves
from custseg.errors import ConfigError
from custseg.features.daynumbers import day_of
from custseg.rules import Test, Times

_ABOVE: Final = frozenset({">", "<="})  # true or false from the first whole day beyond the limit
_AT: Final = frozenset({">=", "<"})  # from the limit on


@attrs.frozen
class Turn:
    """When a comparison turns: so many days after the day from which its clock counts.

    Attributes:
        clock: The column that grows.
        days: The limit: a number, or a column and a factor.
        beyond: Whole days beyond the limit at which it turns.
    """

    clock: str
    days: float | Times
    beyond: tuple[int, ...]


def turning(ladder: StateLadder) -> Iterator[Turn]:
    """The comparisons with a clock, each once.

    Args:
        ladder: The steps.

    Raises:
        ConfigError: A step compares two columns that both grow day by day.
    """
    since = (signal.name for signal in ladder.signals if isinstance(signal, DaysSince))
    clocks = {*CLOCKS, *since, "as_of"}
    tests = (test for step in ladder.steps for test in leaves(step.when))
    yield from dict.fromkeys(turn for test in tests for turn in _turns_of(test, clocks))


def _turns_of(test: Test, clocks: set[str]) -> Iterator[Turn]:
    if test.op in {"missing", "present"}:
        return
    value = test.value
    right = value.field if isinstance(value, Times) else None
    if test.field in clocks and right in clocks:
        msg = (
            f"{test.field!r} and {right!r} both grow day by day, so the day on which one passes "
            "the other cannot be told beforehand; compare one of them with a limit"
        )
        raise ConfigError(msg)
    if test.field in clocks:
        beyond = (1,) if test.op in _ABOVE else (0,) if test.op in _AT else (0, 1)
        for limit in value if isinstance(value, tuple) else (value,):
            yield Turn(test.field, _number(limit), beyond)
    elif isinstance(value, Times) and right in clocks:
        yield Turn(value.field, Times(test.field, 1.0 / value.factor), (-1, 0, 1))


def _number(value: object) -> float | Times:
    if isinstance(value, date):
        return float(day_of(value))
    return value if isinstance(value, Times) else float(cast("float", value))
