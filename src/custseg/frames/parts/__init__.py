"""How is work done where the rows are: by customer, row by row, as a few sums?

What a partition of an engine holds is worked on by the same code as a table in memory; every row
of a key is in one partition, so the answers are those of the whole (the partition law).
"""

from typing import TYPE_CHECKING

from custseg.opening import opener

if TYPE_CHECKING:
    from custseg.frames.parts.shares import RowWork, Share, Work
    from custseg.frames.parts.work import by_customer, by_row, totals

_HOMES = {
    "RowWork": "shares",
    "Share": "shares",
    "Work": "shares",
    "by_customer": "work",
    "by_row": "work",
    "totals": "work",
}
__getattr__ = opener(__name__, _HOMES)

__all__ = ["RowWork", "Share", "Work", "by_customer", "by_row", "totals"]
