"""Which role does a strategy play, and which laws follow from it?"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from custseg import frames
from custseg.allocate import Allocation
from custseg.checks.kinds import answers
from custseg.checks.law import demand
from custseg.checks.rows import document, row_model
from custseg.checks.samples import Rows, people, reps
from custseg.classify import Lifecycle
from custseg.errors import ConfigError
from custseg.match import Dedupe
from custseg.model import RowModel
from custseg.scoring import Factor, Scorecard
from custseg.tiering import TierPlan

_ID = "customer_id"


def check(strategy: Any) -> tuple[str, ...]:  # noqa: ANN401 - any role
    """Hold a strategy against the laws of its role.

    Args:
        strategy: A lifecycle strategy, cutter, curve, match key, wish, solver, a spec with
            ``fit`` or a fitted row model: ours or your own.

    Returns:
        The names of the laws that it keeps.

    Raises:
        BrokenLawError: It breaks one; the message says which, and on which record.
        ConfigError: It plays no role that custseg knows.

    >>> import custseg as cs
    >>> "ties" in check(cs.tiering.Quantiles((0.5, 0.8)))
    True
    """
    laws: list[str] = []
    if not isinstance(strategy, RowModel):
        laws += document(strategy)
    for method, role in _ROLES.items():
        if callable(getattr(strategy, method, None)):
            return (*laws, *role(strategy))
    msg = f"{type(strategy).__name__} plays no known role; roles have one of {list(_ROLES)}"
    raise ConfigError(msg)


def _model(model: RowModel) -> Iterator[str]:
    yield from row_model(model, people(model.needs))


def _spec(spec: Any) -> Iterator[str]:  # noqa: ANN401 - a spec with fit
    model = spec.fit(people())
    if isinstance(model, RowModel):
        model = spec.fit(people(model.needs))
        yield from row_model(model, people(model.needs))


def _ladder(strategy: Any) -> Iterator[str]:  # noqa: ANN401 - a lifecycle strategy
    model = Lifecycle(strategy).fit(people())
    yield from row_model(model, people(model.needs))


def _cutter(cutter: Any) -> Iterator[str]:  # noqa: ANN401 - a cutter
    rows = people()
    held = frames.table(rows).read({"revenue": "number"})["revenue"]
    values = np.asarray(held, dtype=np.float64)
    count = len(cutter.cuts(values).points)
    model = TierPlan(cutter, tiers=tuple(f"tier {i}" for i in range(count + 1))).fit(rows)
    yield from row_model(model, rows)
    turned = cutter.cuts(values[::-1])
    yield demand(
        "row order of cuts", "cuts change with row order", holds=turned == cutter.cuts(values)
    )
    said = [(row["revenue"], model.one(row)["tier"]) for row in rows]
    known = sorted({(v, t) for v, t in said if v is not None})
    ties = len({v for v, _ in known}) == len(known)
    yield demand("ties", "equal customers get different tiers", holds=ties)
    order = [int(tier.removeprefix("tier ")) for _, tier in known]
    yield demand(
        "more is not less", "a higher value gets a lower tier", holds=order == sorted(order)
    )
    top = {tier for value, tier in said if value is None}
    yield demand(
        "missing",
        "a missing value gets the top tier",
        holds=f"tier {count}" not in top or not count,
    )


def _curve(curve: Any) -> Iterator[str]:  # noqa: ANN401 - a curve
    ((field, _),) = curve.rule("revenue", 1000).needs.items()
    kind = curve.rule("revenue", 1000).needs[field]
    column = "revenue" if kind == "number" else "industry"
    card = Scorecard((Factor(column, worth=10, curve=curve),))
    rows = people(card.needs)
    yield from row_model(card, rows)
    scores = [(row[column], card.one(row)["score"]) for row in rows]
    best = max(score for _, score in scores)
    missing = [score for value, score in scores if value is None]
    yield demand(
        "missing", "missing earns more than the best", holds=all(m <= best for m in missing)
    )
    parts = all(_adds_up(card, row) for row in rows)
    yield demand("contributions", "they do not add up to the score", holds=parts)


def _adds_up(card: Scorecard, row: dict[str, Any]) -> bool:
    said = card.explain(row)
    cents = sum(round(part.points * 100) for part in said.parts)
    return cents == round(said.score * 100)


def _key(key: Any) -> Iterator[str]:  # noqa: ANN401 - a match key
    rows = people(dict(key.needs))
    matcher = Dedupe((key,), id=_ID).fit(rows)
    names = ("entity_id",)
    once = matcher.apply(rows)
    expected = answers(once, names, _ID)
    turned = answers(matcher.apply(rows[::-1]), names, _ID)
    yield demand("row order", "entities change with the order of rows", holds=turned == expected)
    twice = answers(matcher.apply(once), names, _ID)
    yield demand("apply twice", "entities change when matched again", holds=twice == expected)
    yield from document(matcher)


def _wish(wish: Any) -> Iterator[str]:  # noqa: ANN401 - a wish
    yield from _shared_out(
        Allocation(wishes=(wish,)), people(dict(wish.needs)), reps(dict(wish.rep_needs))
    )


def _solver(solver: Any) -> Iterator[str]:  # noqa: ANN401 - a solver
    yield from _shared_out(Allocation(solver=solver), people(), reps())


def _shared_out(allocation: Allocation, customers: Rows, team: Rows) -> Iterator[str]:
    plan = allocation.assign(customers, team)
    owners = answers(plan.table, ("owner",), _ID)
    given: dict[Any, int] = {}
    for (owner,) in owners.values():
        given[owner] = given.get(owner, 0) + 1
    free = {rep["rep_id"]: rep["capacity"] for rep in team}
    within = all(n <= free[owner] for owner, n in given.items() if owner is not None)
    yield demand("capacity", "somebody gets more than the capacity", holds=within)
    left = len(plan.unassigned) == given.get(None, 0)
    yield demand("everyone", "a customer has neither owner nor reason", holds=left)
    turned = answers(allocation.assign(customers[::-1], team[::-1]).table, ("owner",), _ID)
    yield demand("row order", "owners change with the order of rows", holds=turned == owners)


_ROLES: dict[str, Callable[[Any], Iterator[str]]] = {
    "kernel": _model,
    "ladder": _ladder,
    "cuts": _cutter,
    "rule": _curve,
    "keys": _key,
    "points": _wish,
    "solve": _solver,
    "fit": _spec,
}
