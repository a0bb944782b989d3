"""Conditions made ready for a table: regions as the words that lie in them, two fields as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from custseg._typing import Codes, Column, Columns
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.frames.cases import comparisons
from custseg.frames.vector import holds
from custseg.rules import Condition, Every, Some, Test, Times

Change = Callable[[Test], Test]


def changed(rule: Condition, change: Change) -> Condition:
    """A condition with each comparison put otherwise."""
    if isinstance(rule, Every | Some):
        return attrs.evolve(rule, parts=tuple(changed(part, change) for part in rule.parts))
    return change(rule) if isinstance(rule, Test) else rule


def rooted(
    rules: Iterable[Condition], trees: Sequence[RegionTree], known: Mapping[str, Sequence[str]]
) -> tuple[Condition, ...]:
    """What is said of a region said of every word that lies in it.

    Args:
        rules: Conditions.
        trees: The trees.
        known: For each column the words that there are.

    >>> from custseg.rules import F
    >>> tree = RegionTree("region", {"Shanghai": "East", "Xi'an": "West"})
    >>> words = {"region": ("Shanghai", "Xi'an")}
    >>> rooted([F("region") == "East"], [tree], words)[0].value
    ('Shanghai',)
    """
    given = tuple(rules)
    read = {test.field for rule in given for test in comparisons(rule) if compares_words(test)}
    over = {column: tree for tree in trees for column in tree.columns if column in read}
    lines = {
        column: [(word, tree.line(word)) for word in known[column]]  # each is read once
        for column, tree in over.items()
        if column in known
    }

    def change(test: Test) -> Test:
        if test.field not in lines or not compares_words(test):
            return test
        regions = test.value if isinstance(test.value, tuple) else (test.value,)
        wanted = over[test.field].known_as(regions)
        inside = tuple(w for w, line in lines[test.field] if not wanted.isdisjoint(line))
        same = test.op in {"==", "in"}
        return attrs.evolve(test, op="in" if same else "not in", value=inside)

    return tuple(changed(rule, change) for rule in given)


def words_of(columns: Columns, trees: Sequence[RegionTree]) -> dict[str, tuple[str, ...]]:
    """The words of the columns that hold regions."""
    named = {column for tree in trees for column in tree.columns}
    found = {name: columns[name] for name in named & set(columns)}
    return {name: each.words for name, each in found.items() if isinstance(each, Codes)}


def mentioned(
    rules: Sequence[Condition], trees: Sequence[RegionTree]
) -> dict[str, tuple[str, ...]]:
    """The regions of each column that rules or trees name.

    >>> from custseg.rules import F
    >>> mentioned([F("region") == "Berlin"], [RegionTree("region", {"Shanghai": "East"})])
    {'region': ('Shanghai', 'East', 'Berlin')}
    """
    found: dict[str, tuple[str, ...]] = {}
    for tree in trees:
        named = [*tree.parents, *tree.parents.values()]
        for column in tree.columns:
            tests: list[Test] = [
                test for rule in rules for test in comparisons(rule) if test.field == column
            ]
            values = [t.value if isinstance(t.value, tuple) else (t.value,) for t in tests]
            words = [str(each) for some in values for each in some if isinstance(each, str)]
            found[column] = tuple(dict.fromkeys([*named, *words]))
    return found


def settled(
    rules: Sequence[Condition], columns: Columns, size: int
) -> tuple[tuple[Condition, ...], dict[str, Column]]:
    """Comparisons of two fields answered, each as a yes or no of its own.

    Args:
        rules: Conditions.
        columns: What they read.
        size: Number of rows.

    >>> import numpy as np
    >>> from custseg.rules import F
    >>> some = {"a": np.array([1.0, 3.0]), "b": np.array([1.0, 1.0])}
    >>> (rule,), more = settled([F("a") > 2 * F("b")], some, 2)
    >>> rule.op, more[rule.field].tolist()
    ('present', [False, True])
    """
    more: dict[str, Column] = {}
    names: dict[Test, str] = {}

    def change(test: Test) -> Test:
        if not isinstance(test.value, Times):
            return test
        if test not in names:
            names[test] = f"{len(names)}: {test.field}"
            more[names[test]] = holds(test, columns, size)
        return Test(names[test], "present")

    ready = tuple(changed(rule, change) for rule in rules)
    return ready, more


def compares_words(test: Test) -> bool:
    """Whether a comparison names words.

    >>> from custseg.rules import F
    >>> compares_words(F("region") == "East"), compares_words(F("region").is_missing())
    (True, False)
    """
    return test.kind == "text" and test.value is not None and not isinstance(test.value, Times)
