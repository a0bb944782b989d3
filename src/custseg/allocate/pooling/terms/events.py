"""The history of owners: one row for each time that a customer changed hands."""

from collections.abc import Mapping
from typing import Any, Final

from custseg.frames import Attachable

CLAIMED: Final = "claimed"
ASSIGNED: Final = "assigned"
HANDED: Final = "handed_over"
RETURNED: Final = "given_back"
RECYCLED: Final = "recycled"
EVENTS: Final = (CLAIMED, ASSIGNED, HANDED, RETURNED, RECYCLED)
"""What may stand in the column ``event``, in the order of the labels."""

AT: Final = "at"
EVENT: Final = "event"
FROM: Final = "from_rep"
TO: Final = "to_rep"
WHY: Final = "why"


def happened(
    id_column: str, ids: Attachable, former: Attachable, event: str
) -> Mapping[str, Attachable]:
    """Columns of the history for customers that lost their owners in one way.

    >>> happened("id", ["C1"], ["R1"], RECYCLED)["to_rep"]
    [None]
    """
    size = _length(ids)
    return {
        id_column: ids,
        AT: [None] * size,
        EVENT: [event] * size,
        FROM: former,
        TO: [None] * size,
    }


def _length(column: Attachable) -> int:
    held: Any = column
    return len(getattr(held, "at", held))
