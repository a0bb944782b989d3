"""Whom a customer has brought."""

from collections.abc import Mapping

import numpy as np

from custseg import frames
from custseg._typing import Column
from custseg.features.events import Source
from custseg.frames import Keys


def referrals(source: Source, keys: Keys, until: int) -> Mapping[str, Column]:
    """How many other customers name each customer as the one who referred them.

    Args:
        source: The table of customers.
        keys: Their ids.
        until: Customers known to have joined later do not count.
    """
    size = len(keys.uniques)
    if not source.has("referrer"):
        return {"referrals": np.full(size, np.nan)}
    named = source.keys("referrer")
    by = np.append(frames.align(keys, named), -1)[named.at]
    counts = (by >= 0) & (by != keys.at)
    if source.has("joined"):
        moments = source.moments("joined")
        counts &= ~(moments.known & (moments.day > until))
    return {"referrals": np.bincount(by[counts], minlength=size)}
