"""How many customers of each cohort still buy, age by age?"""

from collections.abc import Iterator, Mapping
from datetime import date
from math import isnan
from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Days, Floats, Ints
from custseg.classify.flows.ages import Age, Buying, Cells, Lives, Measure
from custseg.classify.flows.foresight import CohortProjection, foreseen
from custseg.classify.flows.periods import Unit, known_unit, named
from custseg.classify.flows.retention import CohortAverage, above_zero, ends
from custseg.errors import ConfigError, did_you_mean
from custseg.features import TransactionLog
from custseg.features.daynumbers import as_date, days_of
from custseg.features.periods import period_of
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import Shade, aligned, heat, percent, plain
from custseg.measures.intervals import ratio

_MEASURES = ("customers", "purchases", "revenue")
_AGES = ("period", "anniversary")


@attrs.frozen(eq=False)
class CohortTriangle(Tabled):
    """What customers did who first bought in the same period: one row a cohort, one column an age.

    A cell is complete when the whole cohort has lived through that age by ``as_of``. Cells that
    are still running are kept apart, and what lies ahead is missing: not 0.

    Attributes:
        unit: Unit of cohorts and ages.
        age: What ages are: periods of the calendar, or of each customer.
        measure: What is measured.
        as_of: The last day that counts.
        cohorts: The first day of the period of each cohort.
        sizes: Customers of each cohort.
        cells: Sums over customers, cohorts x ages.
        begun: Which cells have begun.
        complete: Which are over.
        buying: Who bought when, whatever is measured.
        left_out: What belongs to no cell.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> found = cohorts(log, unit="quarter", as_of="1998-06-30")
    >>> found.labels[0], found.sizes.tolist()[0], found.values[0].astype(int).tolist()
    ('1997-Q1', 2357, [2357, 524, 418, 404, 384, 300])
    """

    unit: Unit
    age: Age
    measure: Measure
    as_of: date
    cohorts: tuple[date, ...]
    sizes: Ints
    cells: Cells
    begun: Bools
    complete: Bools
    buying: Buying
    left_out: Mapping[str, float]
    like: Table[Any]

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the cohorts' periods."""
        day = days_of(self.cohorts)
        return tuple(named(place, self.unit) for place in period_of(day, self.unit).tolist())

    @property
    def values(self) -> Floats:
        """What is measured, in complete cells; NaN in all others."""
        return np.where(self.complete, self.cells.value, np.nan)

    @property
    def running(self) -> Floats:
        """What is measured so far, in cells that are not over; NaN in all others."""
        return np.where(self.begun & ~self.complete, self.cells.value, np.nan)

    @property
    def shares(self) -> Floats:
        """Values as shares of the cohort's value at age 0, in complete cells: retention.

        Of purchases and revenue a share may be above 1; it is NaN where the value at age 0 is not
        above 0.
        """
        return ratio(self.values, above_zero(self.values[:, :1]))

    @property
    def so_far(self) -> Floats:
        """The same in all cells that have begun, those that are not over too; NaN in all others."""
        shares = ratio(self.cells.value, above_zero(self.cells.value[:, :1]))
        return np.where(self.begun, shares, np.nan)

    @property
    def per_customer(self) -> Floats:
        """Values divided by the customers of the cohort, in complete cells."""
        return ratio(self.values, self.sizes[:, None])

    def intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper ends of the shares, cell by cell.

        Wilson's for customers; for purchases and revenue those of a ratio of sums over the same
        customers, NaN where fewer than two customers bought: nothing tells their spread then.

        Args:
            level: Share of repetitions in which an interval holds the true share.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.

        Source: Wilson 1927, Journal of the American Statistical Association 22(158); Cochran
        1977, "Sampling Techniques", section 6.3 (ratio).
        """
        low, high = ends(self.measure, self.cells, self.cells.opening, self.sizes, level)
        return np.where(self.complete, low, np.nan), np.where(self.complete, high, np.nan)

    def average(self, level: float = 0.95) -> CohortAverage:
        """Retention at each age over all cohorts of which that age is over.

        Args:
            level: Share of repetitions in which an interval holds the true share.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.
        """
        there = self.complete & (self.sizes > 0)[:, None]
        return CohortAverage.of(self.measure, self.cells, self.sizes, there, level)

    def survivals(self) -> Floats:
        """The share of each cohort that has bought at every age so far, in complete cells.

        Where a purchase renews a contract for a period, this is who has never cancelled. In a shop
        it is not retention: whoever skips a period and comes back counts no more.
        """
        return np.where(self.complete, ratio(self.buying.unbroken, self.sizes[:, None]), np.nan)

    def project(self, periods: int, *, contract: bool = False) -> CohortProjection:
        """The retention to expect of each cohort at the ages that follow.

        In a shop (BG/BB) customers buy in a period or do not, and leave unseen; under contracts
        (shifted beta-geometric, on ``survivals``) whoever does not renew is gone. Each cohort
        has a model of its own where its data suffice, otherwise the model of all cohorts
        together; ``basis`` says which.

        Args:
            periods: How many ages further than each cohort has come.
            contract: Whether a purchase renews a contract for a period.

        Raises:
            ConfigError: There is no period to look ahead.

        Source: see ``lifetime.BGBB`` and ``lifetime.ShiftedBetaGeometric``.
        """
        bought = np.where(self.complete, ratio(self.buying.bought, self.sizes[:, None]), np.nan)
        ahead, basis = foreseen(self.buying, periods, contract=contract)
        shares = self.survivals() if contract else bought
        return CohortProjection(self.labels, shares, ahead, basis, contract, self.like)

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a cell that has begun; shares and intervals of complete cells only."""
        row, age = np.nonzero(self.begun)
        day = days_of(self.cohorts).astype(np.float64)
        low, high = self.intervals()
        return self.like.build(
            {
                "cohort": Codes(row, self.labels, plain=True),
                "cohort_from": Days(day[row]),
                "cohort_customers": self.sizes[row],
                "age": age,
                "value": self.cells.value[row, age],
                "share": self.shares[row, age],
                "low": low[row, age],
                "high": high[row, age],
                "complete": self.complete[row, age],
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        low, high = self.intervals()
        return {
            **{name: getattr(self, name) for name in ("unit", "age", "measure")},
            "as_of": self.as_of.isoformat(),
            "cohorts": list(self.labels),
            "sizes": self.sizes.tolist(),
            "values": [plain(row) for row in self.values],
            "running": [plain(row) for row in self.running],
            "shares": [plain(row) for row in self.shares],
            "low": [plain(row) for row in low],
            "high": [plain(row) for row in high],
            "average": self.average().as_dict(),
            "left_out": dict(self.left_out),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read; an asterisk is for what is not over. Cohorts of nobody are left out."""
        rows = [[cell.text for cell in row] for row in self._rows(locale)]
        note = f"  * {label('cohorts.running', locale)}"
        return "\n".join([aligned(self._head(locale), rows), note])

    def _head(self, locale: str) -> tuple[str, ...]:
        names = (label("cohorts.cohort", locale), label("cohorts.customers", locale))
        return (*names, *(str(age) for age in range(len(self.cohorts))))

    def _rows(self, locale: str) -> Iterator[list[Shade]]:
        shares = self.so_far
        for i, name in enumerate(self.labels):
            if not self.sizes[i]:
                continue
            cells = zip(shares[i].tolist(), self.complete[i], strict=True)
            yield [Shade(name), Shade(f"{self.sizes[i]:,}"), *(_shade(*cell) for cell in cells)]
        mean = self.average()
        told = [Shade(percent(share), share) for share in mean.share.tolist()]
        many = f"{int(self.sizes.sum()):,}"
        yield [Shade(label("cohorts.average", locale)), Shade(many), *told]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return heat(self._head(locale), self._rows(locale))


def cohorts(
    log: TransactionLog,
    *,
    unit: Unit = "month",
    as_of: date | str,
    measure: Measure = "customers",
    age: Age = "period",
) -> CohortTriangle:
    """Follow the customers who first bought in the same period.

    Args:
        log: The transactions.
        unit: ``week`` (from Monday), ``month``, ``quarter`` or ``year``.
        as_of: The last day that counts, to its end, on the company's clock.
        measure: ``customers`` who bought at that age, ``purchases`` (purchase days), or
            ``revenue`` (money, refunds taken off when they were paid).
        age: ``period``: whole periods of the calendar since that of the first purchase, so age 0
            is the rest of it; ``anniversary``: periods of each customer, counted from its first
            purchase day, so age 0 is as long for everybody.

    Raises:
        ConfigError: There is no such unit, measure or age, or ``as_of`` is no date.
        DataError: There would be more than a thousand cohorts.

    The first cohorts of a log hold older customers too if it does not begin with the company.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(
    ...     [
    ...         {"customer_id": "a", "at": "2026-01-05", "amount": 40},
    ...         {"customer_id": "a", "at": "2026-02-05", "amount": 60},
    ...         {"customer_id": "b", "at": "2026-01-20", "amount": 10},
    ...     ]
    ... )
    >>> print(cohorts(log, as_of="2026-03-15").text())
    cohort       customers        0       1       2
    2026-01              2  100.0 %  50.0 %  0.0 %*
    all cohorts          2  100.0 %  50.0 %       -
      * not over yet: in no average
    """
    how = known_unit(unit)
    _known("measure", measure, _MEASURES)
    _known("age", age, _AGES)
    until = log.conventions.day(as_of)
    lives = Lives.of(log.occasions(as_of=as_of), how, age, until)
    cells, outside = lives.cells(log, measure)
    complete, here = lives.calendar.complete, log.rows.day <= until
    return CohortTriangle(
        unit=how,
        age=age,
        measure=measure,
        as_of=as_date(until),
        cohorts=tuple(as_date(day) for day in lives.calendar.begins.tolist()),
        sizes=lives.sizes,
        cells=cells,
        begun=lives.calendar.begun,
        complete=complete,
        buying=lives.buying(complete),
        left_out={
            "refunds_only": len(np.unique(log.rows.code[here & (lives.cohort[log.rows.code] < 0)])),
            "after_as_of": int(np.count_nonzero(~here)),
            **({"money_outside": outside} if measure == "revenue" else {}),
        },
        like=log.like,
    )


def _known(name: str, given: str, words: tuple[str, ...]) -> None:
    if given not in words:
        msg = f"must be one of {list(words)}, got {given!r}.{did_you_mean(given, words)}"
        raise ConfigError(msg, name)


def _shade(share: float, complete: bool) -> Shade:  # noqa: FBT001 - one cell of two arrays
    if isnan(share):
        return Shade("" if not complete else "-")
    return Shade(percent(share), share) if complete else Shade(f"{percent(share)}*")
