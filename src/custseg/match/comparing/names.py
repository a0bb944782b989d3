"""How alike the names of two persons are: a whole name in one column, or its parts in several."""

from typing import ClassVar, Final

import attrs
import numpy as np

from custseg._typing import Codes
from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.plainly import han, latin, turned
from custseg.match.comparing.provided import Each, Provided
from custseg.match.comparing.signs import Clash, Crossed, Same, Sign
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.pieces import sound, whole_name
from custseg.match.reading import Once, reader
from custseg.values import names
from custseg.values.text import has_han

_WORDS: Final = reader("words")


@attrs.frozen
class Names:
    """A person's whole name in one column.

    Levels: ``exact`` (the same words or characters, in any order of first name and surname),
    ``same_sound`` (said alike, also across scripts), ``close`` (first and last word each of
    Jaro-Winkler 0.9; of Chinese names of three and more characters swapped ones, of four and more
    one edit), ``initial`` (first and last word agree but for an initial or a name in between),
    ``near`` (Jaro-Winkler 0.8 each; of three Chinese characters one edit), ``part`` (one is a part
    of the other), ``half`` (surname or first name agree and the rest differs: relatives), ``else``.
    One edit in two Chinese characters says nothing. A surname with a title is never exact.

    Attributes:
        column: The column with the names.
        name: The code shown to people; the column, unless given.

    >>> comparison = Names("name")
    >>> comparison.name, comparison.levels[1]
    ('name', 'same_sound')
    """

    levels: ClassVar[tuple[str, ...]] = (
        *("exact", "same_sound", "close", "initial", "near", "part", "half", "else"),
    )
    term_frequency: ClassVar[bool] = True
    # Of two records of one person some seven in ten spell the name alike (generated contacts with
    # errors of the usual kinds), and one or two in a hundred have another name.
    typical: ClassVar[tuple[float, ...]] = (0.7, 0.06, 0.08, 0.04, 0.04, 0.05, 0.01, 0.02)
    # Two people share a name once in some thousands of pairs, a surname once in thirty (Chinese)
    # to some hundreds (English).
    rare: ClassVar[tuple[float, ...]] = (0.0002, 0.0003, 0.0005, 0.001, 0.005, 0.005, 0.03, 0.958)

    column: str = "name"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's names."""
        del region
        forms = columns.normal(self.column, "words", None)
        side = Compared(forms, Ladder(_SIGNS, len(self.levels), whole_name), self.column, _WORDS)
        side.share(_said, lambda: self._said(columns))
        return side

    def _said(self, columns: Once) -> Codes:
        """How whole names sound, row by row."""
        names = columns.normal(self.column, "name", None)
        sounds = columns.normal(self.column, "sound", None)
        return Codes(np.where(names.at < 0, -1, sounds.at), sounds.words)


def _said(form: str) -> str | None:
    """How a whole name sounds: many have one surname."""
    return None if whole_name(form) is None else sound(form)


def _latin_key(form: str) -> str | None:
    return None if has_han(form) else whole_name(form)


def _family(form: str) -> str | None:
    """The surname, or the last word."""
    return names.surname(form) if has_han(form) else form.rsplit(" ", 1)[-1]


def _given(form: str) -> str | None:
    """The first word of a name in letters."""
    return None if has_han(form) else form.split(" ", 1)[0]


def _short(form: str) -> str | None:
    """The first letter and the last word of a name in letters."""
    words = form.split(" ") if not has_han(form) else ()
    return f"{words[0][0]} {words[-1]}" if len(words) > 1 else None


def _brief(form: str) -> str | None:
    """A name that tells no more than an initial before the last word."""
    words = form.split(" ") if not has_han(form) else ()
    return f"{words[0]} {words[-1]}" if len(words) > 1 and len(words[0]) == 1 else None


def _ends(form: str) -> str | None:
    """The first and the last word of a name in letters."""
    words = form.split(" ") if not has_han(form) else ()
    return f"{words[0]} {words[-1]}" if len(words) > 1 else None


def _partial(form: str) -> str | None:
    """A form that is a part of a name only."""
    return form if whole_name(form) is None else None


def _two(form: str) -> str | None:
    """A Chinese name of two characters."""
    return form if len(form) == _PAIR and has_han(form) else None


def _outer(form: str) -> str | None:
    """The first and the last of three Chinese characters."""
    return form[0] + form[-1] if len(form) == _PAIR + 1 and has_han(form) else None


def _begun(form: str) -> str | None:
    """The first two of three Chinese characters."""
    return form[:_PAIR] if len(form) == _PAIR + 1 and has_han(form) else None


def _last(form: str) -> str | None:
    """The last word of a whole name in letters."""
    return None if has_han(form) or " " not in form else form.rsplit(" ", 1)[-1]


def _first(form: str) -> str | None:
    """The first word of a whole name in letters."""
    return None if has_han(form) or " " not in form else form.split(" ", 1)[0]


def _count(form: str) -> str | None:
    """How many words there are."""
    return None if has_han(form) else str(form.count(" "))


_PAIR: Final = 2
_BARS: Final = ((3, 0.9), (5, 0.8))
_MOVED: Final = Crossed(_family, _given, 7, both=False)
_SIGNS: Final[tuple[Sign, ...]] = (
    Same(_said, 2),
    Same(turned, 3),
    Edited(((3, 1, 4), (5, 1, 3)), han),
    Provided(Each((Alike(_BARS, _last), Alike(_BARS, _first))), unless=Same(_ends, 4)),
    # A gap that was left out or put in.
    Provided(Alike(((3, 0.92),), latin), when=Clash(_count, 3)),
    # In another order only where a word has moved: comparing letters once more is dear.
    Provided(Alike(((3, 0.92),), _latin_key), when=_MOVED),
    Same(_ends, 4),
    Crossed(_brief, _short, 4, both=False),
    Same(_partial, 6),
    Crossed(_partial, _family, 6, both=False),
    Crossed(_partial, _given, 6, both=False),
    Crossed(_two, _outer, 6, both=False),
    Crossed(_two, _begun, 6, both=False),
    Same(_family, 7),
    Same(_given, 7),
    _MOVED,
)
