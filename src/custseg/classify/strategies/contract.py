"""Where is a customer under contract in its life with us?"""

from collections.abc import Iterator
from typing import Any

import attrs

from custseg.classify.clocks import DaysSince
from custseg.classify.ladder import StateLadder, Step
from custseg.errors import ConfigError
from custseg.frames import Table
from custseg.rules import F


@attrs.frozen
class Contract:
    """Active while a contract or subscription runs, and for some days of grace after its end.

    The last day of a contract is one of its days: a customer is active on it, and dormant on the
    day after it where there is no grace. Whose contract has no known end is potential; join it with
    another strategy, say ``AllOf((Contract(), FixedDays(180)))``, where such customers may buy.

    Reads ``as_of`` of the profile and the column ``end``, a day.

    Attributes:
        end: The column that holds the last day of the contract.
        grace_days: Days after the end for which a customer stays active.
        at_risk_within: Days before the end from which a customer is at risk, and through the days
            of grace; ``None``: no such state.
        churned_after: Days after the end after which a customer is churned; ``None``: no such
            state.

    Raises:
        ConfigError: Days are below 0, or a customer would be churned within its grace.

    >>> from datetime import date
    >>> from custseg.classify import Lifecycle
    >>> model = Lifecycle(Contract(grace_days=14)).fit([])
    >>> row = {"contract_end": date(2026, 6, 30)}
    >>> [model.one({**row, "as_of": date(2026, 7, day)})["lifecycle"] for day in (14, 15)]
    ['active', 'dormant']
    """

    end: str = "contract_end"
    grace_days: int = 0
    at_risk_within: int | None = None
    churned_after: int | None = None

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        for name in ("grace_days", "at_risk_within", "churned_after"):
            days = getattr(self, name)
            if days is not None and days < 0:
                msg = f"must be 0 days or more, got {days}"
                raise ConfigError(msg, name)
        if self.churned_after is not None and self.churned_after <= self.grace_days:
            msg = f"must be above grace_days, got {self.churned_after} and {self.grace_days}"
            raise ConfigError(msg, "churned_after")

    def ladder(self, table: Table[Any]) -> StateLadder:  # noqa: ARG002 - it learns nothing
        """Give the steps, whatever the data."""
        clock = DaysSince(f"days_past_{self.end}", self.end)
        steps = tuple(self._steps(F(clock.name)))
        return StateLadder(steps, reason="no_contract", signals=(clock,))

    def _steps(self, past: F) -> Iterator[Step]:
        settings = {name: days for name, days in attrs.asdict(self).items() if days is not None}
        del settings["end"]
        late = "active"
        if self.at_risk_within is not None:
            yield Step(past < -self.at_risk_within, "active", "contract_runs", settings)
            late = "at_risk"
        why = "contract_runs" if late == "active" else "contract_ends_soon"
        yield Step(past <= 0, late, why, settings)
        if self.grace_days:
            yield Step(past <= self.grace_days, late, "contract_grace", settings)
        if self.churned_after is not None:
            yield Step(past > self.churned_after, "churned", "contract_long_over", settings)
        yield Step(past > 0, "dormant", "contract_over", settings)
