"""The representatives, read once: a web process keeps them from lead to lead."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Columns, Days, Floats, Needs
from custseg.allocate.routing.memory.state import Key, in_order, key_of
from custseg.allocate.wishing.columns import codes, numbers, taken
from custseg.allocate.wishing.sides import read_side
from custseg.errors import DataError
from custseg.frames import Table
from custseg.frames.scalar import text

_MOST = 4096


@attrs.frozen(eq=False)
class Team:
    """The representatives of a router, read and put into order of their ids.

    It holds no state of routing, so threads may share it; it remembers the points of a few
    thousand combinations of words, and what depends on the day alone, to be quick.

    Attributes:
        ids: The ids as they were given.
        keys: The ids as the state keeps them.
        columns: What was read of them.
        index: The place of each key.
        spelled: The place of each id by its text, as a column of leads may hold it.
        known: What was found before.

    >>> from custseg.frames import table
    >>> Team.read(table([{"rep_id": "R2"}, {"rep_id": "R1"}]), "rep_id", {}).ids
    ('R1', 'R2')
    """

    ids: tuple[object, ...]
    keys: tuple[Key, ...]
    columns: Columns
    index: Mapping[Key, int]
    spelled: Mapping[str | None, int]
    known: dict[Any, Any] = attrs.field(factory=dict[Any, Any], repr=False)

    @classmethod
    def read(cls, reps: Table[Any], rep_id: str, needs: Needs) -> "Team":
        """Read the columns that the router needs.

        Args:
            reps: One row a representative.
            rep_id: The column of their ids.
            needs: The columns to read.

        Raises:
            MissingColumnError: A column is missing.
            DataError: An id is missing or stands twice.
        """
        side = read_side(reps.select([rep_id, *(n for n in needs if n != rep_id)]), rep_id, needs)
        keys = [key_of(rep) for rep in side.ids]
        if len(set(keys)) < len(keys):
            msg = "holds two ids that are spelled alike"
            raise DataError(msg, rep_id)
        place = {key: i for i, key in enumerate(keys)}
        order = np.array([place[key] for key in in_order(keys)], dtype=np.intp)
        columns = {name: taken(column, order) for name, column in side.columns.items()}
        places: list[int] = order.tolist()
        sorted_keys = tuple(keys[i] for i in places)
        ids = tuple(side.ids[i] for i in places)
        index = {key: i for i, key in enumerate(sorted_keys)}
        return cls(ids, sorted_keys, columns, index, {text(rep): i for i, rep in enumerate(ids)})

    def number(self, name: str) -> Floats:
        """A column of numbers.

        Raises:
            DataError: It holds something else.
        """
        found = self.columns[name]
        if isinstance(found, np.ndarray) and found.dtype == np.float64:
            return cast("Floats", found)
        return numbers(self.columns, name)

    def texts(self, name: str) -> Sequence[str | None]:
        """A column of words."""
        return codes(self.columns, name).texts()

    def days(self, name: str) -> Floats:
        """A column of days, NaN where it is empty or not there."""
        found = self.columns.get(name)
        if found is None:
            return np.full(len(self.keys), np.nan)
        return np.asarray(found.at if isinstance(found, Days) else found, dtype=np.float64)

    def place(self, key: Key) -> float:
        """Where somebody who is no longer of the team would stand: between two places."""
        spelled = [(isinstance(k, str), k) for k in self.keys]
        return bisect_left(spelled, (isinstance(key, str), key)) - 0.5

    def keep(self, key: Any, made: Any) -> None:  # noqa: ANN401 - words of a lead and what follows
        """Remember, and forget all when it is too much."""
        if len(self.known) >= _MOST:
            self.known.clear()
        self.known[key] = made
