"""What each cohort did at each age: sums over its customers, cell by cell."""

from typing import Final, Literal, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index, Ints
from custseg.classify.flows.periods import Unit, anniversaries, begin_of
from custseg.errors import DataError
from custseg.features import Occasions, TransactionLog
from custseg.features.periods import period_of
from custseg.frames import UNITS

Measure: TypeAlias = Literal["customers", "purchases", "revenue"]
Age: TypeAlias = Literal["period", "anniversary"]
_MOST: Final = 1000
_DENSE: Final = 1 << 24  # cells of a table of customers and ages that fits in memory with ease


@attrs.frozen(eq=False)
class Calendar:
    """The cohorts and ages that have begun by a day.

    Attributes:
        unit: The unit of both.
        age: Whether ages are periods of the calendar or of each customer.
        first: The period of the first cohort.
        size: Number of cohorts, up to that of the last day.
        until: The last day.
    """

    unit: Unit
    age: Age
    first: int
    size: int
    until: int

    @classmethod
    def of(cls, day: Index, unit: Unit, age: Age, until: int) -> "Calendar":
        """From the first purchase days; without any there are no cohorts.

        Raises:
            DataError: There would be more than a thousand cohorts.
        """
        if not len(day):
            return cls(unit, age, 0, 0, until)
        low, high = period_of(np.array([int(day.min()), until]), unit).tolist()
        if high - low >= _MOST:
            msg = (
                f"there are {high - low + 1} cohorts of one {unit} and {_MOST} are the most; take "
                "a longer unit, or look for dates that are wrong"
            )
            raise DataError(msg)
        return cls(unit, age, low, high - low + 1, until)

    @property
    def begins(self) -> Ints:
        """The first day of each cohort's period."""
        return begin_of(self.first + np.arange(self.size), self.unit)

    def cohort(self, first: Index) -> Ints:
        """The cohort of customers by their first purchase day."""
        return period_of(first, self.unit) - self.first

    def ages(self, first: Index, day: Index, cohort: Index) -> Ints:
        """The age at which customers were on a day; below 0 before their first purchase."""
        if self.age == "anniversary":
            return anniversaries(first, day, self.unit)
        return period_of(day, self.unit) - self.first - cohort

    @property
    def begun(self) -> Bools:
        """Cohorts x ages: whether anybody can have come to an age by the last day."""
        here = np.arange(self.size)
        reached = self.ages(self.begins, np.full(self.size, self.until), here)
        return np.asarray(reached[:, None] >= here)

    @property
    def complete(self) -> Bools:
        """Cohorts x ages: whether an age is over at the last day, for the youngest possible too."""
        youngest = begin_of(self.first + 1 + np.arange(self.size), self.unit) - 1
        here = np.arange(self.size)
        reached = self.ages(youngest, np.full(self.size, self.until + 1), here)
        return np.asarray(reached[:, None] > here)


@attrs.frozen(eq=False)
class Cells:
    """Sums over the customers of each cohort at each age.

    Attributes:
        value: What is measured.
        square: Its square, customer by customer.
        cross: Its product with the same customer's value at age 0.
        buyers: Customers for whom it is not 0.
    """

    value: Floats
    square: Floats
    cross: Floats
    buyers: Ints

    @property
    def opening(self) -> "Cells":
        """The same cohorts at age 0, one column for all ages."""
        return Cells(*(part[:, :1] for part in attrs.astuple(self, recurse=False)))

    def summed(self, where: Bools) -> "Cells":
        """The sums of some cells over the cohorts."""
        return Cells(*((part * where).sum(axis=0) for part in attrs.astuple(self, recurse=False)))


@attrs.frozen(eq=False)
class Buying:
    """Who of each cohort bought when, as far as ages are over.

    Attributes:
        sizes: Customers of each cohort.
        last: The last age of each cohort that is over; -1 where none is.
        bought: Cohorts x ages: customers who bought.
        unbroken: Cohorts x ages: customers who bought at every age up to this one.
        patterns: Cohort, at how many ages from 1 on customers bought, the last of them, and how
            many customers there are of each such pattern; ages that are over only.
    """

    sizes: Ints
    last: Ints
    bought: Ints
    unbroken: Ints
    patterns: Ints


