"""BG/BB: at each of a few chances to buy a customer does or does not, or has left."""

from collections.abc import Iterator
from itertools import pairwise
from math import comb
from typing import Any, ClassVar

import attrs
import numpy as np

from custseg._typing import Bools, Columns, Floats, Needs
from custseg.errors import ConfigError
from custseg.lifetime.chances import objective
from custseg.lifetime.condensing import condensing
from custseg.lifetime.history import NEEDS, History, Sample, lasting, refuse
from custseg.lifetime.maximum import climb
from custseg.lifetime.patterns import Patterns
from custseg.lifetime.purchases import PurchaseModel
from custseg.lifetime.quadrature import blocks
from custseg.lifetime.quiet import first_whole
from custseg.lifetime.restart import beta_ratio

_NAMES = ("alpha", "beta", "gamma", "delta")
_MOST = 1000
_BLOCK = 256
_CELLS = 1 << 20  # at a time, of customers and the chances since they last bought
_LONGEST = 10_000
_TINY = 1e-300


@attrs.frozen(kw_only=True)
class BGBBModel(PurchaseModel):
    """A fitted BG/BB model; see ``BGBB``.

    Times are whole numbers of chances to buy. ``p_alive`` speaks of the next chance: whether the
    customer is still one when it comes.

    Attributes:
        fitting: How well it fits.
        alpha: First parameter of the chance to buy.
        beta: Second parameter.
        gamma: First parameter of the chance to leave before each chance to buy.
        delta: Second parameter.

    Source: Fader, Hardie and Shang 2010, Marketing Science 29(6), eqs. 5, 13 and 14; its sums are
    taken as they stand, so gamma = 1 is no exception.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = BGBBModel(
    ...     fitting=Fitting(-33225.6, 11104), alpha=1.204, beta=0.75, gamma=0.657, delta=2.783
    ... )
    >>> donors = [{"frequency": x, "recency": t, "T": 6} for x, t in ((0, 0), (2, 4), (6, 6))]
    >>> model.p_alive(donors).round(2)
    array([0.11, 0.59, 0.93])
    """

    schema_version: ClassVar[int] = 1
    forgets: ClassVar[bool] = False

    alpha: float
    beta: float
    gamma: float
    delta: float

    def reads(self, cols: Columns) -> History:
        """Histories from columns; more purchases than chances, or half ones, are not known."""
        history = History.read(cols)
        whole = (history.recency == np.floor(history.recency)) & (
            history.age == np.floor(history.age)
        )
        fine = history.known & whole & (history.frequency <= history.recency)
        fine &= history.age <= _LONGEST
        if fine.all():
            return history
        x, tx, age = history.frequency, history.recency, history.age
        return History.where(fine, (x, tx, age))

    def lasts(self, name: str, time: float) -> float:
        """A number of chances to buy.

        Raises:
            ConfigError: It is below 0, or not whole.
        """
        return float(_whole(lasting(name, time), name))

    def alive(self, history: History) -> Floats:
        """The chance that each customer is still one at the next chance to buy."""
        stays = (self.delta + history.age) / (self.gamma + self.delta + history.age)
        return self._now(history) * stays

    def buys(self, history: History, time: float) -> Floats:
        """Purchases to expect at the coming chances of those who are there at the next one."""
        return self._mean(history) * sum(self._stays(history, _whole(time)))

    def counts(self, history: History, count: int, time: float) -> Floats:
        """The chance of just so many purchases at the coming chances."""
        now, last = self._now(history), _whole(time)
        stays = beta_ratio(self.gamma, self.delta + history.age, 0, last)
        total = self._buys(history, count, last) * stays
        for ahead in range(count, last):
            gone = beta_ratio(self.gamma, self.delta + history.age, 1, ahead)
            total += self._buys(history, count, ahead) * gone
        return now * total if count else now * total + (1.0 - now)

    def reaches(self, history: History, time: float | Floats) -> Floats:
        """The chance to buy at all at the coming chances."""
        end = float(np.max(time))
        return 1.0 - self.counts(history, 0, end) if np.isfinite(end) else self._ever(history)

    def waits(self, history: History, probability: float) -> Floats:
        """The coming chance by which that share of those who buy again has bought."""
        found = np.empty_like(history.age)
        for rows in blocks(len(found), _BLOCK):
            x, age = history.frequency[rows], history.age[rows]
            found[rows] = self._quantile(x, age, probability)
        return found

    def gaps(self, history: History, share: float) -> Floats:
        """The chances not used that only a share of the next gaps outlasts."""
        from scipy.special import betaln  # noqa: PLC0415 - loaded where it is used

        lb: Any = betaln
        x, last = history.frequency, history.recency
        a, b = self.alpha + x, self.beta + last - x
        now = lb(a, b)
        return first_whole(lambda unused: np.exp(lb(a, b + unused) - now) <= share, len(x))

    def quiets(self, history: History, probability: float, horizon: float) -> Floats:
        """The chances not used at which the chance of no purchase is reached."""

        def silent(chances: Floats) -> Bools:
            later = attrs.evolve(history, age=history.recency + chances)
            return 1.0 - self.reaches(later, horizon) >= probability

        return first_whole(silent, len(history.age))

    def discounted(self, history: History, rate: float) -> Floats:
        """Purchases to expect in all future, each worth exp(-rate t)."""
        total = np.zeros_like(history.age)
        for ahead, stays in enumerate(self._stays(history, int(40.0 / rate) + 1), 1):
            total += stays * np.exp(-rate * ahead)
        return self.alive(history) * self._mean(history) * total

    def _ever(self, history: History) -> Floats:
        """The chance to buy at all in all future."""
        found = self._now(history)
        for rows in blocks(len(found), _BLOCK):
            first, tail = self._firsts(history.frequency[rows], history.age[rows])
            found[rows] *= first.sum(axis=1) + tail
        return found

    def _now(self, history: History) -> Floats:
        """The chance that each customer was still one at the last chance to buy."""
        found, cells = np.empty_like(history.age), np.cumsum(history.age - history.recency)
        steps = np.arange(0.0, float(cells.max(initial=0.0)), _CELLS)
        ends = np.unique([*np.searchsorted(cells, steps[1:]).tolist(), len(found)])
        for begin, end in pairwise([0, *ends.tolist()]):
            rows = slice(begin, end)
            found[rows] = self._there(history.take(rows))
        return found

    def _there(self, history: History) -> Floats:
        """The same, of as many customers as fit in memory with ease."""
        from scipy.special import betaln  # noqa: PLC0415 - loaded where it is used

        lb: Any = betaln
        x, n = history.frequency, history.age
        length = (n - history.recency).astype(np.int64)
        begin = np.cumsum(length) - length
        of = np.repeat(np.arange(len(n)), length)
        until = history.recency[of] + (np.arange(len(of)) - begin[of])
        alive = lb(self.alpha + x, self.beta + n - x) + lb(self.gamma, self.delta + n)
        cell = lb(self.alpha + x[of], self.beta + until - x[of])
        cell += lb(self.gamma + 1.0, self.delta + until) - alive[of]
        gone = np.zeros_like(n)
        some = np.flatnonzero(length)
        if len(some):
            gone[some] = np.add.reduceat(np.exp(cell), begin[some])
        return np.asarray(1.0 / (1.0 + gone))

    def _mean(self, history: History) -> Floats:
        """The mean chance to buy of those who are still customers."""
        return (self.alpha + history.frequency) / (self.alpha + self.beta + history.age)

    def _stays(self, history: History, chances: int) -> Iterator[Floats]:
        """The chance to be there at each coming chance, of those who are there at the next."""
        stays = np.ones_like(history.age)
        for ahead in range(1, chances + 1):
            yield stays
            left = self.delta + history.age + ahead
            stays = stays * left / (self.gamma + left)

    def _quantile(self, x: Floats, n: Floats, probability: float) -> Floats:
        first, tail = self._firsts(x, n)
        power = self.gamma + self.alpha + x
        passed = np.cumsum(first, axis=1)
        total = passed[:, -1] + tail
        aim = probability * total
        near = 1.0 + np.count_nonzero(passed < aim[:, None], axis=1)
        far = _MOST * (tail / np.maximum(total - aim, _TINY)) ** (1.0 / power)
        return np.where(passed[:, -1] < aim, np.ceil(far), near)

    def _firsts(self, often: Floats, age: Floats) -> tuple[Floats, Floats]:
        """The chance to buy next at each coming chance, of those there at the last one; and beyond.

        Beyond the last chance looked at, first purchases fall like a power.
        """
        x, n, ahead = often[:, None], age[:, None], np.arange(_MOST, dtype=np.float64)
        at = self.alpha + self.beta + n + ahead
        stays = (self.delta + n + ahead) / (self.gamma + self.delta + n + ahead)
        silent = (self.beta + n - x + ahead) / at
        silent[:, 1:] = silent[:, :-1].copy()
        silent[:, 0] = 1.0
        first = np.cumprod(stays * silent, axis=1) * ((self.alpha + x) / at)
        return first, first[:, -1] * self._beyond(often, age)

    def _beyond(self, x: Floats, n: Floats) -> Floats:
        """The sum of all that falls like a power, for one of its last term looked at.

        Source: ratios of gamma functions fall like a power of a shifted argument (Tricomi and
        Erdelyi 1951, Pacific Journal of Mathematics 1(1)); their sum is an integral between halves.
        """
        power = self.gamma + self.alpha + x
        bought = (self.alpha + x + 1.0) * (self.beta + n - x + (self.alpha + x) / 2.0)
        left = self.gamma * (self.delta + n + (self.gamma + 1.0) / 2.0)
        last = _MOST - 1.0 + (bought + left) / (power + 1.0)
        return last / power * np.exp(-power * np.log1p(0.5 / last))

    def _buys(self, history: History, count: int, chances: int) -> Floats:
        """The chance to buy at just so many of some chances: beta-binomial."""
        if count > chances:
            return np.zeros_like(history.age)
        x, n = history.frequency, history.age
        return comb(chances, count) * beta_ratio(
            self.alpha + x, self.beta + n - x, count, chances - count
        )


