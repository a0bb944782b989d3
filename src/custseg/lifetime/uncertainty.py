"""How sure is an answer of a model, and how far may a customer be from it?"""

from collections.abc import Callable
from typing import Any, Literal, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Floats, Index
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.lifetime.covariates import CovariateModel
from custseg.lifetime.history import History, lasting
from custseg.lifetime.maximum import Learned
from custseg.lifetime.purchases import PurchaseModel, portion
from custseg.lifetime.resampling import Bootstrap, answered
from custseg.showing import Shown

Scale = Literal["amount", "chance", "plain"]

_SHORT = 0.05  # of a standard deviation: differences on both sides
_MOST = 100_000
_TINY = 1e-300


@attrs.frozen(eq=False)
class Interval(Shown):
    """Two ends for each customer.

    Attributes:
        low: The lower end.
        high: The upper end.
        level: How much should lie between.

    >>> Interval(np.array([1.0]), np.array([3.0]), 0.9).holds(np.array([3.0]))
    array([ True])
    """

    low: Floats
    high: Floats
    level: float

    def holds(self, values: Floats) -> Any:  # noqa: ANN401 - an array or one value
        """Which values lie between, the ends included."""
        return (self.low <= values) & (values <= self.high)


def estimate_interval(
    source: Learned | tuple[Learned, ...] | Bootstrap,
    statistic: Callable[..., Any],
    *,
    level: float = 0.9,
    scale: Scale = "amount",
) -> Interval:
    """How sure a model is of what it says ON AVERAGE of customers: the error of its parameters.

    It gets narrow where there is much to learn from. It does not say how far a customer may be from
    that average: see ``outcome_interval``.

    Args:
        source: A fitted model, several that were fitted apart (of purchases and of spend), or a
            ``Bootstrap``. Of models the covariance of their parameters is used (delta method),
            which is fast; of a bootstrap its draws.
        statistic: What to ask, from the model (or models) to a number or an array.
        level: Share of repetitions in which such an interval holds the true value.
        scale: Where ends lie equally far from the answer: of an ``amount`` in logarithms, of a
            ``chance`` in log-odds, else ``plain``. Draws need none.

    Raises:
        ConfigError: The level is not strictly between 0 and 1, or the statistic gives no numbers.
        NotEnoughDataError: The data do not hold back a parameter, so no covariance is known.

    Source: Oehlert 1992, "A Note on the Delta Method", The American Statistician 46(1).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> known = log.summary(as_of="1997-09-30", unit="week")
    >>> model = cs.lifetime.MBGNBD().fit(known)
    >>> buyer = [{"frequency": 2, "recency": 30.43, "T": 38.86}]
    >>> said = estimate_interval(model, lambda m: m.expected_purchases(buyer, horizon=39))
    >>> said.low.round(2), said.high.round(2)
    (array([1.19]), array([1.35]))
    """
    beyond = (1.0 - portion("level", level)) / 2.0
    if isinstance(source, Bootstrap):
        low, high = np.quantile(source.values(statistic), (beyond, 1.0 - beyond), axis=0)
        return Interval(np.asarray(low), np.asarray(high), level)
    from scipy.special import ndtri  # noqa: PLC0415 - loaded where it is used

    models = source if isinstance(source, tuple) else (source,)
    middle = _scaled(answered(statistic(*models)), scale)
    half = -float(ndtri(beyond)) * np.sqrt(_variance(models, statistic, scale))
    return Interval(_back(middle - half, scale), _back(middle + half, scale), level)


def _variance(models: tuple[Learned, ...], statistic: Callable[..., Any], scale: Scale) -> Floats:
    """The variance of the answer: a sum over the main axes of each model's covariance."""
    total: Any = 0.0
    for place, model in enumerate(models):
        for step in _axes(model):
            ends: list[Floats] = []
            for way in (-_SHORT, _SHORT):
                others = (*models[:place], moved(model, way * step), *models[place + 1 :])
                ends.append(_scaled(answered(statistic(*others)), scale))
            total = total + ((ends[1] - ends[0]) / (2.0 * _SHORT)) ** 2
    return np.asarray(total)


def _axes(model: Learned) -> Floats:
    """Steps of one standard deviation along the main axes of the covariance, one a row."""
    rows = model.fitting.covariance
    if not rows:
        msg = (
            f"the data do not hold back {list(model.fitting.at_limit) or 'a parameter'}, so nobody "
            "knows how sure the model is; give more customers, a penalty, or a bootstrap"
        )
        raise NotEnoughDataError(msg)
    values, vectors = np.linalg.eigh(np.array(rows))
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))).T)


