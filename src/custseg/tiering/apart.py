"""Cut points of the groups of a table that stays in its engine, and of what has classes apart."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Floats
from custseg.errors import DataError, NotEnoughDataError
from custseg.frames import Table
from custseg.rules import F
from custseg.tiering.cuts import Cuts
from custseg.tiering.groups import GroupCuts
from custseg.tiering.inplace import InPlace, cut_of, latest, learnt

MOST_GROUPS: Final = 64
"""Groups that are cut one by one, a few passes each."""

NUMBER: Final = "n"
"""The column that counts in a table of groups; a column of this name cannot be counted by."""

_ABOVE: Final = 5e-324  # the smallest number above 0


@attrs.frozen(eq=False)
class Apart:
    """How a column of a lazy table is cut.

    Attributes:
        cutter: Where to cut.
        value: The column.
        refuse: Names of what is refused: ``refunds``, ``zero``.
        own: Names of what has a class of its own.
        finish: Adds the classes apart to cut points.
    """

    cutter: InPlace
    value: str
    refuse: frozenset[str]
    own: frozenset[str]
    finish: Callable[[Cuts], Cuts]

    def whole(self, table: Table[Any], day: date | None) -> Cuts:
        """Cut all rows.

        Args:
            table: The table.
            day: The day of the rows.

        Raises:
            NotEnoughDataError: No value is there to choose cut points from.
            DataError: A value is refused or infinite.
        """
        if self.refuse:
            self._refused(table)
        if not self.own:
            return cut_of(self.cutter, table, self.value, day=day)
        kept = F(self.value) > 0 if "zero" in self.own else F(self.value) >= 0
        made = cut_of(self.cutter, frames.table(table.where(kept)), self.value, day=day)
        made = self.finish(attrs.evolve(made, learnt=None))
        found = attrs.evolve(learnt(table.passes(self.value), made), as_of=day)
        return attrs.evolve(made, learnt=found)

    def _refused(self, table: Table[Any]) -> None:
        count = table.passes(self.value).buckets(np.array([0.0, _ABOVE])).count
        for name, hit, what in (("refunds", count[0], "below 0"), ("zero", count[1], "0")):
            if name in self.refuse and hit:
                msg = f"{hit} values are {what}; keep them, or give them a class of their own"
                raise DataError(msg, self.value)

    def by_group(self, table: Table[Any], by: str, least: int) -> GroupCuts | None:
        """Cut each group that is large enough.

        Args:
            table: The table.
            by: Column of the group.
            least: Customers that a group needs.

        Returns:
            The cut points; ``None`` where there are too many groups to ask for each.

        Raises:
            NotEnoughDataError: No value is there to choose cut points from.
            DataError: A value is refused or infinite.
        """
        large = _groups(table, by, least)
        if len(large) > MOST_GROUPS:
            return None
        day = latest(table, self.value)
        whole, own = self.whole(table, day), dict[str, Cuts]()
        for word in large:
            part = frames.table(table.where(F(by) == word))
            found = part.passes(self.value).buckets(np.empty(0))
            if int(found.count.sum()) + found.infinite >= least:
                with suppress(NotEnoughDataError):
                    own[word] = self.whole(part, day)
        return GroupCuts(by, own, whole)


def _groups(table: Table[Any], by: str, least: int) -> list[str]:
    """The groups with so many rows at least, in order."""
    found = table.counted(by)
    held = cast("Codes", found.read({by: "text"})[by])
    many = np.bincount(held.at + 1, cast("Floats", found.read({NUMBER: "number"})[NUMBER]))[1:]
    return sorted(word for word, n in zip(held.words, many.tolist(), strict=True) if n >= least)


def expanded(table: Table[Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a lazy table by their distinct rows, each as often as it occurs.

    Args:
        table: The table; its rows are counted in its engine.
        kinds: Column -> how it is read.

    >>> from custseg.frames import table
    >>> expanded(table([{"x": 1.0}, {"x": 1.0}]), {"x": "number"})["x"].tolist()
    [1.0, 1.0]
    """
    found = table.counted(tuple(kinds))
    times = np.asarray(found.read({NUMBER: "number"})[NUMBER]).astype(np.intp)
    rows = np.repeat(np.arange(len(times)), times)
    read: dict[str, Any] = found.read(kinds)
    return {
        name: attrs.evolve(column, at=column.at[rows])
        if isinstance(column, Codes)
        else column[rows]
        for name, column in read.items()
    }
