"""What counts more, and how many times? Weights from judgements in pairs."""

from collections.abc import Mapping
from typing import Final

import attrs

from custseg._typing import words
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.weighing.pairs import (
    Consistency,
    Judgements,
    RandomIndex,
    as_judgements,
    judgements,
    weigh,
)
from custseg.scoring.weighing.scales import (
    SPAN,
    as_span,
    check_lower,
    lowered,
    numbers,
    scale_of,
)
from custseg.scoring.weighing.weights import Weights

_INDICES: Final = ("saaty", "donegan-dodd")


@attrs.frozen
class AHP:
    """The analytic hierarchy process: judge in pairs, and get weights that fit all judgements.

    Say for pairs of criteria how many times more the first one counts: 1 as much, 3 somewhat more,
    5 clearly, 7 very much, 9 above all; below 1 where the second counts more. Not every pair has
    to be judged: what the others imply stands for it. Judgements that contradict each other are
    weighed all the same, and named.

    Attributes:
        judgements: Pairs and how many times more the first counts: ``{("price", "age"): 3}``.
        parts: Criteria that are made of others, and the judgements of their parts.
        lower: Columns of which less is better.
        random_index: Whose random indices the consistency ratio is measured by.
        span: Shares of customers below which a column earns nothing, and from which it earns all,
            where scales are learnt from a table.

    Raises:
        ConfigError: A pair is judged twice or with itself, a number is not above 0, some criteria
            are compared with none of the others, or parts belong to no criterion.

    Source: Saaty 1980, "The Analytic Hierarchy Process"; random indices: Saaty 2005, or Donegan
    and Dodd 1991, Mathematical and Computer Modelling 15(10).

    >>> judged = AHP({("revenue", "visits"): 4, ("revenue", "tenure"): 8, ("visits", "tenure"): 2})
    >>> {name: round(share, 3) for name, share in judged.weights().shares.items()}
    {'revenue': 0.727, 'visits': 0.182, 'tenure': 0.091}
    >>> people = [{"revenue": 100 * i, "visits": i % 5, "tenure": 30 * i} for i in range(20)]
    >>> [(factor.name, factor.worth) for factor in judged.fit(people).factors]
    [('revenue', 72.73), ('visits', 18.18), ('tenure', 9.09)]
    """

    judgements: Judgements = attrs.field(converter=judgements)
    parts: Mapping[str, Judgements] = attrs.field(
        factory=dict[str, Judgements], converter=as_judgements
    )
    lower: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    random_index: RandomIndex = attrs.field(default="saaty", kw_only=True)
    span: tuple[float, float] = attrs.field(default=SPAN, converter=as_span, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the judgements hang together."""
        if self.random_index not in _INDICES:
            msg = f"random_index is one of {list(_INDICES)}, got {self.random_index!r}"
            raise ConfigError(msg, "random_index")
        if not self.judgements:
            msg = "there are no judgements; say at least which of two counts more"
            raise ConfigError(msg, "judgements")
        shares, _ = self._weighed()
        check_lower(self.lower, tuple(shares))

    def fit(self, data: object) -> Scorecard:
        """A card of 100 points: each criterion a straight line over the values of a table.

        Args:
            data: One row a customer, with a column for each criterion.

        Raises:
            MissingColumnError: A criterion has no column.
            NotEnoughDataError: A column has one value only, so that it has no scale.
        """
        return self.weights(data).card()

    def weights(self, data: object = None) -> Weights:
        """Weights of the criteria; with a table also the scales of their columns.

        Args:
            data: One row a customer, with a column for each criterion.

        Raises:
            MissingColumnError: A criterion has no column.
            NotEnoughDataError: A column has one value only, so that it has no scale.
        """
        shares, checks = self._weighed()
        if data is None:
            return Weights(shares, "ahp", checks=checks)
        read = numbers(data, tuple(shares))
        scales = dict[str, tuple[float, float]]()
        for name, values in read.items():
            scale = scale_of(name, values, self.span)
            if scale is None:
                msg = f"{name!r} has one value only, so nothing says which values are good"
                raise NotEnoughDataError(msg)
            scales[name] = lowered(scale, lower=name in self.lower)
        rows = len(next(iter(read.values())))
        return Weights(shares, "ahp", scales, checks=checks, rows=rows)

    def _weighed(self) -> tuple[dict[str, float], tuple[Consistency, ...]]:
        """Weights of what has no parts; one that is part of several counts for each of them."""
        shares, check = weigh(self.judgements, "", self.random_index)
        checks, done = [check], set[str]()
        while whole := [name for name in shares if name in self.parts]:
            for name in whole:
                if name in done:
                    msg = f"{name!r} is a part of itself, or of two criteria at once"
                    raise ConfigError(msg, "parts")
                done.add(name)
                share = shares.pop(name)
                below, check = weigh(self.parts[name], name, self.random_index)
                checks.append(check)
                for part, of in below.items():
                    shares[part] = shares.get(part, 0.0) + share * of
        if idle := sorted(set(self.parts) - done):
            msg = f"{idle} have parts and are no criteria of the judgements"
            raise ConfigError(msg, "parts")
        return shares, tuple(checks)
