"""What is a customer worth from now on: purchases to come, money of each, discounted."""

from datetime import date
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Columns, Floats, Needs
from custseg.errors import ConfigError
from custseg.features.daynumbers import days_of, months_later
from custseg.features.periods import Ruler, Unit, unit_days, whole
from custseg.frames import Table
from custseg.lifetime.gammagamma import SPEND, GammaGammaModel
from custseg.lifetime.history import History
from custseg.lifetime.purchases import PurchaseModel

_YEAR = 365.2425


@attrs.frozen
class Terms:
    """How future money counts.

    Attributes:
        discount: What a year takes off the worth of money: 0.1 is 10 % a year.
        margin: Share of the money that is earned.
        retention_cost: Money spent on each customer every month.
        unit: Unit of time of the summary.
        as_of: Day that the summary was made, for months as they are in the calendar. Where it is
            not given a month is a twelfth of a year.

    Raises:
        ConfigError: The discount is below 0, or there is no such unit.

    Source: 10 % a year and a margin of 1 are customary in the literature on customer lifetime
    value (Gupta, Lehmann and Stuart 2004 use 12 %); set your own.

    >>> Terms(as_of=date(2026, 1, 31)).months(2)
    [28.0, 59.0]
    """

    discount: float = 0.1
    margin: float = 1.0
    retention_cost: float = 0.0
    unit: Unit = "day"
    as_of: date | None = None

    def __attrs_post_init__(self) -> None:
        """Check the discount and the unit."""
        if not 0 <= self.discount < float("inf"):
            msg = f"must be 0 or more a year, got {self.discount!r}"
            raise ConfigError(msg, "discount")
        unit_days(self.unit)

    def months(self, count: int) -> list[float]:
        """The end of each coming month, in units from now."""
        if self.as_of is None:
            return [_YEAR / 12 / unit_days(self.unit) * n for n in range(1, count + 1)]
        ends = days_of(months_later(self.as_of, n) for n in range(1, count + 1))
        found: list[float] = Ruler(self.unit).between(days_of([self.as_of]), ends).tolist()
        return found

    @property
    def rate(self) -> float:
        """The discount of one unit of time, as a continuous rate."""
        return float(np.log1p(self.discount)) * unit_days(self.unit) / _YEAR


def lifetime_value(
    summary: object,
    purchases: PurchaseModel,
    spend: GammaGammaModel | float,
    *,
    months: int | None = 12,
    terms: Terms | None = None,
) -> Floats:
    """The worth of what each customer will buy.

    Purchases of a month count at its end, after the discount for so many months.

    Args:
        summary: A table with ``frequency``, ``recency``, ``T`` and (unless ``spend`` is a number)
            ``monetary_value``.
        purchases: A fitted model of purchases.
        spend: A fitted model of spend, or the money of any purchase.
        months: How many months count; ``None`` for all future.
        terms: Discount, margin, cost, unit and calendar.

    Returns:
        Money a row, NaN where a row says nothing possible; of a lazy table the lazy table with a
        column ``lifetime_value``.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: Fewer than one month; or all future without a discount, with a cost that never
            ends, or for a model without a formula for it.

    Source: Fader, Hardie and Lee 2005, "RFM and CLV: Using Iso-Value Curves for Customer Base
    Analysis", Journal of Marketing Research 42(4) (all future: DERT); Fader and Hardie, note 025.

    >>> from custseg.lifetime import BGNBDModel
    >>> from custseg.lifetime.maximum import Fitting
    >>> model = BGNBDModel(fitting=Fitting(-9582.4, 2357), r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> people = [{"frequency": 2, "recency": 30.43, "T": 38.86}]
    >>> lifetime_value(people, model, 35.0, terms=Terms(unit="week")).round(2)
    array([52.15])
    """
    table, valued = frames.table(summary), Valued(purchases, spend, months, terms or Terms())
    if table.lazy:
        return cast("Floats", frames.by_row(table, valued, needs=tuple(valued.needs)))
    return valued.of(table.read(valued.needs))


@attrs.frozen
class Valued:
    """How customers are valued, as it travels to where the rows are.

    Attributes:
        purchases: A fitted model of purchases.
        spend: A fitted model of spend, or the money of any purchase.
        months: How many months count.
        terms: Discount, margin, cost, unit and calendar.
    """

    purchases: PurchaseModel
    spend: GammaGammaModel | float
    months: int | None
    terms: Terms

    @property
    def needs(self) -> Needs:
        """The columns that are read."""
        more: Needs = SPEND if isinstance(self.spend, GammaGammaModel) else {}
        return {**self.purchases.needs, **more}

    def __call__(self, rows: Table[Any]) -> object:
        """The worth of some customers, as a table."""
        return rows.build({"lifetime_value": self.of(rows.read(self.needs))})

    def of(self, cols: Columns) -> Floats:
        """The same of columns that are read already."""
        known = self.purchases.reads(cols)
        spend = self.spend
        money = spend.spends(cols) if isinstance(spend, GammaGammaModel) else spend
        return known.told(worth(self.purchases, known, money, months=self.months, terms=self.terms))


def worth(
    purchases: PurchaseModel,
    known: History,
    money: Floats | float,
    *,
    months: int | None,
    terms: Terms,
) -> Floats:
    """The same of histories that are read already, and the money of a purchase."""
    if months is None:
        _check_endless(terms)
        return terms.margin * money * purchases.discounted(known, terms.rate)
    many = whole(months, "months")
    total, before, cost = np.zeros_like(known.age), np.zeros_like(known.age), 0.0
    for month, end in enumerate(terms.months(many), 1):
        left = (1.0 + terms.discount) ** (-month / 12)
        until = purchases.forecast(known, end)
        total += left * (until - before)
        before, cost = until, cost + left * terms.retention_cost
    return terms.margin * money * total - cost


def _check_endless(terms: Terms) -> None:
    if terms.discount == 0 or terms.retention_cost != 0:
        msg = "all future needs a discount above 0 and no retention cost; give a number of months"
        raise ConfigError(msg, "months")
