"""How likely is it that a customer buys nothing within the horizon, and who says so?"""

from collections.abc import Iterator
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.lookback import Backtest
from custseg.classify.churn.risks import BASELINE, NoPurchase
from custseg.classify.churn.seen import Seen
from custseg.classify.churn.signals import RiskSignal, scale_of, scores
from custseg.errors import ConfigError, NotEnoughDataError, did_you_mean

MODEL: Final = "no_purchase"
"""The signal that is a probability as it is."""

TRIED: Final = (BASELINE, MODEL, "lifecycle")
"""The signals of a report that is given no backtest."""


@attrs.frozen(eq=False)
class Losing:
    """The chance of no purchase within the horizon.

    Attributes:
        chance: Of each customer, NaN where nothing can be said.
        signal: The signal that it comes from, ``None`` where there is none.
        calibrated: Whether it is how often such customers were lost in the backtest; otherwise it
            is what the model says, and nobody has tried it.
    """

    chance: Floats
    signal: str | None
    calibrated: bool

    @classmethod
    def of(cls, seen: Seen, tested: Backtest | None, signal: str | None) -> "Losing":
        """By the signal that is asked for; else by the one that told best in the backtest.

        Args:
            seen: The customers.
            tested: The backtest, where there could be one.
            signal: The signal that is asked for.

        Raises:
            ConfigError: It was not tried, or there is no such signal.
        """
        for name, tried in _candidates(tested, signal):
            try:
                score = scores(tried, seen)
            except NotEnoughDataError:
                continue
            scale = scale_of(tried, seen)
            if tested is not None and scale in tested.maps.get(name, {}):
                chance = tested.probability(name, score, scale=scale)
                return cls(chance, name, calibrated=True)
            if tried.chance:
                return cls(score, name, calibrated=False)
        return cls(np.full(seen.size, np.nan), None, calibrated=False)


def _candidates(tested: Backtest | None, signal: str | None) -> Iterator[tuple[str, RiskSignal]]:
    """Signals, the best one first."""
    if tested is None:
        if signal not in {None, *TRIED}:
            hint = did_you_mean(str(signal), TRIED)
            msg = f"{signal!r} is none of {list(TRIED)}, and there is no backtest of others.{hint}"
            raise ConfigError(msg, "signal")
        if signal in {None, MODEL}:  # of the others, nobody knows how often such were lost
            yield MODEL, NoPurchase()
        return
    if signal is not None:
        tested.of(signal)
        yield signal, tested.tried[signal]
        return
    ranks = {name: _rank(tested, name) for name in tested.signals}
    for name in sorted(ranks, key=lambda one: ranks[one]):
        yield name, tested.tried[name]


def _rank(tested: Backtest, name: str) -> tuple[bool, float]:
    """Those with a map to probabilities first; of them the one that told best beside the baseline.

    Each was held against the baseline on its own days, so that days on which a signal had too
    little to learn from do not count for or against it.
    """
    gain = tested.of(name).gain.value
    return name not in tested.maps, np.inf if np.isnan(gain) else -gain
