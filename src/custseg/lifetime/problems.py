"""The likelihood that a spec brings to its maximum, of given customers, for a closer look."""

from functools import singledispatch

import attrs
import numpy as np

from custseg._typing import Bools, Floats
from custseg.errors import ConfigError
from custseg.lifetime.beta_geometric import Likelihood
from custseg.lifetime.bgbb import BGBB
from custseg.lifetime.chances import objective as chances
from custseg.lifetime.covariates import CovariateModel, CovariateSpec
from custseg.lifetime.gammagamma import GammaGamma
from custseg.lifetime.history import Sample
from custseg.lifetime.maximum import Learned, Objective
from custseg.lifetime.mbgcnbd import MBGCNBD, MBGCNBDModel
from custseg.lifetime.paretonbd import ParetoNBD
from custseg.lifetime.patterns import Patterns, dot
from custseg.lifetime.sbg import ShiftedBetaGeometric
from custseg.lifetime.sbg import objective as renewals
from custseg.lifetime.silence import objective as silences


@attrs.frozen(eq=False)
class Problem:
    """A likelihood about its maximum.

    Attributes:
        names: The parameters.
        objective: Minus its mean and the gradient, in the places of a search.
        at: The place of the maximum.
        customers: How many there are.
        unit: What a place is multiplied by, after the exponential, in the user's units; or by what
            a coefficient is multiplied.
        linear: Which places are coefficients, which have no exponential.
    """

    names: tuple[str, ...]
    objective: Objective
    at: Floats
    customers: float
    unit: Floats
    linear: Bools

    @classmethod
    def of(cls, model: Learned, objective: Objective, unit: Floats | None = None) -> "Problem":
        """About a fitted model."""
        values = np.array(list(model.params.values()))
        effects = model.effects if isinstance(model, CovariateModel) else ()
        linear = np.arange(len(values)) >= len(values) - len(effects)
        by = np.ones_like(values) if unit is None else unit
        places = values / by
        places[~linear] = np.log(places[~linear])
        names = tuple(model.params)
        return cls(names, objective, places, model.fitting.customers, by, linear)

    def told(self, n: int, place: float) -> float:
        """A place of the search in the user's units."""
        return float((place if self.linear[n] else np.exp(place)) * self.unit[n])


@singledispatch
def problem(spec: object, summary: object, model: Learned) -> Problem:  # noqa: ARG001 - of others
    """The likelihood of a spec.

    Args:
        spec: What was fitted.
        summary: The customers.
        model: What it gave.

    Raises:
        ConfigError: The spec is of no model of buying.

    >>> from custseg.lifetime import survivors
    >>> spec, cohort = ShiftedBetaGeometric(weight="customers"), survivors([1000, 869, 743, 653])
    >>> problem(spec, cohort, spec.fit(cohort)).names
    ('alpha', 'beta')
    """
    msg = f"must be a spec of custseg.lifetime, got {type(spec).__name__}"
    raise ConfigError(msg, "spec")


@problem.register
def _(spec: CovariateSpec, summary: object, model: Learned) -> Problem:
    task = spec.task(summary)
    unit = 1.0 / task.spreads
    unit[1] = 1.0 / task.unit
    return Problem.of(model, task.objective(spec.penalty), unit)


@problem.register
def _(spec: MBGCNBD, summary: object, model: Learned) -> Problem:
    seen, unit = _in_time(Sample.of(summary, spec.weight), places=(1,))
    stages = model.k if isinstance(model, MBGCNBDModel) else 1
    return Problem.of(model, Likelihood.of(seen, stages, 1).objective, unit)


@problem.register
def _(spec: ParetoNBD, summary: object, model: Learned) -> Problem:
    seen, unit = _in_time(Sample.of(summary, spec.weight), places=(1, 3))
    return Problem.of(model, silences(seen), unit)


@problem.register
def _(spec: BGBB, summary: object, model: Learned) -> Problem:
    sample = Sample.of(summary, spec.weight)
    known = sample.history
    seen = Patterns.of(known.frequency, known.recency, known.age, sample.weight)
    return Problem.of(model, chances(seen))


@problem.register
def _(spec: ShiftedBetaGeometric, summary: object, model: Learned) -> Problem:
    return Problem.of(model, renewals(spec.seen(summary)))


@problem.register
def _(spec: GammaGamma, summary: object, model: Learned) -> Problem:
    known = spec.read(summary)
    unit = dot(known.weight, known.mean) / known.customers
    curved = known.curved(unit)
    return Problem.of(model, lambda theta: curved(theta)[:2], np.array([1.0, 1.0, unit]))


def _in_time(sample: Sample, *, places: tuple[int, ...]) -> tuple[Patterns, Floats]:
    """Histories in which the oldest age is 1, and the units of four parameters."""
    known = sample.history
    seen = Patterns.of(known.frequency, known.recency, known.age, sample.weight)
    oldest, unit = float(seen.age.max()), np.ones(4)
    unit[list(places)] = oldest
    return seen.scaled(1.0 / oldest), unit
