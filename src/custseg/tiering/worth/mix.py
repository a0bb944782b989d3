"""Which measures make a customer's worth, and how much does each of them count?"""

from collections.abc import Iterable
from fractions import Fraction
from math import isfinite, lcm
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Floats, Needs
from custseg.errors import ConfigError, DataError, MissingColumnError, NotEnoughDataError
from custseg.tiering.given import known
from custseg.tiering.settings import check_points, check_word, is_number
from custseg.tiering.worth.blend import (
    WHOLE,
    MixPart,
    Unknown,
    ValueMixModel,
    shared_out,
)
from custseg.tiering.worth.frontier import quantiles

_AT: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


def _is_pair(given: Any) -> bool:  # noqa: ANN401 - whatever is given
    return hasattr(given, "__len__") and [is_number(one) for one in given] == [True, True]


@attrs.frozen
class Component:
    """One measure of a customer's worth.

    Attributes:
        field: The column.
        weight: How much it counts beside the others.
        aspect: What it stands for: margin, stability, loyalty, influence, ...; by default the
            column itself.
        lower: Less is better, as of the irregularity of purchases.
        points: Values and what they earn from 0 to 1, in between in proportion; by default they
            are learnt: the more customers are below a value, the more it earns.

    Raises:
        ConfigError: The weight is not a number above 0, or the points do not ascend or leave 0 to
            1.

    >>> Component("gap_cv", 15, aspect="stability", lower=True).aspect
    'stability'
    """

    field: str
    weight: float
    aspect: str = attrs.field(
        default=attrs.Factory(lambda self: self.field, takes_self=True), kw_only=True
    )
    lower: bool = attrs.field(default=False, kw_only=True)
    points: tuple[tuple[float, float], ...] = attrs.field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the weight and the points."""
        if not (is_number(self.weight) and 0 < self.weight < float("inf")):
            msg = f"the weight of {self.field!r} must be a number above 0, got {self.weight!r}"
            raise ConfigError(msg)
        if not all(_is_pair(pair) for pair in self.points):
            msg = f"points of {self.field!r} are pairs of numbers, got {self.points}"
            raise ConfigError(msg)
        if self.points:
            check_points("points", tuple(x for x, _ in self.points), strict=True)
        if any(not 0 <= y <= 1 for _, y in self.points):
            msg = f"points of {self.field!r} earn from 0 to 1, got {list(self.points)}"
            raise ConfigError(msg)


_PRESET: Final = (
    Component("margin", 50, aspect="margin"),
    Component("gap_cv", 15, aspect="stability", lower=True),
    Component("tenure_days", 10, aspect="loyalty"),
    Component("frequency", 10, aspect="loyalty"),
    Component("share_of_wallet", 5, aspect="loyalty"),
    Component("referrals", 5, aspect="influence"),
    Component("linked_accounts", 5, aspect="influence"),
)


def _components(given: Component | Iterable[Component]) -> tuple[Component, ...]:
    return (given,) if isinstance(given, Component) else tuple(given)


@attrs.frozen
class ValueMix:
    """A customer's worth by several measures: margin first, how stable, loyal and influential.

    Each measure is put on a scale from 0 to 100 by points that are stored in the fitted model, so
    that the next run measures by the same scale. Learnt points are ranks: a value earns the share
    of customers below it, between the 5 % at the bottom (0) and at the top (100); equal values
    earn the middle of their ranks. The mix is the mean by weight.

    Attributes:
        components: The measures.
        unknown: ``share``: the weight of what is missing is shared out among what is known, so
            that nobody is punished for a gap in the records; ``neutral``: it earns a fixed share,
            so that every mix is of all measures, and becomes SQL. Either way the share of the
            weight that is known is given beside the mix.
        neutral: That share.

    Raises:
        ConfigError: There is no measure, one comes twice, or ``neutral`` is not from 0 to 1.

    Source: ranks as scores: Bross 1958, "How to use ridit analysis", Biometrics 14. The measures
    and their weights in ``preset`` are house values, to start from and to change.

    >>> people = [{"margin": m, "gap_cv": c} for m, c in ((0, 0.9), (40, 0.5), (100, 0.1))]
    >>> mix = ValueMix((Component("margin", 3), Component("gap_cv", 1, lower=True)))
    >>> model = mix.fit(people)
    >>> [model.one(row)["value_mix"] for row in people]
    [0.0, 50.0, 100.0]
    >>> model.one({"margin": 100, "gap_cv": None})
    {'margin': 100, 'gap_cv': None, 'value_mix': 100.0, 'value_mix_known': 0.75}
    """

    components: tuple[Component, ...] = attrs.field(default=_PRESET, converter=_components)
    unknown: Unknown = attrs.field(default="share", kw_only=True)
    neutral: float = attrs.field(default=0.5, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the measures."""
        check_word("unknown", self.unknown, ("share", "neutral"))
        if not (is_number(self.neutral) and 0 <= self.neutral <= 1):
            msg = f"neutral must be a share from 0 to 1, got {self.neutral!r}"
            raise ConfigError(msg)
        fields = [one.field for one in self.components]
        if not fields or len(set(fields)) < len(fields):
            msg = f"a mix needs different measures, at least one, got {fields}"
            raise ConfigError(msg)

    @classmethod
    def preset(cls, columns: Iterable[str] = ()) -> "ValueMix":
        """A first sensible mix over the columns of a profile.

        Margin 50; stability 15 (irregularity of purchases, less is better); loyalty 25 (tenure,
        purchases, share of wallet); influence 10 (referrals, linked accounts).

        Args:
            columns: The columns that there are; by default all. A measure without its column is
                left out; without margin, revenue stands in its place.

        Raises:
            MissingColumnError: None of the columns is there.

        >>> [
        ...     one.field
        ...     for one in ValueMix.preset(["customer_id", "revenue", "tenure_days"]).components
        ... ]
        ['revenue', 'tenure_days']
        """
        there = set(columns) or {one.field for one in _PRESET}
        first = _PRESET[0]
        if first.field not in there:
            first = Component("revenue", first.weight, aspect=first.aspect)
        found = tuple(one for one in (first, *_PRESET[1:]) if one.field in there)
        if not found:
            raise MissingColumnError(_PRESET[0].field, sorted(there))
        return cls(found)

    def fit(self, data: object) -> ValueMixModel:
        """Learn the scales.

        Args:
            data: One row a customer.

        Raises:
            MissingColumnError: The column of a measure is missing.
            DataError: A value is infinite, or a column is not a number.
            NotEnoughDataError: Nothing is known by any measure.
        """
        learns: Needs = {one.field: "number" for one in self.components if not one.points}
        read = frames.table(data).select(learns).read(learns) if learns else {}
        scales = [_scale(one, cast("Floats", read.get(one.field))) for one in self.components]
        if not any(scales):
            msg = f"nothing is known by any of {list(learns)}; fit on customers with a value"
            raise NotEnoughDataError(msg)
        worths = _worths([one.weight for one in self.components])
        return ValueMixModel(
            parts=tuple(
                MixPart(one.field, best, one.aspect, _knots(scale, best))
                for one, best, scale in zip(self.components, worths, scales, strict=True)
            ),
            unknown=self.unknown,
            neutral=self.neutral,
        )


