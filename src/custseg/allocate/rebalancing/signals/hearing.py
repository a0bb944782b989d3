"""What was said, one row a voice, folded into columns of the customers."""

from collections.abc import Mapping
from typing import Any, Final, cast

import attrs
import numpy as np

from custseg._typing import Codes, Floats
from custseg.allocate.rebalancing.signals.voices import COLUMNS, SEPARATOR, Said
from custseg.errors import ConfigError, DataError
from custseg.frames import Table, align, table

SAID: Final = "said"
AT: Final = "at"


@attrs.frozen(eq=False)
class Heard:
    """Voices by customer.

    Attributes:
        columns: Name -> one cell a customer with ids of representatives.
        count: Voices that were heard, by what was said.
        later: Voices after the day, which count for nothing yet.
        strangers: Voices about customers who are not there.
    """

    columns: Mapping[str, list[str | None]]
    count: Mapping[str, int]
    later: int
    strangers: int


NOTHING: Final = Heard({}, {}, 0, 0)


def heard(feedback: object, customers: Table[Any], ids: tuple[str, str], as_of: float) -> Heard:
    """Fold voices into columns.

    Args:
        feedback: One row a voice: the customer's id, the representative's id, ``said`` (request,
            decline, preference, complaint) and, if known, ``at``, the day.
        customers: The customers.
        ids: The columns of the customers' and representatives' ids, the same on both tables.
        as_of: The day of the question: what was said later is not known yet.

    Raises:
        DataError: ``said`` holds something else.
        ConfigError: The customers have one of the columns already.

    >>> people = table([{"customer_id": "a"}, {"customer_id": "b"}])
    >>> said = [{"customer_id": "b", "rep_id": "R1", "said": "preference"}]
    >>> heard(said, people, ("customer_id", "rep_id"), 0.0).columns["preferred_rep"]
    [None, 'R1']
    """
    voices = table(feedback)
    taken = sorted(set(COLUMNS.values()) & set(customers.columns))
    if taken:
        msg = f"customers have {taken} already: give feedback or these columns, not both"
        raise ConfigError(msg)
    read = voices.read({ids[1]: "text", SAID: "text"})
    reps, said = cast("Codes", read[ids[1]]).texts(), cast("Codes", read[SAID])
    strange = [word for word in said.words if word not in COLUMNS]
    if strange or (said.at < 0).any():
        msg = f"must be one of {list(COLUMNS)} in every row"
        raise DataError(msg, SAID)
    late = _days(voices) > as_of
    keys, theirs = customers.keys(ids[0]), voices.keys(ids[0])
    place = np.append(align(keys, theirs), -1)[theirs.at]
    row = np.where(place < 0, -1, np.append(keys.first, -1)[place])
    known = np.flatnonzero((row >= 0) & ~late)
    cells: dict[Said, dict[int, set[str]]] = {}
    for at in known.tolist():
        what = cast("Said", said.words[int(said.at[at])])
        if reps[at] is not None:
            cells.setdefault(what, {}).setdefault(int(row[at]), set()).add(str(reps[at]))
    return Heard(
        {COLUMNS[what]: _column(found, customers.size) for what, found in sorted(cells.items())},
        {what: sum(map(len, found.values())) for what, found in sorted(cells.items())},
        int(late.sum()),
        int(((row < 0) & ~late).sum()),
    )


def _column(found: Mapping[int, set[str]], size: int) -> list[str | None]:
    cells: list[str | None] = [None] * size
    for row, reps in found.items():
        cells[row] = SEPARATOR.join(sorted(reps))
    return cells


def _days(voices: Table[Any]) -> Floats:
    if AT not in voices.columns:
        return np.full(voices.size, -np.inf)
    days: Any = voices.read({AT: "day"})[AT]
    return np.nan_to_num(np.asarray(getattr(days, "at", days), dtype=np.float64), nan=-np.inf)
