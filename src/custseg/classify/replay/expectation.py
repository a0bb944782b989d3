"""What a model of buying adds to a state: when the next order is due, and how likely it is."""

from collections.abc import Mapping
from typing import Final

import attrs
import numpy as np

from custseg._typing import Column, Days, Floats, Index
from custseg.classify.ladder import StateLadder
from custseg.classify.replay.present import FAR
from custseg.errors import NotEnoughDataError
from custseg.features import PartitionedLog, TransactionLog
from custseg.features.daynumbers import as_date
from custseg.lifetime import MBGNBD, Outlook, data_gate
from custseg.lifetime.history import History
from custseg.lifetime.purchases import PurchaseModel

HORIZON: Final = 90.0
"""Days within which an order is expected, where no strategy says."""


@attrs.frozen(eq=False)
class Buying:
    """Purchases of customers up to a day.

    Attributes:
        frequency: Purchase days, 0 for none.
        first: The first of them, NaN for none.
        last: The last of them.
        until: The day.
    """

    frequency: Floats
    first: Floats
    last: Floats
    until: int

    @property
    def history(self) -> History:
        """In the words of the models of buying, in days; who has not bought is not known."""
        known = self.frequency > 0
        ages = (self.frequency - 1, self.last - self.first, self.until - self.first)
        return History.where(known, ages)


def outlook_of(
    ladder: StateLadder, log: TransactionLog | PartitionedLog, until: int
) -> Outlook | None:
    """The model of a ladder; else one that is fitted to the log, ``None`` where data are too few.

    Args:
        ladder: Its signals may hold a fitted model (``purchases``) and a ``horizon``.
        log: The transactions.
        until: The last day that counts.
    """
    for signal in ladder.signals:
        held = getattr(signal, "purchases", None)
        if isinstance(held, PurchaseModel):
            return Outlook(purchases=held, horizon=getattr(signal, "horizon", HORIZON))
    summary = log.summary(as_of=as_date(until))
    if not data_gate(summary).ok:
        return None
    try:
        return Outlook(purchases=MBGNBD().fit(summary), horizon=HORIZON)
    except NotEnoughDataError:
        return None


def expected(outlook: Outlook | None, buying: Buying, asleep: Index) -> Mapping[str, Column]:
    """Columns of what is to be expected of each customer; unknown where no model tells.

    Args:
        outlook: The model and its horizon, in days.
        buying: Purchases so far.
        asleep: 1 where the class is dormant, 0 where it is active, -1 where neither.
    """
    size = len(buying.frequency)
    silent = wait = own = np.full(size, np.nan)
    if outlook is not None:
        model, history = outlook.purchases, buying.history
        silent = history.told(1.0 - model.reaches(history, outlook.horizon))
        wait = history.told(model.waits(history, 0.5))
        own = history.told(own_gap(model, history))
    wait = np.where(wait < FAR, np.ceil(wait), np.nan)
    sure = np.where(asleep == 1, silent, np.where(asleep == 0, 1.0 - silent, np.nan))
    return {
        "p_no_purchase": silent,
        "expected_next_date": Days(buying.until + wait),
        "overdue_ratio": (buying.until - buying.last) / own,
        "confidence": sure,
    }


def own_gap(model: PurchaseModel, history: History) -> Floats:
    """The mean gap of such a customer, shrunk to that of all: (alpha + t_x) / (r + x).

    Args:
        model: A fitted model of buying; NaN where it has no such parameters.
        history: The customers.
    """
    r, alpha = getattr(model, "r", np.nan), getattr(model, "alpha", np.nan)
    return np.asarray((alpha + history.recency) / (r + history.frequency))
