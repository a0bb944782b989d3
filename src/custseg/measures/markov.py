"""Do customers move by fixed chances, without memory, and where would that end?"""

from collections.abc import Iterable
from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Ints
from custseg.layout import percent
from custseg.measures.intervals import ratio
from custseg.reasons import Reason
from custseg.showing import Shown

_DIGIT: Final = 0.001


@attrs.frozen
class LikelihoodRatio(Shown):
    """A likelihood-ratio test of two descriptions of the same moves.

    Attributes:
        statistic: Twice the difference of the log-likelihoods.
        degrees: Degrees of freedom.
        p_value: The chance of so large a statistic if the simpler description holds.
        misplaced: Share of the moves that the simpler description puts elsewhere. With many
            customers every small difference is significant; this says how large it is.
        dispersion: How many times as much the moves vary as by chance alone, from Pearson's
            statistic; about 1 where the simpler description holds.

    >>> same = np.array([[[9, 1], [1, 9]], [[9, 1], [1, 9]]])
    >>> homogeneity(same)
    LikelihoodRatio(statistic=0.0, degrees=2, p_value=1.0, misplaced=0.0, dispersion=0.0)
    """

    statistic: float
    degrees: int
    p_value: float
    misplaced: float
    dispersion: float

    def against(self, simpler: str) -> Reason:
        """What it says against the simpler description, ``same_over_time`` or ``memoryless``."""
        p = f"= {self.p_value:.3f}" if self.p_value >= _DIGIT else f"< {_DIGIT}"
        settings = {"p_value": p, "misplaced": percent(self.misplaced)}
        if simpler == "same_over_time":
            return Reason("moves_change", settings)
        return Reason("moves_remember", settings)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return attrs.asdict(self)


def homogeneity(strata: Ints) -> LikelihoodRatio | None:
    """Do all strata (periods, or states before) have the same chances to move?

    Chances that no stratum shows are taken as impossible, and a stratum without customers in a
    state says nothing of it: neither counts for the degrees of freedom.

    Args:
        strata: Strata x from x to.

    Returns:
        The test; ``None`` where nothing can be compared.

    Source: Anderson and Goodman 1957, "Statistical Inference about Markov Chains", Annals of
    Mathematical Statistics 28(1), sections 3 (periods) and 4 (order, where the strata are the
    states before); degrees of freedom as in Bickenbach and Bode 2003, International Regional
    Science Review 26(3).

    >>> round(homogeneity(np.array([[[8, 2], [0, 0]], [[2, 8], [0, 0]]])).p_value, 4)
    0.0055
    """
    from scipy.special import chdtrc  # noqa: PLC0415 - loaded where it is used

    upper: Any = chdtrc
    pooled, rows = strata.sum(axis=0), strata.sum(axis=2)
    expected = rows[:, :, None] * np.nan_to_num(ratio(pooled, pooled.sum(axis=1)[:, None]))[None]
    seen, possible = (rows > 0).sum(axis=0), (pooled > 0).sum(axis=1)
    degrees = int((np.maximum(seen - 1, 0) * np.maximum(possible - 1, 0)).sum())
    if not degrees:
        return None
    some = strata > 0
    told = strata[some] * np.log(strata[some] / expected[some])
    statistic = max(2.0 * float(told.sum()), 0.0)
    off = np.abs(strata - expected)
    misplaced = 0.5 * float(off.sum()) / float(strata.sum())
    pearson = float((off[expected > 0] ** 2 / expected[expected > 0]).sum())
    p = float(upper(degrees, statistic))
    return LikelihoodRatio(statistic, degrees, p, misplaced, pearson / degrees)


def resting(chances: Floats) -> Floats | None:
    """The shares that fixed chances leave as they are, if there is just one such distribution.

    States that lose all their customers for good hold none of them.

    Args:
        chances: From x to; a row of NaN is a state of which nothing is known.

    Returns:
        A share a state; ``None`` where customers may end in several groups of states, or in a
        state of which nothing is known.

    Source: Grassmann, Taksar and Heyman 1985, Operations Research 33(5): elimination without
    subtraction, so nothing cancels.

    >>> resting(np.array([[0.9, 0.1], [0.5, 0.5]])).round(4).tolist()
    [0.8333, 0.1667]
    """
    unknown = np.isnan(chances).any(axis=1)
    reach = _reachable(np.nan_to_num(chances) > 0)
    # A state is left for good if another can be reached from which there is no way back.
    kept = ~(reach & ~reach.T).any(axis=1) & ~unknown
    rest = np.flatnonzero(kept)
    if not len(rest) or not reach[np.ix_(rest, rest)].all():
        return None
    if (unknown & reach[~unknown].any(axis=0)).any():
        return None
    shares = np.zeros(len(chances))
    shares[rest] = _eliminated(chances[np.ix_(rest, rest)].copy())
    return shares


