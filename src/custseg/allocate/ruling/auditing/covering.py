"""How many customers each rule decides, and which combinations no rule holds of."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Columns, Days, Floats, Index
from custseg.allocate.ruling.auditing.findings import Gap, RuleCoverage
from custseg.allocate.ruling.auditing.proving import UNKNOWN, written_number
from custseg.allocate.ruling.deciding.force import InForce
from custseg.allocate.ruling.ruled import Ruled
from custseg.allocate.ruling.saying.tree import RegionTree
from custseg.allocate.ruling.tabling.axes import edges_of
from custseg.allocate.ruling.tabling.grid import Joint
from custseg.allocate.ruling.tabling.table import Chosen
from custseg.frames.cases import comparisons
from custseg.frames.vector import absent
from custseg.rules import Test, Times

_OTHER = "…"


@attrs.frozen(eq=False)
class Covering:
    """A table under a book of rules.

    Attributes:
        force: The rules in force.
        columns: The customers' columns.
        size: How many customers there are.
        values: Name every word, not only those that rules name.
        most: How many combinations to list.
    """

    force: InForce
    columns: Columns
    size: int
    values: bool
    most: int

    def report(self, found: Ruled | None) -> RuleCoverage:
        """Count.

        Args:
            found: What was decided with representatives; None: without.
        """
        chosen = self.force.chosen(self.columns, self.size)
        counts = np.bincount(chosen.at, minlength=len(chosen.sets)).tolist()
        nobody = np.array([bool(each) for each in found.instead])[found.at] if found else None
        free = np.array([not some for some in chosen.sets], dtype=np.bool_)[chosen.at]
        gaps = self._gaps(np.flatnonzero(free), self._compared())
        if found is not None and nobody is not None:
            gaps = sorted([*gaps, *self._lonely(found, nobody)], key=_order)
        return RuleCoverage(
            self.size,
            self._by_rule(chosen, counts),
            int(free.sum()),
            0 if nobody is None else int(nobody.sum()),
            tuple(gaps[: self.most]),
            sum(gap.customers for gap in gaps[self.most :]),
            {name: lost for name, lost in self._missing(free).items() if lost},
            self._absent(),
        )

    def _by_rule(self, chosen: Chosen, counts: Sequence[int]) -> dict[str, int]:
        found = dict.fromkeys((rule.name for rule in self.force.book), 0)
        for some, count in zip(chosen.sets, counts, strict=True):
            for place in some:
                found[self.force.rules[place].name] += count
        return found

    def _missing(self, free: Bools) -> dict[str, int]:
        return {name: int((absent(self.columns[name]) & free).sum()) for name in self._compared()}

    def _compared(self) -> tuple[str, ...]:
        """The columns that conditions read."""
        read = [name for rule in self.force.conditions for name in rule.needs]
        return tuple(dict.fromkeys(read))

    def _gaps(self, rows: Index, names: Sequence[str], rule: str = "") -> list[Gap]:
        """The combinations of some customers, the most frequent first."""
        if not rows.size:
            return []
        told = {name: self._told(name) for name in names}
        joint = Joint(np.zeros(rows.size, dtype=np.int32), np.zeros((1, 0), dtype=np.int32))
        for at, words in told.values():
            joint = joint.beside(at[rows], len(words))
        counts: list[int] = np.bincount(joint.at, minlength=len(joint.cells)).tolist()
        cells: list[list[int]] = joint.cells.tolist()
        head = {"rule": rule} if rule else {}
        gaps = [
            Gap({**head, **{n: told[n][1][c] for n, c in zip(names, cell, strict=True)}}, count)
            for cell, count in zip(cells, counts, strict=True)
        ]
        return sorted(gaps, key=_order)

    def _lonely(self, found: Ruled, nobody: Any) -> Iterator[Gap]:  # noqa: ANN401 - yes and no
        """The combinations of whom a rule holds that has nobody there."""
        for names in sorted({name for name in found.instead if name}):
            mine = np.array([each == names for each in found.instead])[found.at] & nobody
            passed = zip(found.instead, found.rules, strict=True)
            places = {place for each, some in passed if each == names for place in some}
            asked = [same for place in sorted(places) for same in self.force.book[place].to.same]
            columns = tuple(dict.fromkeys(each.column for each in asked))
            yield from self._gaps(np.flatnonzero(mine), columns, names)

    def _told(self, name: str) -> tuple[Index, tuple[str, ...]]:
        """A column in as many words as rules can tell apart."""
        column = self.columns[name]
        if isinstance(column, Codes):
            return self._words(name, column)
        array: Any = column.at if isinstance(column, Days) else column
        if array.dtype == np.bool_:
            yes: Index = np.asarray(array, dtype=np.int32)
            return yes, (UNKNOWN, _OTHER)
        edges = sorted({edge for test in self._tests(name) for edge in edges_of(test)})
        numbers: Floats = np.asarray(array, dtype=np.float64)
        at: Index = np.searchsorted(np.array(edges), numbers, side="right").astype(np.int32)
        at[np.isnan(numbers)] = len(edges) + 1
        kind = "day" if any(test.kind == "day" for test in self._tests(name)) else "number"
        return at, (*_intervals(edges, kind), UNKNOWN)

    def _words(self, name: str, column: Codes) -> tuple[Index, tuple[str, ...]]:
        named, tree = self._named(name), self._tree(name)
        words = [word if self.values else _shown(word, named, tree) for word in column.words]
        distinct = tuple(dict.fromkeys([*words, UNKNOWN]))
        place = {word: i for i, word in enumerate(distinct)}
        table = np.array([*(place[word] for word in words), place[UNKNOWN]], dtype=np.int32)
        return table[column.at], distinct

    def _absent(self) -> dict[str, tuple[str, ...]]:
        """The words of each column that rules name and no customer has, or lies in."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self._compared():
            column = self.columns[name]
            if not isinstance(column, Codes):
                continue
            used: list[int] = np.unique(column.at[column.at >= 0]).tolist()
            there = {column.words[at] for at in used}
            lost = self._named(name)
            if (tree := self._tree(name)) is not None:
                there = {node for word in there for node in tree.line(word)}
                lost = [word for word in lost if tree.known_as([word]).isdisjoint(there)]
            found[name] = tuple(word for word in lost if word not in there)
        return {name: lost for name, lost in found.items() if lost}

    def _named(self, name: str) -> list[str]:
        """The words of a column that rules name."""
        said = (each for test in self._tests(name) for each in _constants(test))
        return list(dict.fromkeys(each for each in said if isinstance(each, str)))

    def _tree(self, name: str) -> RegionTree | None:
        return next((tree for tree in self.force.trees if name in tree.columns), None)

    def _tests(self, name: str) -> list[Test]:
        """The comparisons of a column with constants."""
        rules = self.force.conditions
        some = (test for rule in rules for test in comparisons(rule) if test.field == name)
        return [test for test in some if not isinstance(test.value, Times)]


