"""What a customer and a representative have had with one another: contacts, years, deals won."""

from math import isfinite, isnan
from typing import Literal

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Index, Needs
from custseg.allocate.wishing.columns import codes, numbers
from custseg.allocate.wishing.protocol import Classes
from custseg.errors import ConfigError, DataError
from custseg.reasons import Reason

_SEPARATOR = ";"
_OF = ":"
Held = tuple[str | None, float | int]
"""A cell and the first row that holds it; or an owner and its amount, a float."""


@attrs.frozen
class Relationship:
    """How well a customer and a representative know one another, from 0 to 1.

    The amount of a pair is divided by ``full``; more than that is 1 too. What is not known gives
    no points.

    Attributes:
        column: The column of the customers with the amounts of several representatives,
            ``R1:12;R7:2`` (``custseg.allocate.with_history`` writes it from a table of contacts
            or deals); amounts of the same representative add up; with ``owner``, a number.
        full: The amount that gives all points: contacts, years, deals.
        owner: The column of the one representative that the number is about, if it is one.
        rep_id: The column of the representatives' ids.
        code: The reason it gives.

    Raises:
        ConfigError: ``full`` is not above 0.

    >>> from custseg._typing import Codes
    >>> people = {"contacts_by_rep": Codes(np.array([0, -1]), ("R1:5; R2:20",))}
    >>> team = {"rep_id": Codes(np.array([0, 1, 2]), ("R1", "R2", "R3"))}
    >>> Relationship("contacts_by_rep", full=10).points(people, team).tolist()
    [[0.5, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """

    column: str = "contacts_by_rep"
    full: float = attrs.field(default=10.0, converter=float, kw_only=True)
    owner: str | None = attrs.field(default=None, kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    code: str = attrs.field(default="relationship", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a whole of nothing.

        Raises:
            ConfigError: As above.
        """
        if not (isfinite(self.full) and self.full > 0):
            msg = f"must be above 0, got {self.full}"
            raise ConfigError(msg, "relationship.full")

    @classmethod
    def preset(cls, name: Literal["contacts", "deals", "years"]) -> "Relationship":
        """A usual measure of a relationship.

        Args:
            name: ``contacts``: ``contacts_by_rep``, ten of them are enough. ``deals``: deals won
                with the representative, ``won_by_rep``, three. ``years``: years with the present
                ``owner``, ``owner_years``, five.

        Raises:
            ConfigError: There is no such preset.

        >>> Relationship.preset("years").needs
        {'owner': 'text', 'owner_years': 'number'}
        """
        found = {
            "contacts": cls(),
            "deals": cls("won_by_rep", full=3, code="own_deals"),
            "years": cls("owner_years", full=5, owner="owner"),
        }
        if name not in found:
            msg = f"must be one of {list(found)}, got {name!r}"
            raise ConfigError(msg, "relationship.preset")
        return found[name]

    @property
    def needs(self) -> Needs:
        """The amounts, and whom they are about."""
        if self.owner is None:
            return {self.column: "text"}
        return {self.owner: "text", self.column: "number"}

    @property
    def rep_needs(self) -> Needs:
        """The representatives' ids."""
        return {self.rep_id: "text"}

    @property
    def reason(self) -> Reason:
        """The column of the amounts."""
        return Reason(self.code, {"column": self.column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """The part of the full amount that each pair has.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.

        Raises:
            DataError: A cell holds no amounts by representative.
        """
        at, held = self._distinct(customers)
        found: Floats = self._table(held, reps)[at]
        return found

    def classes(self, customers: Columns, reps: Columns) -> Classes | None:
        """The same by amounts; ``None`` where nearly every customer has amounts of its own.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        at, held = self._distinct(customers)
        if len(held) > max(2, at.size // 2):
            return None
        return at, self._table(held, reps)

    def _distinct(self, customers: Columns) -> tuple[Index, list[Held]]:
        """What is held of each customer, once for all who have the same."""
        if self.owner is None:
            column = codes(customers, self.column)
            used, first, at = np.unique(column.at, return_index=True, return_inverse=True)
            words = (*column.words, None)
            rows = zip(used.tolist(), first.tolist(), strict=True)
            return at, [(words[k], int(row)) for k, row in rows]
        owners, amounts = codes(customers, self.owner), numbers(customers, self.column)
        known, of = np.unique(amounts, return_inverse=True)
        used, at = np.unique((owners.at + 1) * max(known.size, 1) + of, return_inverse=True)
        who, much = np.divmod(used, max(known.size, 1))
        names = (None, *owners.words)
        return at, [
            (names[k], float(known[a])) for k, a in zip(who.tolist(), much.tolist(), strict=True)
        ]

    def _table(self, held: list[Held], reps: Columns) -> Floats:
        """The points of what is held with each representative."""
        texts = codes(reps, self.rep_id).texts()
        place = {name: at for at, name in enumerate(texts) if name is not None}
        out = np.zeros((len(held), len(texts)))
        for row, (text, about) in enumerate(held):
            given = [(text, about)] if isinstance(about, float) else self._cell(text, about)
            for name, amount in given:
                if name in place and not isnan(amount):
                    out[row, place[name]] += amount
        return np.clip(out / self.full, 0.0, 1.0)

    def _cell(self, text: str | None, row: int) -> list[tuple[str, float]]:
        """The amounts of a cell by representative."""
        pieces = [part for piece in (text or "").split(_SEPARATOR) if (part := piece.strip())]
        try:
            return [_amount(piece) for piece in pieces]
        except ValueError as error:
            msg = "is no list of amounts by representative such as R1:12;R7:2"
            raise DataError(msg, self.column, row) from error


def _amount(piece: str) -> tuple[str, float]:
    name, _, amount = piece.rpartition(_OF)
    found = float(amount)
    if not name or not isfinite(found):
        raise ValueError(piece)
    return name.strip(), found
