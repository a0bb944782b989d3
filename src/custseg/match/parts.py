"""Which keys, passes and comparisons of a spec a table has the columns for."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import attrs

from custseg.match.comparing.comparison import Comparison
from custseg.match.keys import MatchKey, rule_of
from custseg.match.opened import Ruled


@attrs.frozen
class Parts:
    """What of a spec is left.

    Attributes:
        keys: What makes records one customer.
        passes: Where pairs are looked for; none without comparisons.
        comparisons: In what respects they are compared; none without passes.
        apart: What keeps records apart.
    """

    keys: tuple[MatchKey, ...]
    passes: tuple[MatchKey, ...]
    comparisons: tuple[Comparison, ...]
    apart: tuple[MatchKey, ...]


def within(spec: Ruled, columns: Sequence[str]) -> tuple[Parts, tuple[str, ...], tuple[str, ...]]:
    """What a table has the columns for.

    Args:
        spec: The spec.
        columns: The columns of the table.

    Returns:
        What is left, the names of what is not (without passes, which only look for pairs), and the
        columns that are wanted. Of several of one name the first that the table has the columns
        for.
    """
    there = set(columns)
    passes, no_passes = _kept(spec.passes, there)
    keys, no_keys = _kept(spec.keys, there)
    apart, no_apart = _kept(spec.apart, there)
    comparisons: dict[str, Comparison] = {}
    for one in spec.comparisons:
        if there.issuperset(one.columns):
            comparisons.setdefault(one.name, one)
    both = bool(passes and comparisons)
    parts = Parts(keys, passes, tuple(comparisons.values()), apart)
    lacking = no_keys | no_apart
    for one in spec.comparisons:
        if one.name not in comparisons:
            lacking.setdefault(one.name, one.columns)
    every = (*lacking.values(), *no_passes.values())
    wanted = tuple(dict.fromkeys(column for read in every for column in read))
    left = parts if both else attrs.evolve(parts, passes=(), comparisons=())
    return left, tuple(lacking), wanted


def _kept(
    keys: Sequence[MatchKey], there: AbstractSet[str]
) -> tuple[tuple[MatchKey, ...], dict[str, tuple[str, ...]]]:
    kept: dict[str, MatchKey] = {}
    for key in keys:
        if there >= set(key.needs):
            kept.setdefault(rule_of(key), key)
    lost: dict[str, tuple[str, ...]] = {}
    for key in keys:
        if rule_of(key) not in kept:
            lost.setdefault(rule_of(key), tuple(key.needs))
    return tuple(kept.values()), lost
