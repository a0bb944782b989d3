"""What will a customer buy from now on who is still one and may leave after each purchase?"""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats, Index
from custseg.lifetime.mixing import beta_mean
from custseg.lifetime.quadrature import blocks, integral, shrunk

_FAR: Final = 0.9
_CLOSE: Final = 45.0
_ROWS: Final = 4096
_MOST: Final = 20_000
_EVERY: Final = 8


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
        beyond: a + b - shape, where it is known without the digits that x takes from it; one number
            where all customers share their parameters.
    """

    shape: Floats
    scale: Floats
    a: Floats | float
    b: Floats
    beyond: Floats | float | None = None

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
        total = np.empty_like(z)
        for rows in blocks(len(z), _ROWS):  # of similar age, so that their series end together
            near = z[rows] <= _FAR
            total[rows] = self.take(rows).series(np.where(near, z[rows], 0.0))
        late = np.flatnonzero(z > _FAR)
        if len(late):
            total[late] = self.take(late).late(time)
        return total

    def take(self, rows: Index | slice) -> "Restart":
        """Some of the customers."""
        a, beyond = (one[rows] if isinstance(one, np.ndarray) else one for one in self._shared)
        return Restart(self.shape[rows], self.scale[rows], a, self.b[rows], beyond)

    @property
    def _shared(self) -> tuple[Floats | float, Floats | float]:
        """What all customers may share: a, and a + b - shape."""
        return self.a, self.a + self.b - self.shape if self.beyond is None else self.beyond

    def series(self, z: Floats) -> Floats:
        """Expected purchases within a time of which z = time / (scale + time) is the share."""
        rest, power, start = self.a + self.b - 1.0, self.a - 1.0, self._shared[1] - 1.0
        term = start * z
        total, spare = term.copy(), np.empty_like(z)
        for k in range(1, _MOST):
            np.add(rest, k, out=spare)
            np.divide((start + k) * (power + k) / (k + 1.0), spare, out=spare)
            spare *= z
            term *= spare
            np.add(total, term, out=spare)
            if k % _EVERY == 0 and np.array_equal(total, spare):
                break
            total, spare = spare, total
        left = -np.log1p(-z)
        return rest * shrunk(power, left) - np.exp(-power * left) * total

    def late(self, time: float) -> Floats:
        """Expected purchases within a long time, where the series ends late.

        Source: with p known they are (1 - (1 + p t / scale)^-shape) / p; the mean over p.
        """
        long = time / self.scale

        def bought(p: Floats, rows: slice) -> Floats:
            stays = self.shape[rows, None] * np.log1p(p * long[rows, None])
            return np.asarray(-np.expm1(-stays) / p)

        least = -_CLOSE - np.log1p(self.shape * long)
        return beta_mean(self.a, self.b, least, bought)

    def discounted(self, rate: float) -> Floats:
        """Expected purchases in all future, each worth exp(-rate t).

        Source: with p known they are the integral of shape exp(-rate scale y) / (1 + p y)^(shape +
        1) over y; the mean over p.
        """
        slow = rate * self.scale

        def bought(p: Floats, rows: slice) -> Floats:
            shape = np.broadcast_to(self.shape[rows, None], p.shape).ravel()
            fall = (slow[rows, None] / p).ravel()

            def there(h: Floats, some: slice) -> Floats:
                return -shape[some, None] * h - fall[some, None] * np.expm1(h)

            end = np.log1p(_CLOSE / fall)
            worth = shape * integral(shape + fall, end, there)
            return np.asarray(worth.reshape(p.shape) / p)

        least = -_CLOSE - np.log1p((self.shape + 1.0) / slow)
        return beta_mean(self.a, self.b, least, bought)


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
