"""Where is a likelihood highest, how sharp is the peak, and is there one at all?"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count, pairwise
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import NotEnoughDataError
from custseg.lifetime.patterns import dot
from custseg.measures.intervals import quantile
from custseg.progress import tell

Objective = Callable[[Floats], tuple[float, Floats]]
"""Minus the mean log-likelihood and its gradient, in the logarithms of the parameters."""

SAMPLE: Final = 20_000
LIMIT: Final = 12.0  # e**12: beyond it a parameter says no more than "as large as you like"
_STEP: Final = 1e-4
_DONE: Final = 1e-6
_STEPS: Final = 200
_STRIDE: Final = 1.5
_HALVINGS: Final = 30
_FLAT: Final = 1e-4
_RISK: Final = 1e-9
_TWICE: Final = 3  # values that show two steps


@attrs.frozen
class Fitting:
    """How well a model fits what it was learned from.

    Attributes:
        log_likelihood: Of all customers, at the maximum.
        customers: How many there were (the sum of weights).
        covariance: Of the logarithms of the parameters; empty where a parameter is at a limit.
        at_limit: Parameters that the data do not hold back: as large or as small as may be.
        penalty: Inverse variance of the prior that held parameters back; 0 is none.
        data: A mark of the customers, so that no two fits of different ones are compared.

    >>> Fitting(-12.5, 4.0).covariance
    ()
    """

    log_likelihood: float
    customers: float
    covariance: tuple[tuple[float, ...], ...] = ()
    at_limit: tuple[str, ...] = ()
    penalty: float = 0.0
    data: str = ""


@attrs.frozen(kw_only=True)
class Learned:
    """What every fitted model of buying can say of its parameters.

    Attributes:
        fitting: How well it fits.
    """

    fitting: Fitting

    @property
    def params(self) -> Mapping[str, float]:
        """The parameters by name."""
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(self)))
        return {a.name: getattr(self, a.name) for a in fields if a.type is float}

    @property
    def log_likelihood(self) -> float:
        """The log-likelihood at the maximum."""
        return self.fitting.log_likelihood

    @property
    def aic(self) -> float:
        """Akaike's information criterion; smaller is better.

        Source: Akaike 1974, IEEE Transactions on Automatic Control 19(6).
        """
        return 2.0 * len(self.params) - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """The Bayesian information criterion; smaller is better.

        Source: Schwarz 1978, Annals of Statistics 6(2).
        """
        return len(self.params) * float(np.log(self.fitting.customers)) - 2.0 * self.log_likelihood

    @property
    def standard_errors(self) -> Mapping[str, float]:
        """The standard error of each parameter; NaN where the data do not hold one back."""
        spread = self._spread()
        return {name: value * spread[name] for name, value in self.params.items()}

    def intervals(self, level: float = 0.95) -> Mapping[str, tuple[float, float]]:
        """An interval of each parameter, symmetric in its logarithm (Wald).

        Args:
            level: Share of repetitions in which such an interval holds the true value.

        Raises:
            ConfigError: The level is not strictly between 0 and 1.
        """
        far, spread = quantile(level), self._spread()
        factors = {name: float(np.exp(far * spread[name])) for name in self.params}
        return {n: (v / factors[n], v * factors[n]) for n, v in self.params.items()}

    def _spread(self) -> Mapping[str, float]:
        """The standard deviation of the logarithm of each parameter."""
        rows = self.fitting.covariance
        return {
            name: float(np.sqrt(rows[i][i])) if rows else float("nan")
            for i, name in enumerate(self.params)
        }


@attrs.frozen(eq=False)
class Peak:
    """The maximum of a likelihood.

    Attributes:
        at: The logarithms of the parameters there.
        height: The mean log-likelihood there.
        hessian: Of minus the mean log-likelihood.
    """

    at: Floats
    height: float
    hessian: Floats

    def fitting(self, names: Sequence[str], customers: float, *, shift: float = 0.0) -> Fitting:
        """The report of it.

        Args:
            names: The parameters.
            customers: How many there were.
            shift: What the log-likelihood of all gains by going back to the user's units.

        Raises:
            NotEnoughDataError: The maximum is a ridge: other parameters are as likely.
        """
        at_limit = [n for n, t in zip(names, self.at, strict=True) if abs(t) > LIMIT - 1]
        rows: tuple[tuple[float, ...], ...] = ()
        values, _ = np.linalg.eigh(self.hessian)
        if not at_limit:
            if values.min() <= _RISK * values.max():
                msg = (
                    "other parameters are as likely as these: the customers differ too little to "
                    "tell them apart; give more of them, a longer time, or a model with fewer "
                    "parameters"
                )
                raise NotEnoughDataError(msg)
            covariance = np.linalg.inv(self.hessian * customers)
            rows = tuple(tuple(row) for row in covariance.tolist())
        return Fitting(self.height * customers + shift, customers, rows, tuple(at_limit))


def climb(objective: Objective, start: Sequence[float], few: Objective | None = None) -> Peak:
    """Find the maximum.

    A large base starts where a sample of it ends, with the curvature found there.

    Args:
        objective: What to bring down.
        start: The parameters to begin with.
        few: The same of a sample.

    Raises:
        NotEnoughDataError: The likelihood has no maximum that can be told.
    """
    objective = _telling(objective)
    at = np.log(np.asarray(start, dtype=np.float64))
    if few is None:
        at = _descend(objective, at)
    else:
        at = _descend(few, at)
        at = _settle(objective, at, _hessian(few, at))
    value, gradient = objective(at)
    hessian = _hessian(objective, at, None if few is None else gradient)
    inside = np.abs(at) < LIMIT - 1
    better = _newton(objective, at, (gradient, hessian)) if inside.all() else None
    if better is not None:
        at, value, gradient = better
    if not np.isfinite(value) or np.abs(gradient[inside]).max(initial=0.0) > _FLAT:
        msg = (
            "the likelihood has no maximum that can be told from these customers; "
            "give more of them or a longer time, or a model with fewer parameters"
        )
        raise NotEnoughDataError(msg)
    return Peak(at, -float(value), hessian)


def _descend(objective: Objective, start: Floats, metric: Floats | None = None) -> Floats:
    """Go down, by the simple way and, where that gets stuck, by SciPy's."""
    held = _held(objective)
    at, gradient = _quasi_newton(held, start, metric)
    if np.abs(gradient).max() > _DONE:
        from scipy import optimize  # noqa: PLC0415 - loaded where it is used

        minimize: Any = optimize.minimize
        options = {"maxiter": 1000, "ftol": 1e-15, "gtol": _DONE}
        at = minimize(held, at, jac=True, method="L-BFGS-B", options=options).x
    return np.clip(at, -LIMIT, LIMIT)


