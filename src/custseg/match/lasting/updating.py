"""Run matching again over what changed hands, and carry the ids of customers on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Codes, Index
from custseg.errors import DataError
from custseg.frames import Attachable, Table
from custseg.frames.rows import put_below
from custseg.match.ids import Ids, ids_of
from custseg.match.lasting.events import events
from custseg.match.lasting.naming import Past, named
from custseg.match.lasting.roster import Roster
from custseg.match.opened import Opened, Taught
from custseg.match.parting import Apart

T = TypeVar("T")
ENTITY: Final = "entity_id"


def texts_of(ids: Ids) -> list[str]:
    """The id of each record as text.

    Raises:
        DataError: A record has no id, two have the same, or two read the same as text.
    """
    ids.refuse_repeats()
    if not ids.distinct or ids.column is None:
        msg = "every record needs an id of its own, so that its customer is found again"
        raise DataError(msg, ids.column or "")
    texts = [str(ids.held.values[at]) for at in ids.at.tolist()]
    if len(set(texts)) < len(texts):
        msg = "two ids read the same as text; make all of them texts, or all of them numbers"
        raise DataError(msg, ids.column)
    return texts


def lasting(
    rules: Taught, table: Table[Any], before: Roster[Any] | None, apart: Apart = ()
) -> Roster[Any]:
    """Match the records of today, and carry on the ids of yesterday.

    Args:
        rules: How records are matched.
        table: The records of today.
        before: The roster of yesterday; None at the start.
        apart: Pairs of ids of records that are never one customer.

    Raises:
        DataError: A record has no id of its own.
    """
    opened = Opened.of(rules, table, apart)
    found = opened.entities(rules)
    entity, told = _carried(opened.ids, found.at, before)
    added: dict[str, Attachable] = {ENTITY: entity, "match_rule": found.rule}
    if found.chance is not None:
        added["match_chance"] = found.chance
    return attrs.evolve(told, table=table.attach(added), report=found.report)


def _carried(ids: Ids, group: Index, before: Roster[Any] | None) -> tuple[Codes, Roster[Any]]:
    """The id of the customer of each record, and what happened."""
    texts = texts_of(ids)
    yesterday = _entities(before, ids.column)
    words = tuple(dict.fromkeys(yesterday.values()))
    place = {word: at for at, word in enumerate(words)}
    was = [yesterday.get(text) for text in texts]
    at = np.array([-1 if word is None else place[word] for word in was], dtype=np.intp)
    same = np.array([text == word for text, word in zip(texts, was, strict=True)], dtype=np.bool_)
    past = Past(at, words, same, before.retired if before else {})
    now = named(group, ids.rank, texts, past)
    gone = _gone(yesterday, set(texts))
    retired = {
        word: now.words[heir] if heir >= 0 else None
        for word, heir, kept in zip(words, map(int, now.heir), now.kept, strict=True)
        if not kept
    }
    told = events(group, texts, (past, now), gone)
    return Codes(group, now.words, plain=True), Roster(None, {**past.retired, **retired}, told)


def revised(
    before: Roster[T],
    column: str | None,
    *,
    added: object,
    changed: object,
    deleted: Iterable[object],
) -> T:
    """The records of today: those of yesterday, with what was added, changed and deleted.

    Raises:
        DataError: A record to change or to delete is not there, one to add is there already, or
            one is named twice.
        MissingColumnError: New records have a column that the table lacks.
    """
    there = frames.table(before.table)
    others = [frames.table([] if rows is None else rows) for rows in (changed, added)]
    place = _places(there, column)
    rows = np.arange(there.size)
    moved = _places(others[0], column)
    _known(place, moved, column)
    rows[[place[one] for one in moved]] = there.size + np.array([*moved.values()], dtype=np.intp)
    out = list(deleted)
    _known(place, out, column)
    keep = np.ones(there.size, dtype=np.bool_)
    keep[[place[one] for one in out]] = False
    new = _places(others[1], column)
    if again := [one for one in new if one in place]:
        msg = f"{len(again)} records to add bear an id that is there; give them as changed instead"
        raise DataError(msg, column or "")
    start = there.size + others[0].size
    kept = np.append(rows[keep], np.arange(start, start + len(new)))
    return cast("T", put_below(there, others, kept))


def _places(table: Table[Any], column: str | None) -> dict[object, int]:
    """The row of each id."""
    if not table.size:
        return {}
    ids = ids_of(table, column)
    texts_of(ids)
    return {ids.held.values[at]: row for row, at in enumerate(ids.at.tolist())}


def _known(place: Mapping[object, int], asked: Iterable[object], column: str | None) -> None:
    wanted = list(asked)
    lost = [one for one in wanted if one not in place]
    if lost or len(set(wanted)) < len(wanted):
        what = "that is not there" if lost else "twice"
        msg = f"records to change or delete name {len(lost) or 'an'} id {what}; add new ones"
        raise DataError(msg, column or "")


def _entities(before: Roster[Any] | None, column: str | None) -> dict[str, str]:
    """The customer of each record of yesterday."""
    if before is None:
        return {}
    there = frames.table(before.table)
    if not there.size:
        return {}
    ids = texts_of(ids_of(there, column))
    held = there.values(ENTITY)
    words = [*map(str, held.words), None]
    found = {one: words[at] for one, at in zip(ids, map(int, held.at), strict=True)}
    return {one: word for one, word in found.items() if word is not None}


def _gone(yesterday: Mapping[str, str], texts: set[str]) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for record, entity in yesterday.items():
        if record not in texts:
            found.setdefault(entity, []).append(record)
    return {entity: tuple(records) for entity, records in found.items()}
