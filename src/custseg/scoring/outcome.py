"""Outcomes to learn from: there have to be both won and lost customers."""

from typing import Any

from custseg.errors import NotEnoughDataError
from custseg.features.outcome import Outcome, check_positive, ends_of
from custseg.frames import Table

__all__ = ["Outcome", "ends_of", "read_outcome"]


def read_outcome(
    table: Table[Any],
    column: str,
    positive: str | float | None = None,
) -> Outcome:
    """Read how it ended with each customer.

    Missing values, placeholders and words that say that it is still open (``open``, ``pending``,
    ``in progress``) are not known yet; they are neither won nor lost.

    Args:
        table: An opened table.
        column: The column of outcomes: flags, 0 and 1, or words.
        positive: The value that counts as won; every other known value is lost. Texts are
            compared without regard to case and blanks around them. ``None``: 1, true, yes, won,
            converted and the like are won, 0, false, no, lost and the like lost.

    Raises:
        MissingColumnError: There is no such column.
        ConfigError: The value is not in the column; or none is given and there are values that
            say neither.
        NotEnoughDataError: No outcome is known, or all are the same.

    >>> from custseg import frames
    >>> people = frames.table([{"churn": x} for x in ("Yes", "no", None, "Yes", "pending")])
    >>> outcome = read_outcome(people, "churn")
    >>> outcome.won.tolist(), outcome.unknown
    ([True, False, False, True, False], 2)
    """
    outcome = ends_of(table, column, positive)
    if positive is not None:
        check_positive(table, outcome)
    _check_both(outcome)
    return outcome


def _check_both(outcome: Outcome) -> None:
    if 0 < outcome.cases < outcome.rows:
        return
    known, rows = outcome.rows, len(outcome.known)
    if not known:
        msg = f"outcome {outcome.column!r} is known of none of {rows} rows"
    else:
        which = "lost" if not outcome.cases else "won"
        msg = f"outcome {outcome.column!r} is {which} in all {known} rows where it is known"
    msg += "; learning needs both won and lost customers"
    raise NotEnoughDataError(msg)
