"""Which keys, passes and comparisons of a spec a table has the columns for."""

from collections.abc import Sequence

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
        What is left, the names of what is not, and the columns that these lack.
    """
    there = set(columns)

    def kept(keys: Sequence[MatchKey]) -> tuple[MatchKey, ...]:
        return tuple(key for key in keys if there.issuperset(key.needs))

    passes = kept(spec.passes)
    comparisons = tuple(one for one in spec.comparisons if there.issuperset(one.columns))
    both = bool(passes and comparisons)
    parts = Parts(
        kept(spec.keys), passes if both else (), comparisons if both else (), kept(spec.apart)
    )
    every = [(rule_of(key), tuple(key.needs)) for key in (*spec.keys, *spec.passes, *spec.apart)]
    every += [(one.name, one.columns) for one in spec.comparisons]
    lost = [(name, read) for name, read in every if not there.issuperset(read)]
    names = tuple(dict.fromkeys(name for name, _ in lost))
    wanted = tuple(dict.fromkeys(column for _, read in lost for column in read))
    return parts, names, wanted
