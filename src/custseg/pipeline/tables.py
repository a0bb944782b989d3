"""The tables that a job takes, and what each part of a job must be able to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol, TypedDict, cast, get_type_hints

import attrs

from custseg.errors import ConfigError, did_you_mean
from custseg.features import Conventions
from custseg.features.daynumbers import as_date, day_of
from custseg.frames import is_iterator

Day = date | str


class TableArgs(TypedDict, total=False):
    """The tables of a company, each of any kind that ``frames.table`` opens.

    ``previous`` is what the last run wrote, one row a customer: reviews of tiers go on from it.
    """

    customers: object
    transactions: object
    interactions: object
    feedback: object
    visits: object
    opportunities: object
    reps: object
    previous: object


class Fits(Protocol):
    """A spec: settings that ``fit`` turns into a model."""

    def fit(self, data: Any, /) -> Any:  # noqa: ANN401 - the model's type is the spec's own
        """Learn plain numbers from a table, or nothing."""
        ...


class Applies(Protocol):
    """A fitted model: adds columns to a table or to one record, and says why."""

    def apply(self, data: Any, /) -> Any:  # noqa: ANN401 - the caller's kind of table
        """Add columns to a table."""
        ...

    def one(self, record: Any, /) -> dict[str, Any]:  # noqa: ANN401 - any kind of record
        """Add columns to one record."""
        ...

    def explain(self, record: Any, /) -> Any:  # noqa: ANN401 - an Explanation or richer
        """Say why."""
        ...


class Explains(Protocol):
    """What an explanation can do."""

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data."""
        ...

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read."""
        ...


class Matches(Protocol):
    """A fitted matcher: says of each record which customer it is."""

    def apply(self, table: Any, /) -> Any:  # noqa: ANN401 - the caller's kind of table
        """Add ``entity_id``."""
        ...


class Decides(Protocol):
    """The policy, as the outcome of a job asks it."""

    @property
    def id(self) -> str:
        """Name of the customers' id column."""
        ...

    def words(self, column: str) -> tuple[str, ...]:
        """The words of a decided column, in the order of its labels."""
        ...

    def intervals(self) -> dict[str, int | None]:
        """Days between contacts by tier."""
        ...

    def explain(self, record: Any, /, *, actor: str | None = None) -> Any:  # noqa: ANN401 - see above
        """Say why one row is decided as it is."""
        ...


class Assigns(Protocol):
    """An allocation: gives customers owners."""

    def assign(self, customers: Any, reps: Any, *, as_of: Day | None = None) -> Any:  # noqa: ANN401 - a plan
        """Share the customers out."""
        ...


_TABLES = tuple(get_type_hints(TableArgs))


@attrs.frozen(eq=False)
class Inputs:
    """The tables of one job and its day.

    Attributes:
        as_of: The day; its end in the company's time zone is the clock of the job.
        tables: The tables that were given, by name.
    """

    as_of: date
    tables: Mapping[str, Any]

    @classmethod
    def of(cls, as_of: Day, tables: TableArgs, conventions: Conventions) -> "Inputs":
        """Read the day, and refuse a job without customers or transactions.

        Raises:
            ConfigError: There is neither a customer nor a transaction table, one of another name,
                or the day cannot be read.
        """
        for name in tables:
            if name not in _TABLES:
                msg = f"no table {name!r}; a job takes {', '.join(_TABLES)}."
                raise ConfigError(msg + did_you_mean(name, _TABLES))
        given = {name: _at_hand(table) for name, table in tables.items() if table is not None}
        if "customers" not in given and "transactions" not in given:
            msg = "a job needs customers= or transactions=, got neither"
            raise ConfigError(msg)
        return cls(as_date(conventions.day(as_of)), given)

    @property
    def day(self) -> int:
        """The day as days since 1970-01-01."""
        return day_of(self.as_of)

    @property
    def opened(self) -> dict[str, Any]:
        """The tables that were given, by name."""
        return dict(self.tables)

    def get(self, name: str) -> Any:  # noqa: ANN401 - any kind of table
        """One table, ``None`` where it was not given."""
        return self.tables.get(name)


def by_table(_: object, __: object, names: object) -> None:
    """Refuse names that do not say which table they are for.

    Raises:
        ConfigError: It is no mapping, or a table is not known.
    """
    known = tuple(get_type_hints(TableArgs))
    if not isinstance(names, Mapping):
        msg = "names maps tables to their Names: names={'transactions': Names(...)}"
        raise ConfigError(msg, "names")
    for table in cast("Mapping[str, object]", names):
        if table not in known:
            msg = f"no table {table!r}; there are {', '.join(known)}.{did_you_mean(table, known)}"
            raise ConfigError(msg, "names")


def _at_hand(table: Any) -> Any:  # noqa: ANN401 - any kind of table
    """A table that may be read more than once: records that come one by one are collected."""
    return list(table) if is_iterator(table) else table


__all__ = [
    "Applies",
    "Assigns",
    "Day",
    "Explains",
    "Fits",
    "Inputs",
    "Matches",
    "TableArgs",
    "by_table",
]
