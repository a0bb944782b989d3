"""What does a level of value mean beside a level of potential?"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import ClassVar

import attrs

from custseg._typing import Record, words
from custseg.errors import ConfigError, did_you_mean
from custseg.model import RowModel
from custseg.reasons import Explanation, Reason
from custseg.rules import F, Rule
from custseg.tiering.service.policy import ServicePolicy
from custseg.tiering.service.usual import CATALOGUE
from custseg.tiering.worth.cells import NINE, PRESETS, PROSPECTS, THREE, Cell, Row
from custseg.tiering.worth.grid import Axis, Grid, Of, Place


def _rows(given: Iterable[Iterable[Cell]]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in given)


def _row(given: Iterable[Cell]) -> Row:
    return tuple(given)


@attrs.frozen(kw_only=True)
class NineBox(RowModel):
    """Value beside potential: a tier, a rank and what to do for each pair of levels.

    It is its own model: it learns nothing. By itself it reads the two levels as words and adds
    ``tier``, ``tier_rank`` and ``service``; in ``TierPlan(box=...)`` it decides the tier. A level
    of value that is missing beside a known potential is a prospect; a potential that is not known
    earns nothing: it counts as the lowest. Any number of levels will do, not only three.

    Attributes:
        cells: What each pair means: by level of value, the lowest first, in it by level of
            potential.
        prospects: What a potential means of somebody who has bought nothing; without it as of a
            customer of the lowest value.
        tiers: Names of the tiers, lowest first.
        value_levels: Words of the levels of value, lowest first.
        potential_levels: Words of the levels of potential, lowest first.
        services: The policies that the cells name.
        value: The column of the level of value.
        potential: The column of the level of potential.

    Raises:
        ConfigError: Rows differ in length from the levels, a cell names an unknown tier or
            service, or more value or potential is a lower tier or a later rank.

    Source: the shape is that of the nine-box grids of portfolio planning (GE and McKinsey, in
    Hichens, Robinson & Wade 1978, "The directional policy matrix", Long Range Planning 11); what
    the cells mean is a house value, meant to be replaced.

    >>> box = NineBox()
    >>> box.one({"value_level": "low", "potential_level": "high"})["service"]
    'development_plan'
    >>> box.one({"value_level": None, "potential_level": "high"})["service"]
    'convert_key_account'
    """

    schema_version: ClassVar[int] = 1

    cells: tuple[Row, ...] = attrs.field(default=NINE, converter=_rows)
    prospects: Row = attrs.field(default=PROSPECTS, converter=_row)
    tiers: tuple[str, ...] = attrs.field(default=THREE, converter=words)
    value_levels: tuple[str, ...] = attrs.field(default=THREE, converter=words)
    potential_levels: tuple[str, ...] = attrs.field(default=THREE, converter=words)
    services: tuple[ServicePolicy, ...] = CATALOGUE
    value: str = "value_level"
    potential: str = "potential_level"

    def __attrs_post_init__(self) -> None:
        """Check that the cells fit the levels and one another."""
        wide = len(self.potential_levels)
        if len(self.cells) != len(self.value_levels) or any(len(r) != wide for r in self.cells):
            msg = (
                f"a box of {len(self.value_levels)} levels of value and {wide} of potential needs "
                f"that many rows and cells a row, got rows of {[len(row) for row in self.cells]}"
            )
            raise ConfigError(msg)
        if self.prospects and len(self.prospects) != wide:
            msg = f"prospects need {wide} cells, one a level of potential, or none"
            raise ConfigError(msg)
        known = {policy.code for policy in self.services}
        for cell in self._all():
            _check_word("tier", cell.tier, self.tiers)
            _check_word("service", cell.service, sorted(known))
        self._check_order()

    @classmethod
    def preset(cls, name: str = "nine") -> "NineBox":
        """A box to start from.

        Args:
            name: ``nine``: high, medium and low by value and potential; ``importance``: important
                and ordinary customers by value and potential, and potential ones who have bought
                nothing; ``importance_by_value``: the same without a potential; ``marcus``: best,
                frequent, spender and uncertain, by number of purchases (value) and average
                purchase (potential), each cut at its mean.

        Raises:
            ConfigError: There is no such preset.

        Source: ``marcus``: Marcus 1998, "A practical yet meaningful approach to customer
        segmentation", Journal of Consumer Marketing 15(5); its ranks are a house value.

        >>> NineBox.preset("importance").tiers
        ('potential', 'ordinary', 'important')
        >>> NineBox.preset("marcus").cells[1][0].tier
        'frequent'
        """
        _check_word("preset", name, tuple(PRESETS))
        return cls(**PRESETS[name])

    def fit(self, data: object = None, /) -> "NineBox":  # noqa: ARG002 - it learns nothing
        """Give the box itself: what its cells mean is set by hand.

        >>> NineBox().fit([]) == NineBox()
        True
        """
        return self

    def rules(self) -> Mapping[str, Rule]:
        """The columns and their trees."""
        return self.trees(self._grid, unknown=self.tiers[0])

    @property
    def _grid(self) -> Grid:
        value = Axis.of_words(self.value, self.value_levels)
        if len(self.potential_levels) == 1:
            return Grid(value)
        potential = Axis.of_words(self.potential, self.potential_levels)
        prospect = F(self.value).is_missing() & F(self.potential).is_present()
        return Grid(value, potential, prospect)

    def trees(self, grid: Grid, *, unknown: str | None) -> dict[str, Rule]:
        """The trees of tier, rank and service over the levels of a grid.

        Args:
            grid: The levels.
            unknown: The tier of customers whose value is not known; ``None``: none.
        """
        names = self.tiers if unknown is None else tuple(dict.fromkeys((unknown, *self.tiers)))
        codes = tuple(dict.fromkeys(cell.service for cell in self._all()))
        first = self.cells[0][0].service
        return {
            "tier": grid.ladder(self._of("tier"), unknown, names),
            "tier_rank": grid.ladder(self._of("rank"), self.last_rank(unknown)),
            "service": grid.ladder(self._of("service"), first, codes),
        }

    def last_rank(self, unknown: str | None) -> float | None:
        """The rank of customers whose value is not known: none is after them."""
        last = max(cell.rank for cell in self._all())
        return None if unknown is None else float(last + (unknown not in self.tiers))

    def cell(self, i: Place, j: Place) -> Cell:
        """The cell of two levels.

        Args:
            i: Level of value, 0 the lowest; ``None`` of a prospect.
            j: Level of potential; ``None`` where it is not known.
        """
        row = self.cells[0 if i is None else i]
        return (self.prospects or row)[j or 0] if i is None else row[j or 0]

    def _of(self, name: str) -> Of:
        def of(i: Place, j: Place) -> str | float:
            found = getattr(self.cell(i, j), name)
            return found if isinstance(found, str) else float(found)

        return of

    def target(self, i: int, j: Place) -> int | None:
        """The next level of value that is a higher tier, as the potential is.

        Args:
            i: Level of value.
            j: Level of potential; ``None`` where it is not known.

        >>> NineBox().target(1, 0), NineBox().target(2, 0)
        (2, None)
        """
        here = self.tiers.index(self.cell(i, j).tier)
        above = range(i + 1, len(self.cells))
        higher = (k for k in above if self.tiers.index(self.cell(k, j).tier) > here)
        return next(higher, None)

    def explain(self, record: Record) -> Explanation:
        """Which cell it is.

        Args:
            record: One customer, with the two levels.

        >>> print(NineBox().explain({"value_level": "medium", "potential_level": "high"}).text())
        value tier: medium
          - value medium, potential high: development plan, rank 4
        """
        out = self.one(record)
        value, potential = out.get(self.value), out.get(self.potential)
        levels = (
            value if value in self.value_levels else None,
            potential if potential in self.potential_levels else None,
        )
        given = {name: out[name] for name in self.gives}
        if levels == (None, None):
            return Explanation("tier", given, (Reason("value_unknown", {"value": self.value}),))
        asked = self._grid.potential is not None
        i, j = (None if level is None else 0 for level in levels)
        code = reason_of(i, j, asked=asked)
        return Explanation("tier", given, (attrs.evolve(told(levels, out), code=code),))

    def _all(self) -> tuple[Cell, ...]:
        return tuple(cell for row in (*self.cells, self.prospects) for cell in row)

    def _check_order(self) -> None:
        """More value or potential is never a lower tier, nor a later rank."""
        rows, columns = self.cells, tuple(zip(*self.cells, strict=True))
        for line in (*rows, *columns, self.prospects):
            for low, high in pairwise(line):
                tiers = self.tiers.index(low.tier), self.tiers.index(high.tier)
                if tiers[0] > tiers[1] or low.rank < high.rank:
                    msg = (
                        f"more value or potential leads from {low.tier!r} (rank {low.rank}) to "
                        f"{high.tier!r} (rank {high.rank}); it must not be a lower tier or later"
                    )
                    raise ConfigError(msg)


def reason_of(i: Place, j: Place, *, asked: bool = True) -> str:
    """The code of the reason for a cell.

    Args:
        i: Level of value; ``None`` of a prospect.
        j: Level of potential; ``None`` where it is not known.
        asked: Whether the potential is asked at all.

    >>> reason_of(0, None), reason_of(None, 2), reason_of(None, None, asked=False)
    ('box_value', 'box_prospect', 'box_prospect_alone')
    """
    known = "box_prospect" if i is None else "box_cell"
    unknown = "box_prospect_unknown" if i is None else "box_value"
    alone = "box_prospect_alone" if i is None else "box_value_alone"
    return alone if not asked else known if j is not None else unknown


def told(
    levels: tuple[object, object], decided: Record, held: Mapping[str, object] | None = None
) -> Reason:
    """The reason of a cell, in words.

    Args:
        levels: The levels of value and potential; ``None`` where not known.
        decided: What was decided.
        held: What is shown only when asked.

    >>> told(("low", None), {"service": "standard_care", "tier_rank": 8.0}).text()
    'value low, potential -: standard care, rank 8'
    """
    names = ("value_level", "potential_level")
    settings: dict[str, object] = {name: decided[name] for name in ("service", "tier_rank")}
    said = [f"level.{level}" if level in THREE else level for level in levels]
    settings |= zip(names, said, strict=True)
    return Reason("box_cell", settings, dict(held or {}))


def _check_word(what: str, got: str, known: Iterable[str]) -> None:
    options = tuple(known)
    if got not in options:
        msg = f"no {what} {got!r}; there are {list(options)}.{did_you_mean(got, options)}"
        raise ConfigError(msg)
