"""Which of several models fits the same customers best?"""

from collections.abc import Mapping

import numpy as np

from custseg.errors import DataError
from custseg.lifetime.maximum import Learned

Row = dict[str, str | float]


def compare(models: Mapping[str, Learned]) -> list[Row]:
    """A table of models of the same customers, the best first.

    The likelihood ratio of two models of equally many parameters is the exponential of the
    difference of their log-likelihoods; ``weight`` is that ratio for any models, parameters
    counted, as a share of them all.

    Args:
        models: Fitted models by name.

    Returns:
        Records with ``model``, ``parameters``, ``log_likelihood``, ``aic``, ``bic`` and
        ``weight`` (by AIC; 1 in all).

    Raises:
        DataError: The models were learned from different numbers of customers.

    Source: Burnham and Anderson 2002, *Model Selection and Multimodel Inference*, section 2.9
    (Akaike weights).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> known = log.summary(as_of="1997-09-30", unit="week")
    >>> specs = {"BG": cs.lifetime.BGNBD(), "MBG": cs.lifetime.MBGNBD()}
    >>> rows = compare({name: spec.fit(known) for name, spec in specs.items()})
    >>> [(row["model"], round(row["weight"], 2)) for row in rows]
    [('MBG', 0.57), ('BG', 0.43)]
    """
    sizes = {model.fitting.customers for model in models.values()}
    if len(sizes) > 1:
        msg = (
            f"the models were learned from {sorted(sizes)} customers; likelihoods can be compared "
            "only of the same customers, so fit all of them on one summary"
        )
        raise DataError(msg)
    best = min((model.aic for model in models.values()), default=0.0)
    share = {n: float(np.exp((best - model.aic) / 2)) for n, model in models.items()}
    total = sum(share.values())
    rows: list[Row] = [
        {
            "model": name,
            "parameters": len(model.params),
            "log_likelihood": model.log_likelihood,
            "aic": model.aic,
            "bic": model.bic,
            "weight": share[name] / total,
        }
        for name, model in models.items()
    ]
    return sorted(rows, key=lambda row: float(row["aic"]))
