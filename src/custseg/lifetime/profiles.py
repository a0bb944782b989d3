"""How far may a parameter go before the customers become too unlikely: profile likelihood."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.lifetime.condensing import condensed
from custseg.lifetime.maximum import LIMIT
from custseg.lifetime.problems import Problem, problem
from custseg.lifetime.resampling import Spec
from custseg.measures.intervals import quantile

_STEP: Final = 1e-4
_ROUNDS: Final = 40
_CLOSE: Final = 1e-4
_DONE: Final = 1e-7
_RISK: Final = 1e-9
_FAR: Final = 2.0  # no step is longer, in logarithms


def profile_intervals(
    spec: Spec, summary: object, *, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """An interval of each parameter from the likelihood itself.

    An end lies where the likelihood, with that parameter held there and all others at their best,
    has fallen as far as a chi-square variable of one degree seldom does. So it need not be
    symmetric, and it is open (0 or infinite) where the data do not hold the parameter back:
    where ``Learned.intervals``, the quick one, is not to be trusted.

    Args:
        spec: The model to fit.
        summary: What its ``fit`` reads.
        level: Share of repetitions in which such an interval holds the true value.

    Raises:
        ConfigError: The level is not strictly between 0 and 1.
        NotEnoughDataError: Nothing can be learned.

    Source: Venzon and Moolgavkar 1988, Applied Statistics 37(1) (profile-likelihood-based
    confidence intervals).

    >>> import custseg as cs
    >>> log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    >>> known = log.summary(as_of="1997-09-30", unit="week")
    >>> found = profile_intervals(cs.lifetime.BGNBD(), known)
    >>> {name: (round(low, 2), round(high, 2)) for name, (low, high) in found.items()}
    {'r': (0.22, 0.27), 'alpha': (3.72, 5.21), 'a': (0.52, 1.32), 'b': (1.43, 4.57)}
    """
    aim = quantile(level)
    told, table = condensed(spec, summary)
    looked = _Profile.of(problem(told, table, told.fit(table)))
    return {
        name: (looked.end(n, -aim), looked.end(n, aim))
        for n, name in enumerate(looked.problem.names)
    }


@attrs.frozen(eq=False)
class _Profile:
    """A likelihood about its maximum, and its curvature there."""

    problem: Problem
    height: float
    hessian: Floats

    @classmethod
    def of(cls, asked: Problem) -> "_Profile":
        rows = [
            (asked.objective(asked.at + step)[1] - asked.objective(asked.at - step)[1])
            / (2.0 * _STEP)
            for step in np.eye(len(asked.at)) * _STEP
        ]
        made = np.asarray(rows)
        return cls(asked, asked.objective(asked.at)[0], (made + made.T) / 2.0)

    def end(self, n: int, aim: float) -> float:
        """Where the likelihood has fallen by aim^2 / 2, on the side of the aim's sign."""
        side, start = np.sign(aim), float(self.problem.at[n])
        inner, outer, place = 0.0, np.inf, abs(aim) * self._spread(n)
        known, others, along = (0.0, 0.0), np.delete(self.problem.at, n), self._along(n)
        for _ in range(_ROUNDS):
            if abs(start + side * place) > LIMIT:
                return self._open(n, float(side))
            begin = others + along * side * (place - known[0])
            fallen, others = self._fallen(n, start + side * place, begin)
            if abs(fallen - abs(aim)) < _CLOSE:
                break
            inner, outer = (place, outer) if fallen < abs(aim) else (inner, place)
            slope = (fallen - known[1]) / (place - known[0])
            known = (place, fallen)
            place += np.clip((abs(aim) - fallen) / slope, -_FAR, _FAR) if slope > 0 else _FAR
            if not inner < place < outer:
                place = (inner + outer) / 2.0 if np.isfinite(outer) else inner + _FAR
        return self.problem.told(n, start + float(side * place))

    def _open(self, n: int, side: float) -> float:
        """An end that the data do not hold back."""
        return side * np.inf if self.problem.linear[n] or side > 0 else 0.0

    def _spread(self, n: int) -> float:
        """The standard error, or a step to begin with where there is none."""
        try:
            variance = float(np.linalg.inv(self.hessian)[n, n]) / self.problem.customers
        except np.linalg.LinAlgError:
            return 1.0
        return min(float(np.sqrt(variance)), _FAR) if variance > 0 else 1.0

    def _fallen(self, n: int, place: float, begin: Floats) -> tuple[float, Floats]:
        """The root of twice the fall with one parameter held, and the best others."""
        from scipy import optimize  # noqa: PLC0415 - loaded where it is used

        minimize: Any = optimize.minimize
        axes = self._axes(n)

        def held(along: Floats) -> tuple[float, Floats]:
            others = begin + np.einsum("ij,j->i", axes, along)
            inside = np.clip(others, -LIMIT, LIMIT)
            value, gradient = self.problem.objective(np.insert(inside, n, place))
            slope = np.where(inside == others, np.delete(gradient, n), 0.0)
            return value, np.einsum("ij,i->j", axes, slope)

        options = {"maxiter": 200, "gtol": _DONE}
        found = minimize(held, np.zeros_like(begin), jac=True, method="BFGS", options=options)
        deep = 2.0 * self.problem.customers * (float(found.fun) - self.height)
        best = np.clip(begin + np.einsum("ij,j->i", axes, found.x), -LIMIT, LIMIT)
        return float(np.sqrt(max(deep, 0.0))), best

    def _axes(self, n: int) -> Floats:
        """Directions of the others in which the likelihood bends alike: steps then lead there."""
        rest = np.delete(np.delete(self.hessian, n, 0), n, 1)
        values, vectors = np.linalg.eigh(rest)
        return np.asarray(vectors / np.sqrt(np.maximum(values, _RISK * values[-1])))

    def _along(self, n: int) -> Floats:
        """How far the best others go with one parameter, near the maximum."""
        axes = self._axes(n)
        slope = np.einsum("ij,i->j", axes, np.delete(self.hessian[n], n))
        return np.asarray(-np.einsum("ij,j->i", axes, slope))
