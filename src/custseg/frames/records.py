"""Records: dicts, and objects of attrs, dataclasses or an ORM, in lists or from iterators."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from functools import cache
from typing import Any, cast

import attrs

from custseg._typing import Columns, Index, words
from custseg.errors import DataError
from custseg.frames.cells import Cells, ListCells
from custseg.frames.matching import Alike, found, listed
from custseg.frames.table import Attachable, Table, plain, sized
from custseg.frames.vector import evaluated_all
from custseg.rules import Rule, merged

Rows = list[dict[str, Any]]


@attrs.frozen(eq=False)
class RecordTable(Table[Rows]):
    """A list of records; a key that some records lack is missing there.

    Attributes:
        rows: The records as mappings.
        names: All keys, in order of appearance.
    """

    rows: Sequence[Mapping[str, Any]]
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All keys."""
        return self.names

    @property
    def size(self) -> int:
        """Number of records."""
        return len(self.rows)

    @property
    def native(self) -> Rows:
        """The records as new dicts."""
        return [dict(row) for row in self.rows]

    def require(self, names: Iterable[str]) -> None:
        """Refuse a missing column; no records at all have every column."""
        if self.rows:
            super().require(names)

    def cells(self, name: str) -> Cells:
        """One key's values."""
        return ListCells([row.get(name) for row in self.rows])

    def attach(self, new: Mapping[str, Attachable]) -> Rows:
        """New dicts with keys added; the given records are not changed."""
        sized(new, self.size)
        out = self.native
        for name, column in new.items():
            for row, value in zip(out, plain(column), strict=True):
                row[name] = value
        return out

    def take(self, rows: Index) -> Rows:
        """These records, as new dicts."""
        return [dict(self.rows[i]) for i in rows.tolist()]

    def build(self, columns: Mapping[str, Attachable]) -> Rows:
        """New records."""
        sized(columns)
        names, lists = list(columns), [plain(c) for c in columns.values()]
        return [dict(zip(names, row, strict=True)) for row in zip(*lists, strict=True)]

    def select(self, names: Iterable[str]) -> "RecordTable":
        """All columns are at hand already."""
        self.require(names)
        return self

    def empty(self, names: Iterable[str] | None = None) -> "RecordTable":
        """No records."""
        return RecordTable([], self.names if names is None else tuple(names))

    def counted(self, by: Iterable[str] | str) -> "RecordTable":
        """Count the records."""
        names = words(by)
        alike = Alike.of(self, names)
        rows = [self.rows[i] for i in alike.first.tolist()]
        held = [{name: row.get(name) for name in names} for row in rows]
        return record_table(RecordTable(held, names).attach({"n": alike.count}))

    def push(self, rules: Mapping[str, Rule]) -> Rows:
        """Evaluate here: records have no engine."""
        return self.attach(pushed(self, rules))

    def _joined(self, other: Table[Any], on: Mapping[str, str], names: tuple[str, ...]) -> Rows:
        """Look each record up; a lazy table is fetched."""
        held = other.select((*on.values(), *names))
        rows = found(self, on, held)
        return self.attach({name: listed(held, name, rows) for name in names})


def pushed(table: Table[Any], rules: Mapping[str, Rule]) -> Columns:
    """Read what rules need and evaluate them here."""
    cols = table.read(merged(rule.needs for rule in rules.values()))
    return evaluated_all(rules, cols, table.size)


def as_mapping(record: object) -> Mapping[str, Any]:
    """A record as a mapping.

    Args:
        record: A dict; an object of attrs, a dataclass, pydantic, Django or SQLAlchemy, of which
            the stored fields are read; or one with ``_asdict``, such as a named tuple.

    Raises:
        DataError: It is no record.

    >>> as_mapping({"customer_id": 1})
    {'customer_id': 1}
    """
    if isinstance(record, Mapping):
        return cast("Mapping[str, Any]", record)
    names = _fields(cast("Any", type(record)))
    if names is not None:
        return {name: getattr(record, name) for name in names}
    if (named := getattr(record, "_asdict", None)) is not None:
        return cast("Mapping[str, Any]", named())
    msg = f"a record is a dict, attrs or dataclass object, got {type(record).__name__}"
    raise DataError(msg)


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    """The stored fields of a class; ``None`` where it does not tell them."""
    # Mapped dataclasses have relationships among their fields: what is stored, the mapper says.
    if (mapper := getattr(kind, "__mapper__", None)) is not None:
        return tuple(mapper.column_attrs.keys())  # SQLAlchemy
    if attrs.has(kind):
        return tuple(a.name for a in attrs.fields(kind))
    if is_dataclass(kind):
        return tuple(f.name for f in dataclass_fields(kind))
    if (columns := getattr(getattr(kind, "_meta", None), "concrete_fields", None)) is not None:
        return tuple(column.attname for column in columns)  # Django
    names = getattr(kind, "model_fields", None)  # pydantic
    return tuple(cast("Mapping[str, Any]", names)) if isinstance(names, Mapping) else None


def record_table(data: Iterable[object]) -> RecordTable:
    """Open a list, tuple or iterator of records."""
    rows = [row if type(row) is dict else as_mapping(row) for row in data]
    names: dict[str, None] = {}
    for row in rows:
        if row.keys() != names.keys():
            names.update(dict.fromkeys(row))
    return RecordTable(rows, tuple(names))


def is_iterator(data: object) -> bool:
    """Whether records come one by one: a generator, a cursor.

    >>> is_iterator(iter([{"id": 1}])), is_iterator([{"id": 1}])
    (True, False)
    """
    return isinstance(data, Iterator)
