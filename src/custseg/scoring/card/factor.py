"""One line of a card: a column, what it is worth, and how it earns that."""

from functools import cached_property

import attrs

from custseg.errors import ConfigError
from custseg.frames.scalar import READERS, compiled
from custseg.rules import Bands, Choice, F, Ladder, Line, Rule, Sum
from custseg.scoring.card.reach import reach
from custseg.scoring.curves.shapes import Curve
from custseg.scoring.points import check_finite, check_shares, hundredths, part_of


@attrs.frozen
class Factor:
    """A factor of a scorecard.

    Attributes:
        name: Its name; in reports its label, where custseg has one.
        column: The column that it reads; by default the one of its name.
        worth: Points that the best answer earns. Below 0, points that the worst loses:
            complaints. Kept to the hundredth.
        curve: Which share of the worth a value earns.
        missing: Share of the worth where nothing is known: 0 is nothing, 0.5 is neutral. It never
            makes more points than the best answer would.
        group: Name of the group of the card that it counts in.

    Raises:
        ConfigError: The worth is not finite, the share is outside -1 to 1, or the curve answers
            with something else than whole points of this one column.

    >>> from custseg.scoring import Ramp
    >>> Factor("orders", worth=30, curve=Ramp(0, 10)).rule()
    Line(field='orders', knots=((0.0, 0), (10.0, 3000)), missing=0)
    >>> unknown_is_neutral = Factor("satisfaction", worth=10, curve=Ramp(0, 100), missing=0.5)
    >>> unknown_is_neutral.rule().missing
    500
    """

    name: str
    column: str | None = None
    worth: float = attrs.field(kw_only=True, converter=float)
    curve: Curve = attrs.field(kw_only=True)
    missing: float = attrs.field(default=0.0, kw_only=True, converter=float)
    group: str | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings, and what the curve answers."""
        check_finite(f"worth of factor {self.name!r}", self.worth)
        check_shares(f"missing of factor {self.name!r}", [self.missing])
        self.rule()

    @property
    def field(self) -> str:
        """The column that it reads."""
        return self.name if self.column is None else self.column

    def rule(self) -> Rule:
        """Its points in whole hundredths, as a tree: the curve's, and its own for missing."""
        made = self._curved
        earned = self.missing_points
        if isinstance(made, Bands | Line | Choice):
            return attrs.evolve(made, missing=earned)
        nothing = {field: READERS[kind](None) for field, kind in made.needs.items()}
        lacking = earned - int(compiled(made)(nothing))
        return Sum((made, Ladder(((F(self.field).is_missing(), lacking),), 0))) if lacking else made

    @property
    def missing_points(self) -> int:
        """Whole hundredths where nothing is known: its share, at most what the best earns."""
        return min(part_of(hundredths(self.worth), self.missing), self.best_points)

    @property
    def best_points(self) -> int:
        """Whole hundredths of the best answer."""
        return reach(self._curved)[1]

    @cached_property
    def _curved(self) -> Rule:
        made = self.curve.rule(self.field, hundredths(self.worth))
        if set(made.needs) != {self.field}:
            msg = f"the curve of factor {self.name!r} reads {sorted(made.needs)}"
            msg += f"; a curve reads its one column, here {self.field!r}"
            raise ConfigError(msg)
        if isinstance(made, Bands | Line | Choice):
            return attrs.evolve(made, missing=0)
        return made
