"""Try signals on days in the past, each with what was known then, and see what came."""

import logging
from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.origins import Origins
from custseg.classify.churn.risks import BASELINE, Asked, as_signals
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import RiskSignal, scale_of, scores
from custseg.classify.churn.trials import Looked, Trials
from custseg.classify.replay.base import Base, base_of
from custseg.errors import NotEnoughDataError
from custseg.features import TransactionLog
from custseg.features.daynumbers import days_of
from custseg.features.periods import whole
from custseg.progress import Progress, each, told
from custseg.reasons import Reason

_LOG = logging.getLogger(__name__)

_ALIKE: Final = "alike"


def backtest(  # noqa: PLR0913 - the tables are one argument in the mind of the reader
    log: TransactionLog,
    signals: Mapping[str, Asked] | None = None,
    *,
    horizon: int = 90,
    origins: Origins | None = None,
    customers: object = None,
    interactions: object = None,
    progress: Progress | None = None,
) -> Backtest:
    """How well signals would have told, on days in the past, who would buy nothing from then on.

    On each day every signal is made of what was known at its end: models and strategies are fitted
    anew, and nothing later counts. Then it is seen who bought nothing within the horizon. A signal
    that is no probability is mapped to one by how often such customers were lost on earlier days
    whose horizon was over by then.

    Args:
        log: The transactions.
        signals: The signals by name: of ``risk_signals``, a lifecycle, a model of buying that is
            fitted, any fitted model that gives a column of numbers, or a function of what was
            ``Seen``. ``None`` for all of ``risk_signals``. Days since the last purchase are always
            among them, as the baseline. What is fitted already may know what came later: then its
            figures are too good.
        horizon: Days after each day.
        origins: The days, and which customers are looked at; by default all who have bought, at
            the ends of months.
        customers: The customers; only they are looked at. Signals may read columns that do not
            change.
        interactions: Contacts, for lifecycles that read ``contact_days``.
        progress: Called as ``progress(step, done, total)``; ``False`` cancels.

    Raises:
        ConfigError: The horizon is not 1 day or more, or a signal is none or does not give one
            number for each customer.
        NotEnoughDataError: The log leaves no day to look ahead from.
        CancelledError: ``progress`` returned ``False``.

    Source: Tashman 2000, "Out-of-sample tests of forecasting accuracy", International Journal of
    Forecasting 16(4) (rolling origins, refitted at each).

    >>> import custseg as cs
    >>> from custseg.classify import NoPurchase
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> found = backtest(log, {"no_purchase": NoPurchase()}, origins=Origins(every="quarter"))
    >>> {name: round(figures.auc.value, 2) for name, figures in found.together.items()}
    {'recency': 0.78, 'no_purchase': 0.79}
    """
    ahead = whole(horizon, "horizon")
    how, tried = origins or Origins(), as_signals(signals)
    dates = how.days(log, ahead)
    days = days_of(dates)
    every = base_of(
        log, np.append(days, days[-1] + ahead), customers=customers, interactions=interactions
    )
    _LOG.info("backtest: %d signals on %d days", len(tried), len(days))
    work = _Work.of(every, tried, ahead, how)
    with told(progress):
        for day in each("backtest", days.tolist()):
            work.on(day)
        return work.found()


@attrs.frozen(eq=False)
class _Work:
    """A backtest on its way.

    Attributes:
        whole: All that happened.
        signals: The signals by name.
        origins: Which customers are looked at.
        trials: Each signal, day by day.
        failed: Days on which a signal had too little to learn from.
    """

    whole: Base
    signals: Mapping[str, RiskSignal]
    origins: Origins
    trials: Mapping[str, Trials]
    failed: dict[str, int] = attrs.field(factory=dict[str, int])

    @classmethod
    def of(
        cls, whole: Base, signals: Mapping[str, RiskSignal], horizon: int, origins: Origins
    ) -> "_Work":
        size = whole.events.bought.size
        chance = {**{name: one.chance for name, one in signals.items()}, _ALIKE: False}
        trials = {n: Trials.blank(n, horizon, size, chance=c) for n, c in chance.items()}
        return cls(whole, signals, origins, trials)

    def on(self, day: int) -> None:
        """Try all signals on one day."""
        how, horizon = self.origins, self.trials[BASELINE].horizon
        seen = Seen.of(self.whole, day, horizon, least=how.least, within=how.within_days)
        baseline = scores(self.signals[BASELINE], seen)
        looked = Looked(day, seen.who, seen.lost(self.whole), baseline)
        self.trials[_ALIKE].add(looked, np.zeros(seen.size))
        for name, signal in self.signals.items():
            score = baseline if name == BASELINE else self._score(name, signal, seen)
            if score is not None:
                self.trials[name].add(looked, score, scale_of(signal, seen))

    def found(self) -> Backtest:
        """What all days say."""
        tried = {name: one for name, one in self.trials.items() if name != _ALIKE}
        maps = {name: one.maps() for name, one in each("sum_up", tried.items())}
        daily = [one.figures for trial in tried.values() for one in trial.done]
        return Backtest(
            horizon=self.trials[BASELINE].horizon,
            dates=tuple(one.figures.at for one in self.trials[BASELINE].done if one.figures.at),
            daily=tuple(sorted(daily, key=lambda one: (one.at is None, one.at))),
            together={name: one.together() for name, one in tried.items()},
            alike=self.trials[_ALIKE].together().calibrated,
            tried=self.signals,
            maps={name: one for name, one in maps.items() if one},
            notes=tuple(self._notes()),
            like=self.whole.like,
        )

    def _score(self, name: str, signal: RiskSignal, seen: Seen) -> Floats | None:
        try:
            return scores(signal, seen)
        except NotEnoughDataError:
            self.failed[name] = self.failed.get(name, 0) + 1
            return None

    def _notes(self) -> list[Reason]:
        """What limits what is said."""
        base = self.trials[BASELINE].done
        notes: list[Reason] = []
        alone = sum(1 for one in base if one.figures.lost in {0, one.figures.customers})
        if alone:
            notes.append(Reason("backtest.one_outcome", {"dates": alone}))
        uncalibrated = sum(1 for one in base if one.mapped is None)
        if uncalibrated:
            told = {"dates": uncalibrated, "all": len(base)}
            notes.append(Reason("backtest.uncalibrated", told))
        for name, days in self.failed.items():
            notes.append(Reason("backtest.too_few", {"signal": f"signal.{name}", "dates": days}))
        for name, trial in self.trials.items():
            unknown = sum(one.figures.unknown for one in trial.done)
            if unknown:
                settings = {"signal": f"signal.{name}", "customers": unknown}
                notes.append(Reason("backtest.unknown", settings))
        return notes
