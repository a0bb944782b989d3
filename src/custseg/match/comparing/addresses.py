"""How alike two addresses are: the same door, the same street."""

from functools import lru_cache
from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.forms import Facet
from custseg.match.comparing.plainly import han, latin
from custseg.match.comparing.provided import Provided
from custseg.match.comparing.signs import Same
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.reading import Once
from custseg.values import streets

_TWO: Final = 2
_MEMORY: Final = 1 << 16
_APART: Final = "\x1f"


@attrs.frozen
class Addresses:
    """A whole address in one column.

    Levels: ``exact``, ``same_door`` (street and number agree, and district and unit as far as both
    are told), ``close`` (Jaro-Winkler 0.92; in Chinese one edit from the street on),
    ``same_street`` (another number or none), ``near`` (Jaro-Winkler 0.8; two edits), ``else``.

    Attributes:
        column: The column with the addresses.
        name: The code shown to people; the column, unless given.

    >>> Addresses("address").levels[1]
    'same_door'
    """

    levels: ClassVar[tuple[str, ...]] = (
        *("exact", "same_door", "close", "same_street", "near", "else"),
    )
    term_frequency: ClassVar[bool] = True
    # Restaurants of two guides and contacts generated with the usual errors: half to three quarters
    # the same, most of the others at the same door.
    typical: ClassVar[tuple[float, ...]] = (0.6, 0.2, 0.05, 0.02, 0.05, 0.08)
    # The same two.
    rare: ClassVar[tuple[float, ...]] = (0.00005, 0.00005, 0.0003, 0.003, 0.01, 0.9866)

    column: str = "address"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's addresses."""
        del region
        ladder = Ladder(_SIGNS, len(self.levels), _whole)
        return Compared.of(columns, self.column, shape, ladder)


def shape(text: str) -> str | None:
    """An address with its parts: what it is compared by, district, street, number and unit.

    >>> shape("156 Second Avenue").split(chr(31))
    ['156 second avenue', '', '2nd', '156', '']
    """
    reading = streets.read(text)
    if reading.key is None:
        return None
    door = streets.opened(reading)
    return _APART.join((reading.key, door.district, door.street, door.number, door.unit))


def _part(at: int) -> Facet:
    return lambda form: form.split(_APART)[at] or None


def _door(form: str) -> str | None:
    """Street and number, where both are told."""
    _, _, street, number, _ = form.split(_APART)
    return f"{street} {number}" if street and number else None


@lru_cache(_MEMORY)
def _on(form: str) -> str | None:
    """A Chinese address from the street on."""
    whole, _, street, number, unit = form.split(_APART)
    return han(whole) and street + number + unit


def _letters(form: str) -> str | None:
    """An address in letters."""
    return latin(form.partition(_APART)[0])


def _district(form: str) -> str | None:
    """The end of the district's name: a city may stand before it without saying that it is one."""
    return form.split(_APART)[1][-_TWO:] or None


_whole, _STREET, _NUMBER, _UNIT = (_part(at) for at in (0, 2, 3, 4))
_SIGNS: Final = (
    Provided(Same(_door, 2), fits=(_district, _UNIT)),
    Provided(Edited(((3, 1, 6), (5, 2, 8)), _on), fits=(_district,)),
    Provided(Alike(((3, 0.92), (5, 0.8)), _letters), fits=(_NUMBER,)),
    Provided(Same(_STREET, 4), fits=(_district,)),
    Alike(((5, 0.8),), _letters),
)
