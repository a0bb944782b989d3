"""Does a column's name say that it only numbers or names the customers?"""

import re
from typing import Final

from custseg.values.columns import is_id, kind_of

_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_WORDS: Final = frozenset(
    {"id", "ids", "uuid", "guid", "no", "nr", "num", "number", "key", "index", "idx", "serial"}
)
_ENDS: Final = ("编号", "序号", "号码", "單號", "单号", "主键")
_WHO: Final = frozenset({"person", "company", "name", "phone", "email", "uscc", "id_card"})


def is_serial(column: str) -> bool:
    """Whether values of a column with this name number the rows, where each is another.

    >>> [is_serial(name) for name in ("customerID", "Lead Number", "Cust_num", "合同编号")]
    [True, True, True, True]
    >>> [is_serial(name) for name in ("paid", "numbers_of_visits", "idle_days")]
    [False, False, False]
    """
    parts = _PARTS.findall(column)
    last = parts[-1].casefold() if parts else ""
    return is_id(column) or last in _WORDS or column.strip().endswith(_ENDS)


def names_somebody(column: str) -> bool:
    """Whether a column with this name says who the customer is, not what kind of one.

    >>> names_somebody("E-Mail"), names_somebody("customer_id"), names_somebody("city")
    (True, True, False)
    """
    return is_id(column) or kind_of(column) in _WHO
