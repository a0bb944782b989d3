"""Why is a customer in its group: which tests hold, and how were its texts read?"""

from collections.abc import Iterator, Mapping
from math import nan
from typing import Any, Protocol

import attrs

from custseg.classify.groups.branches import Branch, Branches
from custseg.classify.groups.reads import Read, needs_of
from custseg.frames.grounds import grounds
from custseg.frames.scalar import READERS, condition
from custseg.reasons import Explanation, Reason
from custseg.rules import Ladder, Rule, merged


class Grouping(Protocol):
    """What groups customers: a membership, fitted or not."""

    @property
    def column(self) -> str:
        """Name of the column."""
        ...

    @property
    def rule(self) -> Rule:
        """The tree."""
        ...

    @property
    def reads(self) -> tuple[Read, ...]:
        """The fields that are read from texts."""
        ...

    @property
    def match(self) -> str:
        """``first`` or ``all``."""
        ...


def why(grouping: Grouping, record: Mapping[str, Any], given: Mapping[str, object]) -> Explanation:
    """Explain a decision.

    Args:
        grouping: The membership.
        record: The customer.
        given: What was decided.
    """
    row = _row(grouping, record)
    branches = Branches.of(grouping.rule)
    deciding = [step for step in branches.steps if condition(step.when)(row)]
    if grouping.match == "first":
        reasons = [*_first(grouping.rule, branches, deciding, row)]
    else:
        reasons = [*_every(deciding, row)]
        held = dict.fromkeys(step.group for step in deciding)
        given = {grouping.column: ", ".join(held) or None, **given}
    if not deciding:
        reasons += _nothing(grouping, branches, row)
    reasons += [said for read in grouping.reads for said in _readings(read, record)]
    plain = {read.name for read in grouping.reads}
    values = {name: record[name] for name in needs_of((grouping.rule,), grouping.reads)}
    first = attrs.evolve(reasons[0], values={k: v for k, v in values.items() if k not in plain})
    return Explanation(grouping.column, given, (first, *reasons[1:]))


def _row(grouping: Grouping, record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the rule as its conditions read them."""
    texts = {read.name: read for read in grouping.reads}
    kinds = merged(step.when.needs for step in Branches.of(grouping.rule).steps)
    return {
        name: _read(texts[name], record, kind) if name in texts else READERS[kind](record[name])
        for name, kind in kinds.items()
    }


def _read(read: Read, record: Mapping[str, Any], kind: str) -> object:
    value = read.one(record)
    if kind == "any":
        return value is not None
    return nan if value is None and read.kind != "text" else value


def _first(
    rule: Rule, branches: Branches, deciding: list[Branch], row: Mapping[str, Any]
) -> Iterator[Reason]:
    """The tests of the condition that decides, and its place where there are several."""
    for step in deciding[:1]:
        yield from grounds(step.when, row)
        if isinstance(rule, Ladder) and len(branches.steps) > 1:
            place = branches.steps.index(step) + 1
            yield Reason("group.place", {"place": place, "count": len(branches.steps)})


def _every(deciding: list[Branch], row: Mapping[str, Any]) -> Iterator[Reason]:
    """For each group that the customer is in, the tests of the first condition that holds."""
    seen: set[str] = set()
    for step in deciding:
        if step.group not in seen:
            seen.add(step.group)
            yield Reason("group.within", {"group": step.group})
            yield from grounds(step.when, row)


def _nothing(grouping: Grouping, branches: Branches, row: Mapping[str, Any]) -> Iterator[Reason]:
    """No condition holds: which of the fields that they ask for are missing?"""
    yield Reason("otherwise")
    read = {each.name for each in grouping.reads}
    for name in merged(step.when.needs for step in branches.steps):
        value = row[name]
        if name not in read and (value is None or value is False or value != value):  # noqa: PLR0124 - NaN test
            yield Reason("test.missing", {"field": name})


def _readings(read: Read, record: Mapping[str, Any]) -> Iterator[Reason]:
    """How the columns of a field were read; what they say is a value of the customer's."""
    for column in read.columns:
        told = read.told(column, READERS["text"](record[column]))
        values = {column: record[column], "read_as": read.coarse(told.value)}
        if told.value is not None:
            yield Reason(
                "read.doubtful" if told.problem else "read.known", {"column": column}, values
            )
        elif told.problem in {"missing", "blank", "placeholder"}:
            yield Reason("read.missing", {"column": column})
        else:
            yield Reason("read.unlisted", {"column": column}, {column: record[column]})
