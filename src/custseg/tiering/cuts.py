"""Where does one class end and the next begin?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from html import escape
from math import isnan
from typing import Final, Literal, Protocol, TypeAlias

import attrs
import numpy as np

from custseg._typing import Floats, Index, Record, words
from custseg.frames.scalar import number, text
from custseg.layout import aligned, html_table
from custseg.rules import Condition, F, Ladder
from custseg.showing import Shown
from custseg.tiering.bands import BandModel, laddered
from custseg.tiering.currency import Currency, beyond, converted, spoken_of
from custseg.tiering.given import numbers
from custseg.tiering.learnt import Learnt
from custseg.tiering.looks import cells, lines
from custseg.tiering.settings import check_labels, check_points, check_word, settled

Side: TypeAlias = Literal["left", "right"]
Ties: TypeAlias = Literal["down", "up", "middle"]
_BLOCK: Final = 1 << 15  # temporaries stay in the first caches
_WORDS: Final = {1: ("all",), 2: ("low", "high"), 3: ("low", "medium", "high")}


class Cutter(Protocol):
    """A strategy for tiering: choose the cut points of one column.

    A cutter of your own is one frozen class with this method; it needs no base class. Values may
    hold NaN (missing), which must not move a cut. Three attributes are optional: ``classes``,
    where their number is known before there is data, lets a plan check it early; ``learns =
    False`` says that the data is not looked at, so that a plan need not read it; ``weighs = True``
    says that ``cuts(values, weights)`` is understood, too.

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


