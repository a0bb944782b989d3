"""How alike two e-mail addresses are."""

from typing import ClassVar, Final

import attrs

from custseg.match.comparing.compared import Compared, Ladder
from custseg.match.comparing.signs import Same
from custseg.match.comparing.strings import Edited
from custseg.match.pieces import user
from custseg.match.reading import Once, reader

_SHAPE: Final = reader("email")


@attrs.frozen
class Emails:
    """An e-mail address.

    Levels: ``exact`` (the same box), ``same_local`` (the same user at another provider, unless it
    is the name of an office such as info), ``close`` (one edit in an address of eight and more
    signs), ``near`` (two edits in twelve and more, or one in a user of six and more), ``else``.

    Attributes:
        column: The column with the addresses.
        name: The code shown to people; the column, unless given.

    >>> Emails("email").levels
    ('exact', 'same_local', 'close', 'near', 'else')
    """

    levels: ClassVar[tuple[str, ...]] = ("exact", "same_local", "close", "near", "else")
    term_frequency: ClassVar[bool] = True
    # Contacts generated with the usual errors.
    typical: ClassVar[tuple[float, ...]] = (0.68, 0.12, 0.08, 0.02, 0.1)
    # Two people share a user name once in some ten thousand pairs (fake_1000: 0.0003 near).
    rare: ClassVar[tuple[float, ...]] = (0.00002, 0.00003, 0.00002, 0.0005, 0.99943)

    column: str = "email"
    name: str = attrs.field(default=attrs.Factory(lambda self: self.column, takes_self=True))

    @property
    def columns(self) -> tuple[str, ...]:
        """The column."""
        return (self.column,)

    def prepare(self, columns: Once, region: str | None = None) -> Compared:
        """Read a table's addresses."""
        del region
        forms = columns.normal(self.column, "email", None)
        return Compared(forms, Ladder(_SIGNS, len(self.levels)), self.column, _SHAPE)


# Users are made of names, and namesakes' are alike: edits count, Jaro-Winkler would not.
_SIGNS: Final = (
    Same(user, 2),
    Edited(((3, 1, 8), (4, 2, 12))),
    Edited(((4, 1, 6),), user),
)
