"""Numbers that a customer and a representative draw together by a hash of both ids."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats
from custseg.allocate.solving.grid import scramble


def keys(ids: Sequence[object]) -> NDArray[np.uint64]:
    """A number for each id, the same on every machine and every day; 17 is not "17".

    >>> keys(["C1"]).tolist(), bool(keys([17])[0] == keys(["17"])[0])
    ([16540654290632188925], False)
    """
    digests = b"".join(blake2b(_spelled(i).encode(), digest_size=8).digest() for i in ids)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def drawn(customers: NDArray[np.uint64], reps: NDArray[np.uint64]) -> Floats:
    """What each pair draws: -ln(u), n x m. Divided by the weights, the least wins.

    Source:
        Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM
        Transactions on Networking 6 (1998); weights: -w / ln(u).

    >>> drawn(keys(["C1"]), keys(["R1", "R2"])).round(3).tolist()
    [[1.102, 0.914]]
    """
    mixed = scramble((customers[:, None] ^ reps).view(np.int64))
    found: Floats = -np.log(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53)
    return found


def _spelled(given: object) -> str:
    if isinstance(given, str):
        return given
    return f"\0{given.item() if isinstance(given, np.generic) else given!r}"
