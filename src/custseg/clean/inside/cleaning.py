"""Rows of an engine cleaned some at a time: the same reading of values as in memory."""

from collections.abc import Iterable
from typing import Any, Protocol

import attrs
import numpy as np

from custseg._typing import Codes, Needs
from custseg.clean.columns import ReadColumn
from custseg.clean.readers import ONLY_TEXT
from custseg.frames import Attachable, Table
from custseg.frames.gather import gathered


class Reads(Protocol):
    """What reads the columns of a table: a cleaner."""

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        ...

    def columns_of(self, table: Table[Any]) -> list[ReadColumn]:
        """The columns as they are understood."""
        ...


@attrs.frozen
class CleanRows:
    """Work on some rows: the columns that are cleaned, all of them, whatever changed.

    Attributes:
        model: The cleaner.
    """

    model: Reads

    def __call__(self, rows: Table[Any]) -> object:
        """The columns with their new values."""
        return rows.build({c.name: _cleaned(rows, c) for c in self.model.columns_of(rows)})


def texts_of(values: Iterable[object]) -> Codes:
    """Values as a column of texts, also where there is none.

    Args:
        values: One a row; what is no text is written as one.

    >>> texts_of([None, 7, "7"]).at.tolist()
    [-1, 0, 0]
    """
    place: dict[str, int] = {}
    at = [-1 if one is None else place.setdefault(str(one), len(place)) for one in values]
    return Codes(np.array(at, dtype=np.intp), tuple(place), plain=True)


def _cleaned(rows: Table[Any], column: ReadColumn) -> Attachable:
    """A column whose type is told by that of the given one: texts, or unchanged but for gaps."""
    if column.kind in ONLY_TEXT and rows.wordless(column.name):
        every = np.arange(len(column.at), dtype=np.intp)
        return gathered(rows, column.name, np.where(column.changed(), -1, every))
    words = texts_of(column.new)
    return Codes(np.append(words.at, -1)[column.at], words.words, plain=True)
