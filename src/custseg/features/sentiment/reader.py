"""What a profile asks of whatever reads the words of customers."""

from typing import Protocol


class Reader(Protocol):
    """Reads one text: word lists, a model of the company's own, or a plug-in."""

    @property
    def within_days(self) -> int | None:
        """Words older than this do not count; ``None`` for the latest, however old."""
        ...

    def of(self, text: str) -> float | None:
        """Polarity of one text from -1 to 1, ``None`` where it shows none."""
        ...
