"""Average linkage of many small groups at once: one tensor for all groups of one size."""

from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

MUST: Final = float(2**40)
"""Stands for the weight of a rule: above any evidence, yet finite, so that averages are numbers."""

BY_RULE: Final = float(2**20)
"""An average from which on a rule speaks in it: no evidence is so strong."""


@attrs.frozen(eq=False)
class Linked:
    """Members of groups put together.

    Attributes:
        label: For each member the first member that it is put together with.
        level: For each member the lowest average weight at which its part came together; NaN where
            it stands alone.
        full: Which groups have parts that only the limit keeps apart.
    """

    label: Index
    level: Floats
    full: Bools


def link(weight: Floats, sizes: Index, *, cut: float, largest: int | None = None) -> Linked:
    """Put the members of each group together, the highest average weight first.

    Args:
        weight: Groups x members x members: the average weight between the records of two members;
            -inf where they are never one customer. Symmetric; the diagonal does not count.
        sizes: Groups x members: how many records each member stands for.
        cut: The lowest average weight at which two parts are put together.
        largest: The most records of a part.

    Returns:
        The parts. Of equal weights the first members go first, so number them by what decides.

    >>> weight = np.array([[[0, 9, -4.0], [9, 0, 1], [-4, 1, 0]]])
    >>> found = link(weight, np.ones((1, 3), dtype=int), cut=-3)
    >>> found.label.tolist(), found.level.tolist()
    ([[0, 0, 0]], [[-1.5, -1.5, -1.5]])
    """
    groups, members = len(weight), int(weight.shape[1])
    label: Index = np.tile(np.arange(members), (groups, 1))
    level = np.full((groups, members), np.nan)
    full: Bools = np.zeros(groups, dtype=np.bool_)
    work, held, live = weight.copy(), sizes.copy(), np.arange(groups)
    work[:, np.arange(members), np.arange(members)] = -np.inf
    if largest is not None:
        over = held[:, :, None] + held[:, None, :] > largest
        full |= _refused(work, over & (work < BY_RULE), cut)
    while len(live):
        best = work.reshape(len(live), -1).argmax(axis=1)
        value = work.reshape(len(live), -1)[np.arange(len(live)), best]
        if not (go := value >= cut).all():
            work, held, live, best, value = work[go], held[go], live[go], best[go], value[go]
        one, two = np.divmod(best, members)
        _join(work, held, one, two)
        label[live] = np.where(label[live] == two[:, None], one[:, None], label[live])
        level[live, one] = value
        if largest is not None:
            full[live] |= _limited(work, held, one, (largest, cut))
    return Linked(label, np.take_along_axis(level, label, axis=1), full)


def _join(work: Floats, held: Index, one: Index, two: Index) -> None:
    at = np.arange(len(work))
    left, right = held[at, one][:, None], held[at, two][:, None]
    row = (left * work[at, one] + right * work[at, two]) / (left + right)
    work[at, one] = row
    work[at, :, one] = row
    work[at, two] = -np.inf
    work[at, :, two] = -np.inf
    work[at, one, one] = -np.inf
    held[at, one] += held[at, two]


def _limited(work: Floats, held: Index, one: Index, limits: tuple[int, float]) -> Bools:
    at, (largest, cut) = np.arange(len(work)), limits
    row = work[at, one]
    over = (held[at, one][:, None] + held > largest) & (row < BY_RULE)
    refused = (over & (row >= cut)).any(axis=1)
    row[over] = -np.inf
    work[at, one] = row
    work[at, :, one] = row
    return np.asarray(refused, dtype=np.bool_)


def _refused(work: Floats, over: Bools, cut: float) -> Bools:
    refused = (over & (work >= cut)).any(axis=(1, 2))
    work[over] = -np.inf
    return np.asarray(refused, dtype=np.bool_)
