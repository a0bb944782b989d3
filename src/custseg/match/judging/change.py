"""Two runs over the same records: who was split, who was joined."""

from collections.abc import Iterator
from typing import Any, Literal

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.errors import DataError
from custseg.frames import Keys, Table, Tabled, align
from custseg.frames.held import held
from custseg.labels import label
from custseg.layout import html_table
from custseg.match.ids import ids_of
from custseg.match.judging.agreement import Agreement
from custseg.match.judging.evaluation import grouped

Fate = Literal["same", "split", "joined", "mixed"]
_FATES: tuple[Fate, ...] = ("same", "split", "joined", "mixed")


@attrs.frozen(eq=False)
class RunChange(Tabled):
    """What became of the customers of one run in another.

    Attributes:
        source: The records that both runs hold, as the second run has them.
        fate: What became of each of them: its customer is the ``same`` records, was ``split``,
            was ``joined`` with others, or both (``mixed``).
        gone: Records that only the first run holds.
        new: Records that only the second run holds.
        agreement: The customers of both, counted against each other.

    >>> before, after = [{"id": 1, "entity_id": 1}], [{"id": 1, "entity_id": 9}]
    >>> print(compare_runs(before, after).text().splitlines()[0])
    records of an unchanged customer: 1
    """

    source: Table[Any]
    fate: Codes
    gone: int
    new: int
    agreement: Agreement

    @property
    def counts(self) -> dict[str, int]:
        """How many records met each fate."""
        held = np.bincount(self.fate.at, minlength=len(_FATES)).tolist()
        return dict(zip(_FATES, held, strict=True))

    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """The records of both runs with ``change``, the caller's kind of table."""
        return self.source.attach({"change": self.fate})

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**dict(self.counts), "gone": self.gone, "new": self.new}

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        return "\n".join(f"{head}: {said}" for head, said in self._lines(locale))

    def _lines(self, locale: str) -> Iterator[tuple[str, str]]:
        for name, count in self.as_dict().items():
            yield label(f"run_change.{name}", locale), f"{count:,}"

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", ""), self._lines(locale))


def compare_runs(
    before: object, after: object, *, record: str | None = None, entity: str = "entity_id"
) -> RunChange:
    """Compare two runs over the same records, whatever their customers are called.

    Args:
        before: The records of the first run.
        after: Those of the second, in any order.
        record: The column with the ids of the records; None takes ``customer_id``, ``record_id`` or
            ``id``.
        entity: The column that says which customer a record is.

    Raises:
        MissingColumnError: A column is not there.
        DataError: The records have no ids, or several bear the same.

    >>> first = [{"id": 1, "entity_id": 1}, {"id": 2, "entity_id": 1}, {"id": 3, "entity_id": 3}]
    >>> second = [{"id": 1, "entity_id": 1}, {"id": 2, "entity_id": 2}, {"id": 3, "entity_id": 3}]
    >>> compare_runs(first, second).as_dict()
    {'same': 1, 'split': 2, 'joined': 0, 'mixed': 0, 'gone': 0, 'new': 0}
    """
    old, new = frames.table(before), frames.table(after)
    there, here = _named(old, record), _named(new, record)
    row = np.append(there.first, [-1])[align(there, here)][here.at]
    both = np.flatnonzero(row >= 0)
    was = np.unique(grouped(held(old, entity))[row[both]], return_inverse=True)[1]
    now = np.unique(grouped(held(new, entity))[both], return_inverse=True)[1]
    return RunChange(
        frames.table(new.take(both)),
        Codes(_fates(was, now), _FATES),
        len(there.at) - len(both),
        len(here.at) - len(both),
        Agreement.of(was, now),
    )


def _named(table: Table[Any], column: str | None) -> Keys:
    ids = ids_of(table, column)
    if ids.column is None:
        msg = "runs are compared record by record: name the column with their ids"
        raise DataError(msg)
    ids.refuse_repeats()
    if (ids.at < 0).any():
        msg = "runs are compared record by record, but records lack an id"
        raise DataError(msg, ids.column)
    return table.keys(ids.column)


def _fates(was: Index, now: Index) -> Index:
    met = Agreement.of(was, now)
    split = np.bincount(met.found)[was] > 1
    joined = np.bincount(met.true)[now] > 1
    out: Index = split.astype(np.intp) + 2 * joined.astype(np.intp)
    return out
