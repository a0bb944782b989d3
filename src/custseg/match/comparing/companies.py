"""How alike the names of two companies are, taken apart into place, brand, trade and branch."""

from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.forms import Facet
from custseg.match.comparing.plainly import sound
from custseg.match.comparing.signs import Provided, Same
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.reading import Once, normal, texts
from custseg.values import companies
from custseg.values.text import has_han, plain
from custseg.values.variants import simplified

_APART: Final = "\x1f"
_BRAND: Final = 2


@attrs.frozen
class Companies:
    """The name of a company; its legal form does not count.

    Levels: ``exact``, ``part_dropped`` (the brand is the same, place or trade is left out in one),
    ``same_sound``, ``close`` (Jaro-Winkler 0.92; of Chinese names one edit in four and more
    characters), ``near`` (Jaro-Winkler 0.8; two edits in six and more), ``related`` (the same brand
    in another place, another trade or another branch: one group, not one company), ``else``.
    Companies of different places or branches never come closer than ``related``.

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
        forms = normal(texts(columns, self.column), shape)
        return Compared(forms, Ladder(_SIGNS, len(self.levels), _KEY), self.column, shape)


def shape(text: str) -> str | None:
    """A company in its parts: what it is compared by, place, brand, trade and branch.

    >>> shape("The Acme Trading Co., Ltd.").split(chr(31))
    ['acme trading', '', 'acme trading', '', '']
    """
    key = companies.read(text).key
    if key is None:
        return None
    if not has_han(key):
        return _APART.join((key, "", key, "", ""))
    parts = companies.parts(text)
    sides = (key, parts.place, plain(parts.brand), parts.trade, parts.branch)
    return simplified(_APART.join(sides))


def _part(at: int) -> Facet:
    return lambda form: form.split(_APART)[at] or None


def _brand(form: str) -> str | None:
    """The brand, if it is long enough to be somebody's own."""
    brand = form.split(_APART)[2]
    return brand if len(brand) >= _BRAND else None


def _core(form: str) -> str | None:
    """Brand and trade of a Chinese company, without its place."""
    _, place, brand, trade, _ = form.split(_APART)
    core = brand + trade
    return core if has_han(core) or place else None


def _letters(form: str) -> str | None:
    """The name of a company in letters."""
    key = form.partition(_APART)[0]
    return None if has_han(key) else key


def _sound(form: str) -> str | None:
    """How brand and trade sound."""
    _, _, brand, trade, _ = form.split(_APART)
    return sound(brand + trade)


_KEY, _PLACE, _TRADE, _BRANCH = (_part(at) for at in (0, 1, 3, 4))
_SIGNS: Final = (
    Provided(Same(_brand, 2), same=(_BRANCH,), fits=(_PLACE, _TRADE)),
    Provided(Same(_sound, 3), same=(_BRANCH,), fits=(_PLACE,)),
    Provided(Edited(((4, 1, 4), (5, 2, 6)), _core), same=(_BRANCH,), fits=(_PLACE,)),
    Alike(((4, 0.92), (5, 0.8)), _letters),
    Same(_brand, 6),
)
