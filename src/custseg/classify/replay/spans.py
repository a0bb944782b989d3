"""The steps between two limits of silence: simpler, because silence is known there."""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import inf
from typing import Any, Final, TypeAlias, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Column, Index
from custseg.classify.ladder import SILENCE, StateLadder
from custseg.classify.replay.chapters import Chapters
from custseg.features.layout import rows_of
from custseg.rules import Condition, Every, Some, Test, Times

_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda x, among: x in among,
    "not in": lambda x, among: x not in among,
    "missing": lambda _x, _: False,
    "present": lambda _x, _: True,
}
_SINGLE: Final = frozenset({"==", "!=", "in", "not in"})  # may hold between two values alone

Known: TypeAlias = Mapping[str, tuple[float, float]]
"""Lowest and highest value of fields that are not missing."""


def told(condition: Condition, known: Known) -> Condition | bool:
    """A condition of which some fields are known: simpler, or true or false.

    >>> from custseg.rules import F
    >>> asleep = (F("recency_days") >= 90) & (F("frequency") >= 1)
    >>> told(asleep, {"recency_days": (30.0, 30.0)})
    False
    >>> told(asleep, {"recency_days": (90.0, 90.0)}).field
    'frequency'
    >>> told(asleep, {"recency_days": (90.0, 90.0), "frequency": (1.0, inf)})
    True
    """
    if isinstance(condition, Every | Some):
        every = isinstance(condition, Every)
        parts = [told(part, known) for part in condition.parts]
        if any(part is not every for part in parts if isinstance(part, bool)):
            return not every
        left = tuple(part for part in parts if not isinstance(part, bool))
        if not left:
            return every
        return left[0] if len(left) == 1 else type(condition)(left)
    test = cast("Test", condition)
    return _compared(test, *known[test.field]) if test.field in known else test


def _compared(test: Test, low: float, high: float) -> Test | bool:
    if isinstance(test.value, Times | date) or (test.op in _SINGLE and low != high):
        return test
    compare = _COMPARE[test.op]
    at_low, at_high = compare(low, test.value), compare(high, test.value)
    return at_low if at_low == at_high else test


Sight: TypeAlias = Callable[[Index], Index]
"""When a day is first looked at: a number that grows with the days and joins some of them."""


def every_day(day: Index) -> Index:
    """Each day is looked at by itself.

    >>> every_day(np.array([20_000])).tolist()
    [20000]
    """
    return day


@attrs.frozen(eq=False)
class Answers:
    """What the steps say of chapters on some days.

    Attributes:
        row: The chapter of each answer.
        nth: Which of the answers about its chapter it is; one number where all are the same.
        seen: When it is first looked at, as a ``Sight`` says.
        place: The step that decides; one number where all are the same.
    """

    row: Index
    nth: Index | np.int64
    seen: Index
    place: Index | np.int8


@attrs.frozen(eq=False)
class Span:
    """A time of silence within which no limit of it lies.

    Attributes:
        begin: Its first day, counted from the last purchase.
        steps: The steps that are still open, without silence in them.
        places: The place of each of them, and last the one that decides where none holds.
    """

    begin: int
    steps: tuple[Condition, ...]
    places: Index

    @classmethod
    def of(cls, ladder: StateLadder, begin: int, silence: float) -> "Span":
        """What is left of the steps so long after a purchase."""
        own = {name for signal in ladder.signals for name in signal.gives}
        bounds = {"frequency": (1.0, inf), "tenure_days": (float(begin), inf)}
        known = {name: each for name, each in bounds.items() if name not in own}
        known[SILENCE] = (silence, silence)
        open_: list[Condition] = []
        places: list[int] = []
        for place, step in enumerate(ladder.steps):
            left = told(step.when, known)
            if left is True:
                places.append(place)
                break
            if not isinstance(left, bool):
                open_.append(left)
                places.append(place)
        else:
            places.append(len(ladder.steps))
        return cls(begin, tuple(open_), np.array(places, dtype=np.int8))

    def decided(self, chapters: Chapters, rows: Index) -> Index | np.int8:
        """The step that decides about some chapters on the first day of the span.

        Args:
            chapters: Chapters that begin with a purchase, in which other clocks turn nothing but
                at limits of silence.
            rows: Which of them.
        """
        if not self.steps:
            return cast("np.int8", self.places[0])
        names = {name for step in self.steps for name in step.needs}
        cols: dict[str, Column] = {}
        for name in names:
            if name in chapters.base:
                cols[name] = chapters.start[rows] + self.begin - chapters.base[name][rows]
            else:
                cols[name] = rows_of(chapters.fixed[name], rows)
        return self.places[frames.first_of(self.steps, cols, len(rows))]


def spans_of(ladder: StateLadder, limits: Iterable[float], grace: int) -> tuple[Span, ...] | None:
    """The spans between limits of silence; ``None`` where silence is not all that they say.

    Args:
        ladder: The steps.
        limits: Whole days of silence at which a comparison may turn.
        grace: Days by which they pass later.
    """
    tests = [test for step in ladder.steps for test in leaves(step.when)]
    mixed = any(
        isinstance(test.value, Times) and SILENCE in (test.field, test.value.field)
        for test in tests
    )
    if mixed or ladder.frozen or "as_of" in ladder.needs:
        return None
    later = (int(limit) + grace for limit in limits if np.isfinite(limit))
    begins = sorted({0, *(day for day in later if day > 0)})
    return tuple(Span.of(ladder, begin, float(begin - grace)) for begin in begins)


def leaves(condition: Condition) -> list[Test]:
    """The comparisons of a condition.

    >>> from custseg.rules import F
    >>> [test.field for test in leaves((F("a") > 1) & ((F("b") > 1) | (F("c") > 1)))]
    ['a', 'b', 'c']
    """
    if isinstance(condition, Every | Some):
        return [test for part in condition.parts for test in leaves(part)]
    return [cast("Test", condition)]
