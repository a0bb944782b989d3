"""Which tier does a customer have after this review?"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import ClassVar, Final

import attrs

from custseg._typing import Columns, Gives, Kind, Needs, Record
from custseg.errors import ConfigError
from custseg.features.daynumbers import day_of
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation
from custseg.tiering.bands import Scale
from custseg.tiering.review import columns as col
from custseg.tiering.review import reasons as why
from custseg.tiering.review.adjustment import Ruler
from custseg.tiering.review.bars import Hurdles
from custseg.tiering.review.calm import Calm
from custseg.tiering.review.terms import civil_day
from custseg.tiering.settings import check_tiers

_WORDS: Final[Mapping[str, Gives]] = {col.MOVE: col.MOVES, col.REASON: why.CODES}
_WRITTEN: Final[Mapping[str, Gives]] = {
    col.KEEP: "number",
    col.NEXT: "number",
    col.SINCE: "day",
    col.UNTIL: "day",
    col.REVIEWED: "day",
}


@attrs.frozen(kw_only=True)
class RetierModel(RowModel):
    """A review of tiers ready to apply: of one record, or of any table.

    The value is held against the bars of the frozen cut points. The first of these that applies
    decides:

    1. a tier set by hand, while it is in force;
    2. a day that was reviewed already: nothing moves, and the same is said again;
    3. no value, no day, or no tenure where newcomers are told: the tier stays, and nobody gets
       more than the lowest for it;
    4. a newcomer, one whose trial is over, and one who has no tier yet, or one that is none of
       these tiers (the reason says so): placed by the cut points;
    5. the bar to enter a higher tier is reached: promoted, ``max_up`` tiers at most;
    6. the bar to keep the tier is not reached, but it stays because of, in this order: a lock,
       the tenure, the cool-down, the anniversary, the grace;
    7. otherwise demoted, ``max_down`` tiers at most;
    8. anything else stays: the tier is earned, or the value is within the band.

    Adds ``tier``, ``tier_move`` (``up``, ``down``, ``same``, ``new``), ``tier_reason`` (a code),
    ``needed_to_keep`` and ``needed_for_next`` (in the money of the value), ``tier_since``,
    ``tier_until`` (the day before which the tier cannot fall), ``tier_reviewed``, and what the
    next review must know because of the rules that are on. What the last review said is read from
    the same columns with ``_previous`` after their names (``carried`` brings them there); a first
    run has none of them.

    Attributes:
        value: The column that says what a customer is worth.
        cuts: The frozen cut points.
        tiers: Names, lowest first.
        calm: The rules.
        as_of: The day of the review; ``None``: the column ``as_of`` says it.

    Raises:
        ConfigError: The number of tiers does not match the cuts, or a setting does not fit them.

    >>> from custseg.tiering import Cuts, Retier
    >>> model = Retier(Cuts((100.0, 1000.0))).fit().on("2026-06-30")
    >>> row = model.one({"revenue": 900.0, "tier_previous": "high"})
    >>> row["tier"], row["tier_move"], row["tier_reason"], row["needed_for_next"]
    ('high', 'same', 'kept_band_of_tier', None)
    """

    schema_version: ClassVar[int] = 1

    value: str
    cuts: Scale
    tiers: tuple[str, ...]
    calm: Calm = attrs.field(factory=Calm.preset)
    as_of: date | None = attrs.field(default=None, converter=civil_day)

    def __attrs_post_init__(self) -> None:
        """Check that the settings fit the cuts."""
        check_tiers(self.tiers, self.tiers, self.hurdles.tiers)
        newcomers = self.calm.newcomers
        if newcomers is not None and newcomers.tier not in {None, *self.tiers}:
            msg = f"there is no tier {newcomers.tier!r}; there are {list(self.tiers)}"
            raise ConfigError(msg, "newcomers.tier")

    @property
    def hurdles(self) -> Hurdles:
        """The bars to enter and to keep each tier."""
        return self._measured[0]

    @property
    def ruler(self) -> Ruler | None:
        """How values are measured in notches, where the value is smoothed."""
        return self._measured[1]

    @cached_property
    def _measured(self) -> tuple[Hurdles, Ruler | None]:
        rule = self.calm.adjustment
        ruler = None if rule is None else rule.ruler(self.cuts)
        return Hurdles.of(self.cuts, self.calm.bars), ruler

    @property
    def day(self) -> float | None:
        """The day of the review since 1970-01-01; ``None``: the rows say it."""
        return None if self.as_of is None else float(day_of(self.as_of))

    def on(self, as_of: date | str) -> "RetierModel":
        """The same review on a day, for tables that do not say which it is.

        Args:
            as_of: A date, or one as ISO text.

        Raises:
            ConfigError: It is not a date.
        """
        return attrs.evolve(self, as_of=as_of)

    @property
    def needs(self) -> Needs:
        """The columns that the rules read."""
        dated: dict[str, Kind] = {} if self.as_of is not None else {"as_of": "day"}
        remembered: dict[str, Kind] = {
            col.previous(name): col.MEMORY[name] for name in self.calm.memory
        }
        return {
            self.value: "number",
            **dated,
            **self.hurdles.needs,
            **self.calm.reads,
            **remembered,
        }

    @property
    def optional(self) -> frozenset[str]:
        """What the last review said, and what was set by hand, may be lacking."""
        hand = () if self.calm.by_hand is None else self.calm.by_hand.reads
        locked = () if self.calm.locked is None else (self.calm.locked,)
        return frozenset({*(col.previous(name) for name in self.calm.memory), *hand, *locked})

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        kept: dict[str, Gives] = {}
        for name in self.calm.memory:
            kind = col.MEMORY[name]
            kept[name] = self.tiers if kind == "text" else "day" if kind == "day" else "number"
        head: dict[str, Gives] = {col.TIER: self.tiers, **_WORDS, **_WRITTEN}
        return {**head, **{name: kind for name, kind in kept.items() if name not in head}}

    def kernel(self, cols: Columns) -> Columns:
        """Review every row."""
        from custseg.tiering.review.writing import reviewed  # noqa: PLC0415 - arrays are loaded where they are used

        return reviewed(self, cols)

    def shortcut(self) -> Scalar:
        """One record by plain Python."""
        from custseg.tiering.review.single import reviewer  # noqa: PLC0415 - as above

        return reviewer(self)

    def explain(self, record: Record) -> Explanation:
        """Why one customer has its tier, and what would keep it or bring the next.

        Args:
            record: One customer, with the columns that the rules read.

        Returns:
            The decision and its reasons; what the record holds is shown only with
            ``values=True``.

        >>> from custseg.tiering import Cuts, Retier
        >>> model = Retier(Cuts((100.0, 1000.0))).fit().on("2026-06-30")
        >>> print(model.explain({"revenue": 700.0, "tier_previous": "high"}).text())
        value tier: medium
          - revenue is below the 800 needed to keep the tier before
        """
        from custseg.tiering.review.explaining import explained  # noqa: PLC0415 - as above

        return explained(self, self.one(record))
