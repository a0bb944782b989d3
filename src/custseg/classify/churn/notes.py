"""How good are the probabilities of a report? In words, also where they are no better."""

from collections.abc import Iterator

import numpy as np

from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.risks import BASELINE
from custseg.reasons import Reason


def verdict(tested: Backtest | None, signal: str | None, *, calibrated: bool) -> Iterator[Reason]:
    """What the backtest says of the signal, beside days since the last order.

    Args:
        tested: The backtest, ``None`` where there was none.
        signal: The signal that the probabilities come from.
        calibrated: Whether they are how often such customers were lost in it.

    >>> [why.code for why in verdict(None, None, calibrated=False)]
    ['churn.untested', 'churn.no_chance']
    """
    if tested is None:
        yield Reason("churn.untested")
    elif signal is not None:
        yield from _beside(tested, signal)
    if signal is None:
        yield Reason("churn.no_chance")
    elif not calibrated:
        yield Reason("churn.uncalibrated", {"signal": f"signal.{signal}"})


def _beside(tested: Backtest, signal: str) -> Iterator[Reason]:
    one, base = tested.of(signal), tested.of()
    told = {
        "signal": f"signal.{signal}",
        "dates": len(tested.dates),
        "auc": round(one.auc.value, 3),
        "base": round(base.auc.value, 3),
    }
    if np.isnan(one.auc.value):
        yield Reason("churn.unjudged", told)
    elif signal == BASELINE:
        yield Reason("churn.is_baseline", told)
    elif one.gain.low > 0:
        yield Reason("churn.better", told)
    elif one.gain.high < 0:
        yield Reason("churn.worse", told)
    else:
        yield Reason("churn.alike", told)
    if one.calibrated is not None and base.calibrated is not None:
        yield Reason(
            "churn.brier",
            {
                "brier": round(one.calibrated.brier, 4),
                "base": round(base.calibrated.brier, 4),
                "all": round(tested.alike.brier if tested.alike else np.nan, 4),
                "error": round(one.calibrated.error, 3),
            },
        )
