"""Won, lost, or not known yet: how did it end with each customer?"""

from typing import Any

import attrs
import numpy as np

from custseg._typing import Bools
from custseg.errors import ConfigError
from custseg.features.conventions import spoken
from custseg.frames import Table
from custseg.values.endings import ending


@attrs.frozen(eq=False)
class Outcome:
    """What became of the customers of a table.

    Attributes:
        column: The column that says so.
        won: One a row: whether it is known to have ended as asked.
        known: One a row: whether it is known how it ended.

    >>> outcome = Outcome("won", np.array([True, False, False]), np.array([True, True, False]))
    >>> outcome.rows, outcome.cases, outcome.unknown
    (2, 1, 1)
    """

    column: str
    won: Bools
    known: Bools

    @property
    def rows(self) -> int:
        """Rows of which it is known."""
        return int(np.count_nonzero(self.known))

    @property
    def cases(self) -> int:
        """Rows that ended as asked."""
        return int(np.count_nonzero(self.won))

    @property
    def unknown(self) -> int:
        """Rows of which it is not known, or not yet."""
        return len(self.known) - self.rows


def ends_of(table: Table[Any], column: str, positive: str | float | None = None) -> Outcome:
    """Read how it ended with each customer; there may be nobody won, and nobody lost.

    Missing values, placeholders and words that say that it is still open are not known yet.

    Args:
        table: An opened table.
        column: The column of outcomes: flags, 0 and 1, or words.
        positive: The value that counts as won, where the words do not say so; others are lost.

    Raises:
        MissingColumnError: There is no such column.
        ConfigError: No positive value is given and there are values that say neither.

    >>> from custseg import frames
    >>> ends_of(frames.table([{"won": None}, {"won": 0}]), "won").rows
    1
    """
    given = table.values(column)
    ends = [_end(word, positive) for word in given.words]
    if positive is None:
        _check_read(column, ends)
    won = np.array([*(end == "won" for end in ends), False])[given.at]
    known = np.array([*(end in {"won", "lost"} for end in ends), False])[given.at]
    return Outcome(column, won, known)


def _end(word: object, positive: str | float | None) -> str | None:
    if positive is None:
        return ending(word)
    if _plain(word) == _plain(positive):
        return "won"
    return "open" if isinstance(word, str) and ending(word) == "open" else "lost"


def _plain(value: object) -> object:
    """Numbers by value (true is 1), texts without regard to case and blanks; "1" is 1."""
    text = str(value)
    try:
        return float(value) if isinstance(value, bool) else float(text)
    except ValueError:
        return spoken(text)


def _check_read(column: str, ends: list[str | None]) -> None:
    if unread := ends.count(None):
        msg = f"outcome {column!r} has {len(ends)} distinct values, {unread} of which say neither "
        msg += "won nor lost; name the value that counts as won: positive=..."
        raise ConfigError(msg, "positive")


def check_positive(table: Table[Any], outcome: Outcome) -> None:
    """Refuse a positive value that no row has.

    Args:
        table: The table that the outcome was read from.
        outcome: What was read for that value.

    Raises:
        ConfigError: Nobody was won.
    """
    if not outcome.cases:
        many = f"{len(table.values(outcome.column).words)} distinct values"
        msg = f"no row of outcome {outcome.column!r} equals the positive value given, among {many}"
        raise ConfigError(msg, "positive")
