"""How long a customer has been known."""

import numpy as np

from custseg._typing import Floats
from custseg.features.events import Source


def known_days(source: Source, until: int) -> Floats:
    """Days since each row's customer became known; NaN where that is unknown, or later.

    Args:
        source: The table of customers.
        until: The last day that counts.
    """
    if not source.has("joined"):
        return np.full(source.table.size, np.nan)
    moments = source.moments("joined")
    return np.where(moments.known & (moments.day <= until), until - moments.day, np.nan)
