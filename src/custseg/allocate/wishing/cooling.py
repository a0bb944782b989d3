"""Who lost a customer may not have it back at once."""

from datetime import date

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Needs
from custseg.allocate.wishing.calendars.workdays import Day, a_day, number
from custseg.allocate.wishing.columns import codes, days
from custseg.allocate.wishing.protocol import Classes, in_full
from custseg.allocate.wishing.wording import by_code
from custseg.errors import ConfigError
from custseg.reasons import Reason


@attrs.frozen
class CoolOff:
    """The former owner may not have a customer back for some days since it was released.

    The days are counted as those of a pool (``Pool(cool_off=30)``), the day of the release not
    among them: released on 1 June with 30 days, it may come back on 2 July. Where the day is not
    known, or comes after the day of the plan, nobody is barred.

    Attributes:
        days: For how many days after the one of the release.
        column: The column of the former owner.
        released: The column of the day on which the customer was released.
        rep_id: The column of the representatives' ids.
        as_of: The day; the plan puts its own in.

    Raises:
        ConfigError: The days are below 0.

    Source: the rule of a public pool (公海) that who lost a customer may not claim it for N days.

    >>> from custseg._typing import Codes, Days
    >>> people = {
    ...     "previous_owner": Codes(np.array([0, 0]), ("R1",)),
    ...     "released_at": Days(np.array([number("2026-06-01"), number("2026-05-01")], float)),
    ... }
    >>> team = {"rep_id": Codes(np.array([0, 1]), ("R1", "R2"))}
    >>> CoolOff(30, as_of="2026-06-15").points(people, team).tolist()
    [[nan, 0.0], [0.0, 0.0]]
    """

    days: int
    column: str = "previous_owner"
    released: str = attrs.field(default="released_at", kw_only=True)
    rep_id: str = attrs.field(default="rep_id", kw_only=True)
    as_of: date | None = attrs.field(
        default=None, converter=attrs.converters.optional(a_day), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a negative number of days.

        Raises:
            ConfigError: As above.
        """
        if self.days < 0:
            msg = f"must be 0 or more, got {self.days}"
            raise ConfigError(msg, "cool-off.days")

    @property
    def needs(self) -> Needs:
        """The former owner and the day of release."""
        return {self.column: "text", self.released: "day"}

    @property
    def rep_needs(self) -> Needs:
        """The representatives' ids."""
        return {self.rep_id: "text"}

    @property
    def reason(self) -> Reason:
        """The days."""
        return Reason("cool_off", {"column": self.column, "days": self.days})

    def on(self, day: Day) -> "CoolOff":
        """The same on the day of a plan.

        Args:
            day: The day.
        """
        return attrs.evolve(self, as_of=day)

    def points(self, customers: Columns, reps: Columns) -> Floats:
        """NaN for the former owner while the days run, 0 for all others.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.

        Raises:
            ConfigError: There is no day.
        """
        return in_full(self.classes(customers, reps))

    def classes(self, customers: Columns, reps: Columns) -> Classes:
        """The same by former owner, all for whom nothing runs in one class.

        Args:
            customers: Columns of the customers.
            reps: Columns of the representatives.
        """
        if self.as_of is None:
            msg = "depends on the day: give as_of=..., the day of the plan"
            raise ConfigError(msg, "cool-off.as_of")
        former = codes(customers, self.column)
        passed = number(self.as_of) - days(customers, self.released)
        with np.errstate(invalid="ignore"):
            runs = (passed >= 0) & (passed <= self.days)
        at = by_code(np.where(runs, former.at, -1), len(former.words))
        ids = np.array([str(name) for name in codes(reps, self.rep_id).texts()], dtype=object)
        same = np.array([*former.words, None], dtype=object)[:, None] == ids
        return at, np.where(same, np.nan, 0.0)
