"""How alike one part of a person's name is: the given name or the surname, each in its column."""

from collections.abc import Mapping
from typing import ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Codes, Floats, Index
from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.plainly import first, han, initial, latin, text
from custseg.match.comparing.signs import Crossed, Levels, Same
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.pieces import sound
from custseg.match.reading import Once, normal, texts

_SWAPPED: Final = 2
_USUAL: Final = 0.02
"""The share of the customer's records in which the parts of the name are swapped."""


@attrs.frozen
class NamePart:
    """The given name, or the surname, in a column of its own.

    Levels: ``exact``, ``swapped`` (given name and surname stand in each other's columns), ``close``
    (Jaro-Winkler 0.92), ``same_sound``, ``near`` (0.85), ``initial``, ``faint`` (0.7), ``else``.

    Attributes:
        column: The column of the part.
        other: The column of the other part, where the two may have been swapped.
        name: The code shown to people; the column, unless given.

    >>> NamePart("surname", other="given_name").columns
    ('surname', 'given_name')
    """

    levels: ClassVar[tuple[str, ...]] = (
        *("exact", "swapped", "close", "same_sound", "near", "initial", "faint", "else"),
    )
    term_frequency: ClassVar[bool] = True
    # FEBRL 3 and the persons of Wikidata with errors: 0.75 to 0.8 exact, 0.01 to 0.05 swapped.
    typical: ClassVar[tuple[float, ...]] = (0.75, _USUAL, 0.09, 0.02, 0.03, 0.02, 0.02, 0.05)
    # The same two: a surname is shared by 2 to 10 of 1000 pairs.
    rare: ClassVar[tuple[float, ...]] = (0.005, 0.0005, 0.003, 0.003, 0.005, 0.002, 0.03, 0.9515)

    column: str
    other: str | None = None
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column, and that of the other part."""
        return (self.column,) if self.other is None else (self.column, self.other)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's parts of names."""
        del region
        mine = normal(texts(columns, self.column), text)
        ladder = Ladder(_SIGNS, len(self.levels))
        if self.other is None:
            return Compared(mine, ladder, self.column, text)
        other = normal(texts(columns, self.other), text)
        return Swapped(mine, ladder, self.column, (self.other, other))


class Swapped(Compared):
    """A part of a name with the other part beside it.

    >>> given = Codes(np.array([0, 1]), ("wei", "li"))
    >>> family = Codes(np.array([0, 1]), ("li", "wei"))
    >>> side = Swapped(given, Ladder((), 3), "given", ("family", family))
    >>> side.levels(np.array([0]), np.array([1])).tolist()
    [2]
    """

    def __init__(self, column: Codes, ladder: Ladder, name: str, other: tuple[str, Codes]) -> None:
        """Take a column and the other one.

        Args:
            column: The parts, row by row.
            ladder: What grades two of them.
            name: What the column is called.
            other: What the other column is called, and its parts.
        """
        super().__init__(column, ladder, name, text)
        self._other_name, beside = other
        self._mine = column.at
        self._beside = beside.recode(column.words)
        self._other = beside

    def levels(self, left: Index, right: Index) -> Levels:
        """The level of each pair of rows."""
        found = super().levels(left, right)
        mine, beside = self._mine, self._beside
        met = (mine[left] == beside[right]) & (mine[right] == beside[left])
        met &= (mine[left] >= 0) & (mine[right] >= 0) & (found > _SWAPPED)
        found[met] = _SWAPPED
        return found

    def chances(self, sample: int = 1500) -> Floats:
        """How often pairs taken at random are at each level, from the best on.

        Both parts of a name are swapped at once, and each tells it: so that they do not count it
        twice, each says half, as if it were as frequent as the mean of how often names are swapped
        among strangers and among the records of one customer.
        """
        total = int((self._mine >= 0).sum())
        return halved(super().chances(sample), self.crosswise(), total)

    def levels_of(self, values: Mapping[str, str | None], rows: Index) -> Levels:
        """The level of one record with each of some rows."""
        found = super().levels_of(values, rows)
        mine, beside = (self._shape(values.get(n) or "") for n in (self._name, self._other_name))
        if mine is None or beside is None:
            return found
        words = self._forms.words
        for place, row in enumerate(rows.tolist()):
            one, other = int(self._mine[row]), int(self._beside[row])
            crossed = one >= 0 <= other and words[one] == beside and words[other] == mine
            if crossed and found[place] > _SWAPPED:
                found[place] = _SWAPPED
        return found

    def crosswise(self) -> int:
        """How many pairs are crosswise the same in both parts, and not the same straight on."""
        known = (self._mine >= 0) & (self._beside >= 0)
        size = len(self._forms) or 1
        straight = self._mine[known].astype(np.int64) * size + self._beside[known]
        pairs, counts = np.unique(straight, return_counts=True)
        one, other = np.divmod(pairs, size)
        turned = other * size + one
        at = np.minimum(np.searchsorted(pairs, turned), max(len(pairs) - 1, 0))
        met = (pairs[at] == turned) & (one != other) if len(pairs) else np.zeros(0, dtype=bool)
        return int((counts[met] * counts[at[met]]).sum())

    @property
    def sides(self) -> tuple[Codes, Codes]:
        """The part of each record's name in this column, and in the other."""
        return self.forms, self._other


def halved(shares: Floats, crosswise: int, known: int) -> Floats:
    """How often pairs are at each level, if half of those that are swapped is told.

    Args:
        shares: How often without it.
        crosswise: How many pairs are crosswise the same.
        known: How many records have the part.
    """
    crossed = float(crosswise) / max(float(known) * (float(known) - 1), 1.0)
    half = float(np.sqrt(_USUAL * crossed))
    shares = shares * (1 - half)
    shares[_SWAPPED - 1] = half
    return shares


_SIGNS: Final = (
    Alike(((3, 0.92), (5, 0.85), (7, 0.7)), latin),
    Edited(((5, 1, 3),), han),
    Same(sound, 4),
    Crossed(initial, first, 6, both=False),
)
