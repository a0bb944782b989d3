"""What a backtest found: how well each signal tells who will not come back."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import numpy as np

from custseg._typing import Codes, Days, Floats
from custseg.classify.churn.risks import BASELINE
from custseg.classify.churn.signals import RiskSignal
from custseg.classify.churn.verdicts import Chances, SignalFigures
from custseg.errors import ConfigError, did_you_mean
from custseg.features.daynumbers import day_of
from custseg.frames import Table, Tabled
from custseg.labels import label
from custseg.layout import aligned, html_table, percent
from custseg.measures import Area, MonotoneMap
from custseg.reasons import Reason

_HEADS = (
    "signal",
    "auc",
    "gain",
    "average_precision",
    "lift_10",
    "brier_calibrated",
    "error_calibrated",
    "brier_as_is",
    "error_as_is",
)


@attrs.frozen(eq=False)
class Backtest(Tabled):
    """How well signals told, on days in the past, who would buy nothing within a horizon.

    On each day a signal knows only what was known then. Figures of all days together weigh the
    areas of the days by their pairs of customers; their intervals allow for the same customers
    being looked at again and again.

    Attributes:
        horizon: Days after each day.
        dates: The days.
        daily: The figures of each signal on each day.
        together: The figures of each signal on all days together.
        alike: What it would cost to give everybody the share that was lost before.
        tried: The signals.
        maps: From each signal, by its scale, to the probability of no purchase, as all days teach
            it; most signals have one scale, ``""``.
        notes: What limits what is said here.
        like: A table of the kind that answers have.

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> signals = {"rare": lambda seen: -seen.column("frequency")}
    >>> found = cs.classify.backtest(log, signals, origins=cs.classify.Origins(every="quarter"))
    >>> round(found.of("recency").auc.value, 2), found.best
    (0.78, 'recency')
    """

    horizon: int
    dates: tuple[date, ...]
    daily: tuple[SignalFigures, ...]
    together: Mapping[str, SignalFigures]
    alike: Chances | None
    tried: Mapping[str, RiskSignal]
    maps: Mapping[str, Mapping[str, MonotoneMap]]
    notes: tuple[Reason, ...]
    like: Table[Any]

    @property
    def signals(self) -> tuple[str, ...]:
        """Their names, the baseline first."""
        return tuple(self.together)

    @property
    def best(self) -> str | None:
        """The signal with the largest area under the curve; ``None`` where there is none."""
        known = {n: f.auc.value for n, f in self.together.items() if not np.isnan(f.auc.value)}
        return max(known, key=lambda name: known[name]) if known else None

    def of(self, signal: str = BASELINE) -> SignalFigures:
        """The figures of a signal on all days together.

        Raises:
            ConfigError: It was not tried.
        """
        if signal not in self.together:
            hint = did_you_mean(signal, self.together)
            msg = f"signal {signal!r} was not tried; there are {list(self.together)}.{hint}"
            raise ConfigError(msg, "signal")
        return self.together[signal]

    def probability(self, signal: str, score: Floats, *, scale: str = "") -> Floats:
        """The chance of no purchase within the horizon, as often as it came of such a signal.

        Args:
            signal: Its name.
            score: The signal of each customer.
            scale: What its numbers mean, for signals whose scale differs between days.

        Returns:
            A chance each, NaN where the signal is, or where no day taught it.

        Raises:
            ConfigError: The signal was not tried.
        """
        self.of(signal)
        learned = self.maps.get(signal, {}).get(scale)
        if learned is None:
            return np.full(len(score), np.nan)
        return learned.of(np.asarray(score, dtype=np.float64))

    @property
    def table(self) -> Any:  # noqa: ANN401 - the caller's kind
        """One row a signal and day, then one a signal for all days together (``at`` null)."""
        rows = [*self.daily, *self.together.values()]
        names = self.signals
        days = [np.nan if one.at is None else day_of(one.at) for one in rows]
        told = [one.columns() for one in rows]
        whole = {"customers", "lost", "unknown"}
        return self.like.build(
            {
                "signal": Codes(np.array([names.index(r.signal) for r in rows]), names, plain=True),
                "at": Days(np.array(days, dtype=np.float64)),
                "horizon": np.full(len(rows), self.horizon),
                **{
                    name: np.array(
                        [row[name] for row in told], dtype=int if name in whole else None
                    )
                    for name in told[0]
                },
            }
        )

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "horizon": self.horizon,
            "dates": [day.isoformat() for day in self.dates],
            "best": self.best,
            "together": [one.as_dict() for one in self.together.values()],
            "alike": None if self.alike is None else self.alike.as_dict(),
            "daily": [one.as_dict() for one in self.daily],
            "notes": [note.as_dict() for note in self.notes],
        }

    def text(self, locale: str = "en") -> str:
        """Lines to read: the figures of each signal, and what limits them."""
        parts = (self.head.text(locale), aligned(self._heads(locale), self._rows(locale)))
        return "\n\n".join((*parts, *(note.text(locale) for note in self.notes)))

    @property
    def head(self) -> Reason:
        """What was looked at."""
        base = self.of()
        return Reason(
            "backtest",
            {
                "horizon": self.horizon,
                "dates": len(self.dates),
                "first": self.dates[0].isoformat(),
                "last": self.dates[-1].isoformat(),
                "customers": base.customers,
                "share": percent(base.rate),
            },
        )

    def _heads(self, locale: str) -> tuple[str, ...]:
        return tuple(label(f"backtest.{name}", locale) for name in _HEADS)

    def _rows(self, locale: str) -> Iterator[tuple[str, ...]]:
        for name, one in self.together.items():
            yield (
                label(f"signal.{name}", locale).removeprefix("signal."),
                ranging(one.auc),
                "" if name == BASELINE else ranging(one.gain, sign="+"),
                _figure(one.average_precision),
                _figure(float(one.lift[0]), 2),
                *(_said(one.calibrated)),
                *(_said(one.as_is)),
            )
        blank = ("", "", "", "", *_said(self.alike), "", "")
        yield label("backtest.alike", locale), *blank

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(self._heads(locale), self._rows(locale))


def ranging(area: Area, sign: str = "") -> str:
    """An area, or the difference of two, with its interval; a hyphen where it is unknown.

    >>> ranging(Area(0.78, 0.77, 0.79, 0.005)), ranging(Area(0.01, -0.0, 0.02, 0.005), "+")
    ('0.780 (0.770-0.790)', '+0.010 (-0.000 to +0.020)')
    """
    if np.isnan(area.value):
        return "-"
    spec, to = f"{sign}.3f", " to " if sign else "-"
    return f"{area.value:{spec}} ({area.low:{spec}}{to}{area.high:{spec}})"


def _figure(value: float, digits: int = 3) -> str:
    return "-" if np.isnan(value) else f"{value:.{digits}f}"


def _said(chances: Chances | None) -> tuple[str, str]:
    if chances is None:
        return "-", "-"
    return _figure(chances.brier, 4), _figure(chances.error)
