"""How would the fit vary if the customers were others of the same kind: the bootstrap."""

import logging
from collections.abc import Callable
from typing import Any, Protocol

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Column, Floats, Index, Needs
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.lifetime.condensing import condensed
from custseg.lifetime.maximum import Learned
from custseg.lifetime.purchases import portion
from custseg.progress import Progress, each, told
from custseg.showing import Shown

_LOG = logging.getLogger(__name__)

_WEIGHT = "_customers"
_LEAST = 2


class Spec(Protocol):
    """What can be fitted to weighted customers."""

    @property
    def weight(self) -> str | None:
        """The column of weights."""
        ...

    @property
    def needs(self) -> Needs:
        """The columns that are learned from."""
        ...

    def fit(self, summary: object, /) -> Learned:
        """Learn."""
        ...


@attrs.frozen
class Bootstrap(Shown):
    """A fit, and the same fit of customers drawn anew from those that there are.

    Attributes:
        model: Fitted to all customers as they are.
        draws: Fitted to as many customers, drawn with replacement.
        failed: Draws from which nothing could be learned; they are not among the others.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> one, two = (
    ...     MBGNBDModel(fitting=Fitting(-9.0, 3.0), r=r, alpha=5.0, a=1.0, b=2.0)
    ...     for r in (0.5, 0.7)
    ... )
    >>> Bootstrap(one, (one, two)).intervals(0.5)["r"]
    (0.55, 0.6499999999999999)
    """

    model: Learned
    draws: tuple[Learned, ...]
    failed: int = 0

    def values(self, statistic: Callable[[Any], Any]) -> Floats:
        """What a question is answered by each draw: one row a draw.

        Args:
            statistic: From a model to a number or an array.
        """
        return np.array([answered(statistic(model)) for model in self.draws])

    def intervals(self, level: float = 0.95) -> dict[str, tuple[float, float]]:
        """An interval of each parameter: what lies between is as likely as the level.

        Args:
            level: Share of draws within.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.

        Source: Efron 1979, Annals of Statistics 7(1); percentile intervals.
        """
        beyond = (1.0 - portion("level", level)) / 2.0
        found: dict[str, tuple[float, float]] = {}
        for name in self.model.params:
            values = [model.params[name] for model in self.draws if name in model.params]
            low, high = np.quantile(values, (beyond, 1.0 - beyond)).tolist()
            found[name] = (low, high)
        return found


def bootstrap(
    spec: Spec,
    summary: object,
    *,
    draws: int = 200,
    seed: int = 0,
    progress: Progress | None = None,
) -> Bootstrap:
    """Fit to customers drawn anew, many times: what the parameters could as well have been.

    Equal customers are drawn together, so that a draw costs no more than a fit of the distinct
    ones.

    Args:
        spec: The model to fit.
        summary: What its ``fit`` reads.
        draws: How many times.
        seed: Where chance starts from: the same seed gives the same draws.
        progress: Called as ``progress(step, done, total)``; ``False`` cancels.

    Returns:
        The fit and the draws; see ``Bootstrap.intervals`` and ``estimate_interval``.

    Raises:
        ConfigError: There are fewer than two draws.
        NotEnoughDataError: Nothing can be learned, from all customers or from half of the draws.
        CancelledError: ``progress`` returned ``False``.

    Source: Efron 1979, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics
    7(1).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> known = log.summary(as_of="1997-09-30", unit="week")
    >>> drawn = bootstrap(cs.lifetime.MBGNBD(), known, draws=50, seed=1)
    >>> low, high = drawn.intervals(0.9)["r"]
    >>> low < 0.525 < high
    True
    """
    if draws < _LEAST:
        msg = f"must be {_LEAST} or more, got {draws!r}"
        raise ConfigError(msg, "draws")
    spec, table = condensed(spec, summary)
    model = spec.fit(table)
    distinct, customers = _distinct(table, spec)
    total, name = float(customers.sum()), spec.weight or _WEIGHT
    weighed: Any = attrs.evolve(spec, weight=name)  # type: ignore[misc]
    rng = np.random.default_rng(seed)  # noqa: TID251 - the seed is the caller's
    found, failed = list[Learned](), 0
    with told(progress):
        for _ in each("draws", range(draws)):
            drawn = rng.multinomial(round(total), customers / total).astype(np.float64)
            try:
                found.append(weighed.fit(distinct.attach({name: drawn})))
            except NotEnoughDataError:
                failed += 1
    _LOG.info("bootstrap: %d of %d draws could be fitted", len(found), draws)
    if 2 * failed >= draws:
        msg = f"nothing could be learned from {failed} of {draws} draws; give more customers"
        raise NotEnoughDataError(msg)
    return Bootstrap(model, tuple(found), failed)


def answered(answer: object) -> Floats:
    """What a statistic gave, as numbers.

    Args:
        answer: A number or an array.

    Raises:
        ConfigError: It is a table, as models answer of a lazy one.

    >>> answered([0.5, 1])
    array([0.5, 1. ])
    """
    try:
        return np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError) as error:
        msg = (
            f"must give a number or an array, got {type(answer).__name__}: of a lazy table models "
            "answer with a lazy table, so let the statistic ask of customers in memory"
        )
        raise ConfigError(msg, "statistic") from error


def _distinct(table: frames.Table[Any], spec: Spec) -> tuple[frames.Table[Any], Floats]:
    """The distinct rows that a spec reads, as a table, and the customers of each."""
    cols = table.read(spec.needs)
    of = np.zeros(table.size, dtype=np.int64)
    for column in cols.values():
        words, at = np.unique(_values(column), return_inverse=True)
        _, of = np.unique(of * len(words) + at, return_inverse=True)
    _, row = np.unique(of, return_index=True)
    weight = np.ones(table.size)
    if spec.weight is not None:
        weight = np.asarray(table.read({spec.weight: "number"})[spec.weight], dtype=np.float64)
    columns = {name: _taken(column, row) for name, column in cols.items()}
    return frames.table(table.build(columns)), np.bincount(of, weight).astype(np.float64)


def _values(column: Column) -> Any:  # noqa: ANN401 - of any kind
    return column.at if isinstance(column, Codes) else column


def _taken(column: Column, row: Index) -> Any:  # noqa: ANN401 - of any kind
    if isinstance(column, Codes):
        return Codes(column.at[row], column.words, plain=True)
    return _values(column)[row]
