"""Which sources bring customers who are won, are good, and are worth it?"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from custseg import frames
from custseg._typing import words
from custseg.errors import ConfigError
from custseg.features.sourcefigures import Found, Manner
from custseg.features.sourcegroups import Ends, Groups, Source
from custseg.features.sourcereport import SourceReport
from custseg.features.spread import Spread
from custseg.frames import Table

Costs = Mapping[Any, float]


def by_source(  # noqa: PLR0913 - one table, and what is asked of it
    customers: object,
    by: str | tuple[str, ...] = "source",
    *,
    outcome: str | None = None,
    positive: str | float | None = None,
    value: str | None = None,
    score: str | tuple[str, ...] = (),
    cost: Costs | None = None,
    level: float = 0.95,
    fewest: int = 30,
    shrink: float = 0.0,
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
        positive: The outcome that counts as won, where the words do not say so; others are lost.
        value: The column of values: revenue, or what is expected of them.
        score: Columns of numbers whose means are asked for: ``score``, ``completeness``.
        cost: What each source has cost; where ``by`` has several columns, by tuples of words. A
            source that cost and brought nobody has its line.
        level: Level of the intervals.
        fewest: Customers below which a source is marked as too small to be compared.
        shrink: As how many customers the mean of all counts in ``conversion_shrunk`` and
            ``value_shrunk``.

    Raises:
        MissingColumnError: A column is not there.
        ConfigError: There is no column to group by; the outcomes say neither won nor lost; the
            level is not between 0 and 1; a cost or the shrinkage is below 0.
        DataError: Values or scores are no numbers.

    >>> rows = [
    ...     {"source": "referral", "won": "yes", "revenue": 90.0},
    ...     {"source": "referral", "won": "no", "revenue": None},
    ...     {"source": "N/A", "won": "open", "revenue": 10.0},
    ... ]
    >>> report = by_source(rows, outcome="won", value="revenue", fewest=1)
    >>> [(one.source, one.conversion.value, one.value.value) for one in report.sources]
    [(('referral',), 0.5, 90.0), ((None,), nan, 10.0)]
    """
    columns, scores = words(by), words(score)
    prices = {_key(name): each for name, each in (cost or {}).items()}
    _check(columns, prices, shrink)
    whole = frames.table(customers)
    asked = [*columns, *scores, *(name for name in (outcome, value) if name)]
    table = whole.select(list(dict.fromkeys(asked)))
    groups = Groups.of(table, columns, prices)
    found = Found(
        groups,
        Ends.of(table, outcome, positive),
        None if value is None else _spread(table, value, groups),
        {name: _spread(table, name, groups) for name in scores},
        prices,
    )
    given = {"outcome": outcome, "value": value, "cost": cost}
    manner = Manner(frozenset(k for k, v in given.items() if v is not None), level, fewest, shrink)
    return found.report(manner, columns, whole if whole.lazy else table.select(()))


def _check(columns: tuple[str, ...], prices: Mapping[Source, float], shrink: float) -> None:
    if not columns:
        msg = "no column says where customers came from; name one"
        raise ConfigError(msg, "by")
    if not 0 <= shrink < float("inf"):
        msg = f"must be 0 or more, got {shrink!r}"
        raise ConfigError(msg, "shrink")
    odd = [
        name
        for name, each in prices.items()
        if not 0 <= each < float("inf") or len(name) != len(columns)
    ]
    if odd:
        msg = f"must be 0 or more, for one word of each of {list(columns)}; look at {odd}"
        raise ConfigError(msg, "cost")


def _key(name: object) -> tuple[Any, ...]:
    return name if isinstance(name, tuple) else (name,)


def _spread(table: Table[Any], name: str, groups: Groups) -> tuple[Spread, Spread]:
    """Numbers of each source, and of all."""
    numbers = np.asarray(table.read({name: "number"})[name], dtype=np.float64)
    everybody = Spread.of(numbers, np.zeros(len(numbers), dtype=np.intp), 1)
    return Spread.of(numbers, groups.at, groups.size), everybody
