"""Does a model of buying foresee how much is bought? Week by week, as one looks at it later."""

from datetime import date
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Days, Floats, Ints
from custseg.errors import NotEnoughDataError
from custseg.features import Occasions
from custseg.features.daynumbers import as_date, day_of
from custseg.features.log import Split
from custseg.features.periods import Unit, unit_days
from custseg.frames import Table
from custseg.lifetime import NEW_CUSTOMER, PurchaseModel

_WEEK: Final = 7


@attrs.frozen(eq=False)
class Tracking:
    """Repeat purchases week by week: what was foreseen for a cohort, and what came.

    The cohort is who had bought by the day of division. What is foreseen is not corrected by what
    these customers did: the sum over them of what a new customer is expected to buy again until
    then. So the weeks up to the division show how well the model fits, those after it how well it
    foresees.

    Attributes:
        begin: The first day of the first week, that of the first purchase.
        at: The day of division.
        actual: Repeat purchases (purchase days after the first one) of each week.
        expected: What the model expects of each week.
        customers: Customers of the cohort.
        like: A table of the kind that answers have.

    Source: Fader, Hardie and Lee 2005, Marketing Science 24(2), eq. 9 and Figures 5 and 6.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> model = cs.lifetime.BGNBD().fit(log.summary(as_of="1997-09-30", unit="week"))
    >>> found = Tracking.of(model, log.split(at="1997-09-30"), unit="week")
    >>> found.weeks, found.learned, int(found.actual[:39].sum()), int(found.actual[39:].sum())
    (78, 39, 2457, 1882)
    """

    begin: date
    at: date
    actual: Ints
    expected: Floats
    customers: int
    like: Table[Any]

    @classmethod
    def of(cls, model: PurchaseModel, split: Split, *, unit: Unit = "day") -> "Tracking":
        """Follow a model through both parts of a split; weeks that are not over are left out.

        Args:
            model: A fitted model of purchases, without covariates.
            split: The log, the day of division and the last day.
            unit: The unit of time of the summary that the model was fitted to.

        Raises:
            NotEnoughDataError: Nobody had bought by the division, or there is no whole week.
            MissingColumnError: The model has covariates, which a new customer does not tell.
            ConfigError: There is no such unit.
        """
        scale = unit_days(unit)
        bought = split.log.occasions(as_of=split.until)
        opens = bought.day[bought.opens].astype(np.int64)
        cohort = opens <= day_of(split.at)
        if not cohort.any():
            msg = f"nobody had bought by {split.at.isoformat()}; divide later"
            raise NotEnoughDataError(msg)
        begin = int(opens.min())
        weeks = (day_of(split.until) - begin + 1) // _WEEK
        if not weeks:
            msg = "from the first purchase to the end there is no whole week; take a longer time"
            raise NotEnoughDataError(msg)
        actual = _repeats(bought, day_of(split.at), begin, weeks)
        expected = _expected(model, opens[cohort] - begin, weeks, scale)
        first, many = as_date(begin), int(np.count_nonzero(cohort))
        return cls(first, split.at, actual, expected, many, split.log.like)

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return len(self.actual)

    @property
    def learned(self) -> int:
        """Whole weeks up to the division."""
        return (self.at.toordinal() - self.begin.toordinal() + 1) // _WEEK

    @property
    def ends(self) -> Floats:
        """The last day of each week since 1970-01-01."""
        first = day_of(self.begin)
        return np.asarray(first + _WEEK * np.arange(1.0, self.weeks + 1) - 1)

    @property
    def deviation(self) -> float:
        """By how much more was foreseen than came after the division; NaN where nothing came."""
        after = slice(self.learned, None)
        came = float(self.actual[after].sum())
        return float(self.expected[after].sum()) / came - 1 if came else np.nan

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a week: its last day, what came and what was expected, in it and up to it."""
        return self.like.build(
            {
                "week_to": Days(self.ends),
                "actual": self.actual,
                "expected": self.expected,
                "actual_so_far": np.cumsum(self.actual),
                "expected_so_far": np.cumsum(self.expected),
            }
        )


def _repeats(bought: Occasions, at: int, begin: int, weeks: int) -> Ints:
    """Purchases after the first one of who had bought by a day, by week."""
    first = np.zeros(bought.size, dtype=np.int64)
    code, opens = bought.code, bought.opens
    first[code[opens]] = bought.day[opens]
    counted = ~opens & (first[code] <= at)
    week = (bought.day[counted].astype(np.int64) - begin) // _WEEK
    return np.bincount(week[week < weeks], minlength=weeks)


def _expected(model: PurchaseModel, first: Ints, weeks: int, scale: float) -> Floats:
    """Repeat purchases to expect of who first bought on some days, week by week."""
    new = np.bincount(first)
    ends = _WEEK * np.arange(1, weeks + 1) - 1
    age = ends[:, None] - np.flatnonzero(new)
    asked = np.unique(age[age > 0])
    each = np.zeros(int(ends[-1]) + 1)
    for days in asked.tolist():
        each[days] = model.expected_purchases(NEW_CUSTOMER, horizon=days / scale)[0]
    total = np.where(age > 0, each[np.maximum(age, 0)], 0.0) @ new[new > 0]
    return np.diff(total, prepend=0.0)
