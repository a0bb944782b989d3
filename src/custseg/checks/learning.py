"""The laws of specs and of the strategies inside them: what is learned, and what follows."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from custseg import frames
from custseg.checks.columns import left_alone
from custseg.checks.kinds import contents, kinds
from custseg.checks.law import demand, working
from custseg.checks.rows import row_model, table_model, threads
from custseg.checks.samples import Rows, people, worded
from custseg.classify import Lifecycle
from custseg.errors import DataError, MissingColumnError
from custseg.model import RowModel
from custseg.scoring import Factor, Scorecard
from custseg.tiering import TierPlan

_COLUMNS = {"number": "revenue", "text": "industry", "any": "industry", "day": "last_day"}
_MOST = 50


def spec(made: Any) -> Iterator[str]:  # noqa: ANN401 - a spec with fit
    """The same model from every kind of table and order of rows; then the laws of that model."""
    rows = _wanted(made)
    before = deepcopy(rows)
    model = made.fit(rows)
    yield demand("input unchanged", "fit changed the records", holds=rows == before)
    yield demand(
        "row order of fit",
        "another model from the same rows turned around",
        holds=made.fit(rows[::-1]) == model,
    )
    for kind, table in kinds(rows):
        yield _fit_on(made, kind, table, model)
    yield from fitted(model, rows)


def fitted(model: Any, rows: Rows | None = None) -> Iterator[str]:  # noqa: ANN401 - a fitted model
    """The laws of whatever has ``apply``."""
    needs: Mapping[str, str] = dict(model.needs)
    given = rows if rows and set(needs) <= set(rows[0]) else people(needs)
    if isinstance(model, RowModel):
        yield from row_model(model, given)
        return
    gives = getattr(model, "gives", needs if hasattr(model, "one") else ("entity_id", "match_rule"))
    yield from table_model(model, given, tuple(gives))
    if hasattr(model, "one"):
        yield threads(model, given)


def ladder(strategy: Any) -> Iterator[str]:  # noqa: ANN401 - a lifecycle strategy
    """A lifecycle strategy is held against the laws of its model."""
    yield from spec(Lifecycle(strategy))


def cutter(made: Any) -> Iterator[str]:  # noqa: ANN401 - a cutter
    """More is never less, and who has no value moves no cut."""
    rows = people()
    values = np.asarray(frames.table(rows).read({"revenue": "number"})["revenue"])
    with working("sample"):
        cuts = left_alone(made.cuts, values)
        turned = made.cuts(values[::-1].copy())
        known = made.cuts(values[~np.isnan(values)])
    yield demand("row order of cuts", f"{turned} is not {cuts}", holds=turned == cuts)
    yield demand("missing", f"missing values move the cuts to {cuts}", holds=known == cuts)
    tiers = tuple(f"tier {i}" for i in range(len(cuts.points) + 1))
    plan = TierPlan(made, tiers=tiers)
    yield from spec(plan)
    model = plan.fit(rows)
    given = [row for row in rows if row["revenue"] is not None]
    rising = sorted(given, key=lambda row: float(row["revenue"]))
    places = [tiers.index(model.one(row)["tier"]) for row in rising]
    fine = places == sorted(places)
    yield demand("more is not less", "a higher value gets a lower tier", holds=fine)


def curve(made: Any) -> Iterator[str]:  # noqa: ANN401 - a curve
    """No answer at all earns at most what the best answer would, unless learnt; parts add up."""
    with working("sample"):
        needs: Mapping[str, str] = made.rule("revenue", 1000).needs
        kind = next(iter(needs.values()), "number")
    worth: dict[str, Any] = {} if hasattr(made, "own_worth") else {"worth": 10}
    factor = Factor(_COLUMNS[kind], curve=made, missing=1.0, **worth)
    card = Scorecard((factor,), low=None, high=None)
    rows = people({_COLUMNS[kind]: kind})
    yield from row_model(card, rows)
    scores = {str(row[factor.field]): float(card.one(row)["score"]) for row in rows}
    best = factor.best_points / 100
    learnt = getattr(made, "missing", None) is not None
    known = [score for value, score in scores.items() if value != "None"]
    fine = max(known) <= best and (learnt or scores["None"] <= best)
    yield demand("missing", f"no answer earns {scores['None']}, the best {best}", holds=fine)


def _fit_on(made: Any, kind: str, table: Any, expected: Any) -> str:  # noqa: ANN401 - as above
    law, again = f"fit on {kind}", frames.is_iterator(table)
    with working(law):
        before = None if again else contents(table)
        found = made.fit(table)
        after = None if again else contents(table)
    demand("input unchanged", f"fit changed the {kind} table", holds=after == before)
    return demand(law, f"learned {found!r}, not {expected!r}", holds=found == expected)


def _wanted(made: Any) -> Rows:  # noqa: ANN401 - a spec with fit
    """Sample customers with the columns that a spec asks for, one after the other."""
    needs: dict[str, str] = dict(getattr(made, "needs", {})) | worded()
    for _ in range(_MOST):
        try:
            model = made.fit(people(needs))
            missing = {n: k for n, k in dict(model.needs).items() if n not in people(needs)[0]}
        except MissingColumnError as error:
            missing = {error.column: "number"}
        except DataError as error:
            missing = {error.column: "text"} if needs.get(error.column) == "number" else {}
            if not missing:
                raise
        if not missing:
            break
        needs |= missing
    return people(needs)
