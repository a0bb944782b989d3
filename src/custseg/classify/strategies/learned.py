"""What a profile tells a model of buying, to learn from and to ask about."""

from typing import Any, Protocol

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Column, Columns, Floats, Needs
from custseg.errors import NotEnoughDataError
from custseg.frames import Table
from custseg.lifetime.condensing import condensed
from custseg.lifetime.gate import DataGate, Limits, data_gate, gate_of
from custseg.lifetime.history import NEEDS, History
from custseg.lifetime.purchases import PurchaseModel
from custseg.reasons import Reason
from custseg.rules import F

PROFILE: Needs = {"frequency": "number", "recency_days": "number", "tenure_days": "number"}
"""The columns of a profile that hold a history of purchases, in days."""


class Purchases(Protocol):
    """A model of buying that learns from a summary: ``MBGNBD`` and its like.

    >>> from custseg.lifetime import MBGNBD
    >>> spec: Purchases = MBGNBD(repeaters=1)
    >>> spec.fit([{"frequency": n, "recency": 9.0 * n, "T": 30.0} for n in range(4)]).r > 0
    True
    """

    def fit(self, summary: object, /) -> PurchaseModel:
        """Learn from a summary."""
        ...


@attrs.frozen
class Enough:
    """What a model of buying needs at least.

    Attributes:
        buyers: Customers who have bought.
        span_days: Days since the first purchase of all.
        recent_days: Somebody has bought within so many days.

    Source: Klaviyo, help centre, "Understanding predictive analytics".

    >>> Enough(buyers=1_000).span_days
    180
    """

    buyers: int = 500
    span_days: int = 180
    recent_days: int = 30


@attrs.frozen(eq=False)
class Lesson:
    """What was learned of how customers buy: a model, or what the data lack for one.

    Attributes:
        model: The fitted model.
        lacks: What the data lack; empty where there is a model.
    """

    model: PurchaseModel | None
    lacks: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, table: Table[Any], spec: Purchases, enough: Enough) -> "Lesson":
        """Learn from a profile, in days.

        Args:
            table: The profile; who has not bought, or of whom too little is known, does not count.
            spec: The model.
            enough: What it needs.
        """
        if not table.size:
            return cls(None, (Reason("few_buyers", {"found": 0, "needed": enough.buyers}),))
        if absent := [name for name in PROFILE if name not in table.columns]:
            return cls(None, (Reason("no_history", {"column": absent[0]}),))
        summary = summarised(table, getattr(spec, "needs", NEEDS))
        told = _counted_once(spec, summary)
        gate = told.gate(Limits(**attrs.asdict(enough)))
        if not gate.ok:
            return cls(None, gate.reasons)
        try:
            return cls(told.spec.fit(told.summary))
        except NotEnoughDataError:
            return cls(None, (Reason("nothing_learned"),))


@attrs.frozen(eq=False)
class _Taught:
    """What a spec learns from.

    Attributes:
        spec: The spec.
        summary: The customers, or the distinct ones among them.
        weight: The column with how many customers are alike; ``None``: each row is one.
    """

    spec: Purchases
    summary: Any
    weight: str | None = None

    def gate(self, limits: Limits) -> DataGate:
        """Whether it is enough."""
        if self.weight is None:
            return data_gate(self.summary, unit="day", **attrs.asdict(limits))
        cols = self.summary.read({**NEEDS, self.weight: "number"})
        return gate_of(History.read(cols), np.asarray(cols[self.weight]), limits)


def _counted_once(spec: Purchases, summary: Any) -> _Taught:  # noqa: ANN401 - the profile's kind of table
    """What to learn from: an engine counts its customers once, for the gate and for the model."""
    own: Any = spec
    weighs = attrs.has(type(spec)) and getattr(spec, "weight", "") is None
    if weighs and frames.table(summary).lazy and set(NEEDS) <= set(own.needs):
        taught, held = condensed(own, summary)
        return _Taught(taught, held, taught.weight)
    return _Taught(spec, summary)


@attrs.frozen
class _Summary:
    """Histories in the words of the models of buying, row for row; what is none is unknown."""

    def __call__(self, rows: Table[Any]) -> object:
        told = _told(rows.read(PROFILE))
        known = History.read(told).known
        return rows.build({name: np.where(known, column, np.nan) for name, column in told.items()})


def _told(cols: Columns) -> dict[str, Floats]:
    silence, age = (np.asarray(cols[name]) for name in ("recency_days", "tenure_days"))
    with np.errstate(invalid="ignore"):  # endless days are no history: their difference is NaN
        last = age - silence
    return {"frequency": np.asarray(cols["frequency"]) - 1, "recency": last, "T": age}


def summarised(table: Table[Any], needs: Needs) -> Any:  # noqa: ANN401 - the profile's kind of table
    """The summary of a profile: who has bought, in the words of the models of buying.

    A lazy profile stays so, and keeps its other columns.

    >>> profile = [{"frequency": 2, "recency_days": 5, "tenure_days": 30}, dict.fromkeys(PROFILE)]
    >>> summarised(frames.table(profile), NEEDS)
    [{'frequency': 1.0, 'recency': 25.0, 'T': 30.0}]
    """
    own: Needs = {name: kind for name, kind in needs.items() if name not in NEEDS}
    if table.lazy:
        table.require(own)
        made = frames.by_row(table, _Summary(), needs=tuple(PROFILE))
        return frames.table(made).where(F("T").is_present())
    told = _told(table.read({**PROFILE, **own}))
    rows = np.flatnonzero(History.read(told).known)
    more = table.select(own).take(rows) if own else None
    found: dict[str, Column] = {name: column[rows] for name, column in told.items()}
    if more is not None:
        found.update(frames.table(more).read(own))
    return table.build(found)


def at_order(cols: Columns, *, before: bool = False) -> dict[str, Floats]:
    """The history of each customer on the day of its last order, as a summary.

    Args:
        cols: Columns of a profile.
        before: On the day of the order before that one.

    >>> last = {"frequency": 3.0, "recency_days": 9.0, "tenure_days": 49.0, "gap_last_days": 10.0}
    >>> cols = {name: np.array([value]) for name, value in last.items()}
    >>> at_order(cols)["recency"].tolist(), at_order(cols, before=True)["recency"].tolist()
    ([40.0], [30.0])
    """
    x = np.asarray(cols["frequency"]) - 1.0
    with np.errstate(invalid="ignore"):  # endless days are no history: their difference is NaN
        age = np.asarray(cols["tenure_days"]) - np.asarray(cols["recency_days"])
        if before:
            x, age = x - 1.0, age - np.asarray(cols["gap_last_days"])
    return {"frequency": x, "recency": age, "T": age}
