"""Golden records of a table in an engine: merged by partition, the rest when it is asked for."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes
from custseg.frames import Share, Table
from custseg.frames.gather import gathered
from custseg.frames.marks import whole_numbers
from custseg.match.ids import ids_of
from custseg.match.merging.golden import Golden, MergeReport
from custseg.match.merging.links import CrosswalkAfar
from custseg.match.merging.locks import Lock

T = TypeVar("T")
_HEADS = ("what", "name", "rule")


class Merges(Protocol):
    """What merges a table in memory."""

    @property
    def entity(self) -> str:
        """The column that says which customer a record is."""
        ...

    @property
    def id(self) -> str | None:
        """The column with the ids of the records."""
        ...

    def golden(self, table: T, locks: tuple[Lock, ...] = ()) -> Golden[T]:
        """Merge the records of each customer."""
        ...


@attrs.frozen(eq=False)
class GoldenRows:
    """Work on the records of some customers: one golden record each.

    Attributes:
        merge: How.
        locks: Values that somebody settled by hand.
    """

    merge: Merges
    locks: tuple[Lock, ...] = ()

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """The golden records."""
        return frames.table(self.merge.golden(given["rows"], self.locks).table).native


@attrs.frozen(eq=False)
class OriginRows:
    """Work on the records of some customers: a row for each value of each record.

    Attributes:
        merge: How they are merged.
        locks: Values that somebody settled by hand.
        values: Whether the values are shown, as text.
    """

    merge: Merges
    locks: tuple[Lock, ...] = ()
    values: bool = False

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """What was kept and what gave way."""
        rows = given["rows"]
        told = frames.table(
            self.merge.golden(rows, self.locks).provenance.table(values=self.values)
        )
        if not self.values:
            return told.native
        held: Any = told.read({"value": "text"})["value"]
        every = np.arange(told.size, dtype=np.intp)
        made: dict[str, Any] = {name: gathered(told, name, every) for name in told.columns}
        return rows.build(made | {"value": Codes(held.at, held.words, plain=True)})


@attrs.frozen(eq=False)
class MergeCounts:
    """Work on the records of some customers: the merge in numbers.

    Attributes:
        merge: How.
        locks: Values that somebody settled by hand.
    """

    merge: Merges
    locks: tuple[Lock, ...] = ()

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """Rows of what is counted, of which column, by which rule, and how many."""
        report = self.merge.golden(given["rows"], self.locks).report
        found: list[tuple[str, str, str, int]] = [
            (name, "", "", int(getattr(report, name))) for name in _WHOLE
        ]
        found += [("conflict", name, rule, many) for name, rule, many in report.conflicts]
        found += [("unreadable", name, "", many) for name, many in report.unreadable]
        found.append(("parts", "", "", 1))
        made: dict[str, Any] = {
            head: _texts([str(one[at]) for one in found]) for at, head in enumerate(_HEADS)
        }
        return given["rows"].build(made | {"n": np.array([one[3] for one in found])})


_WHOLE = ("records", "entities", "owners", "locked", "idle_locks")


def _texts(texts: list[str]) -> Codes:
    words = tuple(dict.fromkeys(texts))
    return Codes(np.array([words.index(one) for one in texts], dtype=np.intp), words, plain=True)


@attrs.frozen(eq=False)
class Afar:
    """A table in an engine that is merged there.

    Attributes:
        merge: How.
        table: The lazy table.
        locks: Values that somebody settled by hand.
    """

    merge: Merges
    table: Table[Any]
    locks: tuple[Lock, ...] = ()

    @cached_property
    def share(self) -> Share:
        """All columns, the records of a customer together."""
        return Share(self.table, self.merge.entity, self.table.columns)

    @cached_property
    def held(self) -> Golden[Any]:
        """The same merge in memory: every row is fetched, since single values are asked for."""
        return self.merge.golden(self.table.select(self.table.columns), self.locks)

    def golden(self) -> Any:  # noqa: ANN401 - the caller's kind
        """The golden records as a lazy table."""
        return frames.by_customer(
            {"rows": self.share}, GoldenRows(self.merge, self.locks), like="rows"
        )

    def origins(self, *, values: bool) -> Any:  # noqa: ANN401 - the caller's kind
        """Where each value comes from, as a lazy table.

        Args:
            values: Whether the values are shown, as text.
        """
        work = OriginRows(self.merge, self.locks, values)
        return frames.by_customer({"rows": self.share}, work, like="rows")

    def report(self) -> MergeReport:
        """The merge in numbers, added up over the partitions."""
        told = frames.totals({"rows": self.share}, MergeCounts(self.merge, self.locks))
        if not told.size:
            return self.merge.golden(self.table.empty(), self.locks).report
        read: Any = told.read(dict.fromkeys(_HEADS, "text"))
        heads = zip(*([one or "" for one in read[head].texts()] for head in _HEADS), strict=True)
        sums: dict[tuple[str, ...], int] = {}
        for key, many in zip(heads, whole_numbers(told, "n").tolist(), strict=True):
            sums[key] = sums.get(key, 0) + many
        parts = sums.pop(("parts", "", ""))
        whole = {name: sums.pop((name, "", "")) for name in _WHOLE}
        # Each partition knows only the locks of its own records.
        whole["idle_locks"] -= (parts - 1) * len(self.locks)
        place = {name: at for at, name in enumerate(self.table.columns)}
        ordered = sorted(sums.items(), key=lambda item: place[item[0][1]])
        return MergeReport(
            **whole,
            conflicts=tuple((n, r, many) for (what, n, r), many in ordered if what == "conflict"),
            unreadable=tuple((n, many) for (what, n, _), many in ordered if what == "unreadable"),
        )


class ProvenanceAfar:
    """Where the values of golden records in an engine come from.

    `table` is lazy; everything else fetches the records, since it shows single ones.
    """

    def __init__(self, afar: Afar) -> None:
        """Take the merge."""
        self._afar = afar

    def table(self, *, values: bool = False) -> Any:  # noqa: ANN401 - the caller's kind
        """One row for each value of each record: kept or lost, and by which rule.

        Args:
            values: Whether to add the values themselves, as text.
        """
        return self._afar.origins(values=values)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the attribute is
        """What a provenance in memory says."""
        return getattr(self._afar.held.provenance, name)


def golden_afar(
    merge: Merges, table: Table[Any], locks: tuple[Lock, ...], owner: str | None
) -> Golden[Any]:
    """Merge a table in its engine.

    Args:
        merge: How.
        table: The lazy table.
        locks: Values that somebody settled by hand.
        owner: The column with the owner, if there is one.
    """
    afar = Afar(merge, table, locks)
    walk = CrosswalkAfar(table, ids_column(table, merge.id), merge.entity)
    return Golden(
        afar.golden(),
        cast("Any", ProvenanceAfar(afar)),
        cast("Any", walk),
        afar.report,
        owner,
    )


def ids_column(table: Table[Any], column: str | None) -> str | None:
    """The column with the ids of the records.

    Args:
        table: The lazy table.
        column: The one that was named.
    """
    return ids_of(table.empty(), column).column
