"""Where is a share of the whole reached, as sums by bucket tell it without sorting?"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, Index
from custseg.tiering.wholes import in_money, limit

_MANY: Final = 4096  # fewer are sorted in no time
_DIGITS: Final = 44  # binary digits that a bucket leaves open: 256 buckets an octave
_EXACT: Final = 2.0**53
_SLIP: Final = 2.0**-50  # of a sum of floats, for each that is added: eight times what it can be

Amounts: TypeAlias = NDArray[Any]  # whole ten-thousandths, or parts of the largest


@attrs.frozen(eq=False)
class _Buckets:
    """Values by bucket, and sums from the largest down.

    Attributes:
        at: The bucket of each value, 0 the lowest.
        upto: Sum from the largest bucket down to each, the largest first.
        slip: How far a sum may be from the true one; 0 where they are exact.
    """

    values: Floats
    amounts: Amounts
    at: Index
    upto: Amounts
    slip: float

    @classmethod
    def of(cls, values: Floats) -> "_Buckets":
        at = values.view(np.int64) >> _DIGITS
        at -= at.min()
        amounts = in_money(values)
        exact = amounts is not None and float(amounts.sum()) < _EXACT
        if amounts is None or not exact:
            amounts = np.ldexp(values, -int(np.frexp(values.max())[1]))
        upto = np.cumsum(np.bincount(at, amounts)[::-1])
        if exact:
            return cls(values, amounts, at, upto.astype(np.int64), 0.0)
        return cls(values, amounts, at, upto, _SLIP * len(values) * float(upto[-1]))

    def last_inside(self, share: Fraction, speaker: int) -> float | None:
        """The smallest value inside a share, NaN where there is none; ``None``: it is too close."""
        whole = self.upto[-1].item()
        bar = limit(whole, share) if not self.slip else 2 * float(share) * whole
        place = int(np.searchsorted(2 * self.upto, bar, side="right"))
        near = 2 * self.upto[max(place - 1, 0) : place + 1]
        bucket = len(self.upto) - 1 - place
        rows = np.flatnonzero(self.at == bucket)
        sizes, first, counts = np.unique(self.values[rows], return_index=True, return_counts=True)
        sizes, one, counts = sizes[::-1], self.amounts[rows[first]][::-1], counts[::-1]
        one = one.astype(self.upto.dtype)
        before = (self.upto[place - 1] if place else 0) + np.cumsum(one * counts) - one * counts
        spoken = 2 * before + speaker * (counts - 1) * one
        if self.slip and float(np.abs(np.append(near, spoken) - bar).min()) <= self.slip:
            return None
        if inside := int(np.searchsorted(spoken, bar)):
            return float(sizes[inside - 1])
        larger = self.values[self.at > bucket]
        return float(larger.min()) if larger.size else float("nan")


def last_inside(values: Floats, shares: Sequence[Fraction], speaker: int) -> list[float] | None:
    """The smallest value inside each share of the sum, from the largest, as exact sums give it.

    Sums of money are exact. Those of other floats slip, and where one is so near to a share that
    it could be on either side, this cannot tell.

    Args:
        values: Finite values above 0, in any order.
        shares: Shares of the sum.
        speaker: Who of equal customers speaks for them: 0 the first, 1 the middle one, 2 the last.

    Returns:
        One value a share, NaN where nobody is inside; ``None`` where it cannot be told, or the
        values are so few that sorting them is no work.

    >>> spent = np.arange(1.0, 5001.0)
    >>> last_inside(spent, [Fraction(19, 20), Fraction(4, 5)], 0)
    [1118.0, 2236.0]
    >>> last_inside(spent[:9], [Fraction(4, 5)], 0)
    """
    if len(values) < _MANY:
        return None
    buckets = _Buckets.of(values)
    found = list[float]()
    for share in shares:
        last = buckets.last_inside(share, speaker)
        if last is None:
            return None
        found.append(last)
    return found
