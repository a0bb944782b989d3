"""Several strategies at once: asleep where all say so, or where any does."""

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any, Final, TypeAlias

import attrs

from custseg.classify.ladder import StateLadder, Step
from custseg.classify.strategies.joining import Joined
from custseg.classify.strategies.protocol import LifecycleStrategy
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.rules import Every

_ALWAYS: Final = Every(())
_UNKNOWN: Final = 99  # a rank beyond all others
Wins: TypeAlias = Callable[[int, int], bool]
"""Whether the first of two ranks gives way to the second."""


@attrs.frozen
class AllOf:
    """Asleep only where all strategies say so: the liveliest state counts.

    Whoever says potential (has never bought) gives way to who knows the customer, say by its
    contract. Of equally lively states that of the strategy named first counts, with its reason.

    Attributes:
        strategies: Two or more strategies.

    Raises:
        ConfigError: There is none.

    >>> from custseg.classify import Contract, FixedDays, Lifecycle
    >>> from datetime import date
    >>> model = Lifecycle(AllOf((FixedDays(90), Contract()))).fit([])
    >>> row = {"frequency": 3, "recency_days": 200, "as_of": date(2026, 6, 30)}
    >>> ends = date(2026, 12, 31), date(2026, 1, 31), None
    >>> [model.one({**row, "contract_end": end})["lifecycle"] for end in ends]
    ['active', 'dormant', 'dormant']
    """

    strategies: tuple[LifecycleStrategy, ...]

    def __attrs_post_init__(self) -> None:
        """Check that there are strategies."""
        _check(self.strategies)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give a step for each pair of steps of the strategies."""
        return _joined(self.strategies, table, _livelier)


@attrs.frozen
class AnyOf:
    """Asleep where any strategy says so: the sleepiest state counts.

    Whoever says potential (has never bought) gives way to who knows the customer. Of equally
    sleepy states that of the strategy named first counts, with its reason.

    Attributes:
        strategies: Two or more strategies.

    Raises:
        ConfigError: There is none.

    >>> from custseg.classify import FixedDays, Lifecycle
    >>> from custseg.classify import BySegment
    >>> key = BySegment("tier_previous", {"high": FixedDays(30)}, otherwise=FixedDays(180))
    >>> model = Lifecycle(AnyOf((FixedDays(90), key))).fit([])
    >>> row = {"frequency": 3, "recency_days": 40}
    >>> [model.one({**row, "tier_previous": tier})["lifecycle"] for tier in ("high", "low")]
    ['dormant', 'active']
    """

    strategies: tuple[LifecycleStrategy, ...]

    def __attrs_post_init__(self) -> None:
        """Check that there are strategies."""
        _check(self.strategies)

    def ladder(self, table: Table[Any]) -> StateLadder:
        """Give a step for each pair of steps of the strategies."""
        return _joined(self.strategies, table, _sleepier)


def _livelier(first: int, second: int) -> bool:
    return (second or _UNKNOWN) < (first or _UNKNOWN)


def _sleepier(first: int, second: int) -> bool:
    return second > first


def _joined(
    strategies: tuple[LifecycleStrategy, ...], table: Table[Any], wins: Wins
) -> StateLadder:
    given = Joined.of(strategy.ladder(table) for strategy in strategies)

    def pair(first: StateLadder, second: StateLadder) -> StateLadder:
        *steps, last = _steps(first, second, wins)
        return given.ladder(steps, last.state, last.reason)

    return reduce(pair, given.ladders)


def _steps(first: StateLadder, second: StateLadder, wins: Wins) -> Iterator[Step]:
    """A step for each pair of steps, those of the first ladder leading.

    The first pair that holds is that of the steps which decide in either ladder: no step needs a
    negation, which of a missing value would be false too. What no pair decides comes last.
    """
    for ours in _closed(first):
        block: list[Step] = []
        for theirs in _closed(second):
            told = theirs if wins(first.rank(ours.state), second.rank(theirs.state)) else ours
            block.append(attrs.evolve(told, when=ours.when & theirs.when))
        while len(block) > 1 and _same(block[-2], block[-1]):
            block.pop(-2)
        yield from block


def _closed(ladder: StateLadder) -> Iterator[Step]:
    """The steps, and one that always holds."""
    yield from ladder.steps
    yield Step(_ALWAYS, ladder.otherwise, ladder.reason)


def _same(one: Step, other: Step) -> bool:
    return attrs.evolve(one, when=other.when) == other


def _check(strategies: tuple[LifecycleStrategy, ...]) -> None:
    if not strategies:
        msg = "give one strategy or more"
        raise ConfigError(msg, "strategies")