def moved(model: Learned, by: Floats) -> Learned:
    """The model with other parameters.

    Args:
        model: A fitted model.
        by: What is added to the logarithm of each parameter, and to each coefficient.

    >>> from custseg.lifetime import Fitting, GammaGammaModel
    >>> model = GammaGammaModel(fitting=Fitting(-1.0, 1.0), p=6.0, q=4.0, v=15.0)
    >>> moved(model, np.log([0.5, 1.0, 2.0])).params
    {'p': 3.0, 'q': 4.0, 'v': 30.0}
    """
    effects = model.effects if isinstance(model, CovariateModel) else ()
    named = [name for name in model.params if name not in {one.name for one in effects}]
    changes: dict[str, Any] = {
        name: model.params[name] * float(np.exp(step))
        for name, step in zip(named, by.tolist(), strict=False)
    }
    if effects:
        steps = by.tolist()[len(named) :]
        changes["effects"] = tuple(
            attrs.evolve(one, coefficient=one.coefficient + step)
            for one, step in zip(effects, steps, strict=True)
        )
    return attrs.evolve(model, **changes)


def _scaled(values: Floats, scale: Scale) -> Floats:
    if scale == "plain":
        return values
    if scale not in ("amount", "chance"):
        msg = f"must be 'amount', 'chance' or 'plain', got {scale!r}"
        raise ConfigError(msg, "scale")
    if (values < 0).any() or (scale == "chance" and (values > 1).any()):
        msg = f"the answers are no {scale}s: some lie beyond; give scale='plain'"
        raise ConfigError(msg, "scale")
    logs = np.log(np.maximum(values, _TINY))
    return logs if scale == "amount" else logs - np.log(np.maximum(1.0 - values, _TINY))


def _back(values: Floats, scale: Scale) -> Floats:
    if scale == "plain":
        return values
    if scale == "amount":
        return np.exp(values)
    from scipy.special import expit  # noqa: PLC0415 - loaded where it is used

    return np.asarray(expit(values))


def outcome_interval(
    source: PurchaseModel | Bootstrap, summary: object, *, horizon: float, level: float = 0.9
) -> Interval:
    """How many purchases a customer MAY make: what will be seen lies within, as often as said.

    Chance itself is in it, and with a ``Bootstrap`` also that the parameters are not known for
    sure; so it stays wide however many customers have been learned from. As counts are whole, it
    holds at least the level.

    Args:
        source: A fitted model, or a bootstrap of one.
        summary: The customers. Of a lazy table the columns that are read are fetched, once; ends
            are in the order in which its engine gave the rows.
        horizon: The time from now, in the unit of the summary.
        level: The chance that a customer's purchases lie within.

    Returns:
        The least and the most purchases of each customer; NaN where a row says nothing possible.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: The level is not strictly between 0 and 1, or ``horizon`` is below 0.

    >>> from custseg.lifetime import Fitting, MBGNBDModel
    >>> model = MBGNBDModel(fitting=Fitting(-9582.1, 2357), r=0.525, alpha=6.183, a=0.891, b=1.614)
    >>> buyers = [{"frequency": x, "recency": 30.0, "T": 32.0} for x in (1, 25)]
    >>> seen = outcome_interval(model, buyers, horizon=39)
    >>> seen.low, seen.high
    (array([0., 0.]), array([ 4., 35.]))
    """
    beyond = (1.0 - portion("level", level)) / 2.0
    end = lasting("horizon", horizon)
    models = source.draws if isinstance(source, Bootstrap) else (source,)
    held = _fetched(cast("PurchaseModel", models[0]), summary)
    counted = [_Counted.of(cast("PurchaseModel", model), held, end) for model in models]
    known = counted[0].known
    low, high = (np.full(known.shape, np.nan) for _ in range(2))
    left: Index = np.flatnonzero(known)
    for count in range(_MOST):
        if not len(left):
            break
        reached = np.asarray(sum(one.reached(count, left) for one in counted) / len(counted))
        low[left] = np.where(np.isnan(low[left]) & (reached > beyond), count, low[left])
        done = reached >= 1.0 - beyond
        high[left[done]] = count
        left = left[~done]
    return Interval(low, high, level)


def _fetched(model: PurchaseModel, summary: object) -> object:
    """What a model reads of a lazy table, in memory: many models read it, in one order."""
    if isinstance(summary, History):
        return summary
    table = frames.table(summary)
    return table.select(model.needs) if table.lazy else table


@attrs.frozen(eq=False)
class _Counted:
    """The chance of so many purchases or fewer, counted up from none."""

    model: PurchaseModel
    time: float
    known: Bools
    alive: Floats
    alike: History
    place: Index | slice
    of_alike: Floats
    below: Floats

    @classmethod
    def of(cls, model: PurchaseModel, summary: object, time: float) -> "_Counted":
        history = model.known(summary)
        alike, place = model.alike(history)
        below = np.zeros_like(alike.age)
        return cls(
            model,
            time,
            history.known,
            model.alive(history),
            alike,
            place,
            model.alive(alike),
            below,
        )

    def reached(self, count: int, rows: Index) -> Floats:
        """The chance of so many purchases or fewer, of some customers."""
        just = self.model.counts(self.alike, count, self.time)
        if not count:
            just = just - (1.0 - self.of_alike)
        self.below[:] += np.divide(
            just, self.of_alike, out=np.ones_like(just), where=self.of_alike > 0
        )
        alive = self.alive[rows]
        return np.asarray(1.0 - alive + alive * self.below[self.place][rows])
