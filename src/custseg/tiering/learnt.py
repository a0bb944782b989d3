"""What were cut points learnt from, and how many customers, with how much, are in each class?"""

from collections.abc import Iterable
from datetime import date
from math import nan
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index, floats
from custseg.labels import filled, table
from custseg.layout import percent
from custseg.showing import Shown

_UNITS: Final = 10_000
_EXACT: Final = 2.0**53
_BLOCK: Final = 1 << 15  # temporaries stay in cache


@attrs.frozen
class Learnt(Shown):
    """What cut points were learnt from: counts, so that nothing is left out in silence.

    Attributes:
        rows: Customers that were looked at.
        missing: Those without a value, without a weight, or in no known currency.
        zero: Those whose value is 0.
        negative: Those whose value is below 0, such as refunds.
        refunds: Sum of the values below 0.
        counts: Customers of each class, lowest first; by weight where weights were given.
        sums: Sum of the values of each class.
        as_of: The day that the values were known on.
        fallback: Whether there were too few customers to learn from, so that stored cut points
            hold.

    >>> found = Learnt.of(np.array([5.0, -1.0, np.nan, 20.0]), np.array([0, 0, -1, 1]), 2)
    >>> found.rows, found.missing, found.negative, found.counts, found.sums
    (4, 1, 1, (2.0, 1.0), (4.0, 20.0))
    """

    rows: int
    missing: int = 0
    zero: int = 0
    negative: int = 0
    refunds: float = 0.0
    counts: tuple[float, ...] = attrs.field(default=(), converter=floats)
    sums: tuple[float, ...] = attrs.field(default=(), converter=floats)
    as_of: date | None = None
    fallback: bool = False

    @classmethod
    def of(
        cls, values: Floats, codes: Index, classes: int, weights: Floats | None = None
    ) -> "Learnt":
        """Count.

        Args:
            values: Numbers; NaN is missing.
            codes: The class of each; -1 is missing.
            classes: How many there are.
            weights: The number of customers that each value stands for.
        """
        at = codes.astype(np.intp) + 1  # the missing are counted first, and then left out
        money = values if weights is None else values * weights
        if lost := int(np.count_nonzero(at == 0)):
            money = np.where(at == 0, 0.0, money)
        below = values < 0
        return cls(
            rows=len(values),
            missing=lost,
            zero=int(np.count_nonzero(values == 0)),
            negative=int(np.count_nonzero(below)),
            refunds=float(_summed(money[below])),
            counts=np.bincount(at, weights, minlength=classes + 1)[1:].tolist(),
            sums=_summed(money, at, classes + 1)[1:].tolist(),
        )

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of the customers of each class; NaN where there are none."""
        return _shares(self.counts)

    @property
    def value_shares(self) -> tuple[float, ...]:
        """Share of the sum of each class; NaN where the sum is not above 0."""
        return _shares(self.sums)

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """One row a class to read: customers, their share, their sum, its share."""
        columns = (self.counts, self.shares, self.sums, self.value_shares)
        return tuple(
            (shown(n), percent(share), shown(total), percent(part))
            for n, share, total, part in zip(*columns, strict=True)
        )

    def text(self, locale: str = "en") -> str:
        """A sentence on what was looked at.

        Args:
            locale: ``en`` or ``zh``.

        >>> print(Learnt(rows=9, missing=2, negative=1, refunds=-5.0).text())
        counted on 9 rows: 2 without a value, 0 of zero, 1 below zero (sum -5)
        """
        words = table(locale)
        day = "" if self.as_of is None else words["cuts.as_of"].format(day=self.as_of)
        said = filled(
            words["cuts.learnt"],
            rows=self.rows,
            as_of=day,
            missing=self.missing,
            zero=self.zero,
            negative=self.negative,
            refunds=shown(self.refunds),
        )
        return f"{words['cuts.fallback']}\n{said}" if self.fallback else said


def shown(number: float) -> str:
    """A number to read; what is next to zero is zero.

    >>> shown(1234.5), shown(-5e-324)
    ('1,234.5', '0')
    """
    return "0" if abs(number) < np.finfo(np.float64).tiny else f"{number:,.10g}"


def _summed(values: Floats, at: Index | None = None, classes: int = 1) -> Any:  # noqa: ANN401 - one sum, or one a class
    """Sums by class, exact for money of up to four decimals, in any order of rows."""
    units = np.empty(len(values))
    exact = True
    for start in range(0, len(values), _BLOCK):
        block, out = values[start : start + _BLOCK], units[start : start + _BLOCK]
        np.rint(block * _UNITS, out=out)
        exact = exact and bool((out / _UNITS == block).all())
    exact = exact and float(np.abs(units).sum()) < _EXACT
    added, unit = (units, _UNITS) if exact else (values, 1)
    if at is None:
        return added.sum() / unit
    return np.bincount(at, added, minlength=classes) / unit


def _shares(parts: Iterable[float]) -> tuple[float, ...]:
    known = tuple(parts)
    whole = sum(known)
    return tuple(part / whole if whole > 0 else nan for part in known)