Scale = tuple[tuple[float, float], ...]


def _worths(weights: list[float]) -> list[int]:
    """Weights as whole hundredths of points that sum to 100 points exactly."""
    exact = [Fraction(str(weight)) for weight in weights]
    down = lcm(*(weight.denominator for weight in exact))
    whole = [int(weight * down) for weight in exact]
    return shared_out([weight * WHOLE for weight in whole], sum(whole), WHOLE)


def _scale(one: Component, values: Floats | None) -> Scale:
    """Values and what they earn; empty where nothing is known."""
    if one.points:
        return one.points
    assert values is not None  # noqa: S101 - what learns was read
    if np.isnan(values).all():
        return ()
    try:
        ordered = np.sort(known(values))
    except DataError as error:
        raise DataError(error.message, one.field, error.row) from error
    everybody = np.zeros(len(ordered), dtype=np.intp)
    found = [float(quantiles(ordered, everybody, share)[0]) for share in _AT]
    low, high = _AT[0], _AT[-1]
    ranks: dict[float, list[float]] = {}
    for x, share in zip(found, _AT, strict=True):
        ranks.setdefault(x, []).append((share - low) / (high - low))
    return tuple((x, _earned(one, (min(y) + max(y)) / 2)) for x, y in ranks.items())


def _earned(one: Component, rank: float) -> float:
    return 1.0 - rank if one.lower else rank


def _knots(scale: Scale, best: int) -> tuple[tuple[float, int], ...]:
    """The scale in whole hundredths; values too close to tell apart become one."""
    knots: list[tuple[float, int]] = []
    for x, share in scale:
        worth = int(np.floor(share * best + 0.5))
        if knots and not isfinite(WHOLE / (x - knots[-1][0])):
            continue
        knots.append((x, worth))
    return tuple(knots)