@attrs.frozen(repr=False)
class Cuts(Shown):
    """Cut points between classes, lowest first: a value that is frozen, compared and stored.

    Equal points are allowed: they mark a class that no value reaches, as quantiles of a column
    with many equal values do, and keep the number of classes the same from period to period.

    Attributes:
        points: The points, never descending; one fewer than there are classes.
        closed: ``left``: a value on a point is in the class above it (1000 is in "1000 and
            more"); ``right``: in the class below it.
        labels: The word of each class, lowest first; without any, two classes are low and high,
            three low, medium and high, others 1, 2, 3, ...
        currency: The currency of the points; with a column, a row in another currency is in no
            class, or is compared by its rate.
        learnt: What the points were learnt from; it tells nothing about where they are, so cuts
            are equal without it.

    Raises:
        ConfigError: The points descend or are not finite, the side is unknown, or the number of
            labels does not match.

    >>> cuts = Cuts((100.0, 1000.0))
    >>> cuts.codes(np.array([99.0, 100.0, 1000.0, np.nan])).tolist()
    [0, 1, 2, -1]
    >>> cuts.label(250), cuts.on("revenue").apply([{"revenue": 99}])
    ('medium', [{'revenue': 99, 'band': 'low', 'band_reason': 'value_below'}])
    >>> np.asarray(cuts), len(cuts), cuts.classes, cuts[-1]
    (array([ 100., 1000.]), 2, 3, 1000.0)
    """

    points: tuple[float, ...] = attrs.field(converter=settled)
    closed: Side = "left"
    labels: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    currency: Currency | None = attrs.field(default=None, converter=spoken_of, kw_only=True)
    learnt: Learnt | None = attrs.field(default=None, eq=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the points, the side and the labels."""
        check_points("points", self.points, strict=False)
        check_word("closed", self.closed, ("left", "right"))
        check_labels(self.labels, self.classes)

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.points) + 1

    def words(self) -> tuple[str, ...]:
        """The word of each class, lowest first.

        >>> Cuts((1.0, 2.0, 3.0)).words()
        ('1', '2', '3', '4')
        """
        counted = tuple(str(i + 1) for i in range(self.classes))
        return self.labels or _WORDS.get(self.classes, counted)

    def codes(self, values: Floats) -> Index:
        """Class of each value, 0 the lowest; -1 where it is missing.

        Args:
            values: Numbers in the currency of the points; NaN is missing, infinity is in an end
                class.

        Returns:
            Small integers, as pandas codes its categories: widen them before computing with them.

        Raises:
            DataError: Some values are no numbers.
        """
        given = np.asarray(values)
        given = given if given.dtype.kind in "fiu" else numbers(values)
        few = self.classes <= np.iinfo(np.int8).max
        found: Index = np.empty(given.size, dtype=np.int8 if few else np.int32)
        flat = given.ravel()
        for start in range(0, flat.size, _BLOCK):
            self._coded(flat[start : start + _BLOCK], found[start : start + _BLOCK])
        out: Index = found.reshape(given.shape)
        return out

    def _coded(self, block: Floats, out: Index) -> None:
        above = np.greater_equal if self.closed == "left" else np.greater
        out[:] = 0
        for point in self.points:
            out += above(block, point).view(np.int8)
        lost = block != block  # noqa: PLR0124 - NaN test
        if lost.any():
            out[lost] = -1

    def code(self, value: object) -> int:
        """Class of one number, 0 the lowest; -1 where it is missing.

        Args:
            value: A number of any kind, in the currency of the points.
        """
        x = number(value)
        place = (bisect_right if self.closed == "left" else bisect_left)(self.points, x)
        return -1 if isnan(x) else place

    def label(self, value: object) -> str | None:
        """The word of one number; ``None`` where it is missing.

        Args:
            value: A number of any kind, in the currency of the points.
        """
        place = self.code(value)
        return None if place < 0 else self.words()[place]

    def on(self, column: str, into: str = "band", unknown: str | None = None) -> BandModel:
        """The cut points on a column, ready to apply to one record, any table, or a warehouse.

        Args:
            column: The column that is cut.
            into: The column that is added.
            unknown: The word where the value is not known; ``None``: no word (missing).

        >>> Cuts((100.0,)).on("revenue", "size").one({"revenue": None})["size"]
        """
        return BandModel(column, self, into, unknown)

    def above(self, column: str, place: int) -> Condition:
        """The condition to be in a class above a cut point.

        Args:
            column: The column that is cut.
            place: Which cut point, 0 the lowest.

        >>> Cuts((100.0, 1000.0)).above("revenue", 1)
        Test(field='revenue', op='>=', value=1000.0, kind='number')
        """
        asked = beyond if self.currency is None else self.currency.beyond
        return asked(column, self.points[place], self.closed)

    def known(self, column: str) -> Condition:
        """The condition that a row is in some class: a value is there, in a known currency.

        Args:
            column: The column that is cut.

        >>> Cuts((100.0,)).known("revenue")
        Test(field='revenue', op='present', value=None, kind='any')
        """
        there = F(column).is_present()
        spoken = None if self.currency is None else self.currency.spoken()
        return there if spoken is None else there & spoken

    def ladder(self, column: str, words: tuple[str, ...], unknown: str | None = None) -> Ladder:
        """The tree that gives a word for each class.

        Args:
            column: The column that is cut.
            words: One word a class, lowest first; a word may come twice.
            unknown: The word where the value is not known, or in another currency; ``None``: none.

        >>> Cuts((100.0,)).ladder("revenue", ("small", "large")).words
        ('small', 'large')
        """
        return laddered(self, column, words, unknown)

    def why(self, column: str, unknown: str = "no_value") -> Ladder:
        """The tree that gives the code of the reason for each class.

        Args:
            column: The column that is cut.
            unknown: The code where the value is not known.

        >>> Cuts((100.0,)).why("revenue").words
        ('value_above', 'value_below', 'no_value')
        """
        known, lowest = self.known(column), "value_below" if self.points else "one_tier"
        foreign = None if self.currency is None else self.currency.foreign()
        there = F(column).is_present()
        other = () if foreign is None else ((there & foreign, "other_currency"),)
        above = ((self.above(column, len(self) - 1), "value_above"),) if self.points else ()
        between = ((self.above(column, 0), "value_between"),) if len(self) > 1 else ()
        return Ladder((*other, *above, *between, (known, lowest)), unknown)

    def at(self, record: Record) -> "Cuts":
        """The cut points that hold for one record, in its currency.

        Args:
            record: One row.

        >>> Cuts((100.0,)).at({"revenue": 5}).points
        (100.0,)
        """
        money = self.currency
        rate = money and money.column and money.rates.get(text(record[money.column]) or "")
        if not rate:
            return self
        points = (converted(point, rate, self.closed) for point in self.points)
        return attrs.evolve(self, points=points, currency=None)

    def counted(
        self, values: Floats, weights: Floats | None = None, *, as_of: date | None = None
    ) -> "Cuts":
        """The same cut points with a note on the customers in each class.

        Args:
            values: Numbers in the currency of the points; NaN is missing.
            weights: The number of customers that each value stands for.
            as_of: The day that the values were known on.

        >>> print(Cuts((100.0,)).counted(np.array([40.0, 160.0, 200.0])).text())
        cut points: 100; a value on a point is in the class above it
        counted on 3 rows: 0 without a value, 0 of zero, 0 below zero (sum 0)
        class   range  customers           sum
        low     < 100          1  33.3 %    40  10.0 %
        high   >= 100          2  66.7 %   360  90.0 %
        """
        found = Learnt.of(values, self.codes(values), self.classes, weights)
        fallback = self.learnt is not None and self.learnt.fallback
        return attrs.evolve(self, learnt=attrs.evolve(found, as_of=as_of, fallback=fallback))

    def text(self, locale: str = "en") -> str:
        """The cut points, and the customers and their sum by class, to read.

        Args:
            locale: ``en`` or ``zh``.
        """
        return "\n".join((*lines(self, locale), aligned(*cells(self, locale))))

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        said = "".join(f"<p>{escape(line)}</p>" for line in lines(self, locale))
        return f"{said}{html_table(*cells(self, locale))}"

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
        """Show the points to numpy, as a new array."""
        del copy
        return np.array(self.points, dtype=None if dtype is None else np.dtype(str(dtype)))

    def __repr__(self) -> str:
        """Show what was said: the points and the side, the rest where there is any."""
        said = {"labels": self.labels, "currency": self.currency}
        rest = "".join(f", {name}={value!r}" for name, value in said.items() if value)
        return f"Cuts(points={self.points}, closed={self.closed!r}{rest})"
