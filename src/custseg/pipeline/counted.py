"""Does any transaction count? A day or a format that leaves out all of them is a mistake."""

from collections.abc import Mapping
from typing import Final

from custseg.errors import ConfigError, DataError
from custseg.features import Names, ProfileReport

_TIME: Final = "write moments as 2026-06-30 or 2026-06-30 10:05"
_AMOUNT: Final = "write amounts as plain numbers, such as 1299.50"
_IDS: Final = "they must be ids of the customers, of the same type (17 is not '17')"
_ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "unreadable_time": ("at", f"holds no moment that can be read; {_TIME}"),
    "missing_time": ("at", f"is empty; {_TIME}"),
    "unreadable_amount": ("amount", f"holds no amount that can be read; {_AMOUNT}"),
    "missing_amount": ("amount", f"is empty; {_AMOUNT}"),
    "null_id": ("customer", "is empty; every transaction needs the id of its customer"),
    "unknown_customer": ("customer", f"holds no id that is among the customers; {_IDS}"),
}


def check_counted(report: ProfileReport, names: Names, columns: tuple[str, ...]) -> None:
    """Refuse transactions of which not one counts; no rows, or no customers, are fine.

    Args:
        report: What became of every row.
        names: What the columns of the transactions are called.
        columns: The columns of the transactions.

    Raises:
        ConfigError: All of them are later than the day.
        DataError: No id, moment or amount can be read; names the column.

    >>> from datetime import date
    >>> from custseg.features import TableReport
    >>> later = TableReport("transactions", 2, {"after_as_of": 2})
    >>> check_counted(ProfileReport(date(1999, 1, 1), 5, 0, (later,)), Names(), ())
    Traceback (most recent call last):
        ...
    custseg.errors.ConfigError: as_of: 1999-01-01 is before all 2 transactions; give a later day
    """
    found = report.table("transactions")
    if found is None or found.used or not (found.rows and report.customers):
        return
    reason = max(found.left_out, key=lambda code: found.left_out[code])
    if reason == "after_as_of":
        msg = f"{report.as_of} is before all {found.rows:,} transactions; give a later day"
        raise ConfigError(msg, "as_of")
    if reason in _ADVICE:
        role, advice = _ADVICE[reason]
        msg = f"{advice} (all {found.rows:,} rows)"
        raise DataError(msg, names.find(role, columns) or role)
