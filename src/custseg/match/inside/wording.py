"""The keys that too many records share, in words: one record of each is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Ints
from custseg.frames import Share, Table
from custseg.frames.marks import whole_numbers
from custseg.match.blocking.passes import word_of
from custseg.match.inside.asking import Held
from custseg.match.inside.marking import ID
from custseg.match.keys import MatchKey, rule_of
from custseg.match.reading import Once
from custseg.match.report import SkippedKey

Asked = tuple[MatchKey, str, Held]
"""A key, the column with its marks, and the marks that are to be told in words."""


@attrs.frozen(eq=False)
class Wording:
    """Work on some rows: the words of the keys that are asked for.

    Attributes:
        asked: What is asked for.
    """

    asked: tuple[Asked, ...]

    def __call__(self, given: Mapping[str, Table[Any]]) -> object:
        """One row a key that is held here."""
        rows, found = given["rows"], list[tuple[int, int, str]]()
        for place, (key, name, held) in enumerate(self.asked):
            marks = whole_numbers(rows, name)
            mine = np.flatnonzero(held.has(marks))
            _, first = np.unique(marks[mine], return_index=True)
            few = frames.table(rows.take(mine[first]))
            once = Once(few.read(dict.fromkeys(key.needs, "text")))
            for at, mark in enumerate(marks[mine[first]].tolist()):
                found.append((place, mark, word_of(key, once, at)))
        words = Codes(np.arange(len(found), dtype=np.intp), tuple(w for *_, w in found), plain=True)
        return rows.build(
            {
                "place": np.array([one for one, _, _ in found], dtype=np.int64),
                "mark": np.array([one for _, one, _ in found], dtype=np.int64),
                "word": words,
            }
        )


def words_inside(marked: Table[Any], asked: Sequence[Asked]) -> Iterator[SkippedKey]:
    """The keys that are asked for, with how many records hold each.

    Args:
        marked: The marks of the records, beside the columns that keys read.
        asked: The keys.
    """
    wanted = tuple(one for one in asked if len(one[2].marks))
    if not wanted:
        return
    columns = [name for key, mark, _ in wanted for name in (mark, *key.needs)]
    share = Share(marked, ID, tuple(dict.fromkeys(columns)))
    told = frames.totals({"rows": share}, Wording(wanted))
    texts: Any = told.read({"word": "text"})["word"]
    places, marks = (whole_numbers(told, name).tolist() for name in ("place", "mark"))
    words = dict(zip(zip(places, marks, strict=True), texts.texts(), strict=True))
    for place, (key, _, held) in enumerate(wanted):
        for mark, many in zip(_ints(held.marks), _ints(held.counts), strict=True):
            yield SkippedKey(rule_of(key), many, words[place, mark])


def _ints(values: Ints) -> list[int]:
    found: list[int] = values.tolist()
    return found
