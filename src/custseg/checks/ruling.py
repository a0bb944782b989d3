"""The laws of books of rules: one record, a table of any kind and a query say the same."""

from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from typing import Any, Final

from custseg import frames
from custseg.allocate import RuleBook, Ruled
from custseg.checks.anykind import any_kind
from custseg.checks.document import document
from custseg.checks.kinds import Answers, answers, same, told
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows, people, reps
from custseg.frames.scalar import day as day_of
from custseg.rules import merged

_ID: Final = "customer_id"
_DAY: Final = "2026-06-30"


def book(made: RuleBook) -> Iterator[str]:
    """Every customer has a rule or the fallback, whatever holds it and whoever stands beside it."""
    rows = people(dict(made.needs))
    before = deepcopy(rows)
    with working("sample"):
        expected = _found(made, rows)
        alone = answers([made.one(row, as_of=_DAY) for row in rows], _gives(made), _ID)
        words = [made.explain(row, as_of=_DAY).decision[made.column] for row in rows]
    yield demand("input unchanged", "apply changed the records", holds=same(rows, before))
    yield demand("one record", told(expected, alone), holds=same(alone, expected))
    said = [expected[row[_ID]][0] for row in rows]
    yield demand("explained", "explain names another rule than apply", holds=words == said)
    lost = any(name is None for name, _ in expected.values())
    yield demand("everyone", "a customer has neither rule nor fallback", holds=not lost)
    turned = _found(made, rows[::-1])
    yield demand("row order", told(expected, turned), holds=same(turned, expected))
    yield from any_kind((rows,), partial(_found, made), "apply", expected)
    yield from _with_reps(made, rows)
    yield from document(made)


def _with_reps(made: RuleBook, rows: Rows) -> Iterator[str]:
    """With representatives their order does not matter, and nobody on leave stands alone."""
    needs = merged([dict(made.rep_needs), {made.leave_from: "day"}])
    team = reps(dict(needs))
    for rep in team:
        rep[made.rep_id] = rep["rep_id"]
    columns = frames.table(rows).read(made.needs)
    day = float(day_of(_DAY))
    with working("representatives"):
        found = [
            made.ruled(columns, made.staff(some), as_of=day, size=len(rows), way=way)
            for some in (team, team[::-1])
            for way in (None, "masks")
        ]
    names = [_names(each) for each in found]
    same_names = all(each == names[0] for each in names)
    yield demand("row order of reps", "the rules depend on the order of reps", holds=same_names)
    allowed = [each.allowed() for each in found]
    alike = all((each == allowed[0]).all() for each in allowed)
    yield demand("targets", "whom a rule allows depends on the order of reps", holds=alike)


def _names(found: Ruled) -> list[str]:
    places: list[int] = found.at.tolist()
    return [found.names[at] for at in places]


def _gives(made: RuleBook) -> tuple[str, str]:
    return made.column, f"{made.column}_to"


def _found(made: RuleBook, table: Any) -> Answers:  # noqa: ANN401 - any kind of table
    return answers(made.apply(table, as_of=_DAY), _gives(made), _ID)
