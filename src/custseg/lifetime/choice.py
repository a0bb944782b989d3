"""Which of several models fits the same customers best?"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg.errors import ConfigError, DataError
from custseg.lifetime.covariates import CovariateModel
from custseg.lifetime.maximum import Fitting, Learned
from custseg.showing import Shown

Row = dict[str, str | float]

_ROUNDING: Final = 1e-9


@attrs.frozen
class LikelihoodRatio(Shown):
    """How much more likely the customers are under the larger of two models.

    Attributes:
        statistic: Twice the difference of the log-likelihoods.
        degrees: Parameters that the larger model has more.
        p: How often a statistic as large would come by chance if the smaller model were true.

    >>> LikelihoodRatio.of(3.841, 1).p.__round__(3)
    0.05
    """

    statistic: float
    degrees: int
    p: float

    @classmethod
    def of(cls, statistic: float, degrees: int) -> "LikelihoodRatio":
        """With the chance from the chi-square distribution."""
        from scipy.special import chdtrc  # noqa: PLC0415 - loaded where it is used

        beyond: Any = chdtrc
        return cls(statistic, degrees, float(beyond(degrees, statistic)))


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
        DataError: The models were learned from different customers, or in other units of time.

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
    _refuse_others([model.fitting for model in models.values()])
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


def likelihood_ratio(small: Learned, large: Learned) -> LikelihoodRatio:
    """Test whether covariates tell anything: a model beside the same one with more of them.

    Args:
        small: The model with fewer covariates, or none.
        large: The same kind of model, fitted to the same customers, with those and more.

    Raises:
        ConfigError: The small model is no special case of the large one (for such models see
            ``compare``), or one was fitted with a penalty.
        DataError: They were learned from different customers, or one of them is at a limit.

    Source: Wilks 1938, Annals of Mathematical Statistics 9(1).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> known = log.summary(as_of="1997-09-30", unit="week")
    >>> known = [{**row, "odd": int(row["customer_id"]) % 2} for row in known]
    >>> small, large = cs.lifetime.MBGNBD(), cs.lifetime.MBGNBD(buying="odd", leaving="odd")
    >>> test = likelihood_ratio(small.fit(known), large.fit(known))
    >>> test.degrees, round(test.p, 2)
    (3, 0.8)
    """
    _refuse_others([small.fitting, large.fitting])
    degrees = _nested(small, large)
    for fitting in (small.fitting, large.fitting):
        if fitting.penalty:
            msg = "a penalised model is not at its maximum; fit both without a penalty"
            raise ConfigError(msg, "penalty")
        if fitting.at_limit:
            msg = f"{list(fitting.at_limit)} are at a limit, where the test does not hold"
            raise DataError(msg)
    statistic = 2.0 * (large.log_likelihood - small.log_likelihood)
    if statistic < -_ROUNDING * abs(small.log_likelihood):
        msg = (
            "the larger model fits worse than its special case, so they were not learned from the "
            "same customers; fit both on one summary"
        )
        raise DataError(msg)
    return LikelihoodRatio.of(max(statistic, 0.0), degrees)


def _nested(small: Learned, large: Learned) -> int:
    """How many parameters more the large model has.

    Raises:
        ConfigError: The small model is no special case of it.
    """
    if (
        isinstance(small, CovariateModel)
        and isinstance(large, CovariateModel)
        and type(small) is type(large)
        and small.params.keys() < large.params.keys()
    ):
        return len(large.params) - len(small.params)
    msg = (
        "only a model with fewer covariates is a special case of the same model with more; for "
        "other models compare AIC and BIC: custseg.lifetime.compare"
    )
    raise ConfigError(msg, "small")


def _refuse_others(fits: Sequence[Fitting]) -> None:
    """Refuse likelihoods of different customers.

    Raises:
        DataError: They are of different customers.
    """
    sizes = sorted({fit.customers for fit in fits})
    marks = {fit.data for fit in fits if fit.data}
    if len(sizes) > 1 or len(marks) > 1:
        told = f"{sizes}" if len(sizes) > 1 else f"{len(marks)} different sets of"
        msg = (
            f"the models were learned from {told} customers; likelihoods can be compared only of "
            "the same customers in the same unit of time, so fit all of them on one summary"
        )
        raise DataError(msg)
