"""Matching a table that an engine holds: what it is asked, and what reaches Python."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Ints
from custseg.errors import DataError
from custseg.frames import Share, Table
from custseg.frames.marks import SPARE, refuse_spare, whole_numbers
from custseg.frames.parts.joins import BLOCK, PLACE, Crowds, crowding, crowds
from custseg.match.blocking.passes import most_pairs
from custseg.match.evidence import pairs_among, taught_by
from custseg.match.graph import connected
from custseg.match.ids import USUAL, repeated
from custseg.match.inside.asking import Held, Sizes, held_above, sizes_of
from custseg.match.inside.drawing import Drawing
from custseg.match.inside.marking import (
    BARE,
    GROUP,
    ID,
    UNKNOWN,
    Marking,
    pass_column,
    rule_column,
    value_column,
)
from custseg.match.inside.pairing import (
    Counts,
    Pairing,
    WeighPairs,
    compared_columns,
    level_column,
)
from custseg.match.inside.resolving import Grouping, Resolving, Starring
from custseg.match.opened import Taught, needs_of
from custseg.match.parting import Apart
from custseg.match.weighing.learning import Learnt
from custseg.match.weighing.patterns import Patterns
from custseg.match.weighing.weights import HUNDREDTHS, Weights
from custseg.rules import F

_ALL: Final = 2**62


def id_inside(rules: Taught, table: Table[Any]) -> str | None:
    """The column with the ids by which a table is matched where it is; None if it is fetched.

    An engine is asked for rows that share a key, and finds them again by their ids; ids other than
    numbers and texts, or that several records bear on purpose, are matched in memory.

    Args:
        rules: The rules.
        table: The table.
    """
    column = rules.id or next((name for name in USUAL if name in table.columns), None)
    if not crowding(table) or column is None or rules.repeated_ids == "merge":
        return None
    table.require((column,))
    return column


@attrs.frozen(eq=False)
class Inside:
    """A table in an engine on its way through matching.

    Attributes:
        rules: Keys, passes and comparisons.
        table: The lazy table.
        marked: The columns that are looked at, with the marks of keys and values: held by the
            engine.
        sizes: How many records share each mark.
        id: The column with the ids.
    """

    rules: Taught
    table: Table[Any]
    marked: Table[Any]
    sizes: dict[str, Sizes]
    id: str

    @classmethod
    def of(cls, rules: Taught, table: Table[Any], *, learning: bool) -> "Inside | None":
        """Have a table's keys and values marked and counted.

        Args:
            rules: The rules.
            table: The lazy table.
            learning: Whether weights are to be learnt.

        Returns:
            The table on its way; None if it is to be fetched: no engine is asked for rows that
            share a key, or records have no ids by which an engine would find them again.

        Raises:
            MissingColumnError: A column is not there.
            DataError: Two records bear one id, or a column is called as those of our own.
        """
        column = id_inside(rules, table)
        if column is None:
            return None
        needs = needs_of(rules)
        table.require(needs)
        refuse_spare(table)
        names = tuple(dict.fromkeys((column, *needs)))
        narrow = frames.table(crowds(table).only(names))
        work = Marking(rules, column, learning)
        marked = frames.table(frames.by_row(narrow, work, needs=names)).kept()
        counted = [name for name in marked.columns if _is_counted(name)]
        sizes = sizes_of(crowds(marked), counted)
        made = cls(rules, table, marked, sizes, column)
        again = sizes[ID].records - sizes[ID].distinct
        if again:
            raise DataError(repeated(again), column)
        return None if sizes[UNKNOWN].records else made

    @cached_property
    def records(self) -> int:
        """How many records there are."""
        return self.sizes[ID].records + self.sizes[UNKNOWN].records

    @cached_property
    def asked(self) -> Crowds:
        """The marks as the engine is asked of them."""
        return crowds(self.marked)

    @cached_property
    def caps(self) -> tuple[int, ...]:
        """For each pass the size of the largest blocks that are used."""
        most = most_pairs(self.records)
        return tuple(
            self.sizes[pass_column(place)].largest(self.rules.block_cap, most)
            for place in range(len(self.rules.passes))
        )

    @cached_property
    def above(self) -> dict[str, Held]:
        """What many records hold, in one question: the keys and values of `counts` and `over`."""
        least = {pass_column(at): cap for at, cap in enumerate(self.caps) if cap > 1}
        for at, one in enumerate(self.rules.comparisons):
            if one.term_frequency:
                least[value_column(at)] = 1
        least |= {rule_column(at): self.rules.cap for at in range(len(self.rules.keys))}
        return dict(zip(least, held_above(self.asked, list(least.items())), strict=True))

    @cached_property
    def counts(self) -> Counts:
        """Keys that too many share, and values that several records hold."""
        values = [value_column(at) for at in range(len(self.rules.comparisons))]
        return Counts(
            tuple(self.above.get(pass_column(place)) for place in range(len(self.caps))),
            tuple(
                (self.above[name], self.sizes[name].records) if name in self.above else None
                for name in values
            ),
        )

    @cached_property
    def over(self) -> tuple[Held, ...]:
        """For each key that makes records one customer those that too many share."""
        return tuple(self.above[rule_column(at)] for at in range(len(self.rules.keys)))

    @cached_property
    def pairs(self) -> Table[Any]:
        """The pairs of all passes with their levels: held by the engine."""
        passes = [pass_column(place) for place in range(len(self.rules.passes))]
        columns = (ID, *passes, *compared_columns(self.rules))
        native = self.asked.crowded(passes, self.caps, columns)
        share = Share(frames.table(native), (PLACE, BLOCK), columns)
        work = Pairing(self.rules, self.counts)
        return frames.table(frames.by_customer({"rows": share}, work, like="rows")).kept()

    @cached_property
    def patterns(self) -> Patterns:
        """How often each combination of passes and levels occurs, counted in the engine."""
        levels = [level_column(place) for place in range(len(self.rules.comparisons))]
        told = self.pairs.counted(("passes", *levels))
        found = [whole_numbers(told, name).astype(np.int8) for name in levels]
        return Patterns.of(
            whole_numbers(told, "passes"), np.stack(found, axis=1), whole_numbers(told, "n")
        )

    def taught(self, shared: tuple[str, ...]) -> Learnt:
        """What the pairs teach, from counts alone.

        Args:
            shared: The comparisons of what a family or an office shares.
        """
        rates = Drawing(self.rules, self.marked, self.sizes).rates()
        possible = pairs_among(self.rules, self.records, self._sources())
        return taught_by(self.rules, self.patterns, rates, possible=possible, shared=shared)

    def _sources(self) -> list[int]:
        """How many records come from each source; nothing if none is named."""
        if self.rules.source is None:
            return []
        held: list[int] = whole_numbers(self.marked.counted(self.rules.source), "n").tolist()
        return held

    def weighed(self, weights: Weights) -> Table[Any]:
        """The pairs with the weight of each, in hundredths of a bit.

        Args:
            weights: What was learnt.
        """
        known = tuple(None if told is None else told[1] for told in self.counts.common)
        work = WeighPairs(weights, known)
        return frames.table(frames.by_row(self.pairs, work, needs=work.needs)).kept()

    def resolved(self, rules: Taught, weighed: Table[Any] | None, apart: Apart) -> Table[Any]:
        """The records that hang together with others, and who each of them is.

        Args:
            rules: The rules, with the weights.
            weighed: The pairs with their weights, if there are any.
            apart: Pairs of ids of records that are never one customer.
        """
        marks, groups = self._groups(rules, weighed)
        native = frames.by_row(self.marked, Grouping(marks, groups), needs=(ID,))
        linked = frames.table(frames.table(native).where(F(GROUP) > 0))
        passes = [pass_column(place) for place in range(len(rules.passes))]
        keys = [rule_column(place) for place in range(len(rules.keys))]
        columns = (ID, self.id, *needs_of(rules), *passes, *keys)
        work = Resolving(rules, self.counts, self.over, tuple(apart))
        share = Share(linked, GROUP, columns)
        return frames.table(frames.by_customer({"rows": share}, work, like="rows")).kept()

    def _groups(self, rules: Taught, weighed: Table[Any] | None) -> tuple[Ints, Ints]:
        """The records that hang together, by the marks of their ids, and their groups."""
        lines = list(self._lines(rules, weighed))
        left, right = (
            np.concatenate([np.zeros(0, dtype=np.int64), *(line[side] for line in lines)])
            for side in (0, 1)
        )
        marks, at = np.unique(np.concatenate([left, right]), return_inverse=True)
        group = connected(at[: len(left)], at[len(left) :], len(marks))
        return marks, group.astype(np.int64) + 1

    def _lines(self, rules: Taught, weighed: Table[Any] | None) -> Sequence[tuple[Ints, Ints]]:
        """Pairs that bring records together: near ones, and those that share a sure key."""
        found: list[Table[Any]] = []
        if weighed is not None:
            found.append(frames.table(weighed.where(F("bits") >= _bar(rules.clusters.start))))
        if rules.keys:
            names = [rule_column(place) for place in range(len(rules.keys))]
            native = self.asked.crowded(names, [rules.cap] * len(names), (ID,))
            share = Share(frames.table(native), (PLACE, BLOCK), (ID,))
            found.append(frames.table(frames.by_customer({"rows": share}, Starring(), like="rows")))
        held = [table.select(("left", "right")) for table in found]
        return [(whole_numbers(one, "left"), whole_numbers(one, "right")) for one in held]


def _bar(start: float) -> int:
    """The fewest hundredths of a bit that reach a weight."""
    if not np.isfinite(start):
        return -_ALL if start < 0 else _ALL
    low = int(np.floor(start * HUNDREDTHS)) - 1
    return next(bits for bits in range(low, low + 4) if bits / HUNDREDTHS >= start)


def _is_counted(name: str) -> bool:
    heads = tuple(f"{SPARE}{kind}_" for kind in ("pass", "rule", "value", "form"))
    return name in {ID, UNKNOWN, BARE} or name.startswith(heads)
