"""A law, and what it says when it is broken."""

from collections.abc import Generator
from contextlib import contextmanager

from custseg.errors import CustsegError


class BrokenLawError(CustsegError, AssertionError):
    """A strategy breaks a law that everything in custseg keeps.

    >>> str(BrokenLawError("row order", "the owner of a customer changed with the order of rows"))
    'law "row order" is broken: the owner of a customer changed with the order of rows'
    """

    code = "broken-law"

    def __init__(self, law: str, message: str) -> None:
        """Name the law and say what happened."""
        self.law = law
        self.message = message
        super().__init__(law, message)

    def __str__(self) -> str:
        """The law and what happened."""
        return f'law "{self.law}" is broken: {self.message}'


def demand(law: str, message: str, *, holds: bool) -> str:
    """The law's name where it holds.

    Raises:
        BrokenLawError: It does not hold.

    >>> demand("row order", "", holds=True)
    'row order'
    """
    if not holds:
        raise BrokenLawError(law, message)
    return law


@contextmanager
def working(law: str) -> Generator[None]:
    """A block in which the strategy must not fail: what it raises breaks the law.

    Raises:
        BrokenLawError: The block raised anything.

    >>> with working("no rows"):
    ...     [].pop()
    Traceback (most recent call last):
    custseg.checks.law.BrokenLawError: law "no rows" is broken: IndexError: pop from empty list
    """
    try:
        yield
    except BrokenLawError:
        raise
    except Exception as error:
        msg = f"{type(error).__name__}: {error}"
        raise BrokenLawError(law, msg) from error