def _telling(objective: Objective) -> Objective:
    """The same, telling whoever listens how often it was asked."""
    asked = count()

    def value(theta: Floats) -> tuple[float, Floats]:
        tell("fit", next(asked))
        return objective(theta)

    return value


def _held(objective: Objective) -> Objective:
    """The same within the limits, rising beyond them."""

    def value(theta: Floats) -> tuple[float, Floats]:
        inside = np.clip(theta, -LIMIT, LIMIT)
        found, gradient = objective(inside)
        beyond = theta - inside
        if not beyond.any():
            return found, gradient
        return found + dot(gradient, beyond) + dot(beyond, beyond), gradient + 2.0 * beyond

    return value


def _quasi_newton(objective: Objective, at: Floats, metric: Floats | None) -> tuple[Floats, Floats]:
    """BFGS with halved steps: for three or four parameters SciPy's own care costs ten times more.

    Source: Nocedal and Wright 2006, *Numerical Optimization*, algorithms 3.1 and 6.1.
    """
    value, gradient = objective(at)
    for _ in range(_STEPS):
        if np.abs(gradient).max() <= _DONE:
            break
        step = -gradient if metric is None else -np.einsum("ij,j->i", metric, gradient)
        step *= min(1.0, _STRIDE / float(np.abs(step).max()))
        found = _shorter(objective, at, step, (value, gradient))
        if found is None:
            break
        to, value, new = found
        step, change, gradient, at = to - at, new - gradient, new, to
        metric = _bent(metric, step, change)
    return at, gradient


def _bent(metric: Floats | None, step: Floats, change: Floats) -> Floats | None:
    """The metric after a step that changed the gradient; ``None`` to begin anew."""
    along, one = dot(step, change), np.eye(len(step))
    if along <= 0.0:
        return None
    before = one * (along / dot(change, change)) if metric is None else metric
    turn = one - np.multiply.outer(step, change) / along
    bent = np.einsum("ij,jk,lk->il", turn, before, turn)
    return np.asarray(bent + np.multiply.outer(step, step) / along)


def _shorter(
    objective: Objective, at: Floats, step: Floats, known: tuple[float, Floats]
) -> tuple[Floats, float, Floats] | None:
    """The step, halved until it goes down enough; ``None`` where none does."""
    value, gradient = known
    fall = dot(gradient, step)
    for halved in range(_HALVINGS):
        share = 0.5**halved
        to = at + share * step
        new, slope = objective(to)
        if new <= value + 1e-4 * share * fall + 1e-14 * abs(value):
            return to, new, slope
    return None


def _settle(objective: Objective, at: Floats, hessian: Floats) -> Floats:
    """Go down from where a sample ended, with the curvature found there."""
    values, vectors = np.linalg.eigh(hessian)
    if values.min() < _RISK * values.max() or np.abs(at).max() > LIMIT - 1:
        return _descend(objective, at)
    metric = np.einsum("ij,j,kj->ik", vectors, 1.0 / values, vectors)
    return _descend(objective, at, (metric + metric.T) / 2)


def _newton(
    objective: Objective, at: Floats, slope: tuple[Floats, Floats]
) -> tuple[Floats, float, Floats] | None:
    """One step to the foot of the parabola; ``None`` where it leads nowhere better."""
    gradient, hessian = slope
    try:
        step = np.linalg.solve(hessian, gradient)
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(step).all() or np.abs(step).max() > 1.0:
        return None
    to = at - step
    value, new = objective(to)
    return (to, value, new) if np.abs(new).max() < np.abs(gradient).max() else None


def _hessian(objective: Objective, at: Floats, gradient: Floats | None = None) -> Floats:
    """Differences of the gradient: central ones, or forward from one that is known."""
    rows: list[Floats] = []
    for step in np.eye(len(at)) * (_STEP if gradient is None else _STEP / 10):
        before = objective(at - step)[1] if gradient is None else gradient
        width = step.sum() * (2 if gradient is None else 1)
        rows.append((objective(at + step)[1] - before) / width)
    made: Floats = np.asarray(rows)
    return np.asarray((made + made.T) / 2)


def falling(values: Sequence[float]) -> bool:
    """Whether the last two steps both went down.

    >>> falling([1.0, 3.0, 2.0, 1.0])
    True
    """
    return len(values) >= _TWICE and all(after < before for before, after in pairwise(values[-3:]))
