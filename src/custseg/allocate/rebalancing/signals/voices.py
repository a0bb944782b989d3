"""What both sides said: a rep asks for or declines a customer, a customer prefers or complains."""

from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import shared_words
from custseg.errors import ConfigError
from custseg.reasons import Reason

Said: TypeAlias = Literal["request", "decline", "preference", "complaint"]
SEPARATOR: Final = ";"
COLUMNS: Final[dict[Said, str]] = {
    "request": "requested_by",
    "decline": "declined_by",
    "preference": "preferred_rep",
    "complaint": "complained_about",
}
"""Where what was said stands: columns of the customers with ids of representatives."""
_CODES: Final[dict[Said, str]] = {
    "request": "rep_request",
    "decline": "rep_decline",
    "preference": "customer_preference",
    "complaint": "customer_complaint",
}
_AGAINST: Final = frozenset({"decline", "complaint"})


@attrs.frozen
class Voice:
    """What was said about a pair, as a wish.

    A request or a preference gives 1 to the representatives named, a decline or a complaint 1 to
    all the others. Customers of whom nothing was said get 0 with everybody.

    Attributes:
        said: What was said.
        column: The column of the customers that names representatives; ``None``: the usual one,
            such as ``preferred_rep``.
        rep_column: The id of the representatives.
        separator: Between several ids in a cell.
        strict: Who declined, or was complained about, is not eligible at all.

    >>> import numpy as np
    >>> from custseg._typing import Codes
    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> people = {"complained_about": Codes(np.array([0, -1]), ("R2",))}
    >>> Voice("complaint", strict=True).points(people, team).tolist()
    [[1.0, nan], [0.0, 0.0]]
    """

    said: Said
    column: str | None = None
    rep_column: str = "rep_id"
    separator: str = SEPARATOR
    strict: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what nobody can say.

        Raises:
            ConfigError: ``said`` is unknown, or a request or preference is to be strict.
        """
        if self.said not in COLUMNS:
            msg = f"must be one of {list(COLUMNS)}, got {self.said!r}"
            raise ConfigError(msg, "voice.said")
        if self.strict and self.said not in _AGAINST:
            msg = f"a {self.said} excludes nobody: leave strict out"
            raise ConfigError(msg, "voice.strict")

    @property
    def needs(self) -> Needs:
        """The column that names representatives."""
        return {self.column or COLUMNS[self.said]: "text"}

    @property
    def rep_needs(self) -> Needs:
        """The id."""
        return {self.rep_column: "text"}

    @property
    def reason(self) -> Reason:
        """What was said."""
        return Reason(_CODES[self.said], {"column": self.column or COLUMNS[self.said]})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """1 where what was said speaks for the pair.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by distinct cell.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        mine = codes(customers, self.column or COLUMNS[self.said])
        at, named = shared_words(mine, codes(reps, self.rep_column), separator=self.separator)
        if self.said in _AGAINST:
            some = np.append(np.ones(len(named) - 1), 0.0)[:, None]  # the last class said nothing
            against = np.nan if self.strict else 0.0
            named = np.where(named == 1, against, some + np.zeros_like(named))
        return at, named


VOICES: Final[tuple[Voice, ...]] = (
    Voice("preference"),
    Voice("request"),
    Voice("decline"),
    Voice("complaint", strict=True),
)
"""All four; a customer never goes to, or stays with, whom it complained about."""
