"""How long a gap is still usual for customers, told from plain arrays?"""

import numpy as np

from custseg._typing import Floats
from custseg.lifetime.history import History
from custseg.lifetime.purchases import PurchaseModel


def predictive_gap(
    model: PurchaseModel, frequency: Floats, recency: Floats, *, share: float = 0.1
) -> Floats:
    """The silence that only a share of each customer's next gaps would outlast.

    What ``PurchaseModel.silence_quantile`` says of a table, of arrays: a customer's own rhythm
    where there is much of it, that of all where there is little.

    Args:
        model: A fitted model of purchases.
        frequency: Repeat purchases of each customer.
        recency: Age of each at the last purchase, in the unit that the model learned.
        share: How many gaps are longer.

    Returns:
        Time since the last purchase; NaN where there is no such customer.

    Raises:
        ConfigError: The share is not strictly between 0 and 1.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> predictive_gap(model, np.array([1.0, 12.0]), np.array([30.0, 30.0]), share=0.2).round(1)
    array([67.8,  5. ])
    """
    x, last = np.asarray(frequency, dtype=np.float64), np.asarray(recency, dtype=np.float64)
    known = History.read({"frequency": x, "recency": last, "T": last})
    return model.silence_quantile(known, share=share)
