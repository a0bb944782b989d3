"""All records turned round, so that one new record is held against its likes in a moment."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes
from custseg.errors import DataError
from custseg.frames import Table, scalar
from custseg.match.ids import Ids, ids_of
from custseg.match.lookup.atoms import SearchPlan
from custseg.match.lookup.counting import Turned
from custseg.match.lookup.found import REACH, Found, Search
from custseg.match.lookup.postings import Postings, checked_salt
from custseg.match.lookup.scoring import Scale, scale_of, scored
from custseg.match.lookup.verdict import Hit, Lookup, Verdicts, hardest
from custseg.match.opened import Taught, needs_of
from custseg.match.reading import Once
from custseg.match.told import Told, told_by
from custseg.match.weighing.weights import HUNDREDTHS, probability
from custseg.showing import Shown


@attrs.frozen
class IndexOptions:
    """How an index answers.

    Attributes:
        verdicts: From which probability on it warns and blocks.
        owner: The column that says who looks after each record, if somebody else's values are to be
            masked.
        salt: Secret bytes with which the keys are hashed, at most 64.
        rare: Whether the table tells how common a value is: a handful of candidates does not.
        reach: So many records under one pass are too many to be compared with a new one.

    Raises:
        ConfigError: The salt is longer.

    >>> IndexOptions().verdicts.warn
    0.5
    """

    verdicts: Verdicts = attrs.field(factory=Verdicts)
    owner: str | None = None
    salt: bytes = attrs.field(default=b"", repr=False, converter=checked_salt)
    rare: bool = True
    reach: int = REACH


@attrs.frozen(eq=False, repr=False)
class RecordIndex(Shown):
    """The records of a table by everything they can be found by; a frozen value.

    Attributes:
        rules: The matcher.
        options: How it answers.
        source: The table.
        ids: The ids of its records.
        search: What finds records by their pieces.
        scale: What comparisons weigh; None if only keys decide.
        texts: What the records hold, column by column.
        gone: Rows that are not told any more.
        later: Records that came later.

    >>> from custseg.match import Dedupe
    >>> people = [{"id": 1, "name": "Ann Lee", "phone": "+1 303 456 7811"}]
    >>> index = Dedupe.preset("person").fit(people).index(people)
    >>> index.lookup({"name": "Lee, Ann", "phone": "+1 (303) 456-7811"}).verdict
    'block'
    >>> index.lookup({"name": "Tom Ray", "phone": "+1 303 456 9999"}).verdict
    'create'
    """

    rules: Taught
    options: IndexOptions
    source: Table[Any]
    ids: Ids
    search: Search
    scale: Scale | None
    texts: Mapping[str, Codes]
    gone: frozenset[int] = frozenset()
    later: tuple["RecordIndex", ...] = ()

    @classmethod
    def of(cls, rules: Taught, table: object, options: IndexOptions) -> "RecordIndex":
        """Turn a table round.

        Args:
            rules: A matcher.
            table: Records or a table.
            options: How the index answers.

        Raises:
            MissingColumnError: A column is not there.
        """
        opened = frames.table(table)
        wanted = [*needs_of(rules), *([options.owner] if options.owner else [])]
        texts = opened.read(dict.fromkeys(wanted, "text"))
        once = Once(texts)
        plan = SearchPlan.of(rules)
        pieces = tuple(atom.codes(once) for atom in plan.atoms)
        postings = tuple(
            Postings.of(codes, options.salt, keep=place in plan.joint)
            for place, codes in enumerate(pieces)
        )
        return cls(
            rules,
            options,
            opened,
            ids_of(opened, rules.id),
            Search(plan, postings, rules, options.salt, options.reach),
            _scale(rules, once, Turned(pieces, postings, options.salt) if options.rare else None),
            {name: held for name, held in texts.items() if isinstance(held, Codes)},
        )

    def lookup(self, record: object, *, owner: str | None = None, most: int = 5) -> Lookup:
        """Say whether a new record is somebody who is there already.

        Args:
            record: The new record, a mapping or an object; it need not have all columns.
            owner: Who types it in: the values of records that somebody else looks after are masked.
                Needs an index that knows owners. None masks nothing.
            most: The most hits to tell.

        Returns:
            What to do, and the records that ask for it, the surest first. A weight is the one that
            the pair would have in the table.

        Raises:
            DataError: The owner is given, and the index knows none; or it is no record.
        """
        if owner is not None and self.options.owner is None:
            msg = "the index knows no owners: make it with owner='the column that names them'"
            raise DataError(msg)
        told = told_by(record, self._columns)
        asked = [one._found(told) for one in (self, *self.later)]  # noqa: SLF001 - of its own kind
        hits = [hit for mine, _ in asked for hit in mine]
        hits.sort(key=lambda hit: (not hit.sure, -(hit.weight or 0.0), str(hit.record)))
        shown = [hit if _own(hit, owner) else hit.of_another() for hit in hits[:most]]
        common = dict.fromkeys(rule for _, found in asked for rule in found.too_common)
        compared = sum(len(found.rows) for _, found in asked)
        return Lookup(hardest(hits), tuple(shown), compared, tuple(common))

    def added(self, records: object) -> "RecordIndex":
        """The index with more records; the old one stays as it was.

        In what came later a value counts as neither rare nor common: make the index anew now and
        then.

        Args:
            records: Records or a table; columns that it lacks are missing values.
        """
        rows = _plain(self, frames.table(records))
        if not rows:
            return self
        later = [*self.later]
        # Small ones are put together, so that a thousand single records are ten parts.
        while later and later[-1].size <= len(rows):
            rows = [*later.pop().plain, *rows]
        options = attrs.evolve(self.options, rare=False)
        last = RecordIndex.of(self.rules, rows, options)
        return attrs.evolve(self, later=(*later, last))

    def removed(self, ids: Iterable[object]) -> "RecordIndex":
        """The index without some records: they are not told any more.

        Args:
            ids: Their ids; those it does not hold do not matter.

        Their values stay in memory until the index is made anew; `erased` makes it anew at once.
        """
        wanted = [*ids]
        rows = (row for one in wanted for row in self._rows.get(one, ()))
        later = tuple(one.removed(wanted) for one in self.later)
        return attrs.evolve(self, gone=self.gone.union(rows), later=later)

    def erased(self, ids: Iterable[object]) -> "RecordIndex":
        """The index made anew without some records: nothing of them is kept.

        Args:
            ids: Their ids, such as ``Erasure.erased`` of the journal.
        """
        less = self.removed(ids)
        kept = np.array([row for row in range(self.source.size) if row not in less.gone], np.intp)
        made = RecordIndex.of(self.rules, self.source.take(kept), self.options)
        return made.added([row for one in less.later for row in one.plain])

    @property
    def size(self) -> int:
        """How many records it tells."""
        return len(self.ids.at) - len(self.gone) + sum(one.size for one in self.later)

    @property
    def memory(self) -> int:
        """Bytes of what it adds to the values: the records by their pieces, and counts."""
        sticks = self.scale.sticks if self.scale else ()
        common = [one.common for one in sticks if one.common]
        held = {id(one): one.size for one in (*self.search.postings, *(c.held for c in common))}
        own = sum(held.values()) + sum(one.size for one in common)
        return own + sum(one.memory for one in self.later)

    @property
    def plain(self) -> list[dict[str, object]]:
        """The records it tells as plain ones, with what the index reads of them."""
        rows = _plain(self, self.source)
        mine = [row for at, row in enumerate(rows) if at not in self.gone]
        return [*mine, *(row for one in self.later for row in one.plain)]

    def __repr__(self) -> str:
        """How many records there are; no value of a customer."""
        return f"{type(self).__name__}({self.size} records)"

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple(needs_of(self.rules))

    @cached_property
    def _rows(self) -> dict[object, list[int]]:
        rows: dict[object, list[int]] = {}
        for row in range(len(self.ids.at)):
            rows.setdefault(self.ids.id_of(row), []).append(row)
        return rows

    def _found(self, told: Told) -> tuple[list[Hit], Found]:
        found = self.search.found(self.search.plan.words(told), self.gone)
        return self._hits(told, found), found

    def _hits(self, told: Told, found: Found) -> list[Hit]:
        if self.scale is None or not found.rows:
            return [self._hit(row, found) for row in found.rows if row in found.sure]
        rows = np.fromiter(found.rows, dtype=np.intp, count=len(found.rows))
        weighed = scored(self.scale, told, rows)
        hits: list[Hit] = []
        for at, (row, whole) in enumerate(zip(found.rows, weighed.total, strict=True)):
            weight = whole / HUNDREDTHS
            if row in found.sure or probability(weight) >= self.options.verdicts.warn:
                parts = weighed.parts(at)
                hits.append(attrs.evolve(self._hit(row, found, weight), parts=parts))
        return hits

    def _hit(self, row: int, found: Found, weight: float | None = None) -> Hit:
        chance = None if weight is None else probability(weight)
        sure, owner = row in found.sure, self.options.owner
        return Hit(
            record=self.ids.id_of(row),
            verdict=self.options.verdicts.of(chance or 0.0, sure=sure),
            weight=weight,
            chance=chance,
            rule=found.rows[row],
            sure=sure,
            owner=_word(self.texts[owner], row) if owner else None,
            values={name: _word(self.texts[name], row) for name in self._columns},
        )


def _scale(rules: Taught, once: Once, turned: Turned | None) -> Scale | None:
    if rules.learnt is None:
        return None
    prepared = tuple(one.prepare(once, rules.region) for one in rules.comparisons)
    columns = dict.fromkeys(name for one in rules.comparisons for name in one.columns)
    return scale_of(rules.learnt.weights, prepared, [*columns], turned)


def _own(hit: Hit, owner: str | None) -> bool:
    """Whether somebody may see the values of a record: what nobody looks after anybody may."""
    return owner is None or hit.owner is None or hit.owner == scalar.text(owner)


def _plain(index: RecordIndex, table: Table[Any]) -> list[dict[str, object]]:
    names = [*index.texts]
    texts = table.read(dict.fromkeys((name for name in names if name in table.columns), "text"))
    ids = ids_of(table, index.rules.id)
    column = ids.column or "id"
    return [
        {**{name: _word(texts.get(name), row) for name in names}, column: ids.id_of(row)}
        for row in range(table.size)
    ]


def _word(codes: object, row: int) -> str | None:
    if not isinstance(codes, Codes):
        return None
    at = int(codes.at[row])
    return codes.words[at] if at >= 0 else None
