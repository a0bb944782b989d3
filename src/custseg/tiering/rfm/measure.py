"""What is scored: a column, and whether more of it is better."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from custseg.errors import ConfigError


@attrs.frozen
class Measure:
    """One of the measures that customers are scored by.

    Attributes:
        name: What it is called; its score is in the column ``<name>_score``.
        column: The column that holds it.
        lower_is_better: Whether less is better, as of days since the last purchase; it is said
            here and never guessed from a name.

    Raises:
        ConfigError: The name or the column is empty, or the name has a ``+`` in it or is ``rfm``.

    >>> Measure("monetary", "average_order").score
    'monetary_score'
    """

    name: str
    column: str
    lower_is_better: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the names."""
        if not self.name or not self.column or "+" in self.name:
            msg = f"a measure needs a name without '+' and a column, got {self.name!r}"
            raise ConfigError(msg)
        if self.name == "rfm":
            msg = "a measure is not called 'rfm': rfm_score is the score of all measures together"
            raise ConfigError(msg)

    @property
    def score(self) -> str:
        """The column of its score."""
        return f"{self.name}_score"


RECENCY: Final = Measure("recency", "recency_days", lower_is_better=True)
"""Days since the last purchase: fewer are better."""
FREQUENCY: Final = Measure("frequency", "frequency")
"""Distinct days of purchase."""
MONETARY: Final = Measure("monetary", "revenue")
"""Money."""
LENGTH: Final = Measure("length", "tenure_days")
"""Days since the first purchase: L of LRFM."""
FINE: Final = 10_000.0
"""Weights are whole numbers of one ten-thousandth."""
_HEAVY: Final = 1_000_000
USUAL: Final = (RECENCY, FREQUENCY, MONETARY)


def distinct(measures: Iterable[object]) -> tuple[Measure, ...]:
    """Measures, refused where a name comes twice or there are none.

    Raises:
        ConfigError: As said.

    >>> len(distinct(USUAL))
    3
    """
    given = tuple(measures)
    if odd := [each for each in given if not isinstance(each, Measure)]:
        msg = f"a measure is RECENCY, FREQUENCY, ... or Measure(name, column), got {odd[0]!r}"
        raise ConfigError(msg, "measures")
    made = tuple(each for each in given if isinstance(each, Measure))
    names = [measure.name for measure in made]
    if not made or len(set(names)) < len(names):
        msg = f"measures need different names, at least one, got {names}"
        raise ConfigError(msg)
    return made


def check_weights(weights: Mapping[str, object]) -> None:
    """Refuse weights that count nothing, or that cannot be counted in ten-thousandths.

    Raises:
        ConfigError: As said.

    >>> check_weights({"recency": 0.5, "monetary": 2})
    """
    plain = {name: weight for name, weight in weights.items() if isinstance(weight, int | float)}
    fair = len(plain) == len(weights) and all(0 <= weight <= _HEAVY for weight in plain.values())
    if weights and not (fair and any(plain.values())):
        msg = f"must be numbers from 0 to {_HEAVY:,}, and some above 0, got {dict(weights)}"
        raise ConfigError(msg, "weights")
    if lost := [name for name, weight in plain.items() if weight and not round(weight * FINE)]:
        msg = f"have up to four decimals, so those of {lost} would count nothing; give all larger"
        raise ConfigError(msg, "weights")


def never_bought(measures: Iterable[Measure]) -> Measure | None:
    """The measure that is missing where a customer has never bought: recency, where there is one.

    >>> never_bought((FREQUENCY,))
    """
    return next((measure for measure in measures if measure.name == "recency"), None)
