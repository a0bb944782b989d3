"""What a profile asks of whatever reads the words of customers."""

from typing import Protocol

from custseg.errors import DataError
from custseg.frames import missing


class Reader(Protocol):
    """Reads one text: word lists, a model of the company's own, or a plug-in."""

    @property
    def within_days(self) -> int | None:
        """Words older than this do not count; ``None`` for the latest, however old."""
        ...

    def of(self, text: str) -> float | None:
        """Polarity of one text from -1 to 1, ``None`` where it shows none."""
        ...


def heard(text: object) -> str | None:
    """The text that was said, ``None`` where there is none.

    Args:
        text: A text, or any mark of a missing one: ``None``, NaN, ``pd.NA``, ``""``.

    Raises:
        DataError: It is something else.

    >>> heard("太慢"), heard(float("nan"))
    ('太慢', None)
    """
    if isinstance(text, str):
        return text or None
    if missing(text):
        return None
    what = type(text).__name__
    hint = "decode it first" if isinstance(text, bytes) else "give what the customer wrote"
    msg = f"holds {what} where a text is needed; {hint}"
    raise DataError(msg, "text")
