"""At which parameters are histories with covariates most likely, held back by a prior or not?"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import NotEnoughDataError
from custseg.lifetime.design import Design
from custseg.lifetime.effects import Parameter, Trait, Traits
from custseg.lifetime.history import History, Sample
from custseg.lifetime.leaving import NAMES, learn
from custseg.lifetime.maximum import SAMPLE, Fitting, Objective, Peak, climb
from custseg.lifetime.patterns import dot

_NEAR: Final = 5.0
_START: Final = (0.0, -2.3, 0.0, 0.0)


@attrs.frozen(eq=False)
class Task:
    """Customers with covariates, ready to learn from.

    Attributes:
        sample: Their purchases.
        weight: Customers of each row.
        traits: Their covariates.
        columns: Those of buying and those of leaving.
        first: 1 where customers may leave after the first purchase too, else 0.
    """

    sample: Sample
    weight: Floats
    traits: Traits
    columns: tuple[Sequence[str], Sequence[str]]
    first: int

    def solved(self, penalty: float) -> dict[str, Any]:
        """The fields of the fitted model.

        Args:
            penalty: Inverse variance of the prior of what is learned.

        Raises:
            NotEnoughDataError: Nothing can be told from these customers.
        """
        unit = 1.0 / float(self.sample.history.age.max())
        whole, named = self._design(unit), list(self._named())
        many = float(self.weight.sum())
        middle = np.zeros(len(NAMES) + len(named))
        middle[1] = np.log(dot(whole.weight, whole.history.age) / many)  # a time: the data's own
        thin = whole.thinned(SAMPLE)
        few = None if thin is None else ridge(thin.objective, middle, penalty / many)
        start = np.exp(self._start(unit, len(named)))
        peak = climb(ridge(whole.objective, middle, penalty / many), start.tolist(), few)
        base, rest = peak.at[: len(NAMES)], peak.at[len(NAMES) :].tolist()
        found = dict(zip(NAMES, np.exp(base).tolist(), strict=True))
        found["alpha"] /= unit
        effects = [trait.effect(of, at) for (of, trait), at in zip(named, rest, strict=True)]
        shift = dot(self.weight, self.sample.history.frequency) * float(np.log(unit))
        fitting = _reported(peak, [trait.spread for _, trait in named], many)
        height = shift - whole.objective(peak.at)[0] * many
        names = (*NAMES, *(effect.name for effect in effects))
        return {
            "fitting": attrs.evolve(
                fitting,
                log_likelihood=height,
                at_limit=tuple(names[int(n)] for n in fitting.at_limit),
            ),
            **found,
            "effects": tuple(effects),
            "levels": self.traits.levels,
        }

    def _named(self) -> Iterator[tuple[Parameter, Trait]]:
        """The parameter and the covariate of each coefficient."""
        buying, leaving = self.columns
        asked: tuple[tuple[Parameter, Sequence[str]], ...]
        asked = (("alpha", buying), ("a", leaving), ("b", leaving))
        for of, some in asked:
            for trait in self.traits.among(some):
                yield of, trait

    def _design(self, unit: float) -> Design:
        history = self.sample.history
        known = attrs.evolve(history, recency=history.recency * unit, age=history.age * unit)
        buying, leaving = (
            [trait.values for trait in self.traits.among(some)] for some in self.columns
        )
        return Design.of(known, self.weight, (buying, leaving), first=self.first)

    def _start(self, unit: float, coefficients: int) -> Floats:
        """Where the same without covariates ends, if it ends anywhere."""
        try:
            params, _ = learn(self.sample, first=self.first)
        except NotEnoughDataError:
            begin = np.array(_START)
        else:
            begin = np.log([params[name] for name in NAMES])
            begin[1] += np.log(unit)
        return np.concatenate((np.clip(begin, -_NEAR, _NEAR), np.zeros(coefficients)))


def ridge(objective: Objective, middle: Floats, penalty: float) -> Objective:
    """The same with a normal prior: the squared distance from a middle counts against it.

    In logarithms of parameters and in coefficients of covariates of spread 1, so that neither the
    unit of time nor those of covariates matter.

    >>> held = ridge(lambda theta: (0.0, np.zeros(1)), np.ones(1), 2.0)
    >>> held(np.array([4.0]))
    (9.0, array([6.]))
    """
    if not penalty:
        return objective

    def value(theta: Floats) -> tuple[float, Floats]:
        found, gradient = objective(theta)
        away = theta - middle
        return found + penalty / 2 * dot(away, away), gradient + penalty * away

    return value


def fingerprint(history: History, weight: Floats | None) -> str:
    """A mark of some customers, whatever their order and the unit of time.

    >>> rows = {"frequency": np.ones(1), "recency": np.ones(1), "T": 2.0 * np.ones(1)}
    >>> fingerprint(History.read(rows), None)
    '1;1;0.5;1'
    """
    w = np.ones_like(history.age) if weight is None else weight
    oldest = float(history.age.max())
    sums = (
        float(w.sum()),
        dot(w, history.frequency),
        dot(w, history.recency) / oldest,
        dot(w, history.age) / oldest,
    )
    return ";".join(f"{one:.9g}" for one in sums)


def _reported(peak: Peak, spreads: Sequence[float], many: float) -> Fitting:
    """The report of a peak, with coefficients in the units of their columns."""
    size = np.concatenate((np.ones(len(NAMES)), spreads))
    fitting = peak.fitting([str(n) for n in range(len(size))], many)
    rows = tuple(
        tuple((np.array(row) / size / one).tolist())
        for row, one in zip(fitting.covariance, size, strict=False)
    )
    return attrs.evolve(fitting, covariance=rows)
