"""Which pairs of records are worth comparing: those that share a key of at least one pass."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Bools, Codes, Index
from custseg.errors import ConfigError
from custseg.match.blocking.blocks import Blocks, blocks
from custseg.progress import each

MOST_PASSES: Final = 32
"""As many as a mask has bits."""
Which = Literal["all", "within", "across"]
"""Which pairs are wanted, by the sources of their records."""
_CHUNK: Final = 1 << 19
_EVERY: Final = 2**62


@attrs.frozen(eq=False)
class Pairs:
    """Pairs of records, each once.

    Attributes:
        left: The row of one record.
        right: The row of the other, always the later one.
        passes: The passes that hold the pair: bit p is set if the two share a key of pass p.
    """

    left: Index
    right: Index
    passes: NDArray[np.uint32]

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.left)


@attrs.frozen
class Oversized:
    """A block that is too large to compare everybody in it.

    Attributes:
        records: How many records share the key.
        row: The first of them.
    """

    records: int
    row: int


@attrs.frozen
class PassCount:
    """What one pass does, known before any pair is made.

    Attributes:
        records: Records that have a key.
        shared: Records that share it with another, in blocks that are not too large.
        blocks: How many such blocks.
        pairs: The pairs that they hold.
        largest: The records of the largest block that is used.
        over: The blocks that are too large, the largest first.
    """

    records: int
    shared: int
    blocks: int
    pairs: int
    largest: int
    over: tuple[Oversized, ...] = ()


def candidates(
    keys: Sequence[Codes],
    *,
    cap: int,
    most: int = _EVERY,
    sources: Codes | None = None,
    which: Which = "all",
) -> tuple[Pairs, tuple[PassCount, ...]]:
    """Pair the records that share a key of any pass.

    Args:
        keys: The key of each record, pass after pass; -1 for none.
        cap: The most records of a block.
        most: The most pairs of one pass: beyond it the largest blocks are left out.
        sources: Where each record comes from; None says that all come from one source.
        which: Pairs of ``all`` kinds, only those ``within`` a source, or only those ``across`` two.
            Records whose source is missing count as one source.

    Returns:
        The pairs, each once, and what each pass does.

    Raises:
        ConfigError: There are more passes than a mask has bits.

    >>> phone = Codes(np.array([0, 0, 1, 1]), ("a", "b"))
    >>> email = Codes(np.array([0, 0, 0, -1]), ("x",))
    >>> pairs, counts = candidates([phone, email], cap=9)
    >>> list(zip(pairs.left.tolist(), pairs.right.tolist(), pairs.passes.tolist()))
    [(0, 1, 3), (2, 3, 1), (0, 2, 2), (1, 2, 2)]
    >>> [count.pairs for count in counts]
    [2, 3]
    """
    if len(keys) > MOST_PASSES:
        msg = f"at most {MOST_PASSES} passes can be told apart, got {len(keys)}"
        raise ConfigError(msg, "passes")
    made = [blocks(key.at, cap=cap, most=most) for key in keys]
    of = [one.of for one in made]
    return _found(made, _board(of, len(keys[0].at) if keys else 0), sources, which), tuple(
        map(counted, made)
    )


def candidates_of(
    blocks_here: Sequence[Codes],
    keys: Sequence[Index],
    *,
    sources: Codes | None = None,
    which: Which = "all",
) -> Pairs:
    """The pairs of some blocks: what other blocks of an earlier pass hold is left to them.

    Args:
        blocks_here: The block of each record, pass after pass; -1 where it is not here.
        keys: The key of each record that may be used, pass after pass, wherever its block is.
        sources: As for `candidates`.
        which: As for `candidates`.

    >>> email = Codes(np.array([0, 0]), ())
    >>> phone = Codes(np.array([-1, -1]), ())
    >>> len(candidates_of([phone, email], [np.array([-1, -1]), email.at]))
    1
    >>> len(candidates_of([phone, email], [np.array([5, 5]), email.at]))
    0
    """
    made = [blocks(key.at, cap=_EVERY, most=_EVERY) for key in blocks_here]
    return _found(made, _board(keys, len(keys[0]) if keys else 0), sources, which)


def _found(
    made: Sequence[Blocks], board: NDArray[np.int32], sources: Codes | None, which: Which
) -> Pairs:
    found = [
        _kept(left, right, board, place)
        for place, one in enumerate(each("pairs", made))
        for left, right in _pairs_of(one, sources, which)
    ]
    return _gathered(found)


def counted(made: Blocks) -> PassCount:
    """What a pass will do, from its blocks alone."""
    over = zip(made.over.tolist(), made.examples.tolist(), strict=True)
    return PassCount(
        records=made.keyed,
        shared=len(made.rows),
        blocks=len(made.sizes),
        pairs=made.pairs,
        largest=int(made.sizes[-1]) if len(made.sizes) else 0,
        over=tuple(Oversized(size, row) for size, row in over),
    )


def _board(keys: Sequence[Index], records: int) -> NDArray[np.int32]:
    # All blocks of a record side by side: one look into memory a record, not one a pass.
    width = -(-max(len(keys), 1) // 8) * 8
    board = np.full((records, width), -1, dtype=np.int32)
    for place, key in enumerate(keys):
        board[:, place] = key
    return board


def _pairs_of(
    made: Blocks, sources: Codes | None, which: Which
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    rows = made.rows.astype(np.int32)
    sizes, counts = np.unique(made.sizes, return_counts=True)
    start = 0
    for size, blocks_of_size in zip(sizes.tolist(), counts.tolist(), strict=True):
        grid = rows[start : start + size * blocks_of_size].reshape(-1, size)
        start += size * blocks_of_size
        one, other = np.triu_indices(size, 1)
        step = max(_CHUNK // len(one), 1)
        for top in range(0, len(grid), step):
            part = grid[top : top + step]
            left, right = part[:, one].ravel(), part[:, other].ravel()
            if sources is None or which == "all":
                yield left, right
            else:
                wanted = (sources.at[left] == sources.at[right]) == (which == "within")
                yield left[wanted], right[wanted]


def _kept(
    left: NDArray[np.int32], right: NDArray[np.int32], board: NDArray[np.int32], place: int
) -> Pairs:
    here = board[left]
    agree: Bools = (here == board[right]) & (here >= 0)
    octets = np.packbits(agree, axis=1, bitorder="little").astype(np.uint32)
    mask = np.zeros(len(left), dtype=np.uint32)
    for octet in range(octets.shape[1]):
        mask |= octets[:, octet] << np.uint32(8 * octet)
    new = (mask & np.uint32((1 << place) - 1)) == 0  # an earlier pass has not given it yet
    return Pairs(left[new], right[new], mask[new])


def _gathered(found: Sequence[Pairs]) -> Pairs:
    none = np.zeros(0, dtype=np.int32)
    return Pairs(
        np.concatenate([one.left for one in found] or [none]),
        np.concatenate([one.right for one in found] or [none]),
        np.concatenate([one.passes for one in found] or [none.astype(np.uint32)]),
    )
