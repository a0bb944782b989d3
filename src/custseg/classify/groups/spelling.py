"""How were the texts of one table spelled, so that a rule can name them itself?"""

from collections.abc import Mapping
from math import nan
from typing import Any, cast

import attrs

from custseg import frames
from custseg.classify.groups.branches import Branches
from custseg.classify.groups.reads import Read
from custseg.classify.groups.why import Grouping
from custseg.errors import ConfigError
from custseg.frames.scalar import condition
from custseg.rules import Condition, Every, F, Ladder, Some, Test, Times


@attrs.frozen(eq=False)
class _Spelling:
    """A field that is read from one column.

    Attributes:
        column: The column.
        said: Its texts and what each says.
    """

    column: str
    said: Mapping[str, Any]


def spelled_out(grouping: Grouping, table: object) -> Ladder:
    """The rule with the texts of a table in the place of what they say.

    Args:
        grouping: A membership that reads texts.
        table: Customers.

    Raises:
        ConfigError: A field is read from several columns, or compared with another field; or the
            rule is no ladder, bands or choice.
    """
    branches = Branches.of(grouping.rule)
    if not branches.steps:
        msg = "only a ladder, bands or a choice can be written out; give the rule as one of them"
        raise ConfigError(msg)
    known = {read.name: _spelling(read, table) for read in grouping.reads}
    steps = tuple((_spelled(step.when, known), step.group) for step in branches.steps)
    return Ladder(steps, branches.otherwise, grouping.rule.words)


def _spelling(read: Read, table: object) -> _Spelling:
    if len(read.columns) > 1:
        msg = (
            f"{read.name!r} is read from the columns {list(read.columns)}; only a field that is "
            "read from one column can be written out"
        )
        raise ConfigError(msg)
    (column,) = read.columns
    opened = frames.table(table)
    opened.require((column,))
    words = getattr(opened.select((column,)).read({column: "text"})[column], "words", ())
    reader = read.reader(column)
    return _Spelling(column, {word: read.coarse(reader(word).value) for word in words})


def _spelled(rule: Condition, known: Mapping[str, _Spelling]) -> Condition:
    if isinstance(rule, Every | Some):
        parts = tuple(_spelled(part, known) for part in rule.parts)
        return Every(parts) if isinstance(rule, Every) else Some(parts)
    test = cast("Test", rule)
    if isinstance(test.value, Times) and {test.field, test.value.field} & set(known):
        msg = f"{test.field!r} is compared with another field; that cannot be written out"
        raise ConfigError(msg)
    spelling = known.get(test.field)
    return _named(test, spelling) if spelling else test


def _named(test: Test, spelling: _Spelling) -> Condition:
    """A test of what texts say, as a test of the texts."""
    column, said = F(spelling.column), spelling.said
    if test.op == "missing":
        unread = ~_one_of(column, [word for word, value in said.items() if value is not None])
        return column.is_missing() | unread
    if test.op == "present":
        return _one_of(column, [word for word, value in said.items() if value is not None])
    holds = condition(test)
    blank = None if test.kind == "text" else nan
    rows = {word: {test.field: blank if value is None else value} for word, value in said.items()}
    return _one_of(column, [word for word, row in rows.items() if holds(row)])


def _one_of(column: F, words: list[str]) -> Condition:
    """One of some texts; of none nothing holds, and of the opposite whatever there is."""
    return column.one_of(*words) if words else column.is_present() & column.is_missing()
