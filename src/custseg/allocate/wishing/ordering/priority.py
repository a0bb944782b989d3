"""Who comes first when not everybody can be served."""

from typing import Protocol

import attrs

from custseg._typing import Columns, Floats, Needs, words
from custseg.allocate.wishing.columns import check_scale, numbers, ranks


class Priority(Protocol):
    """Who comes first when not everybody can be served: a plug-in has these two members.

    >>> First("revenue").needs
    {'revenue': 'number'}
    """

    @property
    def needs(self) -> Needs:
        """The columns of the customers that it reads."""
        ...

    def ranks(self, customers: Columns) -> Floats:
        """Rank the customers.

        Args:
            customers: The columns of ``needs``.

        Returns:
            One number a customer: larger comes first, NaN last.
        """
        ...


@attrs.frozen
class First:
    """The larger value first; what is unknown comes last.

    Attributes:
        column: A column of the customers, such as ``revenue``.
        words: For a column of words, all of them, the last to be served first.
        smallest: The smaller value first instead.

    >>> import numpy as np
    >>> First("revenue").ranks({"revenue": np.array([5.0, 9.0])}).tolist()
    [5.0, 9.0]
    """

    column: str
    words: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    smallest: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a scale that has no two steps, or a step twice.

        Raises:
            ConfigError: One word is given alone, or one stands twice.
        """
        if self.words:
            check_scale("first.words", self.words)

    @property
    def needs(self) -> Needs:
        """The column, as words or as a number."""
        return {self.column: "text" if self.words else "number"}

    def ranks(self, customers: Columns) -> Floats:
        """The value, or the place of the word.

        Args:
            customers: Columns of the customers.
        """
        if self.words:
            found = ranks(customers, self.column, self.words)
        else:
            found = numbers(customers, self.column)
        return -found if self.smallest else found
