"""How likely is what customers spend on a purchase day: the terms of Gamma-Gamma."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.lifetime.newton import Curved, in_logarithms
from custseg.lifetime.patterns import dot, every
from custseg.lifetime.quadrature import blocks

_BLOCK: Final = 8192
_SMALL: Final = 2**16


@attrs.frozen(eq=False)
class Spending:
    """What customers have spent, in order of frequency and mean: that of the rows does not matter.

    Customers who have spent alike are one term, whether rows or weights say how many they are.

    Attributes:
        frequency: Repeat purchase days of each customer.
        mean: Mean money of such a day.
        weight: Customers that have spent alike.
    """

    frequency: Floats
    mean: Floats
    weight: Floats

    @classmethod
    def of(cls, frequency: Floats, mean: Floats, weight: Floats | None = None) -> "Spending":
        """Bring rows into order, and count those that are alike."""
        if weight is not None or frequency.max() >= _SMALL:
            weight = np.ones_like(frequency) if weight is None else weight
            order = np.lexsort((weight, mean, frequency))
            return cls._counted(frequency[order], mean[order], weight[order])
        order = np.argsort(frequency.astype(np.uint16), kind="stable")  # a radix sort
        x, money = frequency[order], mean[order]
        for alike in np.split(money, np.flatnonzero(np.diff(x)) + 1):
            alike.sort()  # a view: short sorts of values are faster than one of places
        return cls._counted(x, money, np.ones_like(x))

    @classmethod
    def _counted(cls, x: Floats, mean: Floats, weight: Floats) -> "Spending":
        """Rows in order, equal ones as one."""
        new = np.ones(len(x), dtype=np.bool_)
        new[1:] = (x[1:] != x[:-1]) | (mean[1:] != mean[:-1])
        first = np.flatnonzero(new)
        return cls(x[first], mean[first], np.add.reduceat(weight, first))

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.weight.sum())

    def thinned(self, size: int) -> "Spending | None":
        """Every so many customers in order, as a start for many; ``None`` where there are few."""
        if len(self.mean) <= 4 * size:
            return None
        at, count = every(self.weight, size)
        return Spending(self.frequency[at], self.mean[at], count)

    def curved(self, unit: float) -> Curved:
        """Minus the mean log-likelihood, its gradient and its Hessian in p, q and v.

        Args:
            unit: Money is counted in this.
        """
        x, begin = np.unique(self.frequency, return_index=True)
        w, many = np.add.reduceat(self.weight, begin), self.customers
        spent, wx = self.frequency * (self.mean / unit), self.weight * self.frequency
        own, log_spent = dot(self.weight, np.log(self.mean / unit)), dot(wx, np.log(spent))

        def value(theta: Floats) -> tuple[float, Floats, Floats]:
            params = np.exp(theta)
            p, q, v = params.tolist()
            far, near, twice = _sums(spent + v, (self.weight, wx))
            total, slope, bend = _gammas((x, w), p, q)
            log_v = float(np.log(v))
            total += many * q * log_v + p * (log_spent - far[1]) - q * far[0] - own
            slope += [log_spent - far[1], many * log_v - far[0], many * q / v]
            slope[2] -= p * near[1] + q * near[0]
            bend[2] = bend[:, 2] = -near[1], many / v - near[0], -many * q / v**2
            bend[2, 2] += p * twice[1] + q * twice[0]
            return in_logarithms((total, slope, bend), params, many)

        return value


def _gammas(held: tuple[Floats, Floats], p: float, q: float) -> tuple[float, Floats, Floats]:
    """What gammas of the frequency add to the log-likelihood, its gradient and its Hessian."""
    from scipy.special import digamma, gammaln, zeta  # noqa: PLC0415 - loaded where it is used

    lg: Any = gammaln
    psi: Any = digamma
    tri: Any = zeta
    (x, w), starts = held, p * held[0]
    many, ends = float(w.sum()), p * held[0] + q
    (log, first, second), (log0, first0, second0), (log_q, first_q, second_q) = (
        (lg(at), psi(at), tri(2.0, at)) for at in (ends, starts, np.array(q))
    )
    total = dot(w, log - log0) - many * float(log_q)
    slope = np.array([dot(w * x, first - first0), dot(w, first) - many * float(first_q), 0.0])
    bend, both = np.zeros((3, 3)), dot(w * x, second)
    bend[0, :2] = dot(w * x * x, second - second0), both
    bend[1, :2] = both, dot(w, second) - many * float(second_q)
    return total, slope, bend


def _sums(whole: Floats, weights: tuple[Floats, Floats]) -> tuple[Floats, Floats, Floats]:
    """Sums of the logarithm, the inverse and its square, once with each weight."""
    sums = np.zeros((3, len(weights)))
    for rows in blocks(len(whole), _BLOCK):
        near = 1.0 / whole[rows]
        for total, part in zip(sums, (np.log(whole[rows]), near, near * near), strict=True):
            total += [dot(weight[rows], part) for weight in weights]
    return sums[0], sums[1], sums[2]