@attrs.frozen(eq=False)
class Lives:
    """Customers with their cohort, and the ages at which they bought.

    Attributes:
        calendar: Cohorts and ages.
        first: First purchase day of each customer; 0 of those who have not bought.
        cohort: Cohort of each customer, -1 of those who have not bought.
        who: Customer of each age bought at, ascending.
        age: That age, ascending within a customer.
        days: Purchase days at it.
    """

    calendar: Calendar
    first: Ints
    cohort: Ints
    who: Index
    age: Ints
    days: Ints

    @classmethod
    def of(cls, found: Occasions, unit: Unit, age: Age, until: int) -> "Lives":
        """From purchase days."""
        bought, day = found.count > 0, found.day
        begun = day[found.offset[:-1][bought]].astype(np.int64)
        first, cohort = np.zeros(found.size, dtype=np.int64), np.full(found.size, -1)
        calendar = Calendar.of(begun, unit, age, until)
        first[bought] = begun
        cohort[bought] = calendar.cohort(begun)
        code = found.code
        ages = calendar.ages(first[code], day, cohort[code])
        fresh = found.opens
        fresh[1:] |= ages[1:] != ages[:-1]
        at = np.flatnonzero(fresh)
        return cls(calendar, first, cohort, code[at], ages[at], np.diff(at, append=len(day)))

    @property
    def sizes(self) -> Ints:
        """Customers of each cohort."""
        return np.bincount(self.cohort[self.cohort >= 0], minlength=self.calendar.size)

    def cells(self, log: TransactionLog, measure: Measure) -> tuple[Cells, float]:
        """What is measured, in cells; and what belongs to none."""
        if measure == "revenue":
            return self._money(log)
        if measure == "purchases":
            return self._summed(self.who, self.age, self.days.astype(np.float64), 1.0), 0.0
        many = self._counted(self.who, self.age)
        return Cells(many, many, many, many.astype(np.int64)), 0.0

    def buying(self, complete: Bools) -> Buying:
        """Who bought when, in cells that are over."""
        last = complete.sum(axis=1) - 1
        start = np.flatnonzero(np.diff(self.who, prepend=-1))
        begin = np.repeat(start, np.diff(start, append=len(self.who)))
        kept = self.age == np.arange(len(self.who)) - begin
        bought, unbroken = (
            self._counted(self.who[some], self.age[some]).astype(np.int64) * complete
            for some in (slice(None), kept)
        )
        return Buying(self.sizes, last, bought, unbroken, self._patterns(last))

    def _patterns(self, last: Ints) -> Ints:
        told = (self.age >= 1) & (self.age <= last[self.cohort[self.who]])
        who, age = self.who[told], self.age[told]
        often = np.bincount(who, minlength=len(self.cohort))
        latest = np.zeros(len(self.cohort), dtype=np.int64)
        latest[who] = age  # the last of a customer stands last
        wide = self.calendar.size + 1
        key = ((self.cohort * wide + often) * wide + latest)[self.cohort >= 0]
        patterns, count = np.unique(key, return_counts=True)
        cohort, rest = np.divmod(patterns, wide * wide)
        return np.column_stack((cohort, rest // wide, rest % wide, count))

    def _money(self, log: TransactionLog) -> tuple[Cells, float]:
        rows, size = log.rows, max(self.calendar.size, 1)
        some = rows.day <= self.calendar.until
        code, day, units = rows.code[some], rows.day[some], rows.units[some]
        cohort = self.cohort[code]
        age = self.calendar.ages(self.first[code], day, cohort)
        fits = (cohort >= 0) & (age >= 0)
        outside = float(units[~fits].sum()) / UNITS
        key, amount = code.astype(np.int64) * size + age, units
        if not fits.all():
            key, amount = key[fits], units[fits]
        if len(self.cohort) * size <= _DENSE:
            whole = np.bincount(key, amount, minlength=len(self.cohort) * size)
            places = np.flatnonzero(whole)
            total = whole[places]
        else:
            places, of = np.unique(key, return_inverse=True)
            total = np.bincount(of, amount, minlength=len(places))
        who, at = np.divmod(places, size)
        return self._summed(who, at, np.asarray(total, dtype=np.float64), UNITS), outside

    def _summed(self, who: Index, age: Ints, whole: Floats, unit: float) -> Cells:
        opening, amount, young = np.zeros(len(self.cohort)), whole / unit, age == 0
        opening[who[young]] = amount[young]
        place = self._place(who, age)
        return Cells(
            # Whole units are summed before they are divided: that is exact.
            self._summed_up(place, whole) / unit,
            self._summed_up(place, amount * amount),
            self._summed_up(place, amount * opening[who]),
            self._summed_up(place[amount != 0]).astype(np.int64),
        )

    def _counted(self, who: Index, age: Ints) -> Floats:
        return self._summed_up(self._place(who, age))

    def _place(self, who: Index, age: Ints) -> Ints:
        """The cell of customers at an age."""
        return np.asarray(self.cohort[who] * self.calendar.size + age)

    def _summed_up(self, place: Ints, weight: Floats | None = None) -> Floats:
        size = self.calendar.size
        found = np.bincount(place, weight, minlength=size * size).reshape(size, size)
        return np.asarray(found, dtype=np.float64)
