"""Work on tables in memory: one partition, the caller's own tables."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from custseg.frames.gather import gathered
from custseg.frames.parts.runner import Runner
from custseg.frames.parts.shares import RowWork, Share, Work
from custseg.frames.table import Table


class EagerRunner(Runner):
    """The work is done at once, on the whole."""

    __slots__ = ()

    def by_customer(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Any:  # noqa: ARG002 - one protocol
        """Work once; tables of other kinds stay what they are."""
        return work({name: share.fetched() for name, share in given.items()})

    def by_row(
        self, table: Table[Any], work: RowWork, needs: tuple[str, ...], replaces: tuple[str, ...]
    ) -> Any:
        """Attach what the work gives."""
        from custseg.frames.door import table as opened  # noqa: PLC0415 - it opens lazy ones too

        new = opened(work(table.select(needs)))
        every = np.arange(new.size, dtype=np.intp)
        made = table.attach({name: gathered(new, name, every) for name in new.columns})
        return _without(made, frozenset(replaces) - set(new.columns))

    def totals(self, given: Mapping[str, Share], work: Work, like: Table[Any]) -> Table[Any]:
        """The answer, opened."""
        from custseg.frames.door import table as opened  # noqa: PLC0415 - it opens lazy ones too

        return opened(self.by_customer(given, work, like))


def _without(native: Any, names: frozenset[str]) -> Any:
    if not names:
        return native
    if isinstance(native, list):
        return [{k: v for k, v in row.items() if k not in names} for row in native]
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - records need no frame library

    return nw.from_native(native, eager_only=True).drop(*names, strict=False).to_native()
