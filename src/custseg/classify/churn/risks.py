"""By which signals could it be told who will not come back?"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.seen import Buys, Seen
from custseg.classify.churn.signals import Ranking, RiskSignal
from custseg.classify.churn.stateorder import StateOrder
from custseg.classify.replay.expectation import own_gap
from custseg.classify.states import Lifecycle, LifecycleModel
from custseg.errors import ConfigError
from custseg.lifetime import BGNBD, MBGNBD, PurchaseModel
from custseg.model import RowModel

BASELINE: Final = "recency"
"""The signal that all others are held against: days since the last purchase."""


Asked: TypeAlias = (
    RiskSignal | Callable[[Seen], Any] | RowModel | Lifecycle | LifecycleModel | PurchaseModel
)
"""What may be given as a signal."""


@attrs.frozen
class Recency(Ranking):
    """Days since the last purchase: the baseline.

    >>> Recency().chance
    False
    """

    def risk(self, seen: Seen) -> Floats:
        """The days."""
        return seen.column("recency_days")


@attrs.frozen
class OwnGap(Ranking):
    """Days since the last purchase for each day of the customer's own mean gap.

    Whoever has bought once has no gap: the median of those that there are is taken instead.

    >>> OwnGap().chance
    False
    """

    def risk(self, seen: Seen) -> Floats:
        """The ratio; the plain days where nobody has a gap."""
        x, last = seen.history.frequency, seen.history.recency
        gap = np.where(x > 0, last / np.maximum(x, 1), np.nan)
        known = gap[x > 0]
        usual = float(np.median(known)) if len(known) else 1.0
        return np.asarray(seen.column("recency_days") / np.where(x > 0, gap, usual))


@attrs.frozen
class Overdue(Ranking):
    """Days since the last purchase for each day of the mean gap of such a customer.

    The gap is the customer's own where there are many purchases and that of all where there are
    few, as a model of buying weighs them: ``overdue_ratio`` of ``customer_states``.

    Attributes:
        model: The model, fitted anew on each day; one that is fitted already is taken as it is, and
            on data later than a day it tells too much.

    >>> Overdue().chance
    False
    """

    model: Buys | PurchaseModel = attrs.field(factory=MBGNBD)

    def risk(self, seen: Seen) -> Floats:
        """The ratio."""
        gap = own_gap(seen.fitted(self.model), seen.history)
        return np.asarray(seen.column("recency_days") / gap)


@attrs.frozen
class Gone(Ranking):
    """The chance that a customer is one no more (1 - P(alive)): not that of no purchase.

    Attributes:
        model: The model, fitted anew on each day; one that is fitted already is taken as it is, and
            on data later than a day it tells too much.

    >>> Gone().chance
    False
    """

    model: Buys | PurchaseModel = attrs.field(factory=MBGNBD)

    def risk(self, seen: Seen) -> Floats:
        """The chance."""
        model = seen.fitted(self.model)
        return 1.0 - model.p_alive(seen.asked(model))


@attrs.frozen
class NoPurchase:
    """The chance of no purchase within the horizon, by a model of buying.

    Attributes:
        model: The model, fitted anew on each day; one that is fitted already is taken as it is, and
            on data later than a day it tells too much.

    >>> NoPurchase().chance
    True
    """

    model: Buys | PurchaseModel = attrs.field(factory=MBGNBD)

    @property
    def chance(self) -> bool:
        """It is the probability of no purchase within the horizon."""
        return True

    def risk(self, seen: Seen) -> Floats:
        """The chance."""
        model = seen.fitted(self.model)
        return model.p_no_purchase(seen.asked(model), horizon=seen.horizon)


@attrs.frozen
class ModelColumn:
    """A column of a fitted model, such as a score.

    Attributes:
        model: The model; it reads columns that ``Seen`` tells.
        name: Its column; ``None`` for its first column of numbers.
        chance: Whether it is the probability of no purchase within the horizon.

    >>> from custseg.scoring import Factor, Ramp, Scorecard
    >>> card = Scorecard(factors=(Factor("frequency", worth=30, curve=Ramp(0, 10)),))
    >>> ModelColumn(card.fit([]), "score").chance
    False
    """

    model: RowModel
    name: str | None = None
    chance: bool = False

    def risk(self, seen: Seen) -> Floats:
        """The column.

        Raises:
            ConfigError: The model gives no numbers, or reads what cannot be told for the past.
        """
        numbers = [name for name, kind in self.model.gives.items() if kind in {"number", "integer"}]
        name = self.name or next(iter(numbers), None)
        if name not in numbers:
            msg = f"a signal must be a column of numbers; the model gives {numbers or 'none'}"
            raise ConfigError(msg, "signals")
        cols = {need: seen.read(need, kind) for need, kind in self.model.needs.items()}
        return np.asarray(self.model.kernel(cols)[name], dtype=np.float64)


@attrs.frozen
class Told(Ranking):
    """A function of what is seen.

    Attributes:
        function: It gives a number for each customer.
    """

    function: Callable[[Seen], Any]

    def risk(self, seen: Seen) -> Floats:
        """Ask it."""
        answer: Floats = self.function(seen)
        return answer


def risk_signals(lifecycle: Lifecycle | LifecycleModel | None = None) -> dict[str, RiskSignal]:
    """The signals that a backtest tries where none are named; add your own to them.

    Args:
        lifecycle: The lifecycle whose order is tried; ``None`` for the default.

    >>> list(risk_signals())[:3]
    ['recency', 'own_gap', 'overdue']
    """
    return {
        BASELINE: Recency(),
        "own_gap": OwnGap(),
        "overdue": Overdue(),
        "gone_bg": Gone(BGNBD()),
        "gone_mbg": Gone(MBGNBD()),
        "no_purchase": NoPurchase(MBGNBD()),
        "lifecycle": StateOrder(lifecycle or Lifecycle()),
    }


def as_signals(asked: Mapping[str, Asked] | None) -> dict[str, RiskSignal]:
    """What was given as signals, the baseline first.

    Args:
        asked: By name; ``None`` for all of ``risk_signals``.

    >>> list(as_signals({"mine": lambda seen: -seen.column("frequency")}))
    ['recency', 'mine']
    """
    given = risk_signals() if asked is None else asked
    return {BASELINE: Recency(), **{name: _signal(one) for name, one in given.items()}}


def _signal(asked: Asked) -> RiskSignal:
    if isinstance(asked, Lifecycle | LifecycleModel):
        return StateOrder(asked)
    if isinstance(asked, PurchaseModel):
        return NoPurchase(asked)
    if isinstance(asked, RowModel):
        return ModelColumn(asked)
    if callable(getattr(asked, "risk", None)):
        if not isinstance(getattr(asked, "chance", None), bool | np.bool_):
            msg = "a signal says by chance = True or False whether it is a probability"
            raise ConfigError(msg, "signals")
        return cast("RiskSignal", asked)
    if callable(asked):
        return Told(asked)
    msg = f"a signal has a method risk, or is a function or a fitted model; got {type(asked)}"
    raise ConfigError(msg, "signals")
