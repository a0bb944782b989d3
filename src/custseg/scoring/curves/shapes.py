"""How do a value's points rise and fall?"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Protocol

import attrs

from custseg._typing import floats
from custseg.errors import ConfigError
from custseg.rules import Bands, Choice, Line, Rule
from custseg.scoring.points import by_word, check_finite, check_shares, part_of


class Curve(Protocol):
    """A strategy for scoring: which share of a factor's worth does a value earn?

    A curve of your own is one frozen class with this method; it needs no base class. It answers
    with a tree of ``custseg.rules`` that reads the one field and gives whole hundredths of
    points; what a missing value earns is set by the factor.

    >>> @attrs.frozen
    ... class Bulge:
    ...     best: float
    ...
    ...     def rule(self, field, worth):
    ...         return Line(field, ((0.0, 0), (self.best, worth), (2 * self.best, 0)))
    >>> from custseg.scoring import Factor
    >>> Factor("age", worth=5, curve=Bulge(35)).rule()
    Line(field='age', knots=((0.0, 0), (35, 500), (70, 0)), missing=0)
    """

    def rule(self, field: str, worth: int, /) -> Rule:
        """The points of a field, as a tree.

        Args:
            field: The column.
            worth: Whole hundredths of points that the factor is worth; may be negative.
        """
        ...


@attrs.frozen
class Ramp:
    """Nothing at ``low``, all at ``high``, a straight line between, flat outside.

    Attributes:
        low: The value that earns nothing.
        high: The value that earns all; below ``low`` where less is better.

    Raises:
        ConfigError: The two are equal or not finite.

    >>> Ramp(0, 10).rule("orders", 3000)
    Line(field='orders', knots=((0.0, 0), (10.0, 3000)), missing=0)
    >>> Ramp(90, 0).rule("contact_days", 500).knots  # the fewer days, the better
    ((0.0, 500), (90.0, 0))
    """

    low: float = attrs.field(converter=float)
    high: float = attrs.field(converter=float)

    def __attrs_post_init__(self) -> None:
        """Check that there is a way from one to the other."""
        check_finite("low and high", self.low, self.high)
        if self.low == self.high:
            msg = f"low and high must differ, got {self.low} twice; for a jump use Steps"
            raise ConfigError(msg)

    def rule(self, field: str, worth: int) -> Line:
        """A line of two knots."""
        first, last = sorted(((self.low, 0), (self.high, worth)))
        return Line(field, (first, last))


@attrs.frozen
class Steps:
    """A fixed share in each band between edges.

    Attributes:
        edges: Ascending; a value on an edge is in the band above it.
        shares: One share of the worth for each band, lowest band first, from -1 to 1.

    Raises:
        ConfigError: The edges do not ascend, a share is outside, or the counts do not fit.

    >>> Steps((1, 5), (0, 0.5, 1)).rule("orders", 3000)
    Bands(field='orders', edges=(1.0, 5.0), values=(0, 1500, 3000), closed='left', missing=0)
    """

    edges: tuple[float, ...] = attrs.field(converter=floats)
    shares: tuple[float, ...] = attrs.field(converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check the shares here, edges and counts where the bands check them."""
        check_shares("shares", self.shares)
        check_finite("edges", *self.edges)
        self.rule("", 0)

    def rule(self, field: str, worth: int) -> Bands:
        """Bands with rounded points."""
        points = tuple(part_of(worth, share) for share in self.shares)
        return Bands(field, self.edges, points, missing=0)


def _knots(knots: Iterable[Iterable[float]]) -> tuple[tuple[float, float], ...]:
    given = [floats(knot) for knot in knots]
    try:
        return tuple((value, share) for value, share in given)
    except ValueError as error:
        msg = f"each knot is a value and a share, got {given}"
        raise ConfigError(msg) from error


@attrs.frozen
class Points:
    """Straight lines from knot to knot, flat outside.

    Attributes:
        knots: Value and share of the worth, values ascending, shares from -1 to 1.

    Raises:
        ConfigError: The values do not ascend, a share is outside, or there is no knot.

    >>> middle_is_best = Points(((18, 0), (35, 1), (70, 0.2)))
    >>> middle_is_best.rule("age", 1000).knots
    ((18.0, 0), (35.0, 1000), (70.0, 200))
    """

    knots: tuple[tuple[float, float], ...] = attrs.field(converter=_knots)

    def __attrs_post_init__(self) -> None:
        """Check the knots."""
        values, shares = [x for x, _ in self.knots], [y for _, y in self.knots]
        check_shares("shares of the knots", shares)
        check_finite("values of the knots", *values)
        if not values or any(a >= b for a, b in pairwise(values)):
            msg = f"values of the knots must ascend, at least one, got {values}"
            raise ConfigError(msg)

    def rule(self, field: str, worth: int) -> Line:
        """A line through the knots."""
        return Line(field, tuple((x, part_of(worth, share)) for x, share in self.knots))


@attrs.frozen
class Categories:
    """A share for each word of a text column.

    Attributes:
        shares: Word and its share of the worth, from -1 to 1.
        otherwise: Share of a word that is not listed; an empty text is missing.

    Raises:
        ConfigError: A share is outside.

    >>> source = Categories({"referral": 1, "fair": 0.5, "bought list": -0.2})
    >>> source.rule("source", 1500).values
    (('referral', 1500), ('fair', 750), ('bought list', -300))
    """

    shares: Mapping[str, float] = attrs.field(converter=by_word)
    otherwise: float = attrs.field(default=0.0, converter=float)

    def __attrs_post_init__(self) -> None:
        """Check the shares."""
        check_shares("shares", (*self.shares.values(), self.otherwise))

    def rule(self, field: str, worth: int) -> Choice:
        """A choice with rounded points."""
        values = tuple((word, part_of(worth, share)) for word, share in self.shares.items())
        return Choice(field, values, otherwise=part_of(worth, self.otherwise))
