"""Aggregates of one column of a Dask DataFrame: each partition adds up, pairs of them meet."""

from collections.abc import Mapping
from typing import Any, Final

import attrs

from custseg.frames.eager import eager_table
from custseg.frames.engines.partial import Asked, Made, PartPasses
from custseg.frames.optional import optional

_FEW: Final = 16  # answers that meet in one task


class DaskPasses(PartPasses):
    """One column of a Dask DataFrame; one answer leaves it."""

    __slots__ = ()

    def _answer(self, asked: Asked) -> Mapping[str, Any]:
        dask = optional("dask", extra="dask")
        ask = dask.delayed(_Part(asked, self.column), pure=True)
        merge = dask.delayed(asked.merged, pure=True)
        found = [ask(part) for part in self.frame[[self.column]].to_delayed()]
        while len(found) > 1:
            found = [merge(found[i : i + _FEW]) for i in range(0, len(found), _FEW)]
        return dict(found[0].compute())


@attrs.frozen(eq=False)
class _Part:
    """The answer of one partition.

    Attributes:
        asked: The question.
        column: The column.
    """

    asked: Asked
    column: str

    def __call__(self, part: Any) -> Made:
        """Read and sum up."""
        read: Any = eager_table(part).read({self.column: "number"})
        return self.asked.of(read[self.column])
