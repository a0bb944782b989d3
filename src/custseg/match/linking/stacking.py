"""Several tables as one: their columns below each other, each record with its source."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats, Index
from custseg.errors import ConfigError, DataError
from custseg.frames import Table, unknown
from custseg.match.ids import Ids, ids_of
from custseg.match.parting import Apart, parted

T = TypeVar("T")
Renamed = Mapping[str, Mapping[str, str]]
SOURCE: Final = "source"
RECORD: Final = "record_id"
BETWEEN: Final = ":"


@attrs.frozen(eq=False, slots=False)
class Stacked:
    """Tables below each other.

    Attributes:
        names: The name of each source.
        tables: Its table.
        ids: The ids of its records.
        renamed: For each source what it calls columns that others call otherwise.
    """

    names: tuple[str, ...]
    tables: tuple[Table[Any], ...]
    ids: tuple[Ids, ...]
    renamed: Renamed

    @classmethod
    def of(cls, tables: Mapping[str, Any], column: str | None, renamed: Renamed) -> "Stacked":
        """Open the tables.

        Args:
            tables: The table of each source, the one that names customers first.
            column: The column with the ids of the records; None takes a usual one, and counts the
                rows of a table that has none.
            renamed: For each source what it calls the columns that are asked for.

        Raises:
            ConfigError: There is no table, a source is renamed that is not there, or two sources
                could give two records one name.
            DataError: Two records of a source bear one id, or ids that read the same as text.
        """
        if not tables:
            msg = "there is no table; give at least one by the name of its source"
            raise ConfigError(msg, "tables")
        if odd := sorted(set(renamed) - set(tables)):
            msg = f"there is no source {odd[0]!r}, only {list(tables)}"
            raise ConfigError(msg, "names")
        opened = tuple(frames.table(table) for table in tables.values())
        ids = tuple(
            _ids(table, renamed.get(name, {}), column)
            for name, table in zip(tables, opened, strict=True)
        )
        _tell_apart(tuple(tables))
        for one in ids:
            one.refuse_repeats()
            _read_apart(one)
        return cls(tuple(tables), opened, ids, renamed)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many records each source has."""
        return tuple(len(one.at) for one in self.ids)

    @cached_property
    def sources(self) -> Codes:
        """The source of each record."""
        return Codes(np.repeat(np.arange(len(self.names)), self.sizes), self.names, plain=True)

    @cached_property
    def rank(self) -> Floats:
        """The place of each record: source after source, by id within it; NaN without an id."""
        starts = np.cumsum((0, *self.sizes))
        ranks = [one.rank + start for one, start in zip(self.ids, starts, strict=False)]
        return np.concatenate([np.zeros(0), *ranks])

    @cached_property
    def given(self) -> list[object]:
        """The id of each record as it was given; as text if some are texts and some are not."""
        every: list[object] = []
        for one in self.ids:
            held = [*one.held.values, None]
            every += [held[at] for at in one.at.tolist()]
        kinds = {isinstance(value, str) for value in every if value is not None}
        return [None if one is None else str(one) for one in every] if len(kinds) > 1 else every

    @cached_property
    def texts(self) -> list[str | None]:
        """The source and id of each record in one: ``erp:17``."""
        return [
            None if one is None else f"{source}{BETWEEN}{one}"
            for source, one in zip(self.sources.texts(), self.given, strict=True)
        ]

    def parted(self, pairs: Apart) -> tuple[Index, Index]:
        """The rows of pairs of records, each called by its source and id.

        Raises:
            DataError: They are called otherwise.
        """
        return parted(pairs, np.arange(len(self.texts)), self.texts)

    def read(self, names: Sequence[str]) -> dict[str, Codes]:
        """Columns as text, unknown where a source lacks them."""
        return {
            name: _below([self._column(place, name) for place in self._places]) for name in names
        }

    def lacking(self, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each source the columns that it lacks."""
        lost = {
            source: tuple(name for name in names if self._called(place, name) is None)
            for place, source in enumerate(self.names)
        }
        return {source: columns for source, columns in lost.items() if columns}

    @property
    def _places(self) -> range:
        return range(len(self.names))

    def _called(self, place: int, name: str) -> str | None:
        called = self.renamed.get(self.names[place], {}).get(name, name)
        return called if called in self.tables[place].columns else None

    def _column(self, place: int, name: str) -> Codes:
        called, size = self._called(place, name), self.sizes[place]
        if called is None:
            return cast("Codes", unknown("text", size))
        return cast("Codes", self.tables[place].read({called: "text"})[called])


def stack(tables: Mapping[str, T], *, id: str | None = None, names: Renamed | None = None) -> T:  # noqa: A002 - as everywhere in matching
    """Put the tables of several sources below each other, for one run over all of them.

    Args:
        tables: The table of each source.
        id: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``, and counts the rows of a table that has none.
        names: For each source what it calls the columns that others call otherwise.

    Returns:
        A table of the kind of the first: ``record_id`` (source and id, such as ``erp:17``),
        ``source``, and every column of any of them as text.

    Raises:
        ConfigError: There is no table, a source is renamed that is not there, or a table has a
            column ``source`` or ``record_id`` besides its ids.
        DataError: Two records of a source bear one id.

    >>> erp = [{"id": 17, "name": "Li Lei", "phone": "13800138000"}]
    >>> shop = [{"id": 17, "name": "Han Mei", "mobile": "13926458370"}]
    >>> for one in stack({"erp": erp, "shop": shop}, names={"shop": {"phone": "mobile"}}):
    ...     print(one)
    {'record_id': 'erp:17', 'source': 'erp', 'name': 'Li Lei', 'phone': '13800138000'}
    {'record_id': 'shop:17', 'source': 'shop', 'name': 'Han Mei', 'phone': '13926458370'}
    """
    below = Stacked.of(tables, id, names or {})
    columns: dict[str, Any] = {RECORD: below.texts, SOURCE: below.sources}
    every = _every(below)
    if taken := [name for name in every if name in columns]:
        msg = (
            f"a table has a column {taken[0]!r} of its own, which is where stacking says whose a "
            f"record is; give it another name: names={{source: {{'own_{taken[0]}': {taken[0]!r}}}}}"
        )
        raise ConfigError(msg, "names")
    read = below.read(every)
    plain = {name: Codes(codes.at, codes.words, plain=True) for name, codes in read.items()}
    return cast("T", below.tables[0].build({**columns, **plain}))


def _tell_apart(sources: tuple[str, ...]) -> None:
    """Make sure that no two records are called the same by their source and id.

    Raises:
        ConfigError: ``a`` with ``b:1`` and ``a:b`` with ``1`` would be.
    """
    for one in sources:
        if other := next((two for two in sources if two.startswith(f"{one}{BETWEEN}")), None):
            msg = f"the sources {one!r} and {other!r} could give two records one id; call one anew"
            raise ConfigError(msg, "tables")


def _read_apart(ids: Ids) -> None:
    """Make sure that no two ids of a source read the same.

    Raises:
        DataError: Two do, such as 1 and "1".
    """
    held = ids.held.values
    if len(set(map(type, held))) > 1 and len(set(map(str, held))) < len(held):
        msg = "two ids read the same as text; make all of them texts, or all of them numbers"
        raise DataError(msg, ids.column or "")


def _every(below: Stacked) -> list[str]:
    """The columns of all sources, by the name that they share."""
    found: dict[str, None] = {}
    for name, table, ids in zip(below.names, below.tables, below.ids, strict=True):
        shared = {own: common for common, own in below.renamed.get(name, {}).items()}
        found |= {shared.get(own, own): None for own in table.columns if own != ids.column}
    return list(found)


def _ids(table: Table[Any], renamed: Mapping[str, str], column: str | None) -> Ids:
    called = renamed.get(column, column) if column else None
    # A matcher that was fitted to stacked tables names the ids that stacking gave.
    return ids_of(table, None if called == RECORD not in table.columns else called)


def _below(parts: Sequence[Codes]) -> Codes:
    place: dict[str, int] = {}
    at: list[Index] = [np.zeros(0, dtype=np.intp)]
    for part in parts:
        numbers = [place.setdefault(word, len(place)) for word in part.words]
        table = np.array([*numbers, -1], dtype=np.intp)
        at.append(table[part.at])
    return Codes(np.concatenate(at), tuple(place))
