"""The laws of models that add columns row by row."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from functools import partial
from typing import Any

from custseg import frames
from custseg.checks.anykind import any_kind
from custseg.checks.columns import left_alone
from custseg.checks.document import document
from custseg.checks.kinds import Answers, answers, kinds, same, told
from custseg.checks.law import demand, working
from custseg.checks.samples import Rows, twins
from custseg.model import RowModel

_ID = "customer_id"
_THREADS = 8
_FEW = 13  # enough to meet every value of the sample once


def row_model(model: RowModel, rows: Rows) -> Iterator[str]:
    """One record, every kind of table and every order of rows give the same answer.

    Args:
        model: A fitted model.
        rows: Customers with the columns that it needs; their ids are ``customer_id``.
    """
    names = tuple(model.gives)
    with working("sample"):
        left_alone(model.kernel, frames.table(rows).read(model.needs))
    expected = answers(model.apply(rows), names, _ID)
    both = answers(model.apply([*rows, *twins(rows)]), names, _ID)
    torn = [row[_ID] for row in rows if not same(both[row[_ID]], both[f"{row[_ID]} twin"])]
    yield demand("ties", f"{torn[:1]} and an equal customer differ", holds=not torn)
    yield from table_model(model, rows, names)
    ones = answers([model.one(row) for row in rows], names, _ID)
    yield demand("one record", told(expected, ones), holds=same(ones, expected))
    yield threads(model, rows)
    yield from _missing(model, rows)
    yield from _contributions(model, rows)


def table_model(model: Any, rows: Rows, names: Sequence[str]) -> Iterator[str]:  # noqa: ANN401 - whatever has apply
    """The laws of ``apply``: kinds of table, order of rows, again, nothing, nothing changed.

    Args:
        model: A fitted model.
        rows: Customers with the columns that it needs; their ids are ``customer_id``.
        names: The columns that it gives.
    """
    before = deepcopy(rows)
    with working("sample"):
        once = model.apply(rows)
    yield demand("input unchanged", "apply changed the records", holds=same(rows, before))
    expected = answers(once, names, _ID)
    turned = answers(model.apply(rows[::-1]), names, _ID)
    yield demand("row order", told(expected, turned), holds=same(turned, expected))
    twice = answers(model.apply(once), names, _ID)
    yield demand("apply twice", told(expected, twice), holds=same(twice, expected))
    with working("no rows"):  # engines learn from them which columns an answer has
        model.apply(rows[:0])
    yield from any_kind((rows,), partial(_found, model, names), "apply", expected)
    yield from _few(model, rows, names)
    yield from document(model)


def threads(model: Any, rows: Rows) -> str:  # noqa: ANN401 - whatever has one
    """Many threads that decide one record at a time agree with one thread.

    >>> from custseg.tiering import Thresholds, TierPlan
    >>> threads(TierPlan(Thresholds((1.0, 2.0))).fit([]), [{"revenue": 1.5}])
    'threads'
    """
    many = rows[:_FEW] * _THREADS
    expected = [model.one(row) for row in many]
    with ThreadPoolExecutor(_THREADS) as pool:
        found = list(pool.map(model.one, many))
    return demand("threads", "one() differs between threads", holds=same(found, expected))


def _found(model: Any, names: Sequence[str], table: Any) -> Answers:  # noqa: ANN401 - see above
    return answers(model.apply(table), names, _ID)


def _few(model: Any, rows: Rows, names: Sequence[str]) -> Iterator[str]:  # noqa: ANN401 - see above
    for law, size in (("no rows", 0), ("one row", 1)):
        with working(law):
            expected = answers(model.apply(rows[:size]), names, _ID)
        for kind, table in kinds(rows):
            with working(law):
                few = frames.table(table).take(frames.table(rows).keys(_ID).first[:size])
                found = answers(model.apply(few), names, _ID)
            demand(law, f"{kind}: {told(expected, found)}", holds=same(found, expected))
        yield law


def _missing(model: RowModel, rows: Rows) -> Iterator[str]:
    """Who tells nothing is in no top tier."""
    tiers = model.gives.get("tier")
    if isinstance(tiers, tuple) and len(tiers) > 1:
        blank = {**rows[0], **dict.fromkeys(model.needs)}
        got = model.one(blank)["tier"]
        yield demand("missing", "a missing value gets the top tier", holds=got != tiers[-1])


def _contributions(model: RowModel, rows: Rows) -> Iterator[str]:
    """What an explanation lists adds up to the score."""
    if "score" not in model.gives or not hasattr(model.explain(rows[0]), "parts"):
        return
    for row in rows:
        said: Any = model.explain(row)
        cents = sum(round(part.points * 100) for part in said.parts)
        told_ = f"the parts of {row[_ID]} do not add up to its score"
        demand("contributions", told_, holds=cents == round(model.one(row)["score"] * 100))
    yield "contributions"
