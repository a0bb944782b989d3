"""The laws of match keys and of survivorship: who is one customer, and what is kept of it."""

from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from typing import Any

from custseg import frames
from custseg.checks.anykind import any_kind
from custseg.checks.columns import left_alone, row_of
from custseg.checks.kinds import Answers, answers, same, told
from custseg.checks.law import demand, working
from custseg.checks.learning import fitted
from custseg.checks.samples import Rows, doubles, people, twins
from custseg.errors import CustsegError
from custseg.match import Dedupe, Merge

_ID = "customer_id"
_CAP = 1000


def key(made: Any) -> Iterator[str]:  # noqa: ANN401 - a match key
    """A key depends on its own record only, and equal records share one."""
    rows = people(dict(made.needs))
    rows += twins(rows)
    columns = frames.table(rows).read(made.needs)
    with working("sample"):
        found = left_alone(made.keys, columns)
        words = found.texts()
        alone = [made.keys(row_of(columns, i)).texts()[0] for i in range(len(rows))]
    half = len(rows) // 2
    yield demand("ties", "equal records get different keys", holds=words[:half] == words[half:])
    fine = alone == words
    yield demand("one record", "the key of a record depends on other records", holds=fine)
    blank = people(dict(made.needs))[:1]
    blank[0].update(dict.fromkeys(made.needs))
    nothing = made.keys(frames.table(blank).read(made.needs)).texts()
    yield demand("missing", "a record without values gets a key", holds=nothing == [None])
    yield from fitted(Dedupe((made,), id=_ID, cap=_CAP).fit(rows), rows)


def survivorship(made: Any) -> Iterator[str]:  # noqa: ANN401 - a survivorship strategy
    """What survives is there, and does not depend on rows, kinds or on being merged before."""
    refused: CustsegError | None = None
    for kind in ("text", "number"):
        rows = doubles(kind, dict(made.needs))
        try:
            _merged(made, rows)
        except CustsegError as error:  # sums want numbers, the longest wants texts
            refused = error
            continue
        yield from _survives(made, rows)
        refused = None
        break
    if refused is not None:
        raise refused


def merge(made: Merge) -> Iterator[str]:
    """The whole merge: every column by its own strategy."""
    for strategy in (made.default, *made.survivorship.values()):
        yield from survivorship(strategy)


def _merged(made: Any, rows: Any) -> Answers:  # noqa: ANN401 - a strategy and any kind of table
    how = Merge({"value": made}, id=_ID)
    return answers(how.golden(rows).table, ("value",), "entity_id")


def _survives(made: Any, rows: Rows) -> Iterator[str]:  # noqa: ANN401 - a survivorship strategy
    before = deepcopy(rows)
    with working("sample"):
        expected = _merged(made, rows)
    yield demand("input unchanged", "merging changed the records", holds=rows == before)
    held: dict[Any, set[Any]] = {row["entity_id"]: set() for row in rows}
    for row in rows:
        held[row["entity_id"]].add(row["value"])
    lost = [e for e, (value,) in expected.items() if value is None and held[e] - {None, ""}]
    yield demand("missing", f"{lost[:1]} has a value and loses it", holds=not lost)
    if not hasattr(made, "make"):
        fine = all(value in held[entity] | {None} for entity, (value,) in expected.items())
        yield demand("survivor", "a value survives that no record holds", holds=fine)
    turned = _merged(made, rows[::-1])
    yield demand("row order", told(expected, turned), holds=same(turned, expected))
    once = Merge({"value": made}, id=_ID).golden(rows).table
    twice = _merged(made, once)
    yield demand("apply twice", told(expected, twice), holds=same(twice, expected))
    yield from any_kind((rows,), partial(_merged, made), "merging", expected)
