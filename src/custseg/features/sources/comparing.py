"""Which sources bring customers who are won, are good, and are worth it?"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import words
from custseg.errors import ConfigError, DataError
from custseg.features.outcome import Outcome, check_positive, ends_of
from custseg.features.sources.figures import Found, Manner
from custseg.features.sources.groups import Groups, Source, key
from custseg.features.sources.report import SourceReport
from custseg.features.sources.spread import Spread
from custseg.frames import Table
from custseg.measures import quantile


def _paid(_: object, __: object, cost: Mapping[Any, float]) -> None:
    if odd := [name for name, each in cost.items() if not _amount(each)]:
        msg = f"costs must be numbers, 0 or more and finite; look at {odd}"
        raise ConfigError(msg, "cost")


def _amount(cost: object) -> bool:
    return isinstance(cost, (int, float, Decimal)) and 0 <= cost < float("inf")


def _a_level(_: object, __: object, level: float) -> None:
    quantile(level)


def _not_negative(_: object, field: "attrs.Attribute[Any]", number: float) -> None:
    if not 0 <= number < float("inf"):
        msg = f"must be 0 or more, got {number!r}"
        raise ConfigError(msg, field.name)


@attrs.frozen
class SourceRules:
    """How sources are compared.

    Attributes:
        positive: The outcome that counts as won, where the words do not say so; others are lost.
        cost: What each source has cost; where they are told by several columns, by tuples of
            words. A source that cost and brought nobody has its line.
        level: Level of the intervals.
        fewest: Customers below which a source is marked as too small to be compared: those of whom
            the outcome is known, or else the value; all where neither is asked for.
        shrink: As how many customers the mean of all counts in ``conversion_shrunk`` and
            ``value_shrunk``.

    Raises:
        ConfigError: The level is not between 0 and 1, or another number is below 0.

    >>> SourceRules(cost={"ad": 300.0}, shrink=20).fewest
    30
    """

    positive: str | float | None = None
    cost: Mapping[Any, float] = attrs.field(factory=dict[Any, float], validator=_paid, kw_only=True)
    level: float = attrs.field(default=0.95, validator=_a_level, kw_only=True)
    fewest: int = attrs.field(default=30, validator=_not_negative, kw_only=True)
    shrink: float = attrs.field(default=0.0, validator=_not_negative, kw_only=True)

    def prices(self, columns: tuple[str, ...]) -> dict[Source, float]:
        """Costs by sources that are told by these columns.

        Raises:
            ConfigError: A cost is for another number of words, or a source has two.

        >>> SourceRules(cost={"ad": 300}).prices(("source",))
        {('ad',): 300.0}
        """
        out = {_key(name): float(each) for name, each in self.cost.items()}
        if odd := [name for name in out if len(name) != len(columns)]:
            msg = f"give one word for each of {list(columns)}; look at {odd}"
            raise ConfigError(msg, "cost")
        if len(set(map(key, out))) < len(self.cost):
            msg = "two costs are for one source: case and blanks do not tell them apart; add them"
            raise ConfigError(msg, "cost")
        return out


def by_source(  # noqa: PLR0913 - the table is one of them
    customers: object,
    by: str | tuple[str, ...] = "source",
    *,
    outcome: str | None = None,
    value: str | None = None,
    score: str | tuple[str, ...] = (),
    rules: SourceRules | None = None,
) -> SourceReport:
    """Conversion, quality and value of customers by where they came from.

    Placeholders are no source: these customers, and those without any, stand in a line of their
    own. What is not known of a customer (the end, the value, a score) is left out of that figure.

    Source: intervals of shares by Wilson 1927, of means by Student's t.

    Args:
        customers: One row a customer or lead.
        by: The column that says where customers came from; or several, such as ``source`` and
            ``campaign``, for each combination.
        outcome: The column that says how it ended: flags, 0 and 1, or words such as won and lost.
            What is still open is not counted.
        value: The column of values: revenue, or what is expected of them.
        score: Columns of numbers whose means are asked for: ``score``, ``completeness``.
        rules: How they are compared, and what they have cost.

    Raises:
        MissingColumnError: A column is not there.
        ConfigError: There is no column to group by, a cost is for no such source, or the outcomes
            say neither won nor lost.
        DataError: Values or scores are no numbers, or infinite.

    >>> rows = [
    ...     {"source": "referral", "won": "yes", "revenue": 90.0},
    ...     {"source": "referral", "won": "no", "revenue": None},
    ...     {"source": "N/A", "won": "open", "revenue": 10.0},
    ... ]
    >>> report = by_source(rows, outcome="won", value="revenue")
    >>> [(one.source, one.conversion.value, one.value.value) for one in report.sources]
    [(('referral',), 0.5, 90.0), ((None,), nan, 10.0)]
    """
    columns, scores, how = _told(by), words(score), rules or SourceRules()
    prices, whole = how.prices(columns), frames.table(customers)
    needed = [*columns, *scores, *(name for name in (outcome, value) if name)]
    table = whole.select(list(dict.fromkeys(needed)))
    groups = Groups.of(table, columns, prices)
    found = Found(
        groups,
        _outcome(table, outcome, how.positive),
        None if value is None else _spread(table, value, groups),
        {name: _spread(table, name, groups) for name in scores},
        prices,
    )
    given = {"outcome": outcome, "value": value, "cost": prices or None}
    asked = frozenset(name for name, each in given.items() if each is not None)
    manner = Manner(asked, how.level, how.fewest, how.shrink)
    report = found.report(manner, columns, whole if whole.lazy else table.select(()))
    _apart(set(columns) & report.total.as_dict().keys())
    return report


def _key(name: object) -> Source:
    words = cast("tuple[object, ...]", name) if isinstance(name, tuple) else (name,)
    return tuple(None if word is None else str(word) for word in words)


def _told(by: str | tuple[str, ...]) -> tuple[str, ...]:
    """The columns that say where customers came from; they stand beside the figures."""
    columns = words(by)
    if not columns:
        msg = "no column says where customers came from; name one"
        raise ConfigError(msg, "by")
    _apart(c for c in columns if columns.count(c) > 1)
    return columns


def _apart(columns: Iterable[str]) -> None:
    if odd := sorted(set(columns)):
        msg = f"each column once, and none that is called like a figure; look at {odd}"
        raise ConfigError(msg, "by")


def _outcome(table: Table[Any], column: str | None, positive: str | float | None) -> Outcome:
    if column is None:
        return Outcome("", *np.zeros((2, table.size), dtype=np.bool_))
    found = ends_of(table, column, positive)
    if positive is not None and table.values(column).words:
        check_positive(table, found)
    return found


def _spread(table: Table[Any], name: str, groups: Groups) -> tuple[Spread, Spread]:
    """Numbers of each source, and of all."""
    numbers = np.asarray(table.read({name: "number"})[name], dtype=np.float64)
    if np.isinf(numbers).any():
        msg = "holds infinite numbers, of which there is no mean; leave them empty"
        raise DataError(msg, name)
    everybody = Spread.of(numbers, np.zeros(len(numbers), dtype=np.intp), 1)
    return Spread.of(numbers, groups.at, groups.size), everybody
