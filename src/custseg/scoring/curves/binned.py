"""How many points of its own does each band or word earn?"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from math import inf, nextafter
from typing import Final, Literal, cast

import attrs
from attrs.converters import optional

from custseg._typing import floats
from custseg.errors import ConfigError
from custseg.rules import Bands, Choice
from custseg.scoring.points import by_word, check_finite, hundredths

_LEAST: Final = 1e-300
"""How far it is from 0 to the next number that all engines tell from it."""


def _special(
    given: Mapping[float, float] | Iterable[tuple[float, float]],
) -> tuple[tuple[float, float], ...]:
    """Codes and points, as a mapping or as pairs: keys of JSON are no numbers."""
    pairs: Iterable[tuple[float, float]]
    pairs = cast("Mapping[float, float]", given).items() if isinstance(given, Mapping) else given
    try:
        return tuple((float(code), float(points)) for code, points in pairs)
    except (TypeError, ValueError) as error:
        msg = "special holds numbers and their points, such as {-999: 3.5}"
        raise ConfigError(msg) from error


@attrs.frozen
class Bins:
    """Points for each band of a number, as a scorecard that was learnt has them.

    Attributes:
        edges: Ascending edges of the bands.
        points: One number of points for each band, lowest band first.
        closed: ``left``: a value on an edge is in the band above it; ``right``: below.
        special: Numbers with points of their own, wherever they lie: ``{-999: 3.5}``.
        missing: Points where nothing is known; ``None`` leaves them to the factor.

    Raises:
        ConfigError: The edges do not ascend, the counts do not fit, or a number is not finite.

    >>> bins = Bins((1, 5), (-4, 2.5, 8), special={-999: 1}, missing=-1)
    >>> bins.rule("orders", 0).values
    (-400, 100, -400, 250, 800)
    >>> bins.own_worth
    8.0
    """

    edges: tuple[float, ...] = attrs.field(converter=floats)
    points: tuple[float, ...] = attrs.field(converter=floats)
    closed: Literal["left", "right"] = attrs.field(default="left", kw_only=True)
    special: tuple[tuple[float, float], ...] = attrs.field(
        default=(), converter=_special, kw_only=True
    )
    missing: float | None = attrs.field(default=None, converter=optional(float), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the numbers here, edges and counts where the bands check them."""
        check_finite("edges", *self.edges)
        check_finite("points", *self.points, self.missing or 0.0)
        check_finite("special", *(number for pair in self.special for number in pair))
        if self.closed not in {"left", "right"}:  # a document may say anything
            msg = f"closed is 'left' or 'right', got {self.closed!r}"
            raise ConfigError(msg)
        self.rule("", 0)

    @property
    def own_worth(self) -> float:
        """The largest points of a known value, up or down."""
        return max(abs(points) for points in (*self.points, *(own for _, own in self.special)))

    def rule(self, field: str, worth: int) -> Bands:  # noqa: ARG002 - the points are its own
        """Bands; a special number is a band of its own, of no width."""
        values = tuple(hundredths(points) for points in self.points)
        made = Bands(field, self.edges, values, self.closed, missing=_whole(self.missing))
        for code, points in self.special:
            made = _set_apart(made, code, hundredths(points))
        return made


@attrs.frozen
class Levels:
    """Points for each word of a text column; special codes are words like others.

    Attributes:
        points: Word and its points.
        otherwise: Points of a word that is not listed.
        missing: Points where nothing is known; ``None`` leaves them to the factor.

    Raises:
        ConfigError: A number is not finite.

    >>> Levels({"referral": 12, "fair": 4.5}).rule("source", 0).values
    (('referral', 1200), ('fair', 450))
    """

    points: Mapping[str, float] = attrs.field(converter=by_word)
    otherwise: float = attrs.field(default=0.0, converter=float, kw_only=True)
    missing: float | None = attrs.field(default=None, converter=optional(float), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        check_finite("points", *self.points.values(), self.otherwise, self.missing or 0.0)

    @property
    def own_worth(self) -> float:
        """The largest points of a known value, up or down."""
        return max(abs(points) for points in (*self.points.values(), self.otherwise))

    def rule(self, field: str, worth: int) -> Choice:  # noqa: ARG002 - the points are its own
        """A choice with rounded points."""
        values = tuple((word, hundredths(points)) for word, points in self.points.items())
        return Choice(field, values, hundredths(self.otherwise), _whole(self.missing))


def _whole(missing: float | None) -> int | None:
    return None if missing is None else hundredths(missing)


def _set_apart(bands: Bands, code: float, points: int) -> Bands:
    """Cut one number out of the band that it lies in."""
    low, high = (code, _above(code)) if bands.closed == "left" else (_below(code), code)
    edges, values = [*bands.edges], [*bands.values]
    for cut in (low, high):
        if cut not in edges:
            at = bisect_left(edges, cut)
            edges.insert(at, cut)
            values.insert(at, values[at])
    values[edges.index(high)] = points
    return attrs.evolve(bands, edges=tuple(edges), values=tuple(values))


def _above(code: float) -> float:
    return nextafter(code, inf) if code else _LEAST


def _below(code: float) -> float:
    return nextafter(code, -inf) if code else -_LEAST
