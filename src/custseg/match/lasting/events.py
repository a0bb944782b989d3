"""What happened to customers between two runs, as data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Index
from custseg.match.lasting.naming import Named, Past
from custseg.showing import Shown

Happened = Literal["created", "joined", "left", "split", "merged", "removed"]
ORDER: Final[tuple[Happened, ...]] = (*("created", "joined", "left", "split", "merged", "removed"),)


@attrs.frozen
class EntityEvent(Shown):
    """One thing that happened to a customer.

    Attributes:
        kind: ``created``: all its records are new; ``joined``: records came to it; ``left``:
            records of it were deleted; ``split``: some of its records are another customer now;
            ``merged``: records of others became part of it; ``removed``: all of it was deleted.
        entity_id: The customer.
        records: The ids of the records that came, left or moved.
        others: The ids of the customers that these records are now, or were before.

    >>> EntityEvent("merged", "C-1", ("C-7",), ("C-7",)).as_dict()["kind"]
    'merged'
    """

    kind: Happened
    entity_id: str
    records: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "kind": self.kind,
            "entity_id": self.entity_id,
            "records": list(self.records),
            "others": list(self.others),
        }


def events(
    group: Index, texts: Sequence[str], found: tuple[Past, Named], gone: Mapping[str, Sequence[str]]
) -> tuple[EntityEvent, ...]:
    """What happened, in the order of the kinds and then of the ids.

    Args:
        group: The group of each record of today.
        texts: The id of each record.
        found: Who the records were, and who they are.
        gone: For each customer of yesterday the ids of its records that were deleted.

    >>> past = Past(np.array([0, -1]), ("a",), np.array([True, False]), {})
    >>> now = Named(("a",), np.array([0]), np.array([True]))
    >>> [one.kind for one in events(np.array([0, 0]), ["a", "b"], (past, now), {})]
    ['joined']
    """
    past, now = found
    every = [
        *_came(group, texts, past, now),
        *_moved(group, texts, past, now),
        *_merged(group, texts, past, now),
    ]
    alive = {word for word, heir in zip(past.words, map(int, now.heir), strict=True) if heir >= 0}
    for entity, records in gone.items():
        kind: Happened = "left" if entity in alive else "removed"
        every.append(EntityEvent(kind, entity, tuple(sorted(records))))
    place = {kind: at for at, kind in enumerate(ORDER)}
    return tuple(sorted(every, key=lambda one: (place[one.kind], one.entity_id)))


def _came(group: Index, texts: Sequence[str], past: Past, now: Named) -> Iterator[EntityEvent]:
    """New records: alone or together they are a customer, or they join one."""
    held = np.zeros(len(now.words), dtype=np.bool_)
    held[group[past.at >= 0]] = True
    new = np.flatnonzero(past.at < 0)
    for at, rows in _by(group[new], new):
        kind: Happened = "joined" if held[at] else "created"
        yield EntityEvent(kind, now.words[at], _ids(rows, texts))


def _moved(group: Index, texts: Sequence[str], past: Past, now: Named) -> Iterator[EntityEvent]:
    """Records whose customer is not the heir of their old one."""
    old = np.flatnonzero(past.at >= 0)
    away = old[now.heir[past.at[old]] != group[old]]
    for at, rows in _by(past.at[away], away):
        others = _ids(_distinct(group, rows), now.words)
        yield EntityEvent("split", past.words[at], _ids(rows, texts), others)


def _merged(group: Index, texts: Sequence[str], past: Past, now: Named) -> Iterator[EntityEvent]:
    """Records of another customer than the one whose id their customer keeps."""
    owner = np.full(len(now.words), -1, dtype=np.intp)
    owner[now.heir[now.kept]] = np.flatnonzero(now.kept)
    old = np.flatnonzero(past.at >= 0)
    strange = old[(past.at[old] != owner[group[old]]) & (owner[group[old]] >= 0)]
    for at, rows in _by(group[strange], strange):
        others = _ids(_distinct(past.at, rows), past.words)
        yield EntityEvent("merged", now.words[at], _ids(rows, texts), others)


def _by(number: Index, rows: Index) -> Iterator[tuple[int, list[int]]]:
    """Rows by a number that each bears."""
    order = np.argsort(number, kind="stable")
    number = number[order]
    held: list[int] = rows[order].tolist()
    starts = np.flatnonzero(np.diff(number, prepend=-1))
    ends = np.append(starts, len(held))[1:].tolist()
    for first, start, end in zip(number[starts].tolist(), starts.tolist(), ends, strict=True):
        yield first, held[start:end]


def _distinct(numbers: Index, rows: list[int]) -> list[int]:
    return list({int(numbers[row]) for row in rows})


def _ids(rows: Iterable[int], texts: Sequence[str]) -> tuple[str, ...]:
    found = [texts[row] for row in rows]
    return tuple(found if len(found) == 1 else sorted(found))
