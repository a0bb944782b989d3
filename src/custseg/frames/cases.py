"""Can there be a customer of whom this holds and that does not? Decided, not sampled.

Every comparison with a constant is true or false throughout a *cell*: one of the constants, the
gap between two of them, any other word, or missing. So a finite search over cells decides exactly
whether conditions can hold together. Comparisons of two fields are taken as free: what is proved
impossible stays impossible, and what is found possible may not be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from math import floor, inf, isfinite, nan, nextafter
from typing import Any, Final, TypeAlias, cast

import attrs

from custseg.frames.scalar import EPOCH, atom, condition
from custseg.rules import Condition, Every, Some, Test, Times, merged

Row: TypeAlias = dict[Any, Any]
Partly: TypeAlias = Callable[[Row], bool | None]
Vocabulary: TypeAlias = Mapping[str, tuple[str, ...]]

_DAYS: Final = (float(date.min.toordinal() - EPOCH), float(date.max.toordinal() - EPOCH))
_LESS, _SAME, _MORE, _NEITHER = "less", "same", "more", "neither"
_MEETS: Final[Mapping[str, frozenset[str]]] = {
    "<": frozenset({_LESS}),
    "<=": frozenset({_LESS, _SAME}),
    "==": frozenset({_SAME}),
    "!=": frozenset({_LESS, _MORE}),
    ">": frozenset({_MORE}),
    ">=": frozenset({_MORE, _SAME}),
}
_BUDGET: Final = 3_000  # cases; rules that people write need a few dozen


@attrs.frozen
class Answer:
    """What a search found.

    Attributes:
        possible: Whether there can be such a customer; None where the search was given up.
        row: One, field by field, where there can; a missing field is None.

    >>> Answer(possible=False).row
    {}
    """

    possible: bool | None
    row: Mapping[str, object] = attrs.field(factory=dict[str, object])


@attrs.frozen(eq=False)
class Cases:
    """The cells of each field.

    Attributes:
        kinds: How each field is read.
        values: For each field one value of each cell, as a rule reads it.

    >>> from custseg.rules import F
    >>> minor, adult = F("age") < 18, F("age") >= 18
    >>> cells = Cases.of((minor, adult))
    >>> cells.search(minor & adult).possible, dict(cells.search(adult).row)
    (False, {'age': 18.0})
    >>> cells.search(F("age").is_present(), never=(minor, adult)).possible
    False
    """

    kinds: Mapping[str, str]
    values: Mapping[str, tuple[Any, ...]]

    @classmethod
    def of(cls, rules: Iterable[Condition], known: Vocabulary | None = None) -> "Cases":
        """Cut the fields where conditions compare them.

        Args:
            rules: All conditions that will be asked about.
            known: Fields with a closed vocabulary, such as those that are read as codes.
        """
        given = tuple(rules)
        kinds = merged(rule.needs for rule in given)
        points: dict[str, set[Any]] = {field: set() for field in kinds}
        for test in (test for rule in given for test in comparisons(rule)):
            value = test.value
            if value is not None and not isinstance(value, Times):
                points[test.field] |= set(value if isinstance(value, tuple) else (value,))
        values = {f: _cells(kinds[f], points[f], (known or {}).get(f)) for f in kinds}
        return cls(kinds, values)

    def search(self, must: Condition, never: tuple[Condition, ...] = ()) -> Answer:
        """Look for a customer.

        Args:
            must: What holds of it.
            never: What does not hold of it, also because a value is missing.
        """
        search = _Search(self.values, (must, *never), [partly(rule) for rule in (must, *never)])
        found = search.run({})
        if found is None:
            return Answer(possible=None if search.left <= 0 else False)
        return Answer(possible=True, row=self._shown(found))

    def _shown(self, row: Row) -> dict[str, object]:
        return {
            field: _plain(row[field], self.kinds[field]) for field in self.values if field in row
        }


@attrs.define
class _Search:
    """A search by cases: take the first test that is open, and try the cells of its field.

    Attributes:
        values: One value of each cell of each field.
        rules: What holds, then what does not.
        truths: The same as functions.
        left: Cases that may still be tried.
    """

    values: Mapping[str, tuple[Any, ...]]
    rules: tuple[Condition, ...]
    truths: list[Partly]
    left: int = _BUDGET

    def run(self, row: Row) -> Row | None:
        """A row that will do, none where there is none or the search was given up."""
        self.left -= 1
        if self.left <= 0:
            return None
        test = self._open(row)
        if test is None or test is _DONE:
            return row if test is _DONE else None
        variable, values = self._cases(test, row)
        for value in values:
            found = self.run({**row, variable: value})
            if found is not None or self.left <= 0:
                return found
        return None

    def _open(self, row: Row) -> Test | None:
        """A test that is not settled yet; `_DONE` if nothing is open; None if it cannot be."""
        undone: Condition | None = None
        for place, holds in enumerate(self.truths):
            now = holds(row)
            if now is (place > 0):
                return None
            if now is None and undone is None:
                undone = self.rules[place]
        open_tests = (
            (t for t in comparisons(undone) if partly(t)(row) is None) if undone is not None else ()
        )
        return next(iter(open_tests), _DONE)

    def _cases(self, test: Test, row: Row) -> tuple[object, tuple[Any, ...]]:
        if test.field not in row or not isinstance(test.value, Times):
            return test.field, self.values[test.field]
        other = test.value
        if other.field not in row:
            return other.field, self.values[other.field]
        certain = isfinite(other.factor) and other.factor != 0
        return _relation(test.field, other), (_LESS, _SAME, _MORE, *([] if certain else [_NEITHER]))


_DONE: Final = Test("", "present")


def comparisons(rule: Condition) -> Iterator[Test]:
    """The comparisons of a condition, in order.

    >>> from custseg.rules import F
    >>> [test.field for test in comparisons((F("a") > 1) & ~(F("b") == "x"))]
    ['a', 'b']
    """
    if isinstance(rule, Every | Some):
        for part in rule.parts:
            yield from comparisons(part)
    elif isinstance(rule, Test):
        yield rule


def partly(rule: Condition) -> Partly:
    """Whether a condition holds of a row that is known in part; None where that is open.

    >>> from custseg.rules import F
    >>> either, both = (F("a") > 1) | (F("b") > 1), (F("a") > 1) & (F("b") > 1)
    >>> partly(either)({"a": 5.0}), partly(both)({})
    (True, None)
    """
    if isinstance(rule, Every | Some):
        return _joint([partly(part) for part in rule.parts], settles=isinstance(rule, Some))
    return _test(cast("Test", rule))


def _joint(parts: list[Partly], *, settles: bool) -> Partly:
    def holds(row: Row) -> bool | None:
        open_ = False
        for part in parts:
            known = part(row)
            if known is settles:
                return settles
            open_ = open_ or known is None
        return None if open_ else not settles

    return holds


def _test(test: Test) -> Partly:
    if isinstance(test.value, Times):
        return _against(test.field, test.value, _MEETS[test.op])
    field, compare = test.field, condition(test)
    return lambda row: compare(row) if field in row else None


def _against(field: str, other: Times, meets: frozenset[str]) -> Partly:
    """A comparison of two fields: false where one is missing, else as the search supposes."""
    relation = _relation(field, other)

    def holds(row: Row) -> bool | None:
        if field not in row or other.field not in row:
            return None
        if any(row[name] != row[name] for name in (field, other.field)):
            return False
        return row[relation] in meets if relation in row else None

    return holds


def _relation(field: str, other: Times) -> tuple[str, str, float]:
    return field, other.field, other.factor


def _cells(kind: str, points: set[Any], known: tuple[str, ...] | None) -> tuple[Any, ...]:
    if kind == "any":
        return (True, False)
    if kind == "text":
        words = sorted(points - {""}) if known is None else sorted(known)
        other = "…" if "…" not in points else "…" * (1 + max(len(w) for w in points))
        return (*words, *([other] if known is None else []), None)
    numbers = sorted({float(x) for point in points if isinstance(x := atom(point), float | int)})
    return (*(_days(numbers) if kind == "day" else _numbers(numbers)), nan)


def _numbers(points: list[float]) -> Iterator[float]:
    """Each point and one number of each gap, in which there is at least one float."""
    if not points:
        yield 0.0
        return
    yield from _between(-inf, points[0])
    for point, beyond in zip(points, (*points[1:], inf), strict=True):
        yield point
        yield from _between(point, beyond)


def _between(low: float, high: float) -> Iterator[float]:
    """A number between two, a whole one if it lies midway; an infinite end is within."""
    if low == high:
        return
    first = low if low == -inf else nextafter(low, inf)
    last = high if high == inf else nextafter(high, -inf)
    if first > last:
        return
    if first == -inf:
        yield high - 1.0 if high - 1.0 < high else last
    elif last == inf:
        yield low + 1.0 if low + 1.0 > low else first
    else:
        middle = low / 2 + high / 2
        whole = float(floor(middle))
        yield next((each for each in (whole, middle) if first <= each <= last), first)


def _days(points: list[float]) -> Iterator[float]:
    """The same of whole days, within the calendar."""
    if not points:
        yield 0.0
        return
    if points[0] > _DAYS[0]:
        yield points[0] - 1.0
    for point, beyond in zip(points, (*points[1:], _DAYS[1] + 1.0), strict=True):
        yield point
        if beyond - point > 1.0:
            yield point + 1.0


def _plain(value: Any, kind: str) -> object:
    """A value of a cell as people write it."""
    if value is None or value != value:  # noqa: PLR0124 - NaN test
        return None
    if kind == "day":
        return date.fromordinal(int(value) + EPOCH)
    return value
