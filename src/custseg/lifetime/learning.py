"""At which parameters are histories with covariates most likely, held back by a prior or not?"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Floats
from custseg.errors import NotEnoughDataError
from custseg.lifetime.design import Design
from custseg.lifetime.effects import Parameter, Trait, Traits
from custseg.lifetime.history import Sample
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

    @property
    def unit(self) -> float:
        """By what times are multiplied to be learned from: the oldest age is 1."""
        return 1.0 / float(self.sample.history.age.max())

    @property
    def spreads(self) -> Floats:
        """By what each place of the search is divided to be in the user's units."""
        return np.array([1.0] * len(NAMES) + [trait.spread for _, trait in self._named()])

    def objective(self, penalty: float) -> Objective:
        """Minus the mean of log-likelihood and prior, in the places of the search."""
        return self._held(self._design(), penalty)

    def solved(self, penalty: float) -> dict[str, Any]:
        """The fields of the fitted model.

        Args:
            penalty: Inverse variance of the prior of what is learned.

        Raises:
            NotEnoughDataError: Nothing can be told from these customers.
        """
        whole = self._design()
        thin = whole.thinned(SAMPLE)
        few = None if thin is None else self._held(thin, penalty)
        peak = climb(self._held(whole, penalty), np.exp(self._start()).tolist(), few)
        rest = peak.at[len(NAMES) :].tolist()
        found = dict(zip(NAMES, np.exp(peak.at[: len(NAMES)]).tolist(), strict=True))
        found["alpha"] /= self.unit
        effects = [
            trait.effect(of, at) for (of, trait), at in zip(self._named(), rest, strict=True)
        ]
        fitting = self._reported(peak, (*NAMES, *(effect.name for effect in effects)))
        shift = dot(self.weight, self.sample.history.frequency) * float(np.log(self.unit))
        height = shift - whole.objective(peak.at)[0] * fitting.customers
        return {
            "fitting": attrs.evolve(fitting, log_likelihood=height),
            **found,
            "effects": tuple(effects),
            "levels": self.traits.levels,
        }

    def _held(self, design: Design, penalty: float) -> Objective:
        """The likelihood of some histories, with the prior counted as of all customers."""
        many, middle = float(self.weight.sum()), np.zeros_like(self.spreads)
        age = dot(self.weight, self.sample.history.age) * self.unit / many
        middle[1] = np.log(age)  # alpha is a time, so it is counted in the data's own
        return ridge(design.objective, middle, penalty / many)

    def _reported(self, peak: Peak, names: Sequence[str]) -> Fitting:
        """The report of a peak, with coefficients in the units of their columns."""
        fitting, size = peak.fitting(names, float(self.weight.sum())), self.spreads
        rows = tuple(
            tuple((np.array(row) / size / one).tolist())
            for row, one in zip(fitting.covariance, size, strict=False)
        )
        return attrs.evolve(fitting, covariance=rows)

    def _named(self) -> Iterator[tuple[Parameter, Trait]]:
        """The parameter and the covariate of each coefficient."""
        buying, leaving = self.columns
        asked: tuple[tuple[Parameter, Sequence[str]], ...]
        asked = (("alpha", buying), ("a", leaving), ("b", leaving))
        for of, some in asked:
            for trait in self.traits.among(some):
                yield of, trait

    def _design(self) -> Design:
        history, unit = self.sample.history, self.unit
        known = attrs.evolve(history, recency=history.recency * unit, age=history.age * unit)
        buying, leaving = (
            [trait.values for trait in self.traits.among(some)] for some in self.columns
        )
        return Design.of(known, self.weight, (buying, leaving), first=self.first)

    def _start(self) -> Floats:
        """Where the same without covariates ends, if it ends anywhere."""
        try:
            params, _ = learn(self.sample, first=self.first)
        except NotEnoughDataError:
            begin = np.array(_START)
        else:
            begin = np.log([params[name] for name in NAMES])
            begin[1] += np.log(self.unit)
        more = np.zeros(len(self.spreads) - len(NAMES))
        return np.concatenate((np.clip(begin, -_NEAR, _NEAR), more))


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
