"""When and how regularly a customer buys."""

from collections.abc import Mapping

import numpy as np

from custseg._typing import Column, Days
from custseg.features.gaps import Gaps
from custseg.features.kernel import measure
from custseg.features.ledger import Ledger
from custseg.features.purchases import Purchases
from custseg.features.trend import Trend


def rhythm(ledger: Ledger, as_of: int) -> Mapping[str, Column]:
    """Purchase days, days since the first and the last of them, the gaps between, the trend.

    Args:
        ledger: Transactions up to ``as_of``.
        as_of: The last day that counts.
    """
    size = ledger.events.size
    bought, gaps, trend = Purchases.blank(size), Gaps.blank(size), Trend.blank(size)
    measure(ledger.rows, as_of, bought, gaps, trend)
    never = bought.days == 0
    first = np.where(never, np.nan, bought.first)
    last = np.where(never, np.nan, bought.last)
    return {
        "frequency": bought.days.astype(np.int64),
        "recency_days": as_of - last,
        "tenure_days": as_of - first,
        "first_purchase": Days(first),
        "last_purchase": Days(last),
        "gap_mean_days": gaps.mean,
        "gap_median_days": gaps.median,
        "gap_cv": gaps.cv,
        "gap_last_days": gaps.last,
        "gap_max_days": gaps.longest,
        "revenue_trend": trend.ratio,
    }
