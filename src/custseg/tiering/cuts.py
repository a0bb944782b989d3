"""Where does one tier end and the next begin?"""

from collections.abc import Iterator
from typing import ClassVar, Literal, Protocol, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats, Index, floats
from custseg.errors import DataError, NotEnoughDataError
from custseg.tiering.settings import check_points, check_word

Side: TypeAlias = Literal["left", "right"]
Ties: TypeAlias = Literal["down", "up", "middle"]


class Cutter(Protocol):
    """A strategy for tiering: choose the cut points of one column.

    A cutter of your own is one frozen class with this method; it needs no base class. Values may
    hold NaN (missing), which must not move a cut. Two attributes are optional: ``classes``, where
    their number is known before there is data, lets a plan check it early; ``learns = False``
    says that the data is not looked at, so that a plan need not read it.

    >>> @attrs.frozen
    ... class Halves:
    ...     def cuts(self, values):
    ...         return Cuts((float(np.nanmedian(values)),))
    >>> Halves().cuts(np.array([1.0, 2.0, 9.0])).points
    (2.0,)
    """

    def cuts(self, values: Floats, /) -> "Cuts":
        """Choose the cut points that these values imply."""
        ...


@attrs.frozen
class Cuts:
    """Cut points between classes, lowest first: a value that is frozen, compared and stored.

    Equal points are allowed: they mark a class that no value reaches, as quantiles of a column
    with many equal values do, and keep the number of classes the same from period to period.

    Attributes:
        points: The points, never descending; one fewer than there are classes.
        closed: ``left``: a value on a point is in the class above it (1000 is in "1000 and
            more"); ``right``: in the class below it.

    Raises:
        ConfigError: The points descend or are not finite, or the side is unknown.

    >>> cuts = Cuts((100.0, 1000.0))
    >>> cuts.codes(np.array([99.0, 100.0, 1000.0, np.nan])).tolist()
    [0, 1, 2, -1]
    >>> np.asarray(cuts)
    array([ 100., 1000.])
    >>> len(cuts), cuts.classes, cuts[-1]
    (2, 3, 1000.0)
    """

    points: tuple[float, ...] = attrs.field(converter=floats)
    closed: Side = "left"

    def __attrs_post_init__(self) -> None:
        """Check the points and the side."""
        check_points("points", self.points, strict=False)
        check_word("closed", self.closed, ("left", "right"))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.points) + 1

    def codes(self, values: Floats) -> Index:
        """Class of each value, 0 the lowest; -1 where it is missing.

        Args:
            values: Numbers; NaN is missing, infinity is in an end class.
        """
        given = np.asarray(values, dtype=np.float64)
        found = np.zeros(given.shape, dtype=np.intp)
        for point in self.points:
            found += given >= point if self.closed == "left" else given > point
        found[np.isnan(given)] = -1
        return found

    def __len__(self) -> int:
        """Count the points."""
        return len(self.points)

    def __iter__(self) -> Iterator[float]:
        """Walk over the points, lowest first."""
        return iter(self.points)

    def __getitem__(self, place: int) -> float:
        """Take one point."""
        return self.points[place]

    def __array__(self, dtype: object = None, *, copy: bool | None = None) -> Floats:
        """Show the points to numpy."""
        del copy  # the points are a tuple, so the array is always a new one
        return np.array(self.points, dtype=None if dtype is None else np.dtype(str(dtype)))


@attrs.frozen
class Thresholds:
    """Fixed cut points, set by the business.

    Attributes:
        at: The points, ascending, in the unit of the value.
        closed: ``left``: a value on a point is in the class above ("1000 and more", the way
            people say it, hence the default); ``right``: in the class below.

    Raises:
        ConfigError: The points do not ascend, are not finite, or there are none.

    >>> Thresholds((100.0, 1000.0)).cuts(np.array([]))
    Cuts(points=(100.0, 1000.0), closed='left')
    """

    learns: ClassVar[bool] = False

    at: tuple[float, ...] = attrs.field(converter=floats)
    closed: Side = "left"

    def __attrs_post_init__(self) -> None:
        """Check the points and the side."""
        check_points("at", self.at, strict=True)
        check_word("closed", self.closed, ("left", "right"))

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.at) + 1

    def cuts(self, values: Floats) -> Cuts:  # noqa: ARG002 - fixed points learn nothing
        """Give the points, whatever the data."""
        return Cuts(self.at, self.closed)


def known(values: Floats) -> Floats:
    """The values that are there, to choose cut points from.

    Args:
        values: Numbers; NaN is missing.

    Raises:
        NotEnoughDataError: There are none.
        DataError: Some are infinite: they would move every cut.

    >>> known(np.array([3.0, np.nan, 1.0]))
    array([3., 1.])
    """
    given = np.asarray(values, dtype=np.float64).ravel()
    there: Floats = given[~np.isnan(given)]
    if not there.size:
        msg = (
            f"no value to choose cut points from ({given.size} rows, all missing); "
            "fit on customers whose value is known, or use Thresholds with points of your own"
        )
        raise NotEnoughDataError(msg)
    if infinite := int(np.isinf(there).sum()):
        msg = f"{infinite} of {there.size} values are infinite; make them missing or finite first"
        raise DataError(msg)
    return there
