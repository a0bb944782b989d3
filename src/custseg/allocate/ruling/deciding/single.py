"""The rules asked of one record, one after the other: what a table of decisions must agree with."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from custseg._typing import Record
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.reading import changed, compares_words
from custseg.frames import as_mapping
from custseg.frames.grounds import grounds, said
from custseg.frames.scalar import condition, reader
from custseg.reasons import Reason
from custseg.rules import Condition, Every, Test, Times, merged

Row = Mapping[str, Any]


@attrs.frozen(eq=False)
class Within:
    """A comparison with regions, answered by a tree.

    Attributes:
        test: The comparison as it was written.
        wanted: Its regions as lines name them.
    """

    test: Test
    wanted: frozenset[str]

    def holds(self, line: tuple[str, ...]) -> bool:
        """Whether it holds of a place and what that lies in; never of a missing one."""
        if not line:
            return False
        return self.wanted.isdisjoint(line) != (self.test.op in {"==", "in"})

    @property
    def reason(self) -> Reason:
        """The comparison in words."""
        value = self.test.value
        words = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        settings = {"field": self.test.field, "value": words}
        if self.test.op in {"==", "in"}:
            return Reason("rules.inside", settings)
        return Reason("rules.outside", settings)


@attrs.frozen(eq=False)
class Single:
    """Conditions as functions of one record.

    Attributes:
        rules: The conditions, regions answered beforehand.
        within: The comparisons with regions, by the name under which a row holds their answer.
        asks: The conditions as functions.
        read: How a record is read.
        trees: The tree of each field that such comparisons read.

    >>> from custseg.rules import F
    >>> both = Single.of((F("x") > 1, F("x") > 0), ())
    >>> both.holding(both.row({"x": 5}))
    (0, 1)
    """

    rules: tuple[Condition, ...]
    within: Mapping[str, Within]
    asks: tuple[Callable[[Row], bool], ...]
    read: Callable[[Row], dict[str, Any]]
    trees: Mapping[str, RegionTree]

    @classmethod
    def of(cls, rules: Sequence[Condition], trees: Sequence[RegionTree]) -> "Single":
        """Make conditions ready.

        Args:
            rules: The conditions.
            trees: Which region lies in which.
        """
        over = {column: tree for tree in trees for column in tree.columns}
        within: dict[str, Within] = {}

        def change(test: Test) -> Test:
            if test.field not in over or not compares_words(test):
                return test
            name = f"{test.field}: {len(within)}"
            value = test.value
            regions = value if isinstance(value, tuple) else (value,)
            within[name] = Within(test, over[test.field].known_as(regions))
            return Test(name, "present")

        ready = tuple(changed(rule, change) for rule in rules)
        read = reader(merged(rule.needs for rule in rules))
        asks = tuple(condition(rule) for rule in ready)
        named = {each.test.field for each in within.values()}
        trees_of = {field: tree for field, tree in over.items() if field in named}
        return cls(ready, within, asks, read, trees_of)

    def row(self, record: Record) -> dict[str, Any]:
        """A record as the conditions read it.

        Args:
            record: A dict, attrs or dataclass object.
        """
        row = self.read(as_mapping(record))
        lines = {
            field: () if row[field] is None else tree.line(row[field])
            for field, tree in self.trees.items()
        }
        for name, each in self.within.items():
            row[name] = each.holds(lines[each.test.field])
        return row

    def first(self, row: Row) -> tuple[int, ...]:
        """The place of the first condition that holds, if one does."""
        return next(((place,) for place, asks in enumerate(self.asks) if asks(row)), ())

    def holding(self, row: Row) -> tuple[int, ...]:
        """The places of all conditions that hold."""
        return tuple(place for place, asks in enumerate(self.asks) if asks(row))

    def why(self, place: int, row: Row) -> tuple[Reason, ...]:
        """The comparisons by which a condition holds."""
        return tuple(self._spoken(reason) for reason in grounds(self.rules[place], row))

    def why_not(self, place: int, row: Row) -> Reason:
        """The first comparison for want of which a condition does not hold."""
        failing = _failing(self.rules[place], row)
        test = self.within[failing.field].test if failing.field in self.within else failing
        compared = (test.field, *((test.value.field,) if isinstance(test.value, Times) else ()))
        unknown = next((field for field in compared if _unknown(row.get(field))), None)
        if test.op != "missing" and unknown is not None:
            return Reason("test.missing", {"field": unknown})
        return Reason("rules.lacks", {"test": self._said(failing)})

    def _said(self, test: Test) -> Reason:
        return self.within[test.field].reason if test.field in self.within else said(test)

    def _spoken(self, reason: Reason) -> Reason:
        name = str(reason.settings.get("field"))
        return self.within[name].reason if name in self.within else reason


def _failing(rule: Condition, row: Row) -> Test:
    """The first comparison that fails, and without which the condition cannot hold."""
    if isinstance(rule, Test):
        return rule
    parts = tuple(getattr(rule, "parts", ()))
    wrong = (part for part in parts if not condition(part)(row))
    return _failing(next(wrong, Every(())), row) if parts else Test("", "present")


def _unknown(value: object) -> bool:
    return value is None or value is False or value != value  # noqa: PLR0124 - NaN test
