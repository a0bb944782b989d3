"""Whom a customer has brought."""

from collections.abc import Mapping

import numpy as np

from custseg import frames
from custseg._typing import Column, Index
from custseg.features.events import Source
from custseg.frames import Keys


def referrals(
    source: Source, keys: Keys, until: int, brought: Source | None = None
) -> Mapping[str, Column]:
    """How many other customers name each customer as the one who referred them.

    Args:
        source: The table of customers.
        keys: Their ids.
        until: Customers known to have joined later do not count.
        brought: Those who name these customers, where they are not the customers themselves: a
            customer and the one who brought it need not be in one partition.
    """
    size = len(keys.uniques)
    if not source.has("referrer"):
        return {"referrals": np.full(size, np.nan)}
    told = source if brought is None else brought
    by = _placed(keys, told.keys("referrer"))
    own = keys.at if brought is None else _placed(keys, brought.keys())
    counts = (by >= 0) & (by != own)
    if told.has("joined"):
        moments = told.moments("joined")
        counts &= ~(moments.known & (moments.day > until))
    return {"referrals": np.bincount(by[counts], minlength=size)}


def _placed(keys: Keys, ids: Keys) -> Index:
    """The customer that each row names, -1 for none of these."""
    return np.append(frames.align(keys, ids), -1)[ids.at]
