"""All records turned round, so that one new record is held against its likes in a moment."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Record
from custseg.errors import DataError
from custseg.frames import Table, scalar
from custseg.match.comparing.comparison import Prepared
from custseg.match.ids import Ids, ids_of
from custseg.match.lookup.atoms import SearchPlan
from custseg.match.lookup.found import Found, Search
from custseg.match.lookup.postings import Postings
from custseg.match.lookup.scoring import Scale, scale_of, scored
from custseg.match.lookup.verdict import Hit, Lookup, Verdicts, hardest
from custseg.match.opened import Taught, needs_of
from custseg.match.reading import Once
from custseg.match.weighing.weights import HUNDREDTHS, probability


@attrs.frozen
class IndexOptions:
    """How an index answers.

    Attributes:
        verdicts: From which probability on it warns and blocks.
        owner: The column that says who looks after each record, if somebody else's values are to be
            masked.
        salt: Secret bytes with which the keys are hashed, at most 64.
        rare: Whether the table tells how common a value is: a handful of candidates does not.

    >>> IndexOptions().verdicts.warn
    0.5
    """

    verdicts: Verdicts = attrs.field(factory=Verdicts)
    owner: str | None = None
    salt: bytes = b""
    rare: bool = True


@attrs.frozen(eq=False)
class RecordIndex:
    """The records of a table by everything they can be found by; a frozen value.

    Attributes:
        rules: The matcher.
        options: How it answers.
        source: The table.
        ids: The ids of its records.
        plan: What records are looked for by.
        postings: For each piece the records that hold it.
        prepared: For each comparison the values of the records.
        texts: What the records hold, column by column.
        gone: Rows that are not told any more.
        tail: Records that came later.

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
    plan: SearchPlan
    postings: tuple[Postings, ...]
    prepared: tuple[Prepared, ...]
    texts: Mapping[str, Codes]
    gone: frozenset[int] = frozenset()
    tail: "RecordIndex | None" = None

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
        joint = plan.joint
        postings = tuple(
            Postings.of(atom.codes(once), options.salt, keep=place in joint)
            for place, atom in enumerate(plan.atoms)
        )
        weighed = rules.comparisons if rules.learnt else ()
        prepared = tuple(one.prepare(once, rules.region) for one in weighed)
        plain = {name: held for name, held in texts.items() if isinstance(held, Codes)}
        ids = ids_of(opened, rules.id)
        return cls(rules, options, opened, ids, plan, postings, prepared, plain)

    def lookup(self, record: Record, *, owner: str | None = None, most: int = 5) -> Lookup:
        """Say whether a new record is somebody who is there already.

        Args:
            record: The new record; it need not have all columns.
            owner: Who types it in: the values of records that somebody else looks after are masked.
                Needs an index that knows owners.
            most: The most hits to tell.

        Returns:
            What to do, and the records that ask for it, the surest first. A weight is the one that
            the pair would have in the table, but that a value which no candidate shares counts as
            rare.

        Raises:
            DataError: The owner is given, and the index knows none.
        """
        if owner is not None and self.options.owner is None:
            msg = "the index knows no owners: make it with owner='the column that names them'"
            raise DataError(msg)
        found = self._search.found(self.plan.words(record))
        hits = [*self._hits(record, found, owner), *self._later(record, owner, most)]
        hits.sort(key=lambda hit: (not hit.sure, -(hit.weight or 0.0), str(hit.record)))
        compared = len(found.rows) + (self.tail.size if self.tail else 0)
        return Lookup(hardest(hits), tuple(hits[:most]), compared, found.too_common)

    def added(self, records: object) -> "RecordIndex":
        """The index with more records; the old one stays as it was.

        How common a value is stays as it was when the index was made: make it anew now and then.

        Args:
            records: Records or a table; columns that it lacks are missing values.
        """
        more = frames.table(records)
        rows = [*(self.tail.plain if self.tail else ()), *_plain(self, more)]
        options = attrs.evolve(self.options, rare=False)
        return attrs.evolve(self, tail=RecordIndex.of(self.rules, rows, options))

    def removed(self, ids: Iterable[object]) -> "RecordIndex":
        """The index without some records: they are not told any more.

        Args:
            ids: Their ids; those it does not hold do not matter.

        Their values stay in memory until the index is made anew; `erased` makes it anew at once.
        """
        wanted = list(ids)
        gone = self.gone.union(self._rows[one] for one in wanted if one in self._rows)
        tail = self.tail.removed(wanted) if self.tail else None
        return attrs.evolve(self, gone=gone, tail=tail)

    def erased(self, ids: Iterable[object]) -> "RecordIndex":
        """The index made anew without some records: nothing of them is kept.

        Args:
            ids: Their ids.
        """
        less = self.removed(ids)
        kept = np.setdiff1d(np.arange(self.source.size), [*less.gone])
        made = RecordIndex.of(self.rules, self.source.take(kept), self.options)
        if less.tail is None:
            return made
        rows = [row for at, row in enumerate(less.tail.plain) if at not in less.tail.gone]
        return made.added(rows) if rows else made

    @property
    def size(self) -> int:
        """How many records it tells."""
        return len(self.ids.at) - len(self.gone) + (self.tail.size if self.tail else 0)

    @property
    def memory(self) -> int:
        """Bytes of what it adds to the table: the records by their pieces."""
        return sum(one.size for one in self.postings)

    @property
    def plain(self) -> list[dict[str, object]]:
        """The records as plain ones, with what the index reads of them."""
        return _plain(self, self.source)

    @cached_property
    def _search(self) -> Search:
        return Search(self.plan, self.postings, self.rules, self.options.salt, self.gone)

    @cached_property
    def _scale(self) -> Scale | None:
        learnt = self.rules.learnt
        if learnt is None:
            return None
        columns = dict.fromkeys(name for one in self.rules.comparisons for name in one.columns)
        return scale_of(learnt.weights, self.prepared, [*columns], rare=self.options.rare)

    @cached_property
    def _shown(self) -> tuple[str, ...]:
        return tuple(needs_of(self.rules))

    @cached_property
    def _rows(self) -> dict[object, int]:
        return {self.ids.id_of(row): row for row in range(len(self.ids.at))}

    def _later(self, record: Record, owner: str | None, most: int) -> tuple[Hit, ...]:
        return self.tail.lookup(record, owner=owner, most=most).hits if self.tail else ()

    def _hits(self, record: Record, found: Found, owner: str | None) -> list[Hit]:
        rows = np.fromiter(found.rows, dtype=np.intp, count=len(found.rows))
        if self._scale is None or not len(rows):
            return [self._hit(row, found, None, owner) for row in found.rows if row in found.sure]
        values = {name: scalar.text(record.get(name)) for name in self._scale.columns}
        weighed = scored(self._scale, values, rows)
        hits: list[Hit] = []
        for at, (row, whole) in enumerate(zip(found.rows, weighed.total, strict=True)):
            weight = whole / HUNDREDTHS
            if row in found.sure or probability(weight) >= self.options.verdicts.warn:
                hit = self._hit(row, found, weight, owner)
                hits.append(attrs.evolve(hit, parts=weighed.parts(at)))
        return hits

    def _hit(self, row: int, found: Found, weight: float | None, owner: str | None) -> Hit:
        chance = None if weight is None else probability(weight)
        sure = row in found.sure
        whose = self._held(self.options.owner, row) if self.options.owner else None
        return Hit(
            record=self.ids.id_of(row),
            verdict=self.options.verdicts.of(chance or 0.0, sure=sure),
            weight=weight,
            chance=chance,
            rule=found.rows[row],
            sure=sure,
            owner=whose,
            other=owner is not None and whose is not None and whose != owner,
            values={name: self._held(name, row) for name in self._shown},
        )

    def _held(self, column: str, row: int) -> str | None:
        codes = self.texts[column]
        at = int(codes.at[row])
        return codes.words[at] if at >= 0 else None


def _plain(index: RecordIndex, table: Table[Any]) -> list[dict[str, object]]:
    names = [*index.texts]
    texts = table.read(dict.fromkeys((name for name in names if name in table.columns), "text"))
    ids = ids_of(table, index.rules.id)
    column = ids.column or "id"
    return [
        {column: ids.id_of(row), **{name: _word(texts.get(name), row) for name in names}}
        for row in range(table.size)
    ]


def _word(codes: object, row: int) -> str | None:
    if not isinstance(codes, Codes):
        return None
    at = int(codes.at[row])
    return codes.words[at] if at >= 0 else None
