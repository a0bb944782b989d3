"""Gamma-Gamma: how much does a customer spend on a purchase day?"""

from typing import Any, ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Floats, Index, Needs
from custseg.errors import NotEnoughDataError
from custseg.lifetime.history import checked_weight, numbers, refuse
from custseg.lifetime.maximum import SAMPLE, Learned, Objective, climb
from custseg.lifetime.patterns import dot, every

SPEND: Final[Needs] = {"frequency": "number", "monetary_value": "number"}
_NAMES = ("p", "q", "v")
_SMALL = 2**16


@attrs.frozen(kw_only=True)
class GammaGammaModel(Learned):
    """A fitted Gamma-Gamma model; see ``GammaGamma``.

    Attributes:
        fitting: How well it fits.
        p: Shape of the money of one purchase day.
        q: Shape of how customers differ.
        v: Its scale, in the unit of money (gamma in the source).

    Source: Fader and Hardie 2013, note 025, eqs. 1a and 5.

    >>> from custseg.lifetime.maximum import Fitting
    >>> model = GammaGammaModel(fitting=Fitting(-4055.9, 946), p=6.25, q=3.74, v=15.44)
    >>> model.expected_spend([{"frequency": 2, "monetary_value": 22.345}]).round(2)
    array([24.66])
    """

    schema_version: ClassVar[int] = 1

    p: float
    q: float
    v: float

    def expected_spend(self, summary: object) -> Floats:
        """The money to expect of a purchase day of each customer.

        A mean of what the customer spent and what all do, by how much is known; whoever has not
        bought again is expected to spend what all do. NaN where a row says nothing possible, and
        where the mean does not exist (q of 1 or less and no repeat purchase).

        Args:
            summary: A table with ``frequency`` and ``monetary_value`` (mean of repeat days).

        Raises:
            MissingColumnError: A column is missing.
        """
        return self.spends(frames.table(summary).read(SPEND))

    def spends(self, cols: Columns) -> Floats:
        """The same of columns that are read already."""
        x, mean = (cast("Floats", cols[name]) for name in SPEND)
        known = (x >= 0) & (x < np.inf) & (((mean > 0) & (mean < np.inf)) | (x == 0))
        x, mean = np.where(known, x, 0.0), np.where(known & (x > 0), mean, 0.0)
        shape = self.p * x + self.q - 1.0
        there = known & (shape > 0)
        with np.errstate(over="ignore"):
            total = self.p * (self.v + x * mean)
        return np.divide(total, shape, out=np.full_like(shape, np.nan), where=there)