@attrs.frozen
class BGBB:
    """BG/BB: a chance to buy each time from Beta, a chance to leave before each time from Beta.

    For what happens at set times: yearly donations, weekly services, monthly issues. ``frequency``
    counts the times used, ``recency`` is the last of them and ``T`` how many there were.

    Attributes:
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought, at least.

    Source: Fader, Hardie and Shang 2010, "Customer-Base Analysis in a Discrete-Time Noncontractual
    Setting", Marketing Science 29(6), eq. 5.

    >>> years = {(0, 0): 500, (1, 1): 200, (1, 2): 60, (1, 3): 50, (2, 2): 90, (3, 3): 100}
    >>> donors = [
    ...     {"frequency": x, "recency": last, "T": 3, "n": n} for (x, last), n in years.items()
    ... ]
    >>> BGBB(weight="n", repeaters=3).fit(donors).expected_purchases(donors, horizon=5).round(1)
    array([0. , 0.1, 0.3, 0.7, 0.3, 1.4])
    """

    weight: str | None = None
    repeaters: int = 10

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        return NEEDS

    @condensing
    def fit(self, summary: object) -> BGBBModel:
        """Learn the four parameters.

        Args:
            summary: A table with ``frequency``, ``recency`` and ``T`` in whole chances to buy.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A row is missing something or impossible.
            NotEnoughDataError: Too few have bought, or nothing can be told from them.
        """
        sample = Sample.of(summary, self.weight)
        known = sample.history
        for name, times in (("recency", known.recency), ("T", known.age)):
            refuse(name, times != np.floor(times), "must count whole chances to buy")
        refuse("frequency", known.frequency > known.recency, "is more than the chances until then")
        sample.require_repeats(self.repeaters)
        seen = Patterns.of(known.frequency, known.recency, known.age, sample.weight)
        peak = climb(objective(seen), (1.0, 1.0, 1.0, 1.0))
        alpha, beta, gamma, delta = np.exp(peak.at).tolist()
        fitting = attrs.evolve(peak.fitting(_NAMES, seen.customers), data=sample.mark)
        return BGBBModel(fitting=fitting, alpha=alpha, beta=beta, gamma=gamma, delta=delta)


def _whole(time: float | Floats, name: str = "horizon") -> int:
    """A number of chances.

    Raises:
        ConfigError: It is not whole.
    """
    chances = float(np.max(time))
    if not chances.is_integer():
        msg = f"must be a whole number of chances to buy, got {chances!r}"
        raise ConfigError(msg, name)
    return int(chances)
