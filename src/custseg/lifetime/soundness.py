"""What should one not take from a fitted model: parameters that the data leave open."""

from typing import Final

import numpy as np

from custseg.lifetime.gammagamma import GammaGammaModel
from custseg.lifetime.maximum import Learned
from custseg.reasons import Reason

_WIDE: Final = 10.0
_FAR: Final = 1.959964  # standard deviations of a 95 % interval


def doubts(model: Learned) -> tuple[Reason, ...]:
    """What to beware of in a fitted model; nothing where all is told well.

    - ``parameters_at_limit``: the data do not hold them back, so the model is a simpler one:
      customers buy at one rate, or leave with one chance, or never. Its answers hold, its
      parameters mean no more than "very large" or "very small", and it knows no standard errors.
    - ``parameters_vague``: their 95 % intervals go up and down by a factor of ten and more.
    - ``no_mean_spend``: Gamma-Gamma with q of 1 or less: the mean spend of whoever has not bought
      again does not exist, and is missing.
    - ``held_by_penalty``: a prior holds the parameters too.

    Args:
        model: A fitted model.

    >>> from custseg.lifetime import Fitting
    >>> model = GammaGammaModel(fitting=Fitting(-9.0, 20.0, (), ("v",)), p=6.0, q=0.6, v=1e-5)
    >>> [reason.code for reason in doubts(model)]
    ['parameters_at_limit', 'no_mean_spend']
    """
    found: list[Reason] = []
    fitting, names = model.fitting, list(model.params)
    if fitting.at_limit:
        found.append(Reason("parameters_at_limit", {"names": ", ".join(fitting.at_limit)}))
    spread = np.sqrt(np.diag(np.array(fitting.covariance))) if fitting.covariance else np.zeros(0)
    wide = [name for name, one in zip(names, spread, strict=False) if one * _FAR > np.log(_WIDE)]
    if wide:
        found.append(Reason("parameters_vague", {"names": ", ".join(wide), "factor": _WIDE}))
    if isinstance(model, GammaGammaModel) and model.q <= 1.0:
        found.append(Reason("no_mean_spend", {"q": round(model.q, 3)}))
    if fitting.penalty:
        found.append(Reason("held_by_penalty", {"penalty": fitting.penalty}))
    return tuple(found)
