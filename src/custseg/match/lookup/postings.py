"""One piece of every record, turned round: from the piece to the records that hold it."""

from collections.abc import Iterable
from hashlib import blake2b

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Codes, Index
from custseg.errors import ConfigError

Hashes = NDArray[np.uint64]
_BYTES = 8
_SALT = 64


def hashed(word: str, salt: bytes) -> int:
    """A number of 64 bits that stands for a word, the same in every process and on every machine.

    Args:
        word: The word.
        salt: At most 64 bytes that whoever guesses words does not know.

    >>> hashed("13800138000", b"") == hashed("13800138000", b""), hashed("a", b"x") > 0
    (True, True)
    """
    return int.from_bytes(
        blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_BYTES, key=salt).digest(), "big"
    )


def checked_salt(salt: bytes) -> bytes:
    """A salt that can be hashed with.

    Args:
        salt: The salt.

    Raises:
        ConfigError: It is no bytes, or more than 64 of them.

    >>> checked_salt(b"pepper")
    b'pepper'
    """
    if type(salt) is not bytes or len(salt) > _SALT:
        got = f"{len(salt)} bytes" if type(salt) is bytes else type(salt).__name__
        msg = f"needs at most {_SALT} secret bytes, got {got}"
        raise ConfigError(msg, "salt")
    return salt


@attrs.frozen(eq=False)
class Postings:
    """The records that hold each piece.

    Attributes:
        hashes: The distinct pieces as numbers, ascending.
        starts: Where in ``rows`` the records of each begin, and the end.
        rows: The records, piece after piece.
        at: For each record the place of its piece, -1 where it has none; empty if not kept.

    >>> found = Postings.of(Codes(np.array([0, 1, 0, -1]), ("a", "b")), b"")
    >>> found.of_place(found.place(hashed("a", b""))).tolist(), found.place(7)
    ([0, 2], -1)
    """

    hashes: Hashes
    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    at: NDArray[np.int32]

    @classmethod
    def of(cls, codes: Codes, salt: bytes, *, keep: bool = True) -> "Postings":
        """Turn a column round.

        Args:
            codes: The piece of each record.
            salt: What the numbers are salted with.
            keep: Whether to keep the piece of each record, for pieces that must come together.
        """
        numbers = hashes_of(codes.words, salt)
        # Two words of one number are one piece: of a billion words some 30 pairs are.
        hashes, place = np.unique(numbers, return_inverse=True)
        at = np.append(place.astype(np.int32), np.int32(-1))[codes.at]
        known = np.flatnonzero(at >= 0)
        rows = known[np.argsort(at[known], kind="stable")].astype(np.int32)
        counts = np.bincount(at[known], minlength=len(hashes))
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return cls(hashes, starts, rows, at if keep else at[:0])

    def place(self, number: int) -> int:
        """The place of a piece by its number, -1 if no record holds it."""
        at = int(self.hashes.searchsorted(np.uint64(number)))
        return at if at < len(self.hashes) and int(self.hashes[at]) == number else -1

    def count(self, place: int) -> int:
        """How many records hold a piece."""
        first, end = self.starts[place : place + 2].tolist()
        return int(end - first)

    def of_place(self, place: int) -> Index:
        """The records that hold a piece."""
        return self.rows[self.starts[place] : self.starts[place + 1]]

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return sum(one.nbytes for one in (self.hashes, self.starts, self.rows, self.at))


def hashes_of(words: Iterable[str], salt: bytes) -> Hashes:
    """The numbers of many words.

    Args:
        words: The words.
        salt: What the numbers are salted with.
    """
    return np.fromiter((hashed(word, salt) for word in words), dtype=np.uint64)
