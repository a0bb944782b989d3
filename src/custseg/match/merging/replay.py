"""The records as they came, under the customers that a journal says they are."""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Index
from custseg.errors import DataError
from custseg.frames import Keys, Table
from custseg.frames.gather import gathered
from custseg.match.ids import Ids, ids_of
from custseg.match.merging.crosswalk import Crosswalk
from custseg.match.merging.joined import Joined
from custseg.match.merging.plan import require_ids


@attrs.frozen(eq=False)
class Replay:
    """A table of original records and who is one customer.

    Attributes:
        table: The records.
        ids: Their ids.
        joined: Who is one customer.
    """

    table: Table[Any]
    ids: Ids
    joined: Joined

    @classmethod
    def of(cls, records: object, column: str | None, joined: Joined) -> "Replay":
        """Open the records.

        Args:
            records: The records as they came.
            column: The column with their ids.
            joined: Who is one customer.

        Raises:
            MissingColumnError: The column is not there.
            DataError: Records have no ids, or two have the same.
        """
        table = frames.table(records)
        ids = ids_of(table, column)
        if table.columns:
            require_ids(ids, joined)
        return cls(table, ids, joined)

    @cached_property
    def named_by(self) -> Index:
        """For each record the row of the record that names its customer.

        A customer whose naming record is not in the table goes by the smallest id that is.
        """
        rows: Index = np.arange(len(self.ids.at), dtype=np.intp)
        row, mine, names = self._row, list[int](), list[int]()
        for name, members in self.joined.members.items():
            there = [row[record] for record in members if record in row]
            mine += there
            names += [row.get(name, one) for one in there[:1]] * len(there)
        rows[np.array(mine, dtype=np.intp)] = names
        return rows

    @cached_property
    def _row(self) -> dict[object, int]:
        row = np.empty(len(self.ids.at), dtype=np.intp)
        row[self.ids.at] = np.arange(len(row))
        return dict(zip(self.ids.held.values, row.tolist(), strict=True))

    def matched(self, entity: str, only: Iterable[object] | None) -> Any:  # noqa: ANN401 - the caller's kind
        """The records with the id of the customer that each is.

        Args:
            entity: The column to put it into.
            only: Ids of records or customers: only their customers; None takes all.
        """
        if not self.table.columns:
            return self.table.native
        if self.ids.column is None:
            return self.table.native
        ids = gathered(self.table, self.ids.column, self.named_by)
        matched = self.table.attach({entity: ids})
        if only is None:
            return matched
        rows = {self._row[one] for one in only if one in self._row}
        wanted = np.isin(self.named_by, self.named_by[list(rows)])
        return frames.table(matched).take(np.flatnonzero(wanted))

    @property
    def crosswalk(self) -> Crosswalk:
        """From the id of each record to that of its customer."""
        at = np.empty(len(self.ids.at), dtype=np.intp)
        at[self.ids.at] = self.ids.at[self.named_by]
        return Crosswalk(Keys(self.ids.at, self.ids.held.uniques), self.ids.held, at)

    def without(self, gone: Collection[object], record: object) -> Any:  # noqa: ANN401 - the caller's kind
        """The records without some.

        Args:
            gone: The ids of the records that go.
            record: The one that was named.

        Raises:
            DataError: It is neither among the records nor in the journal.
        """
        rows = [self._row[one] for one in gone if one in self._row]
        if not rows and record not in self.joined.name:
            msg = "there is no record with this id, neither in the table nor in the journal"
            raise DataError(msg, self.ids.column or "")
        return self.table.take(np.delete(np.arange(len(self.ids.at)), rows))
