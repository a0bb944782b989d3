"""How alike two texts of any kind are: by bars of one's own, as wholes, or as numbers on paper."""

from functools import partial
from itertools import pairwise
from typing import ClassVar, Final

import attrs

from custseg._typing import floats
from custseg.errors import ConfigError
from custseg.match.comparing.compared import Compared, Ladder, Shape
from custseg.match.comparing.plainly import han, latin, text
from custseg.match.comparing.strings import Alike, Edited
from custseg.match.reading import Once, Read, reader
from custseg.values import junk
from custseg.values.text import tidy

_BETWEEN: Final = ("close", "near", "faint", "weak")
_AGREE: Final = 0.7
_LEFT: Final = 0.1


@attrs.frozen
class Texts:
    """Any text, with bars of one's own: a city, a street, an occupation.

    Levels: ``exact``, then one for each bar (``close``, ``near``, ``faint``, ``weak``), ``else``.
    Letters are compared by Jaro-Winkler; of Chinese texts one edit in four and more characters
    reaches the first bar, two in six the second.

    Attributes:
        column: The column.
        bars: The similarities that the levels ask for, from the highest; four at most.
        term_frequency: Whether a rare value says more.
        read: How its values are brought to normal form; ``as_is`` if they were cleaned before.
        name: The code shown to people; the column, unless given.

    Raises:
        ConfigError: The bars do not fall from below 1 to above 0, or are more than four.

    >>> Texts("city", bars=(0.92, 0.8)).levels
    ('exact', 'close', 'near', 'else')
    """

    column: str
    bars: tuple[float, ...] = attrs.field(default=(0.92, 0.8), converter=floats)
    term_frequency: bool = True
    read: Read = "text"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    def __attrs_post_init__(self) -> None:
        steps = (1.0, *self.bars, 0.0)
        falling = all(low < high for high, low in pairwise(steps))
        if not falling or len(self.bars) > len(_BETWEEN):
            msg = f"up to four bars fall from below 1 to above 0, got {self.bars}"
            raise ConfigError(msg, "bars")

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels: exact, one for each bar, else."""
        return ("exact", *_BETWEEN[: len(self.bars)], "else")

    @property
    def typical(self) -> tuple[float, ...]:
        """Seven in ten agree, one in ten is another, the rest lies between: a usual text."""
        between = (1 - _AGREE - _LEFT) / max(len(self.bars), 1)
        return (_AGREE, *(between for _ in self.bars), 1 - _AGREE - between * len(self.bars))

    @property
    def rare(self) -> tuple[float, ...]:
        """One pair in a hundred agrees by chance: a text with some hundred values."""
        share = 0.01
        return (share, *(share for _ in self.bars), 1 - share * (len(self.bars) + 1))

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's texts."""
        edits = tuple((at, at - 1, 2 * at) for at in range(2, min(len(self.bars), 2) + 2))
        alike = Alike(tuple(enumerate(self.bars, 2)), latin)
        ladder = Ladder((alike, Edited(edits, han)) if self.bars else (), len(self.levels))
        if self.read == "text":
            return Compared.of(columns, self.column, text, ladder)
        forms = columns.normal(self.column, self.read, region)
        return Compared(forms, ladder, self.column, reader(self.read, region))


@attrs.frozen
class Exact:
    """A value that is the same or is not: a gender, a category.

    Attributes:
        column: The column.
        read: How its values are brought to normal form.
        term_frequency: Whether a rare value says more.
        name: The code shown to people; the column, unless given.

    >>> Exact("gender").levels
    ('exact', 'else')
    """

    levels: ClassVar[tuple[str, ...]] = ("exact", "else")
    # Nine in ten agree where a value is there: what is chosen from a list is seldom mistyped.
    typical: ClassVar[tuple[float, ...]] = (0.9, 0.1)
    # A list of some ten values.
    rare: ClassVar[tuple[float, ...]] = (0.1, 0.9)

    column: str
    read: Read = "text"
    term_frequency: bool = True
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's values."""
        shape = reader(self.read, region)
        forms = columns.normal(self.column, self.read, region)
        return Compared(forms, Ladder((), len(self.levels)), self.column, shape)


@attrs.frozen
class Identifiers:
    """A number that stands for one customer: of an identity card, a company, a membership.

    Levels: ``exact``, ``one_edit`` (of five and more signs), ``two_edits`` (of seven and more),
    ``else``. A number whose check digit is wrong may still be one edit off the right one.

    Attributes:
        column: The column.
        read: How its values are brought to normal form: ``uscc``, ``id_card`` or ``text``.
        name: The code shown to people; the column, unless given.

    >>> Identifiers("uscc", read="uscc").levels
    ('exact', 'one_edit', 'two_edits', 'else')
    """

    levels: ClassVar[tuple[str, ...]] = ("exact", "one_edit", "two_edits", "else")
    term_frequency: ClassVar[bool] = False
    # FEBRL 3: 0.85 exact, nearly all others one edit off.
    typical: ClassVar[tuple[float, ...]] = (0.85, 0.11, 0.01, 0.03)
    # FEBRL 3: seven digits at random, two edits off in 1 of 2,000 pairs.
    rare: ClassVar[tuple[float, ...]] = (0.000001, 0.00001, 0.0005, 0.999489)

    column: str
    read: Read = "text"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's numbers."""
        shape = partial(_doubtful, read=reader(self.read, region))
        return Compared.of(columns, self.column, shape, Ladder(_EDITS, len(self.levels)))


def _doubtful(value: str, read: Shape) -> str | None:
    """A number in normal form, or as it stands if it cannot be right."""
    found = read(value)
    if found is not None or junk.problem(value) or junk.masked(value):
        return found
    bare = "".join(sign for sign in tidy(value) or "" if sign.isalnum())
    return bare.upper() if any(sign.isdigit() for sign in bare) else None


_EDITS: Final = (Edited(((2, 1, 5), (3, 2, 7))),)
