"""What can be told of rules without a table: exact, on every combination of what they compare."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.axes import Axis
from custseg.allocate.ruling.tabling.grid import Grid
from custseg.allocate.ruling.tabling.reading import changed, mentioned, rooted
from custseg.frames.cases import Cases, comparisons
from custseg.frames.scalar import EPOCH
from custseg.rules import Condition, Every, Test, Times

_CELLS: Final = 1 << 22  # combinations that are tried
_BITS: Final = 1 << 29  # answers that are kept at once, one bit each


UNKNOWN: Final = "?"
"""How an example writes a missing value; ``…`` is any word that no rule names."""


@attrs.frozen(eq=False)
class Proofs:
    """Of which combinations each condition holds.

    Comparisons of two fields are taken as free: what is proved impossible stays impossible, and
    what is found possible may not be.

    Attributes:
        grid: The combinations.
        cases: The values of each field that rules can tell apart.
        packed: For each condition one bit a combination.
        fields: For each condition the fields that it reads.

    >>> from custseg.rules import F
    >>> proofs = Proofs.of((F("x") > 5, F("x") > 1, (F("x") > 5) & (F("x") < 2)), ())
    >>> proofs.possible(2), proofs.within(0, 1), proofs.within(1, 0), proofs.example(1, (0,))
    (False, True, False, {'x': '6'})
    """

    grid: Grid
    cases: Cases
    packed: Any
    fields: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, rules: Sequence[Condition], trees: Sequence[RegionTree]) -> "Proofs | None":
        """Try every combination; None where they are too many.

        Args:
            rules: The conditions.
            trees: Which region lies in which.
        """
        ready = _freed(rooted(rules, trees, mentioned(rules, trees)))
        cases = Cases.of(ready)
        tests = [test for rule in ready for test in comparisons(rule)]
        axes = {
            field: _axis(cases, field, [test for test in tests if test.field == field])
            for field in cases.kinds
        }
        grid = Grid(axes)
        if grid.size > _CELLS or grid.size * max(len(rules), 1) > _BITS:
            return None
        fields = tuple(tuple(rule.needs) for rule in rules)
        return cls(grid, cases, grid.bits(ready), fields)

    def possible(self, rule: int) -> bool:
        """Whether there can be a customer of whom a condition holds."""
        return bool(self.packed[rule].any())

    def within(self, rule: int, other: int) -> bool:
        """Whether wherever one condition holds another holds too."""
        return not (self.packed[rule] & ~self.packed[other]).any()

    def taken(self, rule: int, others: Sequence[int]) -> bool:
        """Whether wherever a condition holds one of several others holds too."""
        return not (self.packed[rule] & ~self._some(others)).any()

    def together(self, rule: int, other: int) -> bool:
        """Whether two conditions can hold of one customer."""
        return bool((self.packed[rule] & self.packed[other]).any())

    def example(self, rule: int, others: Sequence[int] = ()) -> dict[str, str]:
        """A combination of whom conditions hold, of the fields that they read.

        Args:
            rule: A condition.
            others: Conditions that hold too, where they can.
        """
        both = self.packed[rule]
        for other in others:
            both = both & self.packed[other]
        byte = int((both != 0).argmax())
        place = 8 * byte + int(np.unpackbits(both[byte : byte + 1]).argmax())
        cell = np.unravel_index(place, self.grid.shape)
        read = {field for each in (rule, *others) for field in self.fields[each]}
        found = zip(self.grid.axes, cell, strict=True)
        return {name: self._shown(name, int(at)) for name, at in found if name in read}

    def _shown(self, field: str, at: int) -> str:
        """A value in a few signs."""
        values = self.grid.axes[field].values
        if isinstance(values, Codes):
            return values.texts()[at] or UNKNOWN
        value = cast("Any", values)[at]
        if self.cases.kinds[field] == "any":
            return "…" if value else UNKNOWN
        if np.isnan(value):
            return UNKNOWN
        return written_number(float(value), self.cases.kinds[field])

    def _some(self, others: Sequence[int]) -> Any:  # noqa: ANN401 - bits
        taken = np.zeros_like(self.packed[0])
        for other in others:
            taken |= self.packed[other]
        return taken


@attrs.frozen(eq=False)
class Searches:
    """The same by searching, where combinations are too many: what is not found is not told.

    Attributes:
        cases: The values of each field that rules can tell apart.
        rules: The conditions.
    """

    cases: Cases
    rules: tuple[Condition, ...]

    @classmethod
    def of(cls, rules: Sequence[Condition], trees: Sequence[RegionTree]) -> "Searches":
        """Make ready to search.

        Args:
            rules: The conditions.
            trees: Which region lies in which.
        """
        ready = rooted(rules, trees, mentioned(rules, trees))
        return cls(Cases.of(ready), ready)

    def possible(self, rule: int) -> bool:
        """Whether there can be a customer of whom a condition holds."""
        return self.cases.search(self.rules[rule]).possible is not False

    def within(self, rule: int, other: int) -> bool:
        """Whether wherever one condition holds another is proved to hold too."""
        never = (self.rules[other],)
        return self.cases.search(self.rules[rule], never=never).possible is False

    def taken(self, rule: int, others: Sequence[int]) -> bool:
        """Whether wherever a condition holds one of several others is proved to hold too."""
        return any(self.within(rule, other) for other in others)

    def together(self, rule: int, other: int) -> bool:
        """Whether two conditions are found to hold of one customer."""
        both = Every((self.rules[rule], self.rules[other]))
        return self.cases.search(both).possible is True

    def example(self, rule: int, others: Sequence[int] = ()) -> dict[str, str]:
        """A combination of whom conditions hold."""
        both = Every(tuple(self.rules[each] for each in (rule, *others)))
        row = self.cases.search(both).row
        return {name: UNKNOWN if value is None else str(value) for name, value in row.items()}


def written_number(value: float, kind: str) -> str:
    """A number, or a day, as people write it.

    >>> written_number(0.0, "day"), written_number(1500000.0, "number")
    ('1970-01-01', '1500000')
    """
    if kind == "day":
        return str(date.fromordinal(int(value) + EPOCH))
    return str(int(value)) if value.is_integer() else str(value)


def _axis(cases: Cases, field: str, tests: Sequence[Test]) -> Axis:
    """A field as the values that rules can tell apart."""
    values = cases.values[field]
    if cases.kinds[field] == "text":
        words = tuple(word for word in values if word is not None)
        return Axis.of(Codes(np.array([*range(len(words)), -1], dtype=np.intp), words), tests)
    if cases.kinds[field] == "any":
        return Axis.of(np.array([False, True]), tests)
    numbers = np.array(values, dtype=np.float64)
    return Axis(len(numbers), np.arange, numbers)


def _freed(rules: Sequence[Condition]) -> tuple[Condition, ...]:
    """Each comparison of two fields as a yes or no of its own."""

    def change(test: Test) -> Test:
        if not isinstance(test.value, Times):
            return test
        return Test(f"{test.field} {test.op} {test.value.factor:g} {test.value.field}", "present")

    return tuple(changed(rule, change) for rule in rules)
