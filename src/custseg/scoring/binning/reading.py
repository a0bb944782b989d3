"""Columns as the learners read them: numbers or words, of the customers whose outcome is known."""

from datetime import date
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Floats
from custseg.errors import DataError
from custseg.frames import Table
from custseg.scoring.binning.bands import Binned, binned_numbers
from custseg.scoring.binning.cases import Cases, cases_of
from custseg.scoring.binning.levels import binned_words
from custseg.scoring.binning.settings import Binning
from custseg.scoring.binning.table import BinningTable
from custseg.scoring.outcome import read_outcome

Unfit: TypeAlias = Literal["unreadable", "date"]

_LOOKED = 100


@attrs.frozen(eq=False)
class Given:
    """One column of the customers learnt from.

    Attributes:
        column: Its name.
        values: Numbers (NaN missing) or words, one a customer.
    """

    column: str
    values: Floats | Codes

    def binned(self, cases: Cases, settings: Binning) -> Binned:
        """The column in bins."""
        if isinstance(self.values, Codes):
            return binned_words(self.column, self.values, cases, settings)
        return binned_numbers(self.column, self.values, cases, settings)


def given(table: Table[Any], column: str, known: Bools) -> Given | Unfit:
    """Read a column as what it holds: numbers and flags, or words.

    Args:
        table: An opened table.
        column: The column.
        known: The rows to keep.

    Returns:
        The column; or why it can be neither: it holds dates, or lists and the like.
    """
    try:
        numbers = np.asarray(table.read({column: "number"})[column], dtype=np.float64)
    except DataError:
        return _words(table, column, known)
    return Given(column, numbers[known])


def _words(table: Table[Any], column: str, known: Bools) -> Given | Unfit:
    try:
        values = table.values(column)
    except DataError:
        return "unreadable"
    if any(isinstance(word, date) for word in values.words[:_LOOKED]):
        return "date"
    codes = table.read({column: "text"})[column]
    if not isinstance(codes, Codes):
        return "unreadable"
    return Given(column, used(Codes(codes.at[known], codes.words)))


def used(codes: Codes) -> Codes:
    """The same words row by row, without those of no row, in the order of the alphabet.

    >>> used(Codes(np.array([2, 0, -1]), ("b", "c", "a"))).words
    ('a', 'b')
    """
    there = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)) > 0
    words = tuple(sorted(word for word, t in zip(codes.words, there, strict=True) if t))
    return Codes(codes.recode(words), words)


def binned(
    data: object,
    column: str,
    outcome: str,
    *,
    positive: str | float | None = None,
    settings: Binning | None = None,
) -> BinningTable:
    """Cut one column into bins, and say what each tells of who is won.

    Args:
        data: Customers with known outcomes: records or a frame.
        column: The column to cut.
        outcome: The column that says who was won.
        positive: The value of it that counts as won; by default what plainly says so.
        settings: How it is cut; your own edges, too.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: The outcome cannot be read.
        NotEnoughDataError: No outcome is known, or all are the same.
        DataError: The column holds dates, or lists and the like.

    >>> leads = [{"visits": i % 7, "won": i % 7 > 4 or i % 5 == 0} for i in range(70)]
    >>> table = binned(leads, "visits", "won", settings=Binning(edges=(5,)))
    >>> [(each.name(), each.rows, each.cases) for each in table.bins]
    [('< 5', 50.0, 10.0), ('≥ 5', 20.0, 20.0)]
    """
    opened = frames.table(data)
    held = opened.select((column, outcome))
    ends = read_outcome(held, outcome, positive)
    read = given(held, column, ends.known)
    if isinstance(read, str):
        msg = "holds dates: count the days since them" if read == "date" else "cannot be read"
        msg += "; a column to cut holds numbers or texts"
        raise DataError(msg, column)
    return read.binned(cases_of(held, ends), settings or Binning()).table
