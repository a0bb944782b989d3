"""How alike two telephone numbers are."""

from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.signs import Same
from custseg.match.comparing.strings import Edited
from custseg.match.pieces import line
from custseg.match.reading import Once, reader

_TAIL: Final = 8


@attrs.frozen
class Phones:
    """A telephone number.

    Levels: ``exact``, ``same_line`` (the number without its extension), ``one_digit`` (one digit
    off, or two neighbours swapped), ``tail`` (the last eight digits: another country or area code),
    ``else``. Numbers that cannot be right are missing.

    Attributes:
        column: The column with the numbers.
        region: Where a number without a country code belongs; that of the table, unless given.
        name: The code shown to people; the column, unless given.

    >>> Phones("mobile").levels
    ('exact', 'same_line', 'one_digit', 'tail', 'else')
    """

    levels: ClassVar[tuple[str, ...]] = ("exact", "same_line", "one_digit", "tail", "else")
    term_frequency: ClassVar[bool] = True
    # Contacts generated with the usual errors: one in four has another number by now.
    typical: ClassVar[tuple[float, ...]] = (0.7, 0.01, 0.08, 0.01, 0.2)
    # Of eleven digits given out at random one in 10**8 is the same, some 40 neighbours of each.
    rare: ClassVar[tuple[float, ...]] = (0.00001, 0.00001, 0.00002, 0.00001, 0.99995)

    column: str = "phone"
    region: str | None = None
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's numbers."""
        where = self.region or region
        shape = reader("phone", where)
        forms = columns.normal(self.column, "phone", where)
        return Compared(forms, Ladder(_SIGNS, len(self.levels)), self.column, shape)


def _tail(number: str) -> str | None:
    """The last digits of the number, where there are more than those."""
    bare = line(number) or ""
    return bare[-_TAIL:] if len(bare) > _TAIL + 1 else None


_SIGNS: Final = (Same(line, 2), Edited(((3, 1, 8),), line), Same(_tail, 4))
