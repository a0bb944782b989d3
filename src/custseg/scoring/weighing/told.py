"""Which criteria tell customers apart? Weights from the data, without judgement or outcome."""

from typing import Literal

import attrs
import numpy as np

from custseg._typing import words
from custseg.errors import ConfigError, DataError
from custseg.scoring.card.scorecard import Scorecard
from custseg.scoring.weighing.scales import (
    SPAN,
    as_span,
    check_lower,
    lowered,
    numbers,
    scale_of,
)
from custseg.scoring.weighing.spreading import METHODS, Method, known_rows, refused, weights_of
from custseg.scoring.weighing.weights import Weights


@attrs.frozen
class DataWeights:
    """Weights from how much each column tells customers apart.

    They need neither judgements nor outcomes, and know nothing of what the company wants: mix them
    with judgements (``Weights.blended``).

    Attributes:
        columns: The criteria.
        method: ``critic``: columns that vary and that no other column repeats; ``entropy``:
            columns that are shared unevenly (values of 0 or more); ``deviation``: columns that
            vary; ``merec``: columns without which customers would change places (values above
            0).
        lower: Columns of which less is better.
        missing: ``leave``: customers of whom a column is not known are left out, and counted;
            ``middle``: the median stands for it.
        span: Shares of customers below which a column earns nothing, and from which it earns all.

    Raises:
        ConfigError: There is no column or one comes twice, or a setting is none.

    Source: entropy: Zeleny 1982; CRITIC and deviation: Diakoulaki, Mavrotas and Papayannakis 1995,
    Computers and Operations Research 22(7); MEREC: Keshavarz-Ghorabaee et al. 2021, Symmetry
    13(4).

    >>> people = [{"revenue": 10 * i, "orders": i, "visits": i * i % 7} for i in range(20)]
    >>> told = DataWeights(("revenue", "orders", "visits")).weights(people)
    >>> {name: round(share, 2) for name, share in told.shares.items()}
    {'revenue': 0.23, 'orders': 0.23, 'visits': 0.54}
    """

    columns: tuple[str, ...] = attrs.field(converter=words)
    method: Method = "critic"
    lower: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)
    missing: Literal["leave", "middle"] = attrs.field(default="leave", kw_only=True)
    span: tuple[float, float] = attrs.field(default=SPAN, converter=as_span, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the settings."""
        if not self.columns or len(set(self.columns)) < len(self.columns):
            msg = f"weights are of different columns, at least one, got {list(self.columns)}"
            raise ConfigError(msg, "columns")
        if self.method not in METHODS or self.missing not in {"leave", "middle"}:
            msg = f"method is one of {list(METHODS)} and missing leave or middle"
            msg += f", got {self.method!r} and {self.missing!r}"
            raise ConfigError(msg)
        check_lower(self.lower, self.columns)

    def fit(self, data: object) -> Scorecard:
        """A card of 100 points: each column a straight line over its values.

        Args:
            data: One row a customer.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A value is infinite or of a sign that the method cannot take, or nothing is
                known of a column.
            NotEnoughDataError: There are not two customers, or no column tells them apart.
        """
        return self.weights(data).card()

    def weights(self, data: object) -> Weights:
        """Weights and scales of the columns.

        Args:
            data: One row a customer.

        Raises:
            MissingColumnError: A column is missing.
            DataError: A value is infinite or of a sign that the method cannot take, or nothing is
                known of a column.
            NotEnoughDataError: There are not two customers, or no column tells them apart.
        """
        read = numbers(data, self.columns)
        rows = known_rows(read, self.missing)
        for name, column in zip(self.columns, rows.T, strict=True):
            if (problem := refused(self.method, column)) is not None:
                raise DataError(problem, name)
        lower = np.array([name in self.lower for name in self.columns])
        shares = weights_of(self.method, rows, lower).tolist()
        scales = dict[str, tuple[float, float]]()
        for name, values in read.items():
            scale = scale_of(name, values, self.span)
            if scale is not None:
                scales[name] = lowered(scale, lower=name in self.lower)
        every = len(next(iter(read.values())))
        return Weights(
            dict(zip(self.columns, shares, strict=True)),
            self.method,
            scales,
            rows=len(rows),
            left_out=every - len(rows),
        )
