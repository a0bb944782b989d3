"""How fast do customers move, from the days on which they did?"""

from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.errors import ConfigError, DataError
from custseg.measures.intervals import quantile, ratio
from custseg.measures.numbers import numbers


@attrs.frozen(eq=False)
class MoveRates:
    """Moves by the time that customers were exposed to them.

    It sees every move, also those between two reviews, and customers who were there for part of
    the time; and it gives the chances of any horizon.

    Attributes:
        moves: Moves from x to; nothing on the diagonal.
        time: The time that customers spent in each state, in any unit.

    Source: Lando and Skodeberg 2002, Journal of Banking and Finance 26(2-3); Kalbfleisch and
    Lawless 1985, Journal of the American Statistical Association 80(392).

    >>> rates = MoveRates(np.array([[0, 1], [0, 0]]), np.array([10.0, 4.0]))
    >>> rates.generator.tolist(), rates.over(1.0).round(4).tolist()
    ([[-0.1, 0.1], [0.0, 0.0]], [[0.9048, 0.0952], [0.0, 1.0]])
    """

    moves: Ints = attrs.field(converter=np.asarray)
    time: Floats = attrs.field(converter=np.asarray)

    def __attrs_post_init__(self) -> None:
        """Check that both speak of the same states.

        Raises:
            DataError: They do not, or a number is missing, endless or below 0.
        """
        many, time = numbers(self.moves, "moves"), numbers(self.time, "time")
        if many.shape != (time.size, time.size) or time.ndim != 1:
            msg = f"moves {many.shape} and time {time.shape} do not fit one another"
            raise DataError(msg)
        figures = np.append(many.ravel(), time)
        if not (np.isfinite(figures) & (figures >= 0)).all():
            msg = "moves and time must be finite numbers of 0 or more"
            raise DataError(msg)

    @property
    def rates(self) -> Floats:
        """Moves per customer and unit of time; NaN from states in which nobody spent any."""
        return ratio(self.moves * ~np.eye(len(self.time), dtype=np.bool_), self.time[:, None])

    def intervals(self, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper ends of the rates: exact, of a Poisson count over the time.

        Args:
            level: Share of repetitions in which an interval holds the true rate.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.

        Source: Garwood 1936, Biometrika 28(3-4).
        """
        from scipy.special import chdtri  # noqa: PLC0415 - loaded where it is used

        quantile(level)  # refuses an impossible one
        tail = (1.0 - level) / 2.0
        many, point = self.moves.astype(np.float64), cast("Any", chdtri)
        low: Floats = np.where(many > 0, point(2.0 * np.maximum(many, 1.0), 1.0 - tail) / 2.0, 0.0)
        high: Floats = point(2.0 * (many + 1.0), tail) / 2.0
        return ratio(low, self.time[:, None]), ratio(high, self.time[:, None])

    @property
    def generator(self) -> Floats:
        """Rates with their negative sum on the diagonal: rows sum to 0."""
        rates = self.rates
        np.fill_diagonal(rates, 0.0 - rates.sum(axis=1))
        return rates

    def over(self, time: float) -> Floats:
        """The chances to have gone from state to state after some time: exp(generator x time).

        NaN for whoever may have got into a state of which nothing is known.

        Args:
            time: How long, in the unit of ``time``.

        Raises:
            ConfigError: It is below 0 or not finite.
        """
        from scipy.linalg import expm  # noqa: PLC0415 - loaded where it is used

        if not 0 <= time < np.inf:
            msg = f"must be 0 or more, got {time!r}"
            raise ConfigError(msg, "time")
        generator = self.generator
        unknown: Bools = np.asarray(np.isnan(generator).any(axis=1))
        chances = np.asarray(expm(np.nan_to_num(generator) * time), dtype=np.float64)
        lost: Bools = np.asarray(unknown | (chances[:, unknown] > 0).any(axis=1))
        return np.where(lost[:, None], np.nan, np.clip(chances, 0.0, 1.0))
