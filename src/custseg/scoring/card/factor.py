"""One line of a card: a column, what it is worth, and how it earns that."""

from functools import cached_property
from typing import Final, Literal, TypeAlias, cast

import attrs
from attrs.converters import optional

from custseg.errors import ConfigError, did_you_mean
from custseg.frames.scalar import READERS, compiled
from custseg.rules import Bands, Choice, F, Ladder, Line, Rule, Sum
from custseg.scoring.card.reach import reach
from custseg.scoring.curves.shapes import Curve
from custseg.scoring.points import check_finite, check_shares, hundredths, part_of

Policy: TypeAlias = Literal["neutral", "worst", "evidence"]
POLICIES: Final = ("neutral", "worst", "evidence")


def _missing(given: float | Policy) -> float | Policy:
    return given if isinstance(given, str) else float(given)


def _own_worth(factor: "Factor") -> float:
    worth = own_worth(factor.curve)
    if worth is None:
        msg = f"factor {factor.name!r} needs a worth: its curve gives shares of one"
        raise ConfigError(msg)
    return worth


def own_worth(curve: Curve) -> float | None:
    """The largest points of a curve with points of its own; ``None`` of one that gives shares.

    >>> from custseg.scoring import Bins, Ramp
    >>> own_worth(Bins((1,), (-2, 5))), own_worth(Ramp(0, 1))
    (5.0, None)
    """
    return cast("float | None", getattr(curve, "own_worth", None))


@attrs.frozen
class Factor:
    """A factor of a scorecard.

    Attributes:
        name: Its name; in reports its label, where custseg has one.
        column: The column that it reads; by default the one of its name.
        curve: Which share of the worth a value earns; ``Bins`` and ``Levels`` say points.
        worth: Points that the best answer earns. Below 0, points that the worst loses:
            complaints. Kept to the hundredth. A curve with points of its own needs none: it is
            worth the largest of them, up or down.
        missing: What it earns where nothing is known: a share of the worth (0 is nothing, 0.5
            half of it); ``neutral``, what an average customer earns (``usual``, or half-way from
            the worst to the best); ``worst``, the least; or ``evidence``, points of the curve's
            own, learnt from those of whom it was not known. Only these may be more than the best
            answer earns, and points of the curve's own come before a share.
        group: Name of the group of the card that it counts in.
        usual: Points that customers earn on average where it was learnt.
        title: What reports call it; by default its label, or its name.
        actionable: Whether somebody can do something about it; what would raise a grade is told
            of such factors alone. Nobody can raise an age.

    Raises:
        ConfigError: The worth is not finite or not given, the share is outside -1 to 1, or the
            curve answers with something else than whole points of this one column.

    >>> from custseg.scoring import Bins, Ramp
    >>> Factor("orders", worth=30, curve=Ramp(0, 10)).rule()
    Line(field='orders', knots=((0.0, 0), (10.0, 3000)), missing=0)
    >>> unknown_is_neutral = Factor("satisfaction", worth=10, curve=Ramp(0, 100), missing="neutral")
    >>> unknown_is_neutral.rule().missing
    500
    >>> learnt = Factor("visits", curve=Bins((3,), (-2, 7), missing=-0.5), missing="evidence")
    >>> learnt.worth, learnt.rule().missing
    (7.0, -50)
    """

    name: str
    column: str | None = None
    curve: Curve = attrs.field(kw_only=True)
    worth: float = attrs.field(
        default=attrs.Factory(_own_worth, takes_self=True), kw_only=True, converter=float
    )
    missing: float | Policy = attrs.field(default=0.0, kw_only=True, converter=_missing)
    group: str | None = attrs.field(default=None, kw_only=True)
    usual: float | None = attrs.field(default=None, kw_only=True, converter=optional(float))
    title: str | None = attrs.field(default=None, kw_only=True)
    actionable: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings, and what the curve answers."""
        check_finite(f"worth of factor {self.name!r}", self.worth)
        check_finite(f"usual of factor {self.name!r}", self.usual or 0.0)
        own = own_worth(self.curve)
        if own is not None and hundredths(own) != hundredths(self.worth):
            msg = f"the curve of factor {self.name!r} has points of its own, the largest {own:g}"
            msg += f"; leave out worth, got {self.worth:g}"
            raise ConfigError(msg)
        self._check_missing()
        self.rule()

    def _check_missing(self) -> None:
        policy = self.missing
        if not isinstance(policy, str):
            check_shares(f"missing of factor {self.name!r}", [policy])
        elif policy not in POLICIES:
            hint = did_you_mean(policy, POLICIES)
            msg = f"missing of factor {self.name!r} is a share or one of {list(POLICIES)}"
            msg += f", got {policy!r}.{hint}"
            raise ConfigError(msg)
        elif policy == "evidence" and self._evidence is None:
            msg = f"missing of factor {self.name!r} is evidence, but its curve has no points for it"
            raise ConfigError(msg)

    @property
    def field(self) -> str:
        """The column that it reads."""
        return self.name if self.column is None else self.column

    def rule(self) -> Rule:
        """Its points in whole hundredths, as a tree: the curve's, and its own for missing."""
        return self._rule

    @cached_property
    def _rule(self) -> Rule:
        made = self._curved
        earned = self.missing_points
        if isinstance(made, Bands | Line | Choice):
            return attrs.evolve(made, missing=earned)
        nothing = {field: READERS[kind](None) for field, kind in made.needs.items()}
        lacking = earned - int(compiled(made)(nothing))
        return Sum((made, Ladder(((F(self.field).is_missing(), lacking),), 0))) if lacking else made

    @property
    def missing_points(self) -> int:
        """Whole hundredths where nothing is known, as ``missing`` says."""
        if self.missing == "neutral":
            return min(self.usual_points, self.best_points)
        if self.missing == "worst":
            return reach(self._curved)[0]
        if self._evidence is not None:
            return hundredths(self._evidence)
        return min(part_of(hundredths(self.worth), float(self.missing)), self.best_points)

    @property
    def usual_points(self) -> int:
        """Whole hundredths of an average customer: as learnt, or half-way from worst to best."""
        return self.neutral_points if self.usual is None else hundredths(self.usual)

    @property
    def best_points(self) -> int:
        """Whole hundredths of the best answer."""
        return reach(self._curved)[1]

    @property
    def neutral_points(self) -> int:
        """Whole hundredths half-way from the worst answer to the best, rounded half up."""
        return (sum(reach(self._curved)) + 1) // 2

    @property
    def _evidence(self) -> float | None:
        """The points of the curve's own where nothing is known."""
        return None if own_worth(self.curve) is None else getattr(self.curve, "missing", None)

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
