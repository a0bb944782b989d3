"""What is a signal of leaving, and what does it say of each customer?"""

from typing import Any, Protocol

import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.seen import Seen
from custseg.errors import ConfigError


class RiskSignal(Protocol):
    """A signal by which customers are put in order: the higher, the less likely to come back.

    A function of one argument will do: it is given what was ``Seen`` on a day and gives a number
    for each customer, NaN where it cannot tell. A signal whose numbers do not mean the same on all
    days may say so by a method ``scale`` that names their scale on a day: probabilities are then
    learned from days of the same scale only.

    >>> import attrs
    >>> @attrs.frozen
    ... class Rare:
    ...     chance = False
    ...
    ...     def risk(self, seen):
    ...         return -seen.column("frequency")
    """

    @property
    def chance(self) -> bool:
        """Whether it is the probability of no purchase within the horizon."""
        ...

    def risk(self, seen: Seen, /) -> Floats:
        """The signal of each customer."""
        ...


class Ranking:
    """A signal that puts customers in order and is no probability."""

    __slots__ = ()

    @property
    def chance(self) -> bool:
        """It is no probability of no purchase."""
        return False


def scores(signal: RiskSignal, seen: Seen) -> Floats:
    """What a signal says of each customer.

    Args:
        signal: The signal.
        seen: What was known on the day.

    Raises:
        ConfigError: It does not give one number for each customer.
        NotEnoughDataError: It has too little to learn from.
    """
    said = signal.risk(seen)
    try:
        answer = np.asarray(said, dtype=np.float64)
    except (TypeError, ValueError):
        msg = f"a signal must give numbers, got {type(said).__name__}"
        raise ConfigError(msg, "signals") from None
    if answer.shape != (seen.size,):
        msg = f"must give one number for each of {seen.size} customers, got {answer.shape}"
        raise ConfigError(msg, "signals")
    return answer


def scale_of(signal: RiskSignal, seen: Seen) -> str:
    """The scale of a signal on a day; the same on all days where it has no word on it.

    Args:
        signal: The signal.
        seen: What was known on the day.
    """
    told: Any = getattr(signal, "scale", None)
    return str(told(seen)) if callable(told) else ""
