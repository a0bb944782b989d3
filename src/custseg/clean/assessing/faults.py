"""What each field of each record loses, and by which fault."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.clean.assessing.ageing import Age
from custseg.clean.assessing.agreeing import Agreed
from custseg.clean.assessing.rules import PERSONAL, QualityRules
from custseg.clean.assessing.sharing import holders
from custseg.clean.columns import ReadColumn
from custseg.frames import Keys

Dimension = Literal["completeness", "validity", "uniqueness", "consistency", "freshness"]

DIMENSIONS: Final[tuple[Dimension, ...]] = (
    "completeness",
    "validity",
    "uniqueness",
    "consistency",
    "freshness",
)
"""What quality is made of, in the order in which a value loses by it."""


@attrs.frozen(eq=False)
class Fault:
    """One fault of one field, and the records that have it.

    Attributes:
        column: The field.
        dimension: What it is a fault of.
        problem: Its code.
        rows: The records.
        lost: What the field loses in each record, 0 to 1.
        at: Place of the field among the fields; None where the field has no weight.
        mend: Whether there is something to mend; a value that grows old has lost, but is not due.
    """

    column: str
    dimension: Dimension
    problem: str
    rows: Bools
    lost: Floats
    at: int | None = None
    mend: bool = True


@attrs.frozen(eq=False)
class Looked:
    """What was found of the fields beyond their values.

    Attributes:
        rules: By what quality is judged; None looks at completeness and validity alone.
        ages: How old fields are.
        agreed: The rules that records must keep.
    """

    rules: QualityRules | None = None
    ages: Mapping[str, Age] = attrs.field(factory=dict[str, Age])
    agreed: Sequence[Agreed] = ()


def faults(columns: Sequence[ReadColumn], looked: Looked) -> Iterator[Fault]:
    """Every fault, field by field; what a field of a record loses adds up to 1 at most."""
    for at, column in enumerate(columns):
        left = np.ones(len(column.at))
        for fault in _of_field(column, at, looked, left):
            left -= fault.lost
            yield fault
    known = {column.name for column in columns}
    for rule in looked.agreed:
        for field in rule.fields:
            if field not in known:
                nothing = np.zeros(len(rule.broken))
                yield Fault(field, "consistency", rule.name, rule.broken, nothing)


def of_ids(name: str, ids: Keys) -> Iterator[Fault]:
    """Records without an id of their own: none at all, or one that others have; of no weight.

    Args:
        name: The column with the ids.
        ids: The ids.
    """
    known = ids.ids()
    blank = np.array([*(isinstance(one, str) and not one.strip() for one in known), True])
    gone = blank[ids.at]
    counts = np.bincount(ids.at[~gone], minlength=len(known) + 1)
    more = ~gone & (counts[ids.at] > 1)
    nothing = np.zeros(len(ids.at))
    yield Fault(name, "completeness", "missing", gone, nothing)
    yield Fault(name, "uniqueness", "shared", more, nothing)


def _of_field(column: ReadColumn, at: int, looked: Looked, left: Floats) -> Iterator[Fault]:
    yield from _of_values(column, at, left)
    rules = looked.rules
    if rules is None:
        return
    if is_personal(column, rules):
        yield from _of_sharing(column, at, rules, left)
    for rule in looked.agreed:
        if column.name in rule.fields:
            rows = rule.broken & column.valid()
            lost = left * rows * (1 - rules.doubt)
            yield Fault(column.name, "consistency", rule.name, rows, lost, at)
    age = looked.ages.get(column.name)
    if age is not None:
        yield from _of_age(age, at, rules, left)


def is_personal(column: ReadColumn, rules: QualityRules) -> bool:
    """Whether the values of a column belong to one customer only."""
    if rules.personal is not None:
        return column.name in rules.personal
    return column.kind in PERSONAL


def _of_values(column: ReadColumn, at: int, left: Floats) -> Iterator[Fault]:
    """What is missing, what only stands in for a value, and what cannot be right."""
    gone = column.rows_where(lambda sort: sort.state == "missing") | column.empty()
    yield Fault(column.name, "completeness", "missing", gone, left * gone, at)
    for state, dimension in _LOSING:
        problems = {str(sort.problem) for sort in column.sorts if sort.state == state}
        for problem in sorted(problems):
            rows = _having(column, state, problem)
            yield Fault(column.name, dimension, problem, rows, left * rows, at)


def _having(column: ReadColumn, state: str, problem: str) -> Bools:
    """The rows whose value is of a state by a problem."""
    return column.rows_where(lambda sort: (sort.state, str(sort.problem)) == (state, problem))


_LOSING: Final[tuple[tuple[str, Dimension], ...]] = (
    ("placeholder", "completeness"),
    ("invalid", "validity"),
)


def _of_sharing(column: ReadColumn, at: int, rules: QualityRules, left: Floats) -> Iterator[Fault]:
    held = holders(column)
    crowd = held >= rules.crowd
    yield Fault(column.name, "uniqueness", "crowded", crowd, left * crowd, at)
    some = (held > 1) & ~crowd
    yield Fault(column.name, "uniqueness", "shared", some, left * some * (1 - rules.doubt), at)


def _of_age(age: Age, at: int, rules: QualityRules, left: Floats) -> Iterator[Fault]:
    worn = left * age.held * (1 - age.fresh(rules.undated))
    undated, overdue = age.undated, age.overdue
    stale = overdue & ~undated
    for problem, rows in (
        ("undated", undated),
        ("overdue", stale),
        ("ageing", ~overdue & age.held),
    ):
        mend = problem != "ageing"
        yield Fault(age.column, "freshness", problem, rows, worn * rows, at, mend)
