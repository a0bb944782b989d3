"""What will a customer buy from now on who is still one and may leave after each purchase?"""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.quadrature import Integrand, integral, shrunk

_FAR: Final = 0.9
_PANELS: Final = (1 / 512, 1 / 64, 1 / 8, 1.0)
_MOST: Final = 20_000
_ASIDE: Final = 1e-5


@attrs.frozen(eq=False)
class Restart:
    """Buying from now on: Poisson at a rate from Gamma(shape, scale), leaving with Beta(a, b).

    What has been seen of a customer only changes these four numbers, so past and future, known and
    new customers are one case.

    Attributes:
        shape: Shape of the rate, r + x.
        scale: Scale of the rate, alpha + T.
        a: First parameter of the chance to leave after a purchase.
        b: Second parameter, b + x (one more where the first purchase counts).
    """

    shape: Floats
    scale: Floats
    a: float
    b: Floats

    def expected(self, time: float) -> Floats:
        """Expected purchases within a time.

        Source: Fader, Hardie and Lee 2005, Marketing Science 24(2), eq. 10, by Euler's
        transformation of its Gaussian hypergeometric function and with the first term of the
        series taken out: no 1 / (a - 1), no difference of nearly equal numbers.

        >>> one = np.ones(1)
        >>> Restart(0.243 * one, 4.414 * one, 0.793, 2.426 * one).expected(39.0).round(4)
        array([1.1967])
        """
        z = time / (self.scale + time)
        far = np.flatnonzero(z > _FAR)
        if not len(far):
            return self._series(z)
        z[far] = 0.0
        total = self._series(z)
        total[far] = self.take(far).discounted(0.0, time)
        return total

    def take(self, rows: Index) -> "Restart":
        """Some of the customers."""
        return Restart(self.shape[rows], self.scale[rows], self.a, self.b[rows])

    def _series(self, z: Floats) -> Floats:
        rest = self.a + self.b - 1.0
        start, power = rest - self.shape, self.a - 1.0
        term = start * z
        total = term.copy()
        for k in range(1, _MOST):
            term *= (start + k) * (power + k) / ((rest + k) * (k + 1.0)) * z
            before = total
            total = before + term
            if np.array_equal(total, before):
                break
        left = -np.log1p(-z)
        return rest * shrunk(power, left) - np.exp(-power * left) * total

    def discounted(self, rate: float, time: float) -> Floats:
        """Expected purchases within a time, each worth exp(-rate t).

        Source: the rate of buying at t is the mean of lambda exp(-lambda p t) over both
        distributions, a Gaussian hypergeometric function; its integral by quadrature in
        h = log(1 + t / scale), in panels that grow because those who leave readily do so at once.
        """
        far = np.log1p(time / self.scale)
        total, begin = np.zeros_like(far), np.zeros_like(far)
        for part in _PANELS:
            end = far * part
            total += integral(np.zeros_like(far), end - begin, self._bought(rate, begin))
            begin = end
        return self.shape * total

    def _bought(self, rate: float, begin: Floats) -> Integrand:
        """The logarithm of the rate of buying from a time on, over the shape."""
        whole = self.a + self.b
        soon = self.shape + 1.0 < self.a  # the form of Euler's two that does not overflow
        one = np.where(soon, self.shape + 1.0, whole - self.shape - 1.0)
        two = np.where(soon, self.b, self.a)
        power = np.where(soon, self.shape, self.a - 1.0)

        def value(h: Floats, rows: slice) -> Floats:
            at = begin[rows, None] + h
            given = one[rows, None], two[rows, None], whole[rows, None], -np.expm1(-at)
            left = rate * self.scale[rows, None] * np.expm1(at)
            return log_hyp2f1(*given) - power[rows, None] * at - left

        return value


