"""Names for the shapes that kernels speak: float arrays, small codes, days."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Index: TypeAlias = NDArray[np.integer[Any]]

Kind: TypeAlias = Literal["number", "day", "text", "any"]
"""How a column is read: ``any`` asks only whether a value is there."""

Needs: TypeAlias = Mapping[str, Kind]
Gives: TypeAlias = Literal["number", "integer", "text", "day"] | tuple[str, ...]
"""What a column will be: a tuple is the ordered words of a label."""

Record: TypeAlias = Mapping[str, object]


@attrs.frozen(eq=False)
class Codes:
    """Words as small integers; words are put in at the door.

    Attributes:
        at: One code a row, -1 where the value is missing.
        words: The word of each code, in the order of the label.
        plain: Attach as plain text rather than as an ordered categorical.

    >>> import numpy as np
    >>> Codes(np.array([1, -1, 0]), ("low", "high")).recode(("high", "low")).tolist()
    [0, -1, 1]
    """

    at: Index
    words: tuple[str, ...]
    plain: bool = False

    def recode(self, words: tuple[str, ...]) -> Index:
        """Count in another vocabulary; words it lacks become missing."""
        place = {word: i for i, word in enumerate(words)}
        table = np.array([*(place.get(w, -1) for w in self.words), -1], dtype=np.intp)
        return table[self.at]

    def texts(self) -> list[str | None]:
        """The words row by row, ``None`` where missing."""
        words: tuple[str | None, ...] = (*self.words, None)
        return [words[i] for i in self.at.tolist()]


@attrs.frozen(eq=False)
class Days:
    """Civil days since 1970-01-01, attached as dates.

    Attributes:
        at: One day a row, NaN where missing.
    """

    at: Floats


Column: TypeAlias = Floats | Ints | Bools | Codes | Days
Columns: TypeAlias = Mapping[str, Column]


def floats(values: Iterable[float]) -> tuple[float, ...]:
    """Convert for an attrs field; ``tuple`` itself loses its type in mypy.

    >>> floats([1, 2])
    (1.0, 2.0)
    """
    return tuple(float(v) for v in values)


def words(values: Iterable[str]) -> tuple[str, ...]:
    """Convert for an attrs field; a bare string is one word, not its letters.

    >>> words("high"), words(["low", "high"])
    (('high',), ('low', 'high'))
    """
    return (values,) if isinstance(values, str) else tuple(values)
