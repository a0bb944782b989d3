"""What the last run said of each customer, brought to this one."""

from typing import Any, Final

from custseg import frames
from custseg.errors import ConfigError
from custseg.tiering import carried

_SAID: Final = "tier_reviewed"
_READ: Final = "tier_previous"


def brought(people: Any, previous: Any, *, customer: str) -> Any:  # noqa: ANN401 - the caller's kind
    """The customers with what the last run wrote of them in columns ``*_previous``.

    Args:
        people: One row a customer.
        previous: What the last run wrote, one row a customer; ``None``: this is the first.
        customer: The column of the customer's id in both.

    Raises:
        MissingColumnError: The last run wrote no tiers.
        DataError: A customer has several rows in it.

    >>> last = [{"customer_id": "a", "tier": "high"}]
    >>> brought([{"customer_id": "a"}], last, customer="customer_id")[0]["tier_previous"]
    'high'
    """
    return people if previous is None else carried(people, previous, customer=customer)


def check_past(people: Any, model: Any) -> None:  # noqa: ANN401 - any table, any model
    """Refuse a review that would start all over, although its customers were reviewed before.

    Args:
        people: One row a customer.
        model: What is to be applied.

    Raises:
        ConfigError: The table has what a review wrote, under the names that it wrote.
    """
    columns = frames.table(people).columns
    if _READ in getattr(model, "optional", ()) and _SAID in columns and _READ not in columns:
        msg = (
            f"the customers carry what a review wrote ({_SAID}), but a review reads it as "
            f"{_READ} and so on; give the table that the last run wrote as previous"
        )
        raise ConfigError(msg, "tables.previous")
