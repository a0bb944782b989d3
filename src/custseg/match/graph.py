"""Records as points, shared keys as lines: who hangs together, in numpy."""

from collections.abc import Iterable

import attrs
import numpy as np

from custseg._typing import Codes, Index, Ints


@attrs.frozen(eq=False)
class Shared:
    """What one key says of a table.

    Attributes:
        at: The key of each record; -1 for no key, a key of its own, or a skipped key.
        sizes: How many records hold each key.
        over: The keys that too many records share: they join nobody.
    """

    at: Index
    sizes: Ints
    over: Index


def shared(codes: Codes, cap: int) -> Shared:
    """Keep the keys that join at least two and at most ``cap`` records.

    Args:
        codes: The key of each record, -1 where it has none.
        cap: The most records that may share a key before it says nothing about any of them.

    >>> found = shared(Codes(np.array([0, 0, 1, 2, 2, 2]), ("a", "b", "c")), cap=2)
    >>> found.at.tolist(), found.over.tolist()
    ([0, 0, -1, -1, -1, -1], [2])
    """
    sizes = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)).astype(np.int64)
    joins = np.append((sizes > 1) & (sizes <= cap), [False])
    at = np.where(joins[codes.at], codes.at, -1)
    return Shared(at, sizes, np.flatnonzero(sizes > cap))


def components(keys: list[Index], records: int) -> Index:
    """Number the groups of records that keys join, directly or through others.

    Each key joins its records to the first of them: one line a record, however many share it.

    Args:
        keys: For each key its code for every record, -1 for none.
        records: How many records there are.

    >>> components([np.array([0, 0, -1, -1]), np.array([-1, 3, 3, -1])], 4).tolist()
    [0, 0, 0, 1]
    """
    return connected(*stars(keys), records)


def stars(keys: Iterable[Index]) -> tuple[Index, Index]:
    """Pairs that join the records of each key: its first record with every record.

    Args:
        keys: For each key its code for every record, -1 for none.

    >>> [side.tolist() for side in stars([np.array([5, -1, 5, 0])])]
    [[0, 0, 3], [0, 2, 3]]
    """
    lines = [_star(at) for at in keys]
    left, right = (np.concatenate([line[side] for line in lines] or [_NONE]) for side in (0, 1))
    return left, right


def connected(left: Index, right: Index, records: int) -> Index:
    """Number the groups of records that pairs join, directly or through others.

    Args:
        left: One record of each pair.
        right: The other.
        records: How many records there are.

    >>> connected(np.array([0, 3]), np.array([2, 2]), 4).tolist()
    [0, 1, 0, 0]
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to load, and a policy seldom matches
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - same reason

    if records == 0:
        return np.zeros(0, dtype=np.intp)
    graph = csr_array((np.ones(len(left), dtype=np.int32), (left, right)), shape=(records, records))
    _, group = connected_components(graph, directed=False)
    return np.asarray(group, dtype=np.intp)


_NONE: Index = np.zeros(0, dtype=np.intp)


def _star(at: Index) -> tuple[Index, Index]:
    rows = np.flatnonzero(at >= 0)
    keys = at[rows]
    hub = np.zeros(keys.max(initial=-1) + 1, dtype=np.intp)
    hub[keys[::-1]] = rows[::-1]
    return hub[keys], rows
