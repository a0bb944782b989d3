"""The territory of a customer is covered by a representative, or what it lies in is."""

from typing import TypeVar, cast

import attrs
import numpy as np

from custseg._typing import Codes, Columns, Floats, Index, Needs, floats
from custseg.allocate.wishing.columns import codes
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.territories.areas import Area, line, lying, tree
from custseg.allocate.wishing.territories.placing import BY, Signs, placed
from custseg.allocate.wishing.wording import by_code, holders
from custseg.errors import ConfigError, DataError
from custseg.frames import table
from custseg.reasons import Reason

T = TypeVar("T")
Lines = tuple[tuple[str, ...], ...]


@attrs.frozen
class Territory:
    """Territories as a tree: who covers the customer's own, or one that it lies in.

    A customer lies in the area that names it as an account; else in the one its territory column
    says; else in that of its address, its postcode or its telephone number, in this order. A less
    sure sign may make the answer finer (the word says East, the area code Shanghai) but never
    contradicts. Only the columns are read for which areas have signs.

    Without areas the columns of both sides are read as places: counties, cities and provinces of
    China, its customary regions, countries. A customer in Kunshan is covered by who covers
    Kunshan, Suzhou, Jiangsu or East China.

    Attributes:
        areas: The tree; none: places of the world.
        column: The customers' territory, as a word (without areas: a place or an address);
            ``None``: it is told by the other signs only.
        rep_column: What the representatives cover.
        levels: The points of who covers the customer's own area, the one that it lies in, and so
            on; the last stands for all above.
        nearest: Only who covers the nearest area that anybody covers is eligible.
        required: Who covers none of them is not eligible.
        separator: Splits a representative's cell into several areas.
        customer_id: The column of ids, read for named accounts.
        address: The column of addresses, cities or provinces, read for places of areas.
        postcode: The column of postcodes.
        phone: The column of telephone numbers.
        region: The country of bare telephone numbers, and of postcodes in a column of numbers,
            which has no zeros in front: ``CN``, ``US``, ``DE``; ``None`` adds none.

    Raises:
        ConfigError: The areas are no tree, or the levels do not fall from 1 or less to 0 or more.

    Source: GB/T 2260; ISO 3166-1; the numbering plan of China (area codes).

    >>> people = {"territory": Codes(np.array([0, 1, -1]), ("Shanghai", "East"))}
    >>> team = {"territory": Codes(np.array([0, 1]), ("Shanghai", "East"))}
    >>> Territory([Area("East"), Area("Shanghai", "East")]).points(people, team).tolist()
    [[1.0, 0.67], [0.0, 1.0], [0.0, 0.0]]
    """

    areas: tuple[Area, ...] = attrs.field(default=(), converter=tree)
    column: str | None = "territory"
    rep_column: str = "territory"
    levels: tuple[float, ...] = attrs.field(
        default=(1.0, 0.67, 0.33), converter=floats, kw_only=True
    )
    nearest: bool = attrs.field(default=False, kw_only=True)
    required: bool = attrs.field(default=False, kw_only=True)
    separator: str | None = attrs.field(default=";", kw_only=True)
    customer_id: str = attrs.field(default="customer_id", kw_only=True)
    address: str = attrs.field(default="address", kw_only=True)
    postcode: str = attrs.field(default="postcode", kw_only=True)
    phone: str = attrs.field(default="phone", kw_only=True)
    region: str | None = attrs.field(default="CN", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse settings that tell no territory.

        Raises:
            ConfigError: As above.
        """
        falling = all(a >= b for a, b in zip(self.levels, self.levels[1:], strict=False))
        if not self.levels or not falling or self.levels[0] > 1 or self.levels[-1] < 0:
            msg = f"must fall, from 1 or less to 0 or more, got {list(self.levels)}"
            raise ConfigError(msg, "territory.levels")
        if not any(self._signs.values()):
            msg = "needs a column of the customers, or areas with accounts, places or numbers"
            raise ConfigError(msg, "territory.column")

    @property
    def needs(self) -> Needs:
        """The signs of a territory for which areas are given."""
        return {name: "text" for name in self._signs.values() if name is not None}

    @property
    def rep_needs(self) -> Needs:
        """What the representatives cover."""
        return {self.rep_column: "text"}

    @property
    def reason(self) -> Reason:
        """The territory."""
        return Reason("same_territory", {"column": self.column or self.rep_column})

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """By how many levels above the customer's own area the covered one is.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.

        Raises:
            DataError: A representative covers what is no area, or no place.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by area.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        lines, at = self._lines(customers)
        return by_code(at, len(lines)), self._covered(lines, reps)

    def place(self, customers: T) -> T:
        """The same customers with the ``area`` of each, and ``area_by``: the sign that told it.

        Args:
            customers: One row a customer.

        Raises:
            ConfigError: No areas are given.

        >>> wish = Territory([Area("Shanghai", phones=["021"])], column=None)
        >>> wish.place([{"phone": "021 6234 5678"}, {"phone": "13800138000"}])[0]["area"]
        'Shanghai'
        """
        if not self.areas:
            msg = "give areas; without them there is nothing to name"
            raise ConfigError(msg, "territory.areas")
        given = table(customers)
        at, by = placed(self.areas, given.read(self.needs), self._signs, self.region)
        names = tuple(area.name for area in self.areas)
        told = {"area": Codes(at, names, plain=True), "area_by": Codes(by, BY, plain=True)}
        return cast("T", given.attach(told))

    @property
    def _signs(self) -> Signs:
        """The column of each sign, the surest first."""
        return {
            "account": self.customer_id if any(a.accounts for a in self.areas) else None,
            "territory": self.column,
            "address": self.address if any(a.places for a in self.areas) else None,
            "postcode": self.postcode if any(a.postcodes for a in self.areas) else None,
            "phone": self.phone if any(a.phones for a in self.areas) else None,
        }

    def _lines(self, customers: Columns) -> tuple[Lines, Index]:
        """What each class of customers lies in, the finest first, and the class of each."""
        if self.areas:
            known = {area.name: area for area in self.areas}
            at, _ = placed(self.areas, customers, self._signs, self.region)
            return tuple(line(name, known) for name in known), at
        column = codes(customers, cast("str", self.column))
        found: dict[tuple[str, ...], int] = {}
        told = [found.setdefault(lying(word), len(found)) for word in column.words]
        return tuple(found), np.array([*told, -1], dtype=np.intp)[column.at]

    def _covered(self, lines: Lines, reps: Columns) -> Floats:
        """The points of each class of customers, and of those who lie nowhere."""
        having = self._having(reps)
        size = len(getattr(reps[self.rep_column], "at", ()))
        out = np.full((len(lines) + 1, size), np.nan if self.required else 0.0)
        for row, above in enumerate(lines):
            found = [having.get(name, []) for name in above]
            if self.nearest:
                found = _nearest(found)
                out[row] = np.nan if any(found) else out[row]
            for level, some in reversed(list(enumerate(found))):
                out[row, some] = self.levels[min(level, len(self.levels) - 1)]
        return out

    def _having(self, reps: Columns) -> dict[str, list[int]]:
        """Who covers each area."""
        names = {area.name for area in self.areas}
        having: dict[str, list[int]] = {}
        for word, some in holders(codes(reps, self.rep_column), self.separator).items():
            node = word if word in names else next(iter(() if names else lying(word)), None)
            if node is None:
                what = "no area of the tree" if names else "no place that is known"
                msg = f"holds {word!r}, {what}: name it, or leave the cell empty"
                raise DataError(msg, self.rep_column, some[0])
            having.setdefault(node, []).extend(some)
        return having


def _nearest(found: list[list[int]]) -> list[list[int]]:
    """Only the first level on which there is anybody."""
    first = next((level for level, some in enumerate(found) if some), len(found))
    return [some if level == first else [] for level, some in enumerate(found)]
