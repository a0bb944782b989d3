"""What a comparison is: two values of a column, or of several, told apart by levels."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes, Floats, Index
from custseg.match.reading import Once


@runtime_checkable
class Prepared(Protocol):
    """One table's side of a comparison: its values as codes, and what was worked out before.

    `Compared` is one; a class that gives these four is one, too.

    >>> from custseg.match import Exact
    >>> from custseg.match.reading import Once
    >>> columns = Once({"city": Codes(np.array([0, 1, -1]), ("Ulm", "ULM"))})
    >>> side = Exact("city").prepare(columns)
    >>> isinstance(side, Prepared), side.levels(np.array([0, 0]), np.array([1, 2])).tolist()
    (True, [1, 0])
    """

    @property
    def codes(self) -> Codes:
        """The value of each record whose frequency counts at the exact level, -1 for none."""
        ...

    def levels(self, left: Index, right: Index) -> NDArray[np.int8]:
        """The level of each pair of rows, whichever of the two is named first.

        0 says that a side is missing; 1 is the best level.
        """
        ...

    def chances(self, sample: int = 1500) -> Floats:
        """How often pairs taken at random are at each level, from the best on.

        Args:
            sample: How many distinct values to compare with one another.
        """
        ...

    def levels_of(self, values: Mapping[str, str | None], rows: Index) -> NDArray[np.int8]:
        """The level of one record, which need not be in the table, with each of some rows.

        Args:
            values: The record's values as text, by column.
            rows: Rows of the table.
        """
        ...


@runtime_checkable
class Comparison(Protocol):
    """A strategy for weighing a pair of records: how alike they are in one respect.

    One source of information needs one comparison: two that read the same thing count it twice.
    Own ones are written from a `Ladder` of signs.

    >>> import attrs
    >>> from custseg.match import Compared, Edited, Ladder
    >>> @attrs.frozen
    ... class Plates:
    ...     name = "plate"
    ...     columns = ("plate",)
    ...     levels = ("exact", "one_edit", "else")
    ...     term_frequency = False
    ...     typical = (0.9, 0.07, 0.03)
    ...     rare = (0.0001, 0.0001, 0.9998)
    ...
    ...     def prepare(self, columns, region=None):
    ...         ladder = Ladder((Edited(((2, 1, 5),)),), levels=3)
    ...         return Compared.of(columns, "plate", lambda text: text.upper() or None, ladder)
    >>> isinstance(Plates(), Comparison)
    True
    """

    @property
    def name(self) -> str:
        """The code shown to people, such as ``phone``."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads, each as text."""
        ...

    @property
    def levels(self) -> tuple[str, ...]:
        """The codes of the levels, the best first and ``else`` last; numbered from 1."""
        ...

    @property
    def term_frequency(self) -> bool:
        """Whether agreement on a rare value says more than agreement on a common one."""
        ...

    @property
    def typical(self) -> tuple[float, ...]:
        """The share of each level among pairs that are one customer, before any data are seen."""
        ...

    @property
    def rare(self) -> tuple[float, ...]:
        """The share of each level among pairs that are not, before any data are seen."""
        ...

    def prepare(self, columns: Once, region: str | None = None) -> Prepared:
        """Read a table's columns.

        Args:
            columns: The columns as text.
            region: Where a phone number without a country code belongs.
        """
        ...
