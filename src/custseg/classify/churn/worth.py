"""What is a customer worth who might leave?"""

from typing import Final, cast

import numpy as np

from custseg._typing import Floats
from custseg.classify.churn.aligned import Aligned
from custseg.classify.churn.seen import Seen
from custseg.errors import ConfigError, did_you_mean
from custseg.frames import Money
from custseg.frames.money import from_floats
from custseg.lifetime import MBGNBD, GammaGamma, Terms, lifetime_value

LIFETIME: Final = "lifetime_value"
"""The value that models of buying and of spend tell."""


def worth_of(name: str, people: Aligned, seen: Seen) -> Money:
    """The value of each customer.

    Args:
        name: A column of the profile or of the customers' table; ``lifetime_value`` where there is
            no such column: the money to expect in the next twelve months, discounted by a tenth a
            year, if the customer is still one.
        people: The profile.
        seen: The customers.

    Raises:
        ConfigError: There is no such column.
        NotEnoughDataError: A lifetime value cannot be learned from these customers.
    """
    if name in people.table.columns or not seen.size:
        return people.money(name)
    if name == LIFETIME:
        return from_floats(_lifetime(seen))
    hint = did_you_mean(name, [*people.table.columns, LIFETIME])
    msg = f"there is no column {name!r} to tell what a customer is worth.{hint}"
    raise ConfigError(msg, "value")


def _lifetime(seen: Seen) -> Floats:
    """Money to expect, divided by the chance to be alive: what is lost with one who leaves."""
    build, history = seen.base.like.build, seen.history
    columns: dict[str, Floats] = {
        **cast("dict[str, Floats]", history.columns),
        "monetary_value": seen.column("monetary_value"),
    }
    earns = (history.frequency > 0) & (columns["monetary_value"] > 0)
    spend = GammaGamma().fit(build({name: column[earns] for name, column in columns.items()}))
    model, terms = seen.fitted(MBGNBD()), Terms(as_of=seen.day)
    found = lifetime_value(build(columns), model, spend, terms=terms)
    return np.asarray(found / model.p_alive(history))
