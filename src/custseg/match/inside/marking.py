"""Each record's keys and values as numbers: what an engine counts, and looks for pairs by."""

from typing import Any, Final

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.frames import Table
from custseg.frames.marks import SPARE, marks_of, together
from custseg.match.blocking.passes import pass_marks
from custseg.match.comparing.compared import Compared
from custseg.match.comparing.comparison import Prepared
from custseg.match.comparing.parts import Swapped
from custseg.match.comparing.rates import mixing
from custseg.match.keys import keys_of
from custseg.match.opened import Taught, needs_of
from custseg.match.reading import Once

ID: Final = f"{SPARE}id"
UNKNOWN: Final = f"{SPARE}unknown"
"""The column with a 1 where a record has no id."""
BARE: Final = f"{SPARE}bare"
"""The column with a 1 where a record has none of the keys that make records one customer."""
GROUP: Final = f"{SPARE}group"
BROAD: Final = 1 << 16
"""How many forms' numbers share a broad one."""


def pass_column(place: int) -> str:
    """The column with the marks of a pass."""
    return f"{SPARE}pass_{place}"


def rule_column(place: int) -> str:
    """The column with the marks of a key that makes records one customer."""
    return f"{SPARE}rule_{place}"


def value_column(place: int) -> str:
    """The column with the marks of the values that a comparison counts."""
    return f"{SPARE}value_{place}"


def form_column(place: int) -> str:
    """The column with the numbers by which the forms of a comparison are put in order."""
    return f"{SPARE}form_{place}"


def broad_column(place: int) -> str:
    """The same numbers, but for their last digits."""
    return f"{SPARE}broad_{place}"


def swap_column(place: int) -> str:
    """The column with the marks of a name's two parts, whichever stands first."""
    return f"{SPARE}swap_{place}"


@attrs.frozen(eq=False)
class Marking:
    """Work on some rows: a column of numbers for each key and each value that counts.

    Attributes:
        rules: The keys, passes and comparisons.
        id: The column with the ids of the records.
        learning: Whether weights are to be learnt: then all values are counted.
    """

    rules: Taught
    id: str
    learning: bool

    def __call__(self, rows: Table[Any]) -> object:
        """The numbers; 0 where there is none."""
        rules, once = self.rules, Once(rows.read(needs_of(self.rules)))
        ids = id_marks(rows, self.id)
        made: dict[str, Ints] = {ID: ids, UNKNOWN: (ids == 0).astype(np.int64)}
        for place, key in enumerate(rules.passes):
            made[pass_column(place)] = pass_marks(key, once)
        for place, key in enumerate(rules.keys):
            made[rule_column(place)] = marks_of(keys_of(key, once))
        held = [made[rule_column(place)] for place in range(len(rules.keys))]
        if held:
            made[BARE] = (np.maximum.reduce(held) == 0).astype(np.int64)
        for place, one in enumerate(rules.comparisons):
            if one.term_frequency or self.learning:
                side = one.prepare(once, rules.region)
                made[value_column(place)] = marks_of(side.codes)
                made |= _formed(place, side) if self.learning else {}
        return rows.build(made)


@attrs.frozen
class IdMarks:
    """Work on some rows: the mark of each id.

    Attributes:
        id: The column with the ids.
    """

    id: str

    def __call__(self, rows: Table[Any]) -> object:
        """One column."""
        return rows.build({ID: id_marks(rows, self.id)})


def id_marks(rows: Table[Any], column: str) -> Ints:
    """The mark of each record's id; 0 where it has none.

    Args:
        rows: An opened table in memory.
        column: The column with the ids.
    """
    held: Any = rows.read({column: "text"})[column]
    return marks_of(held)


def _formed(place: int, side: Prepared) -> dict[str, Ints]:
    """The forms of a comparison, to draw a sample of them; nothing of a comparison of one's own."""
    if not isinstance(side, Compared):
        return {}
    numbers = np.append(mixing(side.forms.words) + 1, 0)[side.forms.at]
    made = {form_column(place): numbers, broad_column(place): -(-numbers // BROAD)}
    if isinstance(side, Swapped):
        one, other = map(marks_of, side.sides)
        both = [np.minimum(one, other), np.maximum(one, other)]
        made[swap_column(place)] = together(both)
    return made
