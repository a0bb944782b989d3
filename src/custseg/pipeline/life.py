"""What became of a job's customers over time: states today, changes, growth and cohorts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import attrs
import numpy as np

from custseg import frames
from custseg.classify import (
    ChurnReport,
    ChurnSettings,
    CohortTriangle,
    GrowthAccounting,
    LifecycleModel,
    StateGrid,
    TransitionMatrix,
    churn_report,
    cohorts,
    customer_states,
    due,
    growth_accounting,
    period_ends,
    states_asof,
    transition_matrix,
    transitions,
)
from custseg.classify.flows.periods import Unit
from custseg.errors import ConfigError
from custseg.features import TransactionLog
from custseg.frames.gather import gathered
from custseg.labels import label
from custseg.pipeline.history import beginning, log_of
from custseg.pipeline.run import Run
from custseg.pipeline.telling import by_word, lead, parts_told
from custseg.showing import Shown

_SOON: Final = 30
_TWO: Final = 2


@attrs.frozen(eq=False)
class Life(Shown):
    """The lifecycle of a job's customers.

    Attributes:
        as_of: The last day, to its end.
        unit: Calendar unit of the periods.
        states: One row a customer: state, since when, why, what comes next and when.
        changes: One row a change of state.
        grid: The state of every customer at the end of each period.
        growth: New, retained, resurrected and churned customers by period; ``None`` where fewer
            than two periods are over.
        flows: Chances to go from one state to another within a period, or ``None``.
        cohorts: Retention by period of the first purchase.
        churn: Who is at risk or has just fallen dormant, of what value, and why.

    It comes from ``life_of``.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> life = life_of(cs.Pipeline().run(transactions=orders, as_of="2026-06-30"))
    >>> life.states[0]["lifecycle_since"]
    datetime.date(2026, 6, 1)
    """

    as_of: date
    unit: str
    states: Any
    changes: Any
    grid: StateGrid
    growth: GrowthAccounting | None
    flows: TransitionMatrix | None
    cohorts: CohortTriangle
    churn: ChurnReport

    @property
    def counts(self) -> dict[str, int]:
        """Customers by state today, in the order of a customer's life."""
        return self._counted(self.states, "lifecycle_state")

    @property
    def soon(self) -> dict[str, int]:
        """Customers whose state changes within a month if nothing happens, by the state to come."""
        late = self.as_of + timedelta(_SOON)
        return self._counted(due(self.states, as_of=late), "next_state")

    def _counted(self, states: Any, name: str) -> dict[str, int]:  # noqa: ANN401 - the caller's kind
        column = frames.table(states).values(name)
        held = np.bincount(column.at[column.at >= 0], minlength=len(column.words)).tolist()
        found = {str(word): n for word, n in zip(column.words, held, strict=True)}
        return {word: found[word] for word in self.grid.words if found.get(word)}

    @property
    def parts(self) -> Mapping[str, Any]:
        """What has a text and a picture of its own, by name."""
        made = {
            "growth": self.growth,
            "flows": self.flows,
            "cohorts": self.cohorts,
            "churn": self.churn,
        }
        return {name: part for name, part in made.items() if part is not None}

    @property
    def tables(self) -> Mapping[str, Any]:
        """Every table by name, the caller's kind."""
        parts = {name: part.table for name, part in self.parts.items()}
        return {"states": self.states, "changes": self.changes, **parts}

    def as_dict(self) -> dict[str, object]:
        """Plain data; no field value of any customer."""
        return {
            "as_of": self.as_of.isoformat(),
            "counts": self.counts,
            "soon": self.soon,
            **{name: part.as_dict() for name, part in self.parts.items() if part is not self.churn},
            "churn": self.churn.as_dict(limit=0),
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read in a terminal."""
        head = lead(frames.table(self.states).size, self.as_of, locale)
        told = [
            f"{label(name, locale)}\n  {by_word(counts, locale) or '0'}"
            for name, counts in (("states_today", self.counts), ("states_soon", self.soon))
        ]
        return "\n\n".join([head, *told, *parts_told("life", self.parts, locale)])


def life_of(run: Run, *, since: date | str | None = None, unit: Unit = "month") -> Life:
    """Replay the lifecycle of a job's customers by the limits that the job uses today.

    Args:
        run: The outcome of a job with transactions.
        since: The first day of the history; without it two years back, or from the first purchase.
        unit: Calendar unit of the periods: week, month, quarter or year.

    Raises:
        ConfigError: The job has no transactions or no lifecycle model, or its steps read what is
            not known of past days.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-01-05", "amount": 40}]
    >>> life = life_of(cs.Pipeline().run(transactions=orders, as_of="2026-06-30"))
    >>> life.counts
    {'active': 1}
    """
    model, log = _lifecycle(run), log_of(run)
    as_of = run.day
    begin = beginning(log, since, as_of)
    given = {
        "customers": _customers(run, log),
        "interactions": run.prepared.histories.get("interactions"),
    }
    dates = period_ends(begin, as_of, unit=unit) or (as_of,)
    grid = states_asof(log, dates, model, **given)
    several = len(dates) >= _TWO
    return Life(
        as_of=as_of,
        unit=unit,
        states=customer_states(log, model, as_of=as_of, **given),
        changes=transitions(log, model, start=begin, until=as_of, **given),
        grid=grid,
        growth=growth_accounting(grid) if several else None,
        flows=transition_matrix(grid) if several else None,
        cohorts=cohorts(log, unit=unit, as_of=as_of),
        churn=churn_report(
            log,
            model,
            as_of=as_of,
            settings=ChurnSettings(names=getattr(run.policy, "names", None)),
            feedback=run.prepared.histories.get("feedback"),
            **given,
        ),
    )


def _lifecycle(run: Run) -> LifecycleModel:
    model = getattr(run.policy, "lifecycle", None)
    if not isinstance(model, LifecycleModel):
        msg = "the job has no lifecycle model that can be replayed; give it lifecycle="
        raise ConfigError(msg, "pipeline.lifecycle")
    return model


def _customers(run: Run, log: TransactionLog) -> Any:  # noqa: ANN401 - the caller's kind of table
    """The customers, with their id under the name that it has in the transactions."""
    if run.prepared.customers is None:
        return None
    table, column = frames.table(run.prepared.customers), log.names.customer
    if run.policy.id == column or column in table.columns:
        return table.native
    return table.attach({column: gathered(table, run.policy.id, np.arange(table.size))})
