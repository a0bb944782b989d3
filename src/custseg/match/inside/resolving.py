"""Records that hang together, resolved in the partition that holds them all."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index, Ints
from custseg.frames import Attachable, Table
from custseg.frames.gather import first_known, gathered
from custseg.frames.marks import SPARE, whole_numbers
from custseg.frames.parts.joins import BLOCK, PLACE
from custseg.match.blocking.blocks import joint
from custseg.match.blocking.candidates import candidates
from custseg.match.clustering.grouping import ClusterReport
from custseg.match.entities import Entities, Keyed
from custseg.match.evidence import Evidence, source_of
from custseg.match.ids import ids_of
from custseg.match.inside.asking import Held
from custseg.match.inside.marking import GROUP, ID, pass_column, rule_column
from custseg.match.inside.pairing import Counts
from custseg.match.keys import keys_of, rule_of
from custseg.match.opened import Opened, Taught, needs_of
from custseg.match.parting import parted
from custseg.match.reading import Once

ENTITY: Final = f"{SPARE}entity"
RULE: Final = f"{SPARE}rule"
CHANCE: Final = f"{SPARE}chance"
SIZE: Final = f"{SPARE}size"
TOLD: Final = tuple(attrs.fields_dict(ClusterReport))
"""What clustering did besides, told once in each partition."""
_EVERY: Final = 2**62


@attrs.frozen(eq=False)
class Starring:
    """Work on the records of some keys: lines that join the records of each."""

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row for each record but the first of a key."""
        rows = given["rows"]
        ids = whole_numbers(rows, ID)
        block = np.stack([whole_numbers(rows, PLACE), whole_numbers(rows, BLOCK)])
        order = np.lexsort((ids, *block))
        head = np.append([True], (np.diff(block[:, order]) != 0).any(axis=0))[: len(order)]
        hub = ids[order][np.maximum.accumulate(np.where(head, np.arange(len(order)), 0))]
        return rows.build({"left": hub[~head], "right": ids[order][~head]})


@attrs.frozen(eq=False)
class Grouping:
    """Work on some rows: the number of the group with which a record hangs together; 0 for none.

    Attributes:
        marks: The marks of the ids of all records that hang together with others, ascending.
        groups: Their groups, from 1 on.
    """

    marks: Ints
    groups: Ints

    def __call__(self, rows: Table[Any]) -> object:
        """One column."""
        ids = whole_numbers(rows, ID)
        if not len(self.marks):
            return rows.build({GROUP: np.zeros(len(ids), dtype=np.int64)})
        at = np.minimum(np.searchsorted(self.marks, ids), len(self.marks) - 1)
        return rows.build({GROUP: np.where(self.marks[at] == ids, self.groups[at], 0)})


@attrs.frozen(eq=False)
class Resolving:
    """Work on the records of some groups: who is one customer, as in memory.

    Attributes:
        rules: The rules, with the weights.
        counts: What was counted of all records.
        over: For each key that makes records one customer the marks that too many share.
        apart: Pairs of ids of records that are never one customer.
    """

    rules: Taught
    counts: Counts
    over: tuple[Held, ...]
    apart: tuple[tuple[object, object], ...] = ()

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a record."""
        rows = given["rows"]
        done = self._entities(rows)
        size = np.bincount(done.at)[done.at] if len(done.at) else done.at
        ids = ids_of(rows, self.rules.id)
        made: dict[str, Attachable] = {
            ID: whole_numbers(rows, ID),
            ENTITY: gathered(rows, str(ids.column), done.named_by),
            RULE: Codes(done.rule.at, done.rule.words, plain=True),
            CHANCE: _chances(done),
            SIZE: size.astype(np.int64),
        }
        weighing = done.report.weighing
        told = weighing.clusters.as_dict() if weighing else dict.fromkeys(TOLD, 0)
        once = (np.arange(rows.size) == 0).astype(np.int64)
        return rows.build(made | {name: once * told[name] for name in TOLD})

    def _entities(self, rows: Table[Any]) -> Entities:
        rules = self.rules
        ids, columns = ids_of(rows, rules.id), Once(rows.read(needs_of(rules)))
        keyed = [
            Keyed(rule_of(key), self._known(rows, place, keys_of(key, columns)), max(rows.size, 2))
            for place, key in enumerate(rules.keys)
        ]
        found = self._evidence(rows, columns) if rules.comparisons else None
        apart = parted(self.apart, ids.at, ids.held.values) if rows.size else (_NONE, _NONE)
        opened = Opened(rows, ids, columns, found, apart)
        return opened.grouped(rules, keyed)

    def _known(self, rows: Table[Any], place: int, codes: Codes) -> Codes:
        """A key of each record, but for those that too many of all records share."""
        over = self.over[place].has(whole_numbers(rows, rule_column(place)))
        return Codes(np.where(over, -1, codes.at), codes.words, plain=codes.plain)

    def _evidence(self, rows: Table[Any], columns: Once) -> Evidence:
        rules = self.rules
        _, at = np.unique(whole_numbers(rows, GROUP), return_inverse=True)
        group = Codes(at.astype(np.intp), ())
        sources = source_of(rules, columns)
        passes = [
            self.counts.usable(place, whole_numbers(rows, pass_column(place)))
            for place in range(len(rules.passes))
        ]
        pairs, counts = candidates(
            [joint([Codes(one, ()), group]) for one in passes],
            cap=_EVERY,
            sources=sources,
            which=rules.which,
        )
        prepared = tuple(one.prepare(columns, rules.region) for one in rules.comparisons)
        levels = tuple(side.levels(pairs.left, pairs.right) for side in prepared)
        return Evidence(
            rows.size, pairs, counts, prepared, levels, sources, self.counts.of(prepared)
        )


_NONE: Final[Index] = np.zeros(0, dtype=np.intp)


def _chances(done: Entities) -> Floats:
    return np.full(len(done.at), np.nan) if done.chance is None else done.chance


@attrs.frozen
class Naming:
    """Work on some rows: who each record is, itself where it hangs together with no other.

    Attributes:
        id: The column with the ids of the records.
        chance: Whether pairs were weighed.
    """

    id: str
    chance: bool

    def __call__(self, rows: Table[Any]) -> object:
        """The columns that matching adds."""
        every = np.arange(rows.size, dtype=np.intp)
        made: dict[str, Attachable] = {
            "entity_id": first_known(rows, [ENTITY, self.id]),
            "match_rule": gathered(rows, RULE, every),
        }
        more: dict[str, Attachable] = {"match_chance": gathered(rows, CHANCE, every)}
        return rows.build(made | more if self.chance else made)
