"""Aggregates of one column of a Spark DataFrame: the executors add up their partitions."""

from collections.abc import Generator, Iterable, Mapping
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.frames.engines.partial import WHOLE, Asked, Made, PartPasses
from custseg.frames.engines.sparktypes import quoted
from custseg.frames.faults import typed

_MANY: Final = 1 << 20  # values that are summed up at once


class SparkPasses(PartPasses):
    """One column of a DataFrame; one row a bucket leaves the engine."""

    __slots__ = ()

    def _answer(self, asked: Asked) -> Mapping[str, Any]:
        from pyspark.sql.functions import expr  # noqa: PLC0415 - loaded only where Spark works

        rows = self.frame.selectExpr(f"CAST({quoted(self.column)} AS DOUBLE) AS v")
        fields = ", ".join(f"{name} {_type(name)}" for name in asked.columns)
        parts = rows.mapInArrow(_Part(asked), fields)
        merge = {"low": "min", "high": "max"}
        terms = [
            f"{merge.get(name, 'sum')}({name}) AS {name}"
            for name in asked.columns
            if name != asked.key
        ]
        whole = parts.groupBy(asked.key).agg(*map(expr, terms))
        with typed():
            held = whole.toArrow()
        return {n: held[n].to_numpy() for n in asked.columns}


def _type(name: str) -> str:
    whole = name in WHOLE or (name[0] == "h" and name[1:].isdigit())
    return "bigint" if whole else "double"


@attrs.frozen(eq=False)
class _Part:
    """The answer of one partition, whose values come in batches.

    Attributes:
        asked: The question.
    """

    asked: Asked

    def __call__(self, batches: Iterable[Any]) -> Generator[Any]:
        """One batch of the answer; none for a partition without rows."""
        import pyarrow as pa  # noqa: PLC0415 - loaded only where Spark works

        found: list[Made] = []
        for values in _gathered(batches):
            found.append(self.asked.of(values))
            found = [self.asked.merged(found)] if len(found) > 1 else found
        if found:
            made = {name: pa.array(found[0][name]) for name in self.asked.columns}
            yield pa.RecordBatch.from_pydict(made)


def _gathered(batches: Iterable[Any]) -> Generator[Floats]:
    """Values in large pieces; null is NaN."""
    held: list[Floats] = []
    for batch in batches:
        held.append(np.asarray(batch.column(0).to_numpy(zero_copy_only=False), dtype=np.float64))
        if sum(map(len, held)) >= _MANY:
            yield np.concatenate(held)
            held = []
    if held:
        yield np.concatenate(held)
