"""What is read before anything is weighed: outcomes, and columns in bins."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs
import numpy as np

from custseg.errors import ConfigError, DataError, did_you_mean
from custseg.frames import Table
from custseg.scoring.binning.bands import Binned
from custseg.scoring.binning.cases import Cases, cases_of
from custseg.scoring.binning.settings import Binning
from custseg.scoring.outcome import Outcome, read_outcome
from custseg.scoring.woe.choosing import Why, chosen
from custseg.scoring.woe.logistic import Line, fitted, positive
from custseg.scoring.woe.patterns import Patterns


@attrs.frozen
class Plan:
    """Which columns are studied, and how.

    Attributes:
        columns: Those asked for; none: all.
        spared: Those not to be used.
        weight: The column of weights.
        binning: How columns are cut.
        by_column: Settings of single columns.
    """

    columns: tuple[str, ...]
    spared: tuple[str, ...]
    weight: str | None
    binning: Binning
    by_column: Mapping[str, Binning]


@attrs.frozen(eq=False)
class Study:
    """Customers learnt from, with their columns in bins.

    Attributes:
        outcome: How it ended.
        cases: The customers of whom that is known.
        binned: Each column in bins.
        left: Columns left out, and why.
    """

    outcome: Outcome
    cases: Cases
    binned: Mapping[str, Binned]
    left: Mapping[Why, tuple[str, ...]]


def study(
    table: Table[Any],
    plan: Plan,
    outcome: str,
    positive: str | float | None,
) -> Study:
    """Read a table and cut its columns.

    Args:
        table: An opened table.
        plan: Which columns, and how.
        outcome: The column of outcomes.
        positive: Its value that counts as won.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: The outcome cannot be read, or settings are of a column that is not used.
        NotEnoughDataError: No outcome is known, or all are the same.
        DataError: A weight is missing or negative; or names of columns are no texts.
    """
    beside = (outcome, *(() if plan.weight is None else (plan.weight,)))
    table.require((*plan.spared, *plan.columns))
    names = [*beside, *(name for name in plan.columns or table.columns if name not in plan.spared)]
    if any(type(name) is not str for name in names):  # pandas names columns by anything
        msg = "column names must be texts to learn from; make them so: df.columns.astype(str)"
        raise DataError(msg)
    held = table.select(dict.fromkeys(names))
    ends = read_outcome(held, outcome, positive)
    cases = cases_of(held, ends, plan.weight)
    found = chosen(held, ends.known, plan.columns, (*beside, *plan.spared))
    for name in plan.by_column:
        if name not in found.columns:
            hint = did_you_mean(name, found.columns)
            msg = f"settings of column {name!r}, which is not learnt from.{hint}"
            raise ConfigError(msg, "by_column")
    binned = {
        name: column.binned(cases, plan.by_column.get(name, plan.binning))
        for name, column in found.columns.items()
    }
    return Study(ends, cases, binned, found.left)


def weigh(
    cases: Cases, columns: Sequence[Binned], ridge: float, signs: Literal["drop", "keep"]
) -> tuple[Line, list[int]]:
    """Weigh columns against one another.

    Args:
        cases: The customers.
        columns: Their columns in bins.
        ridge: Holds the weights towards 0.
        signs: Whether a column may count against its own evidence.

    Returns:
        The line, and the places of the columns that are in it.
    """
    places = [column.at for column in columns]
    patterns = Patterns.of(places, [len(column.table.bins) for column in columns], cases)
    evidence = np.empty(patterns.at.shape)
    for i, column in enumerate(columns):
        evidence[:, i] = column.table.woe[patterns.at[:, i]]
    if signs == "drop":
        return positive(evidence, patterns.rows, patterns.cases, ridge)
    return fitted(evidence, patterns.rows, patterns.cases, ridge), list(range(len(columns)))
