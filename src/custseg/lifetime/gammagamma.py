"""Gamma-Gamma: how much does a customer spend on a purchase day?"""

from typing import ClassVar, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Floats, Needs
from custseg.errors import NotEnoughDataError
from custseg.lifetime.asking import in_engine
from custseg.lifetime.condensing import condensed, condensing
from custseg.lifetime.history import checked_weight, numbers, refuse, repeaters
from custseg.lifetime.maximum import SAMPLE, Learned
from custseg.lifetime.newton import ascend
from custseg.lifetime.patterns import dot, mark
from custseg.lifetime.spending import Spending
from custseg.showing import Shown

SPEND: Final[Needs] = {"frequency": "number", "monetary_value": "number"}
_NAMES = ("p", "q", "v")


@attrs.frozen(kw_only=True)
class GammaGammaModel(Shown, Learned):
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

    @property
    def needs(self) -> Needs:
        """The columns that it reads."""
        return SPEND

    @in_engine
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

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        return SPEND

    @condensing
    def fit(self, summary: object) -> GammaGammaModel:
        """Learn the three parameters.

        Args:
            summary: A table with ``frequency`` and ``monetary_value``.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A value is missing, or the mean money of a repeat day is 0 or less.
            NotEnoughDataError: Too few have bought again, or nothing can be told from them.
        """
        known = self.read(summary)
        unit = dot(known.weight, known.mean) / known.customers
        thin = known.thinned(SAMPLE)
        few = None if thin is None else thin.curved(unit)
        peak = ascend(known.curved(unit), ((2.0, 3.0, 1.0),), few)
        p, q, v = np.exp(peak.at).tolist()
        shift = -known.customers * float(np.log(unit))
        told = f"spend;{mark(known.weight, known.frequency, known.mean)}"
        fitting = attrs.evolve(peak.fitting(_NAMES, known.customers, shift=shift), data=told)
        return GammaGammaModel(fitting=fitting, p=p, q=q, v=v * unit)

    def read(self, summary: object) -> Spending:
        """What those who have bought again have spent."""
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
        weight = None if self.weight is None else checked_weight(self.weight, cols[self.weight])
        many = repeaters(x, weight)
        if many < max(self.repeaters, 1):
            msg = (
                f"{many:g} customers have bought again and {self.repeaters} are "
                "needed to learn how spending varies; take a longer time, or value purchases at "
                "the mean amount until then"
            )
            raise NotEnoughDataError(msg)
        some = again if weight is None else again & (weight > 0)
        return Spending.of(x[some], mean[some], None if weight is None else weight[some])


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
    spec, table = condensed(GammaGamma(), summary)
    asked: Needs = {} if spec.weight is None else {spec.weight: "number"}
    cols = numbers(table, {**SPEND, **asked})
    x, mean = cols["frequency"], cols["monetary_value"]
    again = x > 0
    if not again.any():
        return float("nan")
    w = np.ones_like(x) if spec.weight is None else cols[spec.weight]
    x, mean, w = x[again], mean[again], w[again]
    many = w.sum()
    dx, dm = x - dot(w, x) / many, mean - dot(w, mean) / many
    size = dot(w * dx, dx) * dot(w * dm, dm)
    return dot(w * dx, dm) / float(np.sqrt(size)) if size > 0 else float("nan")
