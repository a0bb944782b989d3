"""Work on Spark: one shuffle brings the rows of a key together, Arrow takes them to the work."""

from collections.abc import Mapping
from functools import reduce
from typing import Any, Final

from custseg.errors import DataError, MissingDependencyError
from custseg.frames.crossings import noted
from custseg.frames.engines.spark import SparkTable, spark_table
from custseg.frames.engines.sparktypes import on_clock, quoted, session_zone, spark_schema
from custseg.frames.faults import typed
from custseg.frames.optional import optional
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.parts.sparkwork import TAG, PartWork, RowsWork, packed
from custseg.frames.parts.task import OnRows, Task, arrow_of
from custseg.frames.plaintypes import plain_schema, worded
from custseg.frames.table import Table

_KEY: Final = "key"
_NEW: Final = "__custseg_new"
_WHOLE: Final = frozenset({"tinyint", "smallint", "int", "bigint"})
_FLOATING: Final = frozenset({"float", "double"})


class SparkRunner(Runner):
    """The executors do the work; nothing runs before an action asks for the answer."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:
        """A DataFrame of what the work answers for each partition."""
        tables = {name: _inside(share, like) for name, share in given.items()}
        empty = {n: tables[n].empty(share.columns).native for n, share in given.items()}
        task = Task.of(work, empty)
        united = _united(given, {name: table.native for name, table in tables.items()})
        names = {name: share.columns for name, share in given.items()}
        return united.mapInArrow(PartWork(task, names), spark_schema(task.schema))

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:
        """The few rows of each partition, collected."""
        from custseg.frames.eager import eager_table  # noqa: PLC0415 - loaded where it is used

        frame = self.by_customer(given, work, like)
        with typed():
            held = on_clock(frame.toArrow(), session_zone(frame))
        columns = tuple(dict.fromkeys(name for one in given.values() for name in one.columns))
        noted(like.engine, held.num_rows, columns, sums=True)
        return eager_table(held)

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """A function of the columns that the work reads; the others stay in the JVM."""
        functions = optional("pyspark.sql.functions", extra="spark")
        if not hasattr(functions, "arrow_udf"):
            package = "pyspark>=4.1"
            raise MissingDependencyError(package)
        task = Task.of(OnRows(work), {"rows": table.empty(needs).native})
        made = [(f"c{i}", kind) for i, kind in enumerate(task.schema.types)]
        fields = spark_schema(_schema(made))
        run = functions.arrow_udf(RowsWork(task, needs).added, fields)
        read = [functions.col(quoted(name)) for name in needs]
        held = table.native.withColumn(_NEW, run(*read))
        return held.selectExpr(*_laid_out(table.columns, task.schema.names, frozenset(replaces)))


def _schema(fields: list[tuple[str, Any]]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

    return pa.schema(fields)


def _laid_out(columns: tuple[str, ...], new: list[str], replaced: frozenset[str]) -> list[str]:
    """The columns of the answer: new ones where old ones of their name stood, the rest behind."""
    place = {name: f"{_NEW}.c{i} AS {quoted(name)}" for i, name in enumerate(new)}
    stay = [place.get(n, quoted(n)) for n in columns if n in place or n not in replaced]
    return [*stay, *(text for name, text in place.items() if name not in columns)]


def _inside(share: Share, like: Table[Any]) -> SparkTable:
    """A table of the share's in the session of another."""
    if isinstance(share.table, SparkTable):
        return share.table
    held = arrow_of(share.table, share.columns)
    held = worded(held)
    here = like.adopted(held.cast(plain_schema(held.schema)))  # type: ignore[attr-defined]
    return spark_table(here)


def _united(given: Mapping[str, Share], frames: Mapping[str, Any]) -> Any:
    """All tables in one, as structs with a tag, so that one shuffle moves them."""
    keys = _keys(given, frames)
    parts = []
    for place, (name, share) in enumerate(given.items()):
        fields = ", ".join(f"{quoted(column)} AS c{i}" for i, column in enumerate(share.columns))
        known = " AND ".join(f"({quoted(one)}) IS NOT NULL" for one in share.key)
        rows = frames[name].where(known) if share.known_only else frames[name]
        parts.append(
            rows.selectExpr(
                *(f"{key} AS {_KEY}{i}" for i, key in enumerate(keys[name])),
                f"CAST({place} AS TINYINT) AS {TAG}",
                f"struct({fields}) AS {packed(place)}",
            )
        )
    whole = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), parts)
    shared = [f"{_KEY}{i}" for i in range(len(next(iter(keys.values()))))]
    return whole.repartition(*shared).drop(*shared)


def _keys(given: Mapping[str, Share], frames: Mapping[str, Any]) -> dict[str, list[str]]:
    """Expressions of the keys, equal for equal ids of any type.

    Raises:
        DataError: Ids are texts in one table and numbers in another.
    """
    made: dict[str, list[str]] = {name: [] for name in given}
    for column in zip(*(share.key for share in given.values()), strict=True):
        held = dict(zip(given, column, strict=True))
        kinds = {n: str(frames[n].schema[key].dataType.simpleString()) for n, key in held.items()}
        shape = _shape(kinds, held)
        for name, key in held.items():
            made[name].append(shape.format(quoted(key)))
    return made


def _shape(kinds: Mapping[str, str], keys: Mapping[str, str]) -> str:
    """How a key is written so that those of all tables meet."""
    found = set(kinds.values())
    if found <= _WHOLE:
        return "CAST({0} AS BIGINT)"
    if all(kind in _WHOLE | _FLOATING or kind.startswith("decimal") for kind in found):
        return "nanvl(CAST({0} AS DOUBLE) + 0D, NULL)"  # -0.0 is 0.0, and NaN is no id
    if len(found) == 1:
        return "{0}"
    if all(kind == "string" or kind.startswith(("varchar", "char")) for kind in found):
        return "CAST({0} AS STRING)"
    told = ", ".join(f"{name} has {kinds[name]}" for name in kinds)
    msg = f"ids must be of one type in all tables to meet: {told}; convert one of them"
    raise DataError(msg, next(iter(keys.values())))