@attrs.frozen
class GammaGamma:
    """Gamma-Gamma: the money of a purchase day varies about a mean that differs by customer.

    Customers who have not bought again say nothing and are left out. It takes the mean to have
    nothing to do with the frequency: see ``frequency_correlation``.

    Attributes:
        weight: Column that says how many customers a row stands for, if there is one.
        repeaters: How many customers must have bought again, at least.

    Source: Fader and Hardie 2013, "The Gamma-Gamma Model of Monetary Value", note 025; Colombo and
    Jiang 1999, Journal of Interactive Marketing 13(3).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = GammaGamma().fit(log.summary(as_of="1997-09-30"))
    >>> {name: round(value, 2) for name, value in model.params.items()}
    {'p': 6.25, 'q': 3.74, 'v': 15.44}
    """

    weight: str | None = None
    repeaters: int = 10

    def fit(self, summary: object) -> GammaGammaModel:
        """Learn the three parameters.

        Args:
            summary: A table with ``frequency`` and ``monetary_value``.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A value is missing, or the mean money of a repeat day is 0 or less.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        x, mean, weight = self._read(summary)
        order = _order(x, mean, None if self.weight is None else weight)
        x, mean, weight = x[order], mean[order], weight[order]
        unit = dot(weight, mean) / float(weight.sum())
        few = None
        if len(x) > 4 * SAMPLE:
            at, count = every(weight, SAMPLE)
            few = _objective(x[at], mean[at] / unit, count)
        peak = climb(_objective(x, mean / unit, weight), (2.0, 3.0, 1.0), few)
        p, q, v = np.exp(peak.at).tolist()
        customers = float(weight.sum())
        fitting = peak.fitting(_NAMES, customers, shift=-customers * float(np.log(unit)))
        return GammaGammaModel(fitting=fitting, p=p, q=q, v=v * unit)

    def _read(self, summary: object) -> tuple[Floats, Floats, Floats]:
        """Frequency, mean and weight of those who have bought again."""
        asked = {} if self.weight is None else {self.weight: "number"}
        cols = numbers(summary, cast("Needs", {**SPEND, **asked}))
        x, mean = cols["frequency"], cols["monetary_value"]
        again = x > 0
        refuse("frequency", (x < 0) | (x != np.floor(x)), "must count repeat purchases")
        refuse(
            "monetary_value",
            again & (mean <= 0),
            "must be above 0 where frequency is: leave out customers whose refunds eat it up",
        )
        if np.count_nonzero(again) < max(self.repeaters, 1):
            msg = (
                f"{np.count_nonzero(again)} customers have bought again and {self.repeaters} are "
                "needed to learn how spending varies; take a longer time, or value purchases at "
                "the mean amount until then"
            )
            raise NotEnoughDataError(msg)
        weight = np.ones_like(x)
        if self.weight is not None:
            weight = checked_weight(self.weight, cols[self.weight])
        return x[again], mean[again], weight[again]


def frequency_correlation(summary: object) -> float:
    """How far those who buy more often spend more a time: Gamma-Gamma takes it to be none.

    Args:
        summary: A table with ``frequency`` and ``monetary_value``.

    Returns:
        Pearson's correlation among those who have bought again; NaN where it does not exist. Above
        0.15 or so, do not trust the product of purchases and spend.

    Source: Fader and Hardie 2013, note 025, section 1 (the assumption); CDNOW has 0.11.

    >>> rows = [{"frequency": n, "monetary_value": 10.0 * n} for n in (0, 1, 2, 3)]
    >>> round(frequency_correlation(rows), 6)
    1.0
    """
    cols = numbers(summary, SPEND)
    x, mean = cols["frequency"], cols["monetary_value"]
    x, mean = x[x > 0], mean[x > 0]
    if not len(x):
        return float("nan")
    dx, dm = x - x.mean(), mean - mean.mean()
    size = dot(dx, dx) * dot(dm, dm)
    return dot(dx, dm) / float(np.sqrt(size)) if size > 0 else float("nan")


def _order(x: Floats, mean: Floats, weight: Floats | None) -> Index:
    """Rows in order of frequency, mean and weight, so that their own order does not matter."""
    if weight is not None or x.max() >= _SMALL:
        return np.lexsort((np.ones_like(x) if weight is None else weight, mean, x))
    order = np.argsort(mean)  # equal rows are the same, so this may be the fastest sort
    return order[np.argsort(x[order].astype(np.uint16), kind="stable")]


def _objective(x: Floats, mean: Floats, weight: Floats) -> Objective:
    """Minus the mean log-likelihood and its gradient; rows in order of frequency."""
    from scipy.special import digamma, gammaln  # noqa: PLC0415 - loaded where it is used

    lg: Any = gammaln
    psi: Any = digamma
    ux, begin = np.unique(x, return_index=True)
    by_x, many = np.add.reduceat(weight, begin), float(weight.sum())
    spent, wx, log_mean = x * mean, weight * x, np.log(mean)
    log_spent, own = dot(wx, np.log(spent)), dot(weight, log_mean)

    def value(theta: Floats) -> tuple[float, Floats]:
        params = np.exp(theta)
        p, q, v = params.tolist()
        shape, whole = p * ux, spent + v
        far, near = np.log(whole), 1.0 / whole
        by_weight, by_money = dot(weight, far), dot(wx, far)
        total = dot(by_x, lg(shape + q) - lg(shape)) + many * (q * np.log(v) - lg(q))
        total += p * log_spent - own - p * by_money - q * by_weight
        ends = psi(shape + q)
        dp = dot(by_x * ux, ends - psi(shape)) + log_spent - by_money
        dq = dot(by_x, ends) + many * (np.log(v) - psi(q)) - by_weight
        dv = many * q / v - p * dot(wx, near) - q * dot(weight, near)
        return -total / many, -np.array([dp, dq, dv]) * params / many

    return value
