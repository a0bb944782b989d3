"""Who keeps an id when customers join, split and merge."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
import numpy as np

from custseg._typing import Bools, Floats, Index

AGAIN: Final = "#"
"""Stands before the count where an id would be given a second time."""


@attrs.frozen(eq=False)
class Past:
    """Who the records were.

    Attributes:
        at: For each record of today its customer of yesterday, -1 for a new record.
        words: The ids of the customers of yesterday, also of those whose records are all gone.
        named: Which records bear the id of their customer of yesterday.
        retired: All ids that were borne before and are no more.
    """

    at: Index
    words: tuple[str, ...]
    named: Bools
    retired: Mapping[str, str | None]


@attrs.frozen(eq=False)
class Named:
    """Who the records are.

    Attributes:
        words: The id of each group.
        heir: For each customer of yesterday the group that holds its first record, -1 where all its
            records are gone.
        kept: For each customer of yesterday whether its heir bears its id.
    """

    words: tuple[str, ...]
    heir: Index
    kept: Bools


def named(group: Index, rank: Floats, texts: Sequence[str], past: Past) -> Named:
    """Name groups of records so that customers keep their ids.

    Where a customer split, the part keeps the id that holds the record of that id, or else its
    oldest record. Where several became one, the id stays of whom the oldest record was. A new
    customer is named by its oldest record whose id no customer ever bore; an id that was borne is
    never given anew.

    Args:
        group: The group of each record, numbered without gaps.
        rank: The place of each record by age.
        texts: The id of each record.
        past: Who the records were.

    >>> past = Past(np.array([0, 0, 1, -1]), ("a", "c"), np.array([True, False, True, False]), {})
    >>> named(np.array([0, 1, 1, 2]), np.arange(4.0), "abcd", past).words
    ('a', 'c', 'd')
    """
    groups = int(group.max(initial=-1)) + 1
    heir = _first(past.at, np.where(past.named, -np.inf, rank), group, len(past.words))
    age = np.full(len(past.words), np.inf)
    mine = np.flatnonzero(past.at >= 0)
    mine = mine[heir[past.at[mine]] == group[mine]]
    np.minimum.at(age, past.at[mine], rank[mine])
    known = np.flatnonzero(heir >= 0)
    known = known[np.argsort(age[known], kind="stable")]
    taken, first = np.unique(heir[known], return_index=True)
    owner = np.full(groups, -1, dtype=np.intp)
    owner[taken] = known[first]
    kept = np.zeros(len(past.words), dtype=np.bool_)
    kept[known[first]] = True
    words = _words(owner, group, rank, (texts, past))
    return Named(tuple(words), heir, kept)


def _first(of: Index, key: Floats, value: Index, count: int) -> Index:
    """For each number the value of the record with the smallest key."""
    rows = np.flatnonzero(of >= 0)
    rows = rows[np.lexsort((key[rows], of[rows]))]
    found = np.full(count, -1, dtype=np.intp)
    found[of[rows[::-1]]] = value[rows[::-1]]
    return found


def _words(
    owner: Index, group: Index, rank: Floats, known: tuple[Sequence[str], Past]
) -> list[str]:
    texts, past = known
    words = [past.words[at] if at >= 0 else "" for at in map(int, owner)]
    used = {*past.words, *past.retired}
    for number, rows in _members(np.flatnonzero(owner[group] < 0), group, rank):
        words[number] = _fresh([texts[row] for row in rows], used)
        used.add(words[number])
    return words


def _members(rows: Index, group: Index, rank: Floats) -> Iterator[tuple[int, list[int]]]:
    """Groups with their records, the oldest first, in the order of their oldest records."""
    rows = rows[np.lexsort((rank[rows], group[rows]))]
    starts = np.flatnonzero(np.diff(group[rows], prepend=-1))
    ends = np.append(starts, len(rows))[1:]
    numbers = group[rows[starts]]
    held: list[int] = rows.tolist()
    for at in map(int, np.argsort(rank[rows[starts]], kind="stable")):
        yield int(numbers[at]), held[int(starts[at]) : int(ends[at])]


def _fresh(texts: Sequence[str], used: set[str]) -> str:
    for text in texts:
        if text not in used:
            return text
    count = 2
    while f"{texts[0]}{AGAIN}{count}" in used:
        count += 1
    return f"{texts[0]}{AGAIN}{count}"