def _reachable(direct: Bools) -> Bools:
    """Which states can be reached from which, in any number of steps or none."""
    reach = direct | np.eye(len(direct), dtype=np.bool_)
    for through in range(len(direct)):
        reach |= reach[:, through, None] & reach[through]
    return reach


def _eliminated(chances: Floats) -> Floats:
    for last in range(len(chances) - 1, 0, -1):
        chances[:last, last] /= chances[last, :last].sum()
        chances[:last, :last] += np.outer(chances[:last, last], chances[last, :last])
    shares = np.ones(len(chances))
    for state in range(1, len(chances)):
        shares[state] = shares[:state] @ chances[:state, state]
    return np.asarray(shares / shares.sum())


@attrs.frozen(eq=False)
class Passage(Shown):
    """Whether, and after how many steps, customers get from each state to some other.

    Attributes:
        chance: The chance to get there at all.
        steps: The mean number of steps of those who do; NaN where nobody does.

    >>> chances = np.array([[0.5, 0.4, 0.1], [0.2, 0.8, 0.0], [0.0, 0.0, 1.0]])
    >>> round(float(first_passage(chances).chance[0, 1]), 6)
    0.8
    """

    chance: Floats
    steps: Floats


def first_passage(chances: Floats) -> Passage:
    """From each state to each other by fixed chances; on the diagonal, back to where one was.

    Args:
        chances: From x to; a row of NaN is a state of which nothing is known.

    Source: Kemeny and Snell 1976, "Finite Markov Chains", section 4.4; Norris 1997, "Markov
    Chains", theorems 1.3.2 and 1.3.5. Where not everybody arrives, steps are those of who does.

    >>> oz = np.array([[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.25, 0.25, 0.5]])
    >>> first_passage(oz).steps.round(3).tolist()
    [[2.5, 4.0, 3.333], [2.667, 5.0, 2.667], [3.333, 4.0, 2.5]]
    """
    found = [reaching(chances, (state,)) for state in range(len(chances))]
    return Passage(
        np.array([part.chance for part in found]).reshape(chances.shape).T,
        np.array([part.steps for part in found]).reshape(chances.shape).T,
    )


def reaching(chances: Floats, targets: Iterable[int]) -> Passage:
    """From each state to any of some states, after one step or more.

    Args:
        chances: From x to; a row of NaN is a state of which nothing is known. The answer is NaN
            for whoever might get into it first.
        targets: The places of the states to get to.

    >>> found = reaching(np.array([[0.9, 0.1], [0.0, 1.0]]), (1,))
    >>> found.chance.tolist(), found.steps.round(6).tolist()
    ([1.0, 1.0], [10.0, 1.0])
    """
    there = np.isin(np.arange(len(chances)), list(targets))
    known = np.nan_to_num(chances)
    reach = _reachable((known > 0) & ~there[:, None])
    lost = np.isnan(chances).any(axis=1)
    lost = (reach & (lost & ~there)).any(axis=1) | lost
    inner = np.flatnonzero(~there & ~lost & (reach & there).any(axis=1))
    ever, steps = there.astype(np.float64), np.zeros(len(chances))
    within = np.eye(len(inner)) - known[np.ix_(inner, inner)]
    ever[inner] = np.linalg.solve(within, known[np.ix_(inner, there.nonzero()[0])].sum(axis=1))
    steps[inner] = np.linalg.solve(within, ever[inner])
    unsure = lost | ((known > 0) & (lost & ~there)).any(axis=1)
    chance = np.where(unsure, np.nan, np.minimum(known @ ever, 1.0))
    return Passage(chance, ratio(known @ (steps + ever), chance))


def reached(chances: Floats, targets: Iterable[int], steps: int) -> Floats:
    """From each state the chance to have been in any of some states within so many steps.

    Who is there at the start is there.

    Args:
        chances: From x to; a row of NaN is a state of which nothing is known. The answer is NaN
            for whoever might get into it before, with a step to go.
        targets: The places of the states to get to.
        steps: How many, at least one.

    >>> reached(np.array([[0.9, 0.1], [0.5, 0.5]]), (1,), 2).round(6).tolist()
    [0.19, 1.0]
    """
    there = np.isin(np.arange(len(chances)), list(targets))
    lost = np.isnan(chances).any(axis=1) & ~there
    stops = (there | lost)[:, None]
    held = np.where(stops, np.eye(len(chances)), np.nan_to_num(chances))
    before = np.linalg.matrix_power(held, steps - 1)
    chance = (before @ held)[:, there].sum(axis=1)
    unsure = (before[:, lost] > 0).any(axis=1)
    return np.where(unsure, np.nan, np.minimum(chance, 1.0))
