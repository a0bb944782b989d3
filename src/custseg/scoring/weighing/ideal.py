"""How near does a customer come to the best of all, and how far is the worst?"""

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias, cast

import attrs
import numpy as np

from custseg._typing import Columns, Floats, Gives, Needs, floats, words
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.model import RowModel
from custseg.scoring.weighing.scales import check_lower, numbers
from custseg.scoring.weighing.weights import Weights

Normalisation: TypeAlias = Literal["vector", "range"]
_NORMALISATIONS: Final = ("vector", "range")


@attrs.frozen(kw_only=True)
class TopsisModel(RowModel):
    """The best and the worst of all, to measure how near a customer comes to them.

    Adds ``closeness``, from 0 (as bad as the worst by every criterion) to 1 (as good as the best).
    Who is better than the best by a criterion, or worse than the worst, counts as that. It is
    missing where a criterion is, or is infinite: a distance to what is not known is none.

    Attributes:
        columns: The criteria.
        weights: What each counts.
        divisors: What the values of each are divided by.
        best: The best of each, divided and weighted.
        worst: The worst of each.

    >>> model = TopsisModel(columns="visits", weights=(1,), divisors=(10,), best=(1,), worst=(0,))
    >>> model.one({"visits": 4})["closeness"]
    0.4
    """

    schema_version: ClassVar[int] = 1

    columns: tuple[str, ...] = attrs.field(converter=words)
    weights: tuple[float, ...] = attrs.field(converter=floats)
    divisors: tuple[float, ...] = attrs.field(converter=floats)
    best: tuple[float, ...] = attrs.field(converter=floats)
    worst: tuple[float, ...] = attrs.field(converter=floats)

    def __attrs_post_init__(self) -> None:
        """Check that every criterion has its numbers."""
        if {len(part) for part in (self.weights, self.divisors, self.best, self.worst)} != {
            len(self.columns)
        }:
            msg = f"each of {list(self.columns)} has a weight, a divisor, a best and a worst"
            raise ConfigError(msg)

    @property
    def needs(self) -> Needs:
        """The criteria."""
        return dict.fromkeys(self.columns, "number")

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The column that is added."""
        return {"closeness": "number"}

    def kernel(self, cols: Columns) -> Columns:
        """Distances to the best and to the worst, criterion by criterion."""
        near = far = np.zeros(len(cast("Floats", cols[self.columns[0]])))
        parts = zip(self.columns, self.weights, self.divisors, self.best, self.worst, strict=True)
        for name, weight, divisor, best, worst in parts:
            given = cast("Floats", cols[name])
            with np.errstate(over="ignore"):
                value = np.where(np.isinf(given), np.nan, given) / divisor * weight
            value = np.clip(value, min(best, worst), max(best, worst))
            near, far = near + (value - best) ** 2, far + (value - worst) ** 2
        near, far = np.sqrt(near), np.sqrt(far)
        with np.errstate(invalid="ignore"):
            share: Floats = far / (near + far)
        return {"closeness": share}


@attrs.frozen
class Topsis:
    """Rank customers by how near they come to the best of all: TOPSIS.

    The distances are Euclidean, so a weakness cannot be made good as easily as in a weighted sum;
    but the answer has no parts that add up. For points with reasons take ``Weights.card``.

    Attributes:
        weights: What each criterion counts.
        lower: Columns of which less is better.
        normalisation: ``vector``: values are divided by the root of the sum of their squares;
            ``range``: by the distance from the least to the greatest. The two rank differently.

    Raises:
        ConfigError: The normalisation is none.
        MissingColumnError: A column of which less is better is no criterion.

    Source: Hwang and Yoon 1981, "Multiple Attribute Decision Making"; the two normalisations are
    compared by Opricovic and Tzeng 2004, European Journal of Operational Research 156(2).

    >>> offers = [{"risk": 1, "gain": 3000}, {"risk": 2, "gain": 3750}, {"risk": 5, "gain": 4500}]
    >>> for normalisation in ("range", "vector"):
    ...     model = Topsis(
    ...         Weights({"risk": 1, "gain": 1}), lower="risk", normalisation=normalisation
    ...     ).fit(offers)
    ...     print([round(row["closeness"], 3) for row in model.apply(offers)])
    [0.5, 0.617, 0.5]
    [0.762, 0.722, 0.238]
    """

    weights: Weights
    lower: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    normalisation: Normalisation = attrs.field(default="vector", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        check_lower(self.lower, tuple(self.weights.shares))
        if self.normalisation not in _NORMALISATIONS:
            msg = f"normalisation is one of {list(_NORMALISATIONS)}, got {self.normalisation!r}"
            raise ConfigError(msg, "normalisation")

    def fit(self, data: object) -> TopsisModel:
        """Learn the best and the worst.

        Args:
            data: One row a customer; what is missing of one counts for nothing here.

        Raises:
            MissingColumnError: A criterion has no column.
            DataError: A value is infinite.
            NotEnoughDataError: No criterion tells customers apart.
        """
        counted = tuple(name for name, share in self.weights.shares.items() if share > 0)
        parts = [self._part(name, values) for name, values in numbers(data, counted).items()]
        if not any(best != worst for *_, best, worst in parts):
            msg = f"no criterion of {list(counted)} tells customers apart; there is no best one"
            raise NotEnoughDataError(msg)
        weights, divisors, best, worst = zip(*parts, strict=True)
        return TopsisModel(
            columns=counted, weights=weights, divisors=divisors, best=best, worst=worst
        )

    def _part(self, name: str, values: Floats) -> tuple[float, float, float, float]:
        known = np.sort(values[~np.isnan(values)])
        if not len(known):
            msg = f"nothing is known of {name!r}; leave the criterion out"
            raise NotEnoughDataError(msg)
        if not np.isfinite(known[[0, -1]]).all():
            msg = "holds an infinite value; distances need finite ones"
            raise DataError(msg, name)
        low, high = float(known[0]), float(known[-1])
        wide = float(known[-1]) - low if self.normalisation == "range" else _length(known)
        if not np.isfinite(wide):
            msg = "holds values too far apart for a distance; give it in larger units"
            raise DataError(msg, name)
        weight, divisor = self.weights.shares[name], wide or 1.0
        ends = [low / divisor * weight, high / divisor * weight]
        worst, best = reversed(ends) if name in self.lower else ends
        return weight, divisor, best, worst


def _length(values: Floats) -> float:
    """The root of the sum of squares, in a unit in which no square overflows."""
    _, power = np.frexp(np.abs(values).max())
    with np.errstate(over="ignore"):
        return float(np.ldexp(np.sqrt((np.ldexp(values, -power) ** 2).sum()), power))
