"""What the values of a table in an engine are worth: counted there, field by field."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, Literal, cast

import attrs
import numpy as np

from custseg import frames
from custseg.clean.assessment import FieldQuality
from custseg.clean.columns import ReadColumn
from custseg.clean.inside.cleaning import Reads, texts_of
from custseg.frames import Share, Table
from custseg.frames.marks import marks
from custseg.frames.parts.joins import crowding, crowds
from custseg.values.columns import Kind

_HEADS: Final = ("column", "what", "code")
_HOLDS: Final = ("boolean", "number", "date", "text")
_STATES: Final = ("missing", "placeholder", "invalid", "valid")
_SEEN: Final = "seen"


@attrs.frozen
class FieldCounts:
    """Work on some rows: how many values of each field are of what sort.

    Attributes:
        model: The cleaner.
    """

    model: Reads

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """Rows of column, what is counted, its code and how many."""
        table = given["rows"]
        found = list(_counted(self.model.columns_of(table)))
        made = {name: texts_of(key[i] for key, _ in found) for i, name in enumerate(_HEADS)}
        return table.build({**made, "n": np.array([n for _, n in found], dtype=np.int64)})


@attrs.frozen
class KeyMarks:
    """Work on some rows: a number for the value of each field, the same for all its spellings.

    Attributes:
        model: The cleaner.
    """

    model: Reads

    def __call__(self, rows: Table[Any]) -> object:
        """One column a field, 0 where a value cannot be used."""
        columns = self.model.columns_of(rows)
        found = [np.append(marks(column.keys), 0)[column.at] for column in columns]
        return rows.build({marked(place): held for place, held in enumerate(found)})


def marked(place: int) -> str:
    """The column with the marks of a field.

    >>> marked(0)
    'custseg_mark_0'
    """
    return f"custseg_mark_{place}"


@attrs.frozen(eq=False)
class FieldsInside:
    """The fields of a table in an engine, counted when they are asked for.

    Attributes:
        model: The cleaner.
        share: The columns that are looked at.
        kinds: What each cleaned column holds, in order.
    """

    model: Reads
    share: Share
    kinds: Mapping[str, Kind]

    @cached_property
    def rows(self) -> int:
        """All rows."""
        return self.share.table.size

    @cached_property
    def _told(self) -> dict[str, Counter[tuple[str, str]]]:
        parts = frames.totals({"rows": self.share}, FieldCounts(self.model))
        heads: list[Any] = [parts.read({name: "text"})[name].texts() for name in _HEADS]  # type: ignore[union-attr]
        counts = cast("Any", parts.read({"n": "number"})["n"]).tolist()
        out = {name: Counter[tuple[str, str]]() for name in self.kinds}
        for column, what, code, n in zip(*heads, counts, strict=True):
            out[column][what, code or ""] += int(n)
        return out

    @cached_property
    def _unique(self) -> tuple[int, ...]:
        """How many different values can be used, each counted in one spelling."""
        names = [marked(place) for place in range(len(self.kinds))]
        table = self.share.table
        native = frames.by_row(table, KeyMarks(self.model), needs=self.share.columns)
        if not crowding(table):
            held = frames.table(native).select(names)
            return tuple(_distinct(held, name) for name in names)
        sizes = crowds(frames.table(native).kept()).sizes(names)
        read = sizes.read({"place": "number", "blocks": "number"})
        places, blocks = (cast("Any", read[name]).astype(np.int64) for name in read)
        return tuple(int(blocks[places == place].sum()) for place in range(len(names)))

    def fields(self, weights: Sequence[float]) -> tuple[FieldQuality, ...]:
        """Each column that was looked at.

        Args:
            weights: What each counts.
        """
        rows = zip(self.kinds, self._unique, weights, strict=True)
        return tuple(self._field(name, unique, weight) for name, unique, weight in rows)

    def _field(self, name: str, unique: int, weight: float) -> FieldQuality:
        told = self._told[name]
        problems = {code: n for (what, code), n in told.items() if what == "problem"}
        kind: Kind | Literal["number", "boolean"] = self.kinds[name]
        seen = {code for what, code in told if what == _SEEN}
        if kind == "text" and len(seen) == 1:
            kind = cast("Kind", seen.pop())
        return FieldQuality(
            name,
            kind,
            self.rows,
            **{what: told["state", what] for what in _STATES},
            doubtful=told["doubtful", ""],
            unique=unique,
            problems=dict(sorted(problems.items(), key=lambda item: (-item[1], item[0]))),
            weight=weight,
        )


def _counted(columns: Sequence[ReadColumn]) -> Iterator[tuple[tuple[str, str, str], int]]:
    for column in columns:
        for state, n in column.states().items():
            yield (column.name, "state", state), n
        for problem, n in column.problems().items():
            yield (column.name, "problem", problem), n
        doubtful = column.rows_where(lambda s: s.state == "valid" and s.problem is not None)
        yield (column.name, "doubtful", ""), int(doubtful.sum())
        if column.kind == "text" and column.old:
            holds = FieldQuality.of(column, 0.0).kind
            yield (column.name, _SEEN, holds), 1


def _distinct(table: Table[Any], name: str) -> int:
    return len({*table.keys(name).ids()} - {0})