@attrs.frozen(eq=False)
class Counting:
    """How often a customer will buy who is still one: gaps of k stages each.

    Attributes:
        restart: Rate and chance to leave, with the stages that are known to have passed.
        stages: k.
        passed: The chance of 0, 1, ... k - 1 stages since the last purchase.
    """

    restart: Restart
    stages: int
    passed: list[Floats]

    def at_least(self, count: int, time: float | Floats) -> Floats:
        """The chance of so many purchases or more; a time without end is allowed."""
        if count == 0:
            return np.ones_like(self.restart.scale)
        reached = np.zeros_like(self.restart.scale)
        for j, chance in enumerate(self.passed):
            reached += chance * self._stages(self.stages * count - j, j, time)
        return reached * self._stays(count - 1)

    def exactly(self, count: int, time: float) -> Floats:
        """The chance of just so many purchases: a sum without differences."""
        if not time:
            return np.full_like(self.restart.scale, float(count == 0))
        stays, leaves = self._stays(count), self._leaves(count) if count else 0.0
        total = np.zeros_like(self.restart.scale)
        for j, chance in enumerate(self.passed):
            begin = max(self.stages * count - j, 0)
            end = self.stages * (count + 1) - j
            within = sum((self._just(i, j, time) for i in range(begin, end)), start=0.0 * stays)
            total += chance * stays * within
            if count:
                total += chance * leaves * self._stages(begin, j, time)
        return total

    def expected(self, time: float) -> Floats:
        """Expected purchases within a time: the chances of one or more, two or more, ..."""
        if self.stages == 1:
            return self.restart.expected(time)
        total, most = np.zeros_like(self.restart.scale), np.zeros_like(self.restart.scale)
        for count in range(1, _MOST):
            more = self.at_least(count, time)
            before = total
            total = before + more
            most = np.maximum(most, more)
            if np.array_equal(total, before) or (more <= most * 1e-17).all():
                break
        return total

    def _stages(self, least: int, passed: int, time: float | Floats) -> Floats:
        from scipy.special import betainc  # noqa: PLC0415 - loaded where it is used

        incomplete: Any = betainc
        z = -np.expm1(-np.log1p(time / self.restart.scale))
        return np.asarray(incomplete(float(least), self.restart.shape + passed, z))

    def _just(self, count: int, passed: int, time: float) -> Floats:
        """The chance of so many stages: negative binomial."""
        from scipy.special import gammaln  # noqa: PLC0415 - loaded where it is used

        lg: Any = gammaln
        shape, scale = self.restart.shape + passed, self.restart.scale
        log_p = lg(shape + count) - lg(shape) - lg(count + 1.0)
        log_p -= shape * np.log1p(time / scale) + count * np.log1p(scale / time)
        return np.asarray(np.exp(log_p))

    def _stays(self, times: int) -> Floats:
        """The chance to stay that many times."""
        return beta_ratio(self.restart.a, self.restart.b, 0, times)

    def _leaves(self, count: int) -> Floats:
        """The chance to leave after just so many purchases."""
        return beta_ratio(self.restart.a, self.restart.b, 1, count - 1)


def beta_ratio(a: Floats | float, b: Floats, more_a: int, more_b: int) -> Floats:
    """B(a + m, b + n) / B(a, b).

    >>> beta_ratio(1.0, np.ones(1), 1, 0).round(12)
    array([0.5])
    """
    from scipy.special import betaln  # noqa: PLC0415 - loaded where it is used

    lb: Any = betaln
    return np.asarray(np.exp(lb(a + more_a, b + more_b) - lb(a, b)))


def log_hyp2f1(a: Floats, b: Floats, c: Floats, z: Floats) -> Floats:
    """The logarithm of Gauss's function where it is positive.

    SciPy (1.17 at least) gives NaN where c - a - b is a large whole number; there the mean of both
    sides is taken, which is right to ten digits.

    >>> (one, c), z = np.ones((2, 1)), np.array([0.5])
    >>> log_hyp2f1(one, one, c + 1.0, z).round(4)  # log(2 log 2)
    array([0.3266])
    >>> log_hyp2f1(49 * one, 5 * one, 255 * one, 1.9 * z).round(4)
    array([1.0203])
    """
    from scipy.special import hyp2f1  # noqa: PLC0415 - loaded where it is used

    f: Any = hyp2f1
    found = np.log(f(a, b, c, z))
    lost = np.isnan(found)
    if lost.any():
        p, q, r, x = (one[lost] for one in np.broadcast_arrays(a, b, c, z))
        sides = [np.log(f(p, q, r * (1.0 + side), x)) for side in (-_ASIDE, _ASIDE)]
        found[lost] = (sides[0] + sides[1]) / 2
    return np.asarray(found)
