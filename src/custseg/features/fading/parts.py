"""Points of customers that an engine holds: each partition is counted for itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

import attrs

from custseg import frames
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import as_date
from custseg.features.fading.reading import Manner
from custseg.features.names import Names
from custseg.frames import Share, Table


class Counting(Protocol):
    """What counts points of events."""

    def profile(
        self,
        customers: Table[Any],
        events: object,
        *,
        names: Names | None = None,
        conventions: Conventions | None = None,
        as_of: date | str,
    ) -> object:
        """Add the points to a table of customers."""
        ...


@attrs.frozen
class PartPoints:
    """Points of the customers of a partition, as the work travels.

    Attributes:
        points: What counts them.
        manner: How events are read.
        as_of: The last day that counts.
    """

    points: Counting
    manner: Manner
    as_of: date

    def __call__(self, tables: Mapping[str, Table[Any]]) -> object:
        """The customers with their points."""
        return self.points.profile(
            tables["customers"],
            tables["events"],
            names=self.manner.names,
            conventions=self.manner.conventions,
            as_of=self.as_of,
        )


def points_in_parts(
    points: Counting, manner: Manner, customers: Table[Any], events: object, until: int
) -> Any:  # noqa: ANN401 - the caller's kind
    """Add points to customers that an engine holds.

    Args:
        points: What counts them.
        manner: How events are read.
        customers: The table of customers.
        events: The table of events.
        until: The last day that counts.

    Raises:
        MissingColumnError: A column is missing.
        DataError: The tables are of several engines.
    """
    opened = frames.table(events)
    roles = manner.roles(opened)
    who = manner.names.need("customer", customers.columns)
    given = {
        "customers": Share(customers, who, customers.columns),
        "events": Share(opened, roles["customer"], tuple(roles.values())),
    }
    work = PartPoints(points, manner, as_date(until))
    return frames.by_customer(given, work, like="customers")
