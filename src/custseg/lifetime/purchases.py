"""What every fitted model of repeat buying answers: alive, silent, how many, when next?"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Final

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Floats, Index, Needs
from custseg.errors import ConfigError, MissingColumnError
from custseg.features.periods import whole
from custseg.lifetime.asking import in_engine
from custseg.lifetime.history import NEEDS, History, lasting
from custseg.lifetime.maximum import Learned
from custseg.lifetime.patterns import Alike
from custseg.showing import Shown

_HALVINGS: Final = 80
_REACH: Final = 60.0


@attrs.frozen(kw_only=True)
class PurchaseModel(Shown, Learned, ABC):
    """A fitted model of repeat buying: one answer a row, NaN where a row says nothing possible.

    A summary is any table with ``frequency``, ``recency`` and ``T``, as ``TransactionLog.summary``
    gives it, or a ``History`` of arrays; times are in its unit. For a customer who has just bought
    for the first time give ``NEW_CUSTOMER``. Of a lazy table an answer is the lazy table with a
    column of the method's name added: ``p_alive``, ``expected_purchases``, ...

    >>> from custseg.lifetime import NEW_CUSTOMER, MBGNBDModel
    >>> from custseg.lifetime.maximum import Fitting
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> model.p_no_purchase(NEW_CUSTOMER, horizon=39).round(3)
    array([0.582])
    """

    forgets: ClassVar[bool] = True
    """Whether the future of who is still a customer depends on frequency and age alone."""

    @property
    def needs(self) -> Needs:
        """The columns of a summary that the model reads."""
        return NEEDS

    @abstractmethod
    def alive(self, history: History) -> Floats:
        """The chance that each customer is still one."""

    @abstractmethod
    def buys(self, history: History, time: float) -> Floats:
        """Purchases to expect within a time of those who are still customers."""

    @abstractmethod
    def counts(self, history: History, count: int, time: float) -> Floats:
        """The chance of just so many purchases within a time."""

    @abstractmethod
    def reaches(self, history: History, time: float | Floats) -> Floats:
        """The chance to buy at all within a time, which may be infinite."""

    @abstractmethod
    def discounted(self, history: History, rate: float) -> Floats:
        """Purchases to expect in all future, each worth exp(-rate t)."""

    @in_engine
    def p_alive(self, summary: object, *, after: float = 0.0) -> Floats:
        """The chance that each customer is still one.

        Args:
            summary: The customers.
            after: At this time from now, if they do not buy until then.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: ``after`` is below 0.
        """
        history = self.known(summary)
        return history.told(self.alive(history.later(self.lasts("after", after))))

    @in_engine
    def p_no_purchase(self, summary: object, *, horizon: float) -> Floats:
        """The chance that each customer buys nothing within a time from now.

        Args:
            summary: The customers.
            horizon: The time, in the unit of the summary.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: ``horizon`` is below 0.
        """
        history = self.known(summary)
        return history.told(1.0 - self.reaches(history, self.lasts("horizon", horizon)))

    @in_engine
    def p_purchases(self, summary: object, count: int, *, horizon: float) -> Floats:
        """The chance that each customer buys just so many times within a time from now.

        Args:
            summary: The customers.
            count: How many times, 0 or more.
            horizon: The time, in the unit of the summary.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: ``count`` or ``horizon`` is below 0.
        """
        many, history = whole(count, "count", 0), self.known(summary)
        return history.told(self.counts(history, many, self.lasts("horizon", horizon)))

    @in_engine
    def expected_purchases(self, summary: object, *, horizon: float, start: float = 0.0) -> Floats:
        """Purchases to expect of each customer between two times from now.

        Args:
            summary: The customers.
            horizon: The end, in the unit of the summary.
            start: The beginning; what is bought before it does not count.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: ``start`` is below 0 or after ``horizon``.
        """
        history, end = self.known(summary), self.lasts("horizon", horizon)
        begin = self.lasts("start", start)
        if begin > end:
            msg = f"must not be after the horizon of {horizon!r}, got {start!r}"
            raise ConfigError(msg, "start")
        known = self.forecast(history, end)
        return history.told(known - self.forecast(history, begin) if begin else known)

    @in_engine
    def next_purchase(self, summary: object, *, probability: float = 0.5) -> Floats:
        """The time from now until the next purchase of each customer, if there is one.

        Args:
            summary: The customers.
            probability: Of those who buy again, the share that has done so by then.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: The probability is not strictly between 0 and 1.
        """
        share = portion("probability", probability)
        history = self.known(summary)
        return history.told(self.waits(history, share))

    @in_engine
    def silence_quantile(self, summary: object, *, share: float = 0.1) -> Floats:
        """The silence that only a share of the customer's next gaps would outlast.

        Of customers who have bought like this one and go on: a longer silence is unusual for who
        is still one. It depends on frequency and recency alone, so it stays as it is until the next
        purchase.

        Args:
            summary: The customers.
            share: How many gaps are longer.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: The share is not strictly between 0 and 1.
        """
        history = self.known(summary)
        last, each = _at_last(history)
        return history.told(each(self.gaps(last, portion("share", share))))

    @in_engine
    def silence_until(
        self, summary: object, *, probability: float, horizon: float | None = None
    ) -> Floats:
        """The silence since the last purchase at which no purchase is as likely as said.

        After it ``p_no_purchase`` is at least the probability. 0 where it is so right after the
        purchase, infinite where it never is; it stays as it is until the next purchase.

        Args:
            summary: The customers.
            probability: The chance of no purchase within the horizon.
            horizon: The time, in the unit of the summary; ``None`` for no purchase ever.

        Raises:
            MissingColumnError: A column is missing.
            ConfigError: The probability is not strictly between 0 and 1, or ``horizon`` is below 0.
        """
        aim = portion("probability", probability)
        end = np.inf if horizon is None else self.lasts("horizon", horizon)
        history = self.known(summary)
        last, each = _at_last(history)
        return history.told(each(self.quiets(last, aim, end)))

    def lasts(self, name: str, time: float) -> float:
        """A length of time as the model counts it.

        Args:
            name: What it is the length of.
            time: The length, in the unit of the summary.

        Raises:
            ConfigError: It is below 0 or not finite.
        """
        return lasting(name, time)

    def reads(self, cols: Columns) -> History:
        """Histories from columns; what is not possible is not known."""
        return History.read(cols)

    def forecast(self, history: History, time: float) -> Floats:
        """Purchases to expect within a time: told once for customers of equal future."""
        if not time:
            return np.zeros_like(history.age)
        alike = self._alike(history)
        if alike is None:
            return self.alive(history) * self.buys(history, time)
        return alike.times(self.alive(history), self.buys(_once(alike), time))

    def alike(self, history: History) -> tuple[History, Index | slice]:
        """Customers of equal future, each such once, and the place of each row among them."""
        alike = self._alike(history)
        return (history, slice(None)) if alike is None else (_once(alike), alike.place)

    def _alike(self, history: History) -> Alike | None:
        shared = self.forgets and not history.own
        return Alike.of(history.frequency, history.age) if shared else None

    def waits(self, history: History, probability: float) -> Floats:
        """The quantile of the next purchase, by halving in the logarithm of time."""
        aim = probability * self.reaches(history, np.inf)
        low, high = np.full_like(history.age, -_REACH), np.full_like(history.age, _REACH)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            early = self.reaches(history, np.exp(middle)) < aim
            low, high = np.where(early, middle, low), np.where(early, high, middle)
        return np.exp(high)

    @abstractmethod
    def gaps(self, history: History, share: float) -> Floats:
        """The gap that only a share of the next ones outlasts."""

    @abstractmethod
    def quiets(self, history: History, probability: float, horizon: float) -> Floats:
        """The silence at which the chance of no purchase is reached."""

    def known(self, summary: object) -> History:
        """What a table, or a ``History`` of arrays, says of each customer."""
        if not isinstance(summary, History):
            return self.reads(frames.table(summary).read(self.needs))
        told = summary.columns
        if len(self.needs) > len(told):
            absent = next(name for name in self.needs if name not in told)
            raise MissingColumnError(absent, tuple(told))
        read = self.reads(told)
        return attrs.evolve(read, known=read.known & summary.known)


def _at_last(history: History) -> tuple[History, Callable[[Floats], Floats]]:
    """Customers at their last purchase, each such once, and how a row comes by its value."""
    alike = None if history.own else Alike.of(history.frequency, history.recency)
    if alike is None:
        return attrs.evolve(history, age=history.recency), np.asarray
    return _once(alike), alike.each


def _once(alike: Alike) -> History:
    """One customer of each pair, as right after a purchase."""
    known = np.ones_like(alike.age, dtype=np.bool_)
    return History(alike.frequency, alike.age, alike.age, known)


def portion(name: str, share: float) -> float:
    """A share that is neither nothing nor all.

    Raises:
        ConfigError: It is not strictly between 0 and 1.

    >>> portion("level", 0.9)
    0.9
    """
    if not 0 < share < 1:
        msg = f"must be strictly between 0 and 1, got {share!r}"
        raise ConfigError(msg, name)
    return float(share)
