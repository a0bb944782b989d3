"""How alike the names of two companies are, taken apart into place, brand, trade and branch."""

from functools import lru_cache
from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.forms import Facet
from custseg.match.comparing.provided import Provided
from custseg.match.comparing.signs import Clash, Same, Sign
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.reading import Once
from custseg.values import companies, sounds
from custseg.values.reading import Reading
from custseg.values.text import has_han, plain
from custseg.values.variants import simplified

_APART: Final = "\x1f"
_BRAND: Final = 2
_ENOUGH: Final = 4
_MEMORY: Final = 1 << 16


@attrs.frozen
class Companies:
    """The name of a company; its legal form does not count.

    Levels: ``exact``, ``part_dropped`` (the brand is the same, place or trade is left out in one),
    ``same_sound``, ``close`` (Jaro-Winkler 0.92; of Chinese names one edit in four and more
    characters), ``near`` (Jaro-Winkler 0.8, of Chinese names 0.88 or two edits in six and more),
    ``related`` (the same brand in another place, another trade or another branch: one group, not
    one company), ``else``. Companies of different places or branches, and those of one brand and
    different trades, never come closer than ``related``.

    Attributes:
        column: The column with the names.
        name: The code shown to people; the column, unless given.

    >>> Companies("company").levels[1]
    'part_dropped'
    """

    levels: ClassVar[tuple[str, ...]] = (
        *("exact", "part_dropped", "same_sound", "close", "near", "related", "else"),
    )
    term_frequency: ClassVar[bool] = True
    # Contacts generated with the usual errors.
    typical: ClassVar[tuple[float, ...]] = (0.74, 0.08, 0.03, 0.07, 0.02, 0.01, 0.05)
    # The same: companies with some contacts each among hundreds.
    rare: ClassVar[tuple[float, ...]] = (0.0005, 0.0002, 0.0001, 0.0001, 0.002, 0.001, 0.9961)

    column: str = "company"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's companies."""
        del region
        ladder = Ladder(_SIGNS, len(self.levels), _KEY)
        forms = columns.parsed(self.column, companies.read, _shape)
        return Compared(forms, ladder, self.column, shape)


def shape(text: str) -> str | None:
    """A company in its parts: what it is compared by, place, brand, trade and branch.

    >>> shape("The Acme Co., Ltd.").split(chr(31))
    ['acme', '', 'acme', '', '']
    """
    return _shape(companies.read(text))


def _shape(firm: Reading) -> str | None:
    """The parts of a company that was read before."""
    if firm.key is None:
        return None
    parts = companies.opened(firm)
    sides = (firm.key, parts.place, plain(parts.brand), parts.trade, parts.branch)
    return simplified(_APART.join(sides))


def _part(at: int) -> Facet:
    return lambda form: form.split(_APART)[at] or None


def _brand(form: str) -> str | None:
    """The brand, if it is long enough to be somebody's own."""
    brand = form.split(_APART)[2]
    return brand if len(brand) >= _BRAND else None


def _core(form: str) -> str | None:
    """Brand and trade of a Chinese company, without its place."""
    key, _, brand, trade, _ = form.split(_APART)
    return brand + trade if has_han(key) else None


def _long(form: str) -> str | None:
    """Brand and trade of a Chinese company, if they are long enough to be alike by chance."""
    core = _core(form)
    return core if core and len(core) >= _ENOUGH else None


def _letters(form: str) -> str | None:
    """The name of a company in letters."""
    key = form.partition(_APART)[0]
    return None if has_han(key) else key


@lru_cache(_MEMORY)
def _sound(form: str) -> str | None:
    """How brand and trade sound."""
    key, _, brand, trade, _ = form.split(_APART)
    return sounds.key(brand + trade if has_han(key) else key)


_KEY, _PLACE, _TRADE, _BRANCH = (_part(at) for at in (0, 1, 3, 4))
# One group may have a firm for each trade.
_OTHER_TRADE: Final = Provided(Clash(_TRADE, 6), same=(_brand,))


def _firm(sign: Sign) -> Sign:
    return Provided(sign, same=(_BRANCH,), fits=(_PLACE,), unless=_OTHER_TRADE)


_SIGNS: Final[tuple[Sign, ...]] = (
    Provided(Same(_brand, 2), same=(_BRANCH,), fits=(_PLACE, _TRADE)),
    _firm(Same(_sound, 3)),
    _firm(Edited(((4, 1, 4), (5, 2, 6)), _core)),
    _firm(Alike(((5, 0.88),), _long)),
    _firm(Alike(((4, 0.92), (5, 0.8)), _letters)),
    Same(_brand, 6),
)
