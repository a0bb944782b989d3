"""How well does a signal tell who will not come back: its figures, on one day or on many."""

from datetime import date
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.frames import Tabled
from custseg.layout import plain
from custseg.measures import Area, Calibration, Tally, calibration
from custseg.showing import Shown

DECILES: Final = tuple(n / 10 for n in range(1, 11))
"""Shares of the customers for which lift is told."""

LEVEL: Final = 0.95
"""Share of repetitions in which an interval holds the true figure."""

_ENDS: Final = {"": "value", "_low": "low", "_high": "high"}


@attrs.frozen(eq=False)
class Chances(Tabled):
    """How far probabilities are to be believed.

    Attributes:
        customers: How many have one, a customer counted on each day.
        brier: Mean squared distance from what came.
        log_loss: Minus the mean logarithm of the probability of what came.
        table: What was said and what came, in bins.

    >>> said = Chances.of(Tally.of(np.array([0.2, 0.8, 0.8]), np.array([False, True, True])))
    >>> round(said.brier, 3), round(said.error, 3)
    (0.04, 0.2)
    """

    customers: int
    brier: float
    log_loss: float
    table: Calibration

    @classmethod
    def of(cls, tally: Tally) -> "Chances":
        """Of probabilities and what came."""
        table = calibration(tally, level=LEVEL)
        return cls(tally.rows, tally.brier, tally.log_loss, table)

    @property
    def error(self) -> float:
        """Expected calibration error."""
        return self.table.error

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        names = ("customers", "brier", "log_loss", "error")
        figures = [float(getattr(self, name)) for name in names]
        finite = [value if np.isfinite(value) else np.nan for value in figures]
        told: dict[str, object] = dict(zip(names, plain(finite), strict=True))
        return {**told, "customers": self.customers, "table": [dict(r) for r in self.table.rows()]}


@attrs.frozen(eq=False)
class SignalFigures(Shown):
    """How well a signal told who would not come back; NaN where nothing can be said.

    Attributes:
        signal: Its name.
        at: The day; ``None`` for all days together.
        customers: How many it told something of, a customer counted on each day.
        lost: How many of them bought nothing within the horizon.
        unknown: Of how many it could not tell anything.
        auc: The chance that one who was lost has a higher signal than one who came back.
        gain: That chance less that of the baseline for the same customers.
        average_precision: Precision at each threshold, weighted by the recall that it adds.
        lift: How many times as many were lost among the top tenth, the top two tenths, ...
        as_is: Its probabilities as they are, if it gives any.
        calibrated: The same once it is mapped to how often such customers were lost before.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> days = cs.classify.Origins(first="1997-12-31", last="1997-12-31")
    >>> one = cs.classify.backtest(log, {}, origins=days).of("recency")
    >>> one.customers, one.lost, one.lift[:3].round(2).tolist()
    (2357, 1973, [1.17, 1.15, 1.14])
    """

    signal: str
    at: date | None
    customers: int
    lost: int
    unknown: int
    auc: Area
    gain: Area
    average_precision: float
    lift: Floats
    as_is: Chances | None
    calibrated: Chances | None

    @property
    def rate(self) -> float:
        """Share of the customers who were lost."""
        return self.lost / self.customers if self.customers else np.nan

    def columns(self) -> dict[str, float]:
        """Its figures as one row of a table."""
        row = {
            **{name: float(getattr(self, name)) for name in ("customers", "lost", "unknown")},
            **{f"auc{end}": getattr(self.auc, field) for end, field in _ENDS.items()},
            **{f"gain{end}": getattr(self.gain, field) for end, field in _ENDS.items()},
            "average_precision": self.average_precision,
            "lift_10": float(self.lift[0]),
            "lift_20": float(self.lift[1]),
        }
        for form in ("as_is", "calibrated"):
            held: Chances | None = getattr(self, form)
            for name in ("brier", "log_loss", "error"):
                row[f"{name}_{form}"] = np.nan if held is None else getattr(held, name)
        return row

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        row = {name: v if np.isfinite(v) else np.nan for name, v in self.columns().items()}
        told: dict[str, object] = dict(zip(row, plain(row.values()), strict=True))
        return {
            "signal": self.signal,
            "at": None if self.at is None else self.at.isoformat(),
            **told,
            **{name: getattr(self, name) for name in ("customers", "lost", "unknown")},
            "lift": plain(self.lift.tolist()),
            "as_is": None if self.as_is is None else self.as_is.as_dict(),
            "calibrated": None if self.calibrated is None else self.calibrated.as_dict(),
        }
