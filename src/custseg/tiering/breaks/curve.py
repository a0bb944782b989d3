"""How many classes do the values fall into? The fit for each number, and rules to choose."""

from collections.abc import Iterable

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.showing import Shown
from custseg.tiering.breaks.limits import Limits
from custseg.tiering.breaks.natural import Breaks, NaturalBreaks, broken, counted
from custseg.tiering.breaks.points import Points
from custseg.tiering.breaks.solving import tamed
from custseg.tiering.breaks.sums import PlainSums

_FIT = 0.8
_LINE = 3


@attrs.frozen
class GVFCurve(Shown):
    """Natural breaks for several numbers of classes.

    More classes always fit better, so the fit alone chooses nothing: either a limit does, or the
    place where one class more stops paying.

    Attributes:
        breaks: The breaks, fewest classes first.
        impossible: Numbers of classes for which no cuts keep the limits.

    >>> values = np.array([1.0, 2.0, 3.0, 21.0, 22.0, 23.0, 61.0, 62.0, 63.0])
    >>> curve = gvf_curve(values, range(2, 6))
    >>> [round(fit, 3) for fit in curve.gvf]
    [0.892, 0.999, 0.999, 0.999]
    >>> curve.choose().k, curve.choose(gvf=0.9).k, curve.elbow().k
    (2, 3, 3)
    """

    breaks: tuple[Breaks, ...]
    impossible: tuple[int, ...] = ()

    @property
    def ks(self) -> tuple[int, ...]:
        """The numbers of classes."""
        return tuple(one.k for one in self.breaks)

    @property
    def gvf(self) -> tuple[float, ...]:
        """The goodness of variance fit of each."""
        return tuple(one.gvf for one in self.breaks)

    @property
    def sse(self) -> tuple[float, ...]:
        """The sum of squares within the classes of each."""
        return tuple(one.sse for one in self.breaks)

    def choose(self, *, gvf: float = _FIT, at_least: float = 0) -> Breaks:
        """The fewest classes that fit well enough.

        Args:
            gvf: Goodness of variance fit that is enough.
            at_least: Smallest size that a class may have, in customers (or their weight). Breaks
                with a smaller class are passed over; to have cuts that keep it ask for them:
                ``gvf_curve(values, ks, at_least=...)``.

        Raises:
            ConfigError: The limit is not a share.
            NotEnoughDataError: No number of classes is enough.

        Source: a fit of 0.8 is the customary rule of thumb for Jenks's breaks; Coulson 1987, "In
        the matter of class intervals for choropleth maps", *Cartographica* 24(2), on the measure.
        """
        if not 0 <= gvf <= 1:
            msg = f"gvf must be a share from 0 to 1, got {gvf}"
            raise ConfigError(msg)
        for one in self.breaks:
            if one.gvf >= gvf and min(one.sizes) >= at_least:
                return one
        fits = {one.k: round(one.gvf, 4) for one in self.breaks}
        smallest = {one.k: min(one.sizes) for one in self.breaks}
        msg = (
            f"no number of classes has a fit of {gvf} with {at_least:g} in each class; "
            f"fits: {fits}, smallest classes: {smallest}; ask for less, or for other numbers"
        )
        raise NotEnoughDataError(msg)

    def elbow(self) -> Breaks:
        """The number of classes after which one more stops paying.

        It is the point of the curve that is farthest above the straight line from its first to
        its last point, both axes taken from 0 to 1; the fewest classes of equals.

        Raises:
            NotEnoughDataError: The curve has fewer than three points.

        Source: Satopää, Albrecht, Irwin and Raghavan 2011, "Finding a 'kneedle' in a haystack".
        """
        if len(self.breaks) < _LINE:
            msg = f"an elbow needs three numbers of classes or more, got {list(self.ks)}"
            raise NotEnoughDataError(msg)
        along, up = np.array(self.ks, dtype=np.float64), np.array(self.gvf)
        rise = up[-1] - up[0]
        if rise <= 0:
            return self.breaks[0]
        above = (up - up[0]) / rise - (along - along[0]) / (along[-1] - along[0])
        return self.breaks[int(above.argmax())]


def gvf_curve(
    values: Floats,
    ks: Iterable[int] = range(2, 11),
    weights: Floats | None = None,
    *,
    at_least: float | Iterable[float] = (),
    at_most: float | Iterable[float] = (),
) -> GVFCurve:
    """Natural breaks for each number of classes; values are sorted and added up once.

    Args:
        values: Numbers; NaN is missing and ignored.
        ks: Numbers of classes.
        weights: How much each value counts; 0 is ignored.
        at_least: Smallest size of a class, as for ``NaturalBreaks``.
        at_most: Largest share of a class, as for ``NaturalBreaks``.

    Returns:
        The breaks; numbers of classes that no cuts can keep to the limits are told apart.

    Raises:
        ConfigError: A number of classes is below 1, there is none, or no data can keep the limits.
        NotEnoughDataError: No value is there, or all weights are 0.
        DataError: A value is infinite, or a weight is below 0 or no number.

    >>> gvf_curve(np.array([1.0, 2.0, 9.0, 9.0]), [2, 3], at_least=2).impossible
    (3,)
    """
    specs = [NaturalBreaks(k, at_least=at_least, at_most=at_most) for k in sorted(set(ks))]
    if not specs:
        msg = "ks holds no number of classes; give at least one"
        raise ConfigError(msg)
    points, n = Points.of(values, weights), counted(values, weights)
    sums, found, impossible = PlainSums.of(tamed(points)), list[Breaks](), list[int]()
    for spec in specs:
        try:
            found.append(broken(points, Limits(spec.at_least, spec.at_most, spec.k), n, sums))
        except NotEnoughDataError:
            impossible.append(spec.k)
    return GVFCurve(tuple(found), tuple(impossible))
