"""How much do customers move between ordered classes, in one number?"""

from collections.abc import Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import DataError
from custseg.measures.numbers import numbers
from custseg.showing import Shown

_TWO: Final = 2
_NEAR: Final = 1e-6


@attrs.frozen
class Mobility(Shown):
    """Indices of mobility; 0 where nobody moves, NaN where they are not defined.

    Attributes:
        shorrocks: The mean chance to leave one's class, times k / (k - 1) (P of giddy, of Prais).
        determinant: 1 - |det| (D): 1 where the class before tells nothing.
        eigenvalue: 1 - the second largest absolute eigenvalue (L2): how fast it is forgotten where
            customers came from.
        unconditional: The share of customers who leave their class, times k / (k - 1) (B1).
        distance: The mean number of classes that customers move, divided by k - 1 (B2).
        singular: The mean singular value of the chances less those of staying.

    >>> round(mobility([[0.9, 0.1], [0.2, 0.8]]).shorrocks, 6)
    0.3
    """

    shorrocks: float
    determinant: float
    eigenvalue: float
    unconditional: float
    distance: float
    singular: float

    def as_dict(self) -> dict[str, float | None]:
        """Plain data for JSON; ``None`` where it is not defined."""
        told: dict[str, float] = attrs.asdict(self)
        return {name: None if np.isnan(value) else value for name, value in told.items()}


def mobility(
    chances: Floats | Sequence[Sequence[float]], weights: Floats | Sequence[float] | None = None
) -> Mobility:
    """Sum up a matrix of chances to go from class to class.

    Args:
        chances: From x to, classes in order; rows sum to 1, or are NaN where nothing is known.
        weights: How many customers each class has, or their shares; by default all the same.

    Raises:
        DataError: The matrix is not square, or its rows do not sum to 1; the weights do not fit
            it; or something is no number.

    A class of which nothing is known makes an index NaN, unless nobody is in it and the index
    weighs classes by their customers.

    Source: Shorrocks 1978, Econometrica 46(5), for P and D; Sommers and Conlisk 1979, Journal of
    Mathematical Sociology 6(2), for L2; Bartholomew 1973, "Stochastic Models for Social
    Processes", for B1 and B2; all as in Formby, Smith and Zheng 2004, Journal of Econometrics
    120(1). Jafry and Schuermann 2004, Journal of Banking and Finance 28(11), for the singular
    values.

    >>> found = mobility([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.0, 0.2, 0.8]], [50, 30, 20])
    >>> round(found.unconditional, 3), round(found.distance, 3)
    (0.225, 0.075)
    """
    given = numbers(chances, "chances")
    share = _shares(given, weights)
    classes = len(given)
    if classes < _TWO:
        return Mobility(*(np.nan,) * 6)
    stays = np.diag(given)
    away = np.abs(np.subtract.outer(np.arange(classes), np.arange(classes)))
    far = (given * away).sum(axis=1)
    some = share != 0  # NaN, where there is nobody at all, stays
    leaves = float((share * (1.0 - stays))[some].sum())
    return Mobility(
        float((1.0 - stays).sum()) / (classes - 1),
        *_spectral(given),
        classes * leaves / (classes - 1),
        float((share * far)[some].sum()) / (classes - 1),
        _singular(given),
    )


def _spectral(chances: Floats) -> tuple[float, float]:
    if np.isnan(chances).any():
        return np.nan, np.nan
    sizes = np.sort(np.abs(np.linalg.eigvals(chances)))
    return 1.0 - abs(float(np.linalg.det(chances))), 1.0 - float(sizes[-_TWO])


def _singular(chances: Floats) -> float:
    if np.isnan(chances).any():
        return np.nan
    moved = chances - np.eye(len(chances))
    return float(np.linalg.svd(moved, compute_uv=False).mean())


def _shares(chances: Floats, weights: Floats | Sequence[float] | None) -> Floats:
    """Check both; weights as shares."""
    square = chances.ndim == _TWO and chances.shape[0] == chances.shape[1]
    known = chances[~np.isnan(chances).any(axis=1)] if square else chances
    if not square or (np.abs(known.sum(axis=1) - 1) > _NEAR).any() or (known < 0).any():
        msg = (
            f"chances must be a square table with rows that sum to 1, got shape {chances.shape}; "
            "divide counts by the sum of their row"
        )
        raise DataError(msg)
    if weights is None:
        return np.full(len(chances), 1.0 / max(len(chances), 1))
    share = numbers(weights, "weights")
    if share.shape != (len(chances),) or not (share >= 0).all() or np.isinf(share).any():
        msg = f"weights must be {len(chances)} numbers of 0 or more, got shape {share.shape}"
        raise DataError(msg)
    total = float(share.sum())
    return share / total if total else np.full(len(share), np.nan)