def _order(gap: Gap) -> tuple[int, str]:
    return -gap.customers, gap.text()


def _shown(word: str, named: Sequence[str], tree: RegionTree | None) -> str:
    """A word that rules name, or the nearest region of theirs that it lies in."""
    if word in named or tree is None:
        return word if word in named else _OTHER
    regions = {next(iter(tree.known_as([region]))): region for region in reversed(named)}
    return next((regions[node] for node in tree.line(word) if node in regions), _OTHER)


def _constants(test: Test) -> tuple[object, ...]:
    return test.value if isinstance(test.value, tuple) else (test.value,)


def _intervals(edges: Sequence[float], kind: str) -> Iterator[str]:
    """What lies between thresholds, in a few signs."""
    said = [_edge(edge, edges, kind) for edge in edges]
    if not said:
        yield _OTHER
        return
    yield f"{'<' if said[0][0] == '>=' else '<='} {said[0][1]}"
    for (sign, low), (other, high) in pairwise(said):
        end = "<" if other == ">=" else "<="
        yield low if low == high else f"{sign} {low}, {end} {high}"
    yield " ".join(said[-1])


def _edge(edge: float, edges: Sequence[float], kind: str) -> tuple[str, str]:
    """A threshold as people write it: a number just above a round one means above that one."""
    below = float(np.nextafter(edge, -np.inf))
    plain = len(f"{below!r}") < len(f"{edge!r}") or below in edges
    return (">", written_number(below, kind)) if plain else (">=", written_number(edge, kind))
