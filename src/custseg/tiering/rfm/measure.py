"""What is scored: a column, and whether more of it is better."""

from collections.abc import Iterable
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
        ConfigError: The name or the column is empty, or the name has a ``+`` in it.

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

    @property
    def score(self) -> str:
        """The column of its score."""
        return f"{self.name}_score"


RECENCY: Final = Measure("recency", "recency_days", lower_is_better=True)
FREQUENCY: Final = Measure("frequency", "frequency")
MONETARY: Final = Measure("monetary", "revenue")
LENGTH: Final = Measure("length", "tenure_days")
USUAL: Final = (RECENCY, FREQUENCY, MONETARY)


def distinct(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Measures, refused where a name comes twice or there are none.

    Raises:
        ConfigError: As said.

    >>> len(distinct(USUAL))
    3
    """
    made = tuple(measures)
    names = [measure.name for measure in made]
    if not made or len(set(names)) < len(names):
        msg = f"measures need different names, at least one, got {names}"
        raise ConfigError(msg)
    return made


def never_bought(measures: Iterable[Measure]) -> Measure | None:
    """The measure that is missing where a customer has never bought: recency, where there is one.

    >>> never_bought((FREQUENCY,))
    """
    return next((measure for measure in measures if measure.name == "recency"), None)
