"""Where each value of the golden records comes from, and what gave way to it: nothing is lost."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Index
from custseg.errors import DataError
from custseg.frames import Attachable, Table, Tabled
from custseg.frames.gather import gathered
from custseg.frames.held import Held, held
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.ids import Ids
from custseg.match.merging.field import Field
from custseg.match.merging.groups import Groups
from custseg.match.merging.locks import LOCKED, Lock
from custseg.match.merging.origin import Lost, Origin
from custseg.match.merging.winners import Winners
from custseg.showing import heads


@attrs.frozen(eq=False)
class Trace:
    """What became of one column.

    Attributes:
        field: The column, with the value of each record.
        rule: The code of the strategy.
        won: What survived.
        locks: Values that somebody settled, by the place of their entity.
    """

    field: Field
    rule: str
    won: Winners
    locks: Mapping[int, Lock] = attrs.field(factory=dict[int, Lock])

    @cached_property
    def survived(self) -> Bools:
        """The records whose value is the one that survived."""
        row = self.won.row
        kept = np.where(row >= 0, self.field.at[row], -2)[self.field.groups.at]
        same: Bools = self.field.at == kept
        return self.field.filled & same

    @property
    def lost(self) -> Bools:
        """The records whose value is another."""
        return self.field.filled & ~self.survived

    @property
    def conflicts(self) -> int:
        """How many entities have records that disagree."""
        return int((self.field.groups.count(self.lost) > 0).sum())


@attrs.frozen(eq=False)
class Provenance(Tabled):
    """Where every value of the golden records comes from.

    Attributes:
        records: The table with the records.
        ids: The ids of the records.
        whose: For each record the id of its entity.
        groups: The records by entity, in the order of the golden records.
        traces: What became of each column.
        source: The column that names the source of each record, None if there is none.
        moment: The column that says when each record was last updated, None if there is none.

    >>> from custseg.match import Merge
    >>> cards = [{"id": 1, "entity_id": 1, "city": "Ulm"}, {"id": 2, "entity_id": 1, "city": "U."}]
    >>> past = Merge().golden(cards).provenance
    >>> past.of(1)[0].as_dict()
    {'field': 'city', 'rule': 'first_filled', 'record': 1, 'agreed': [], 'lost': [{'record': 2}]}
    >>> [row["survived"] for row in past.table()]
    [True, False]
    """

    records: Table[Any]
    ids: Ids
    whose: Ids
    groups: Groups
    traces: tuple[Trace, ...]
    source: str | None = None
    moment: str | None = None

    def of(self, entity: object) -> tuple[Origin, ...]:
        """Where the values of one golden record come from, column by column.

        Args:
            entity: Its id.

        Raises:
            DataError: There is no such entity.
        """
        place = self._place.get(entity)
        if place is None:
            msg = "no golden record has this id"
            raise DataError(msg, self.whose.column or "")
        return tuple(self._origin(trace, place) for trace in self.traces)

    def table(self, *, values: bool = False) -> Any:  # noqa: ANN401 - the caller's kind
        """One row for each value of each record: kept or lost, and by which rule.

        Args:
            values: Whether to add the values themselves, as text.

        Returns:
            A table of the caller's kind: ``entity_id``, ``field``, ``record_id``, ``rule``,
            ``survived``; ``source`` and ``at`` as far as the table says them; ``value`` when asked.
        """
        parts = [np.flatnonzero(trace.field.filled) for trace in self.traces]
        rows = np.concatenate([*parts, np.zeros(0, dtype=np.intp)])
        number = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        kept = [trace.survived[part] for trace, part in zip(self.traces, parts, strict=True)]
        columns: dict[str, Attachable] = {
            "entity_id": self._copied(self.whose, rows),
            "field": _spread([trace.field.name for trace in self.traces], number),
            "record_id": self._copied(self.ids, rows),
            "rule": self._rules(parts, number),
            "survived": np.concatenate([*kept, np.zeros(0, dtype=np.bool_)]),
        }
        for name, column in (("source", self.source), ("at", self.moment)):
            if column is not None:
                columns[name] = gathered(self.records, column, rows)
        if values:
            columns["value"] = self._values(parts)
        return self.records.build(columns)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """The columns in numbers; the origin of every value when asked."""
        out: dict[str, object] = {"fields": list(self._lines())}
        if values:
            out["entities"] = {
                str(entity): [origin.as_dict(values=True) for origin in self.of(entity)]
                for entity in self._place
            }
        return out

    def text(self, locale: str = "en") -> str:
        """Lines to read, one a column."""
        return "\n".join(
            f"{line['field']}: {label(line['rule'], locale)}, "
            f"{label('match.conflicts', locale)} {line['conflicts']:,}"
            for line in self._lines()
        )

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [
            (line["field"], label(line["rule"], locale), line["conflicts"], line["lost"])
            for line in self._lines()
        ]
        return html_table(heads(locale, "field", "rule", "conflicts", "lost"), rows)

    def _lines(self) -> Iterator[dict[str, Any]]:
        for trace in self.traces:
            yield {
                "field": trace.field.name,
                "rule": trace.rule,
                "conflicts": trace.conflicts,
                "lost": int(trace.lost.sum()),
            }

    @cached_property
    def _place(self) -> dict[object, int]:
        firsts = enumerate(self.groups.firsts.tolist())
        known = ((place, self.whose.id_of(row)) for place, row in firsts)
        return {entity: place for place, entity in known if entity is not None}

    def _origin(self, trace: Trace, place: int) -> Origin:
        field, row = trace.field, int(trace.won.row[place])
        members = field.groups.members(place)
        members = members[field.filled[members]]
        kept = trace.survived[members]
        values, at, lock = field.values, field.at, trace.locks.get(place)
        made = trace.won.made.get(place)
        source, moment = self._mark(row)
        return Origin(
            field=field.name,
            rule=LOCKED if lock else trace.rule,
            record=self.ids.id_of(row) if row >= 0 else None,
            value=made if row < 0 else values[int(at[row])] if at[row] >= 0 else None,
            agreed=tuple(self.ids.id_of(r) for r in members[kept].tolist() if r != row),
            lost=tuple(
                Lost(self.ids.id_of(r), values[int(at[r])], *self._mark(r))
                for r in members[~kept].tolist()
            ),
            source=source,
            at=lock.at or None if lock else moment,
        )

    def _mark(self, row: int) -> tuple[object, object]:
        """Source and time of one record."""
        held = (self._marks.get(name) for name in (self.source, self.moment))
        source, moment = (
            one.values[int(one.at[row])] if one and row >= 0 and one.at[row] >= 0 else None
            for one in held
        )
        return source, moment

    @cached_property
    def _marks(self) -> dict[str | None, Held]:
        names = {name for name in (self.source, self.moment) if name is not None}
        merged = {trace.field.name: trace.field.held for trace in self.traces}
        return {name: merged.get(name) or held(self.records, name) for name in names}

    def _rules(self, parts: Sequence[Index], number: Index) -> Codes:
        rules = _spread([*(trace.rule for trace in self.traces), LOCKED], number)
        settled = [
            np.isin(trace.field.groups.at[part], list(trace.locks))
            for trace, part in zip(self.traces, parts, strict=True)
        ]
        locked = np.concatenate([*settled, np.zeros(0, dtype=np.bool_)])
        return Codes(np.where(locked, rules.words.index(LOCKED), rules.at), rules.words, plain=True)

    def _copied(self, ids: Ids, rows: Index) -> Attachable:
        if ids.column is None:
            return rows.astype(np.int64)
        return gathered(self.records, ids.column, rows)

    def _values(self, parts: Sequence[Index]) -> list[str]:
        texts: list[str] = []
        for trace, part in zip(self.traces, parts, strict=True):
            values = trace.field.values
            texts += [str(values[at]) for at in map(int, trace.field.at[part])]
        return texts


def _spread(words: Sequence[str], number: Index) -> Codes:
    distinct = tuple(dict.fromkeys(words))
    place = np.array([distinct.index(word) for word in words], dtype=np.intp)
    return Codes(place[number] if len(words) else number, distinct, plain=True)
