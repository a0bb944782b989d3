"""Find customers that belong together without being one: typed, with what they share."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Floats, Index, Needs
from custseg.frames import Attachable, Table, unknown
from custseg.frames.gather import gathered
from custseg.match.clustering.edges import each_pair
from custseg.match.entities import Entities
from custseg.match.graph import shared
from custseg.match.opened import Opened, Taught
from custseg.match.reading import Once
from custseg.match.relating.relations import (
    RELATIONS,
    Crowd,
    Relation,
    RelationReport,
    Relations,
)
from custseg.match.relating.seen import ROLES, Seen, agree, differ

Test: TypeAlias = Callable[[Seen, Index, Index], Bools]
MANY: Final = 50
"""A value that more records share tells of no relation, unless said otherwise."""

HOME: Final = 12
"""More records than a home gives: a house of many flats, an office, a dormitory."""


@attrs.frozen(eq=False)
class _Way:
    """One way in which a relation shows."""

    relation: Relation
    shared: str
    key: Callable[[Seen], Codes]
    holds: Test
    most: int | None = None


def _branch(seen: Seen, left: Index, right: Index) -> Bools:
    told = seen.branch[left] | seen.branch[right]
    return told & differ(seen.company, left, right)


def _group(seen: Seen, left: Index, right: Index) -> Bools:
    """One of the two says that it is a group or part of one, or they share more than a brand."""
    says = (seen.kin & ~seen.branch)[left] | (seen.kin & ~seen.branch)[right]
    beside = agree(seen.phone, left, right) | agree(seen.address, left, right)
    return (says | beside) & differ(seen.head, left, right)


def _family(seen: Seen, left: Index, right: Index) -> Bools:
    """Two people of one family name who are not at one firm."""
    family = agree(seen.surname, left, right) & differ(seen.name, left, right)
    return family & ~agree(seen.company, left, right)


def _line(seen: Seen, left: Index, right: Index) -> Bools:
    """The same, and not at two firms either, which share a telephone for other reasons."""
    return _family(seen, left, right) & ~differ(seen.company, left, right)


def _switchboard(seen: Seen, left: Index, right: Index) -> Bools:
    return (seen.desk[left] | seen.desk[right]) & _others(seen, left, right)


def _mobile(seen: Seen, left: Index, right: Index) -> Bools:
    return ~(seen.desk[left] | seen.desk[right]) & _others(seen, left, right)


def _others(seen: Seen, left: Index, right: Index) -> Bools:
    """Other people who are no family, or other firms where no person is named."""
    people = differ(seen.name, left, right)
    firms = differ(seen.company, left, right) & ~people
    return (people | firms) & ~_line(seen, left, right)


_WAYS: Final = (
    _Way("branch", "company", lambda seen: seen.head, _branch),
    _Way("group", "brand", lambda seen: seen.brand, _group),
    _Way("household", "address", lambda seen: seen.address, _family, HOME),
    _Way("household", "phone", lambda seen: seen.phone, _line, HOME),
    _Way("switchboard", "phone", lambda seen: seen.phone, _switchboard),
    _Way("shared_mobile", "phone", lambda seen: seen.phone, _mobile),
)


@attrs.frozen(eq=False)
class _Found:
    left: Index
    right: Index
    relation: Index
    shared: Index

    def __len__(self) -> int:
        return len(self.left)


def relate(
    rules: Taught, opened: Opened, names: Mapping[str, str], many: int = MANY
) -> Relations[Any]:
    """Find the relations of the customers of a table.

    Args:
        rules: How records are matched: what is one customer is no relation.
        opened: The records.
        names: Columns by role.
        many: The most records that may share a value.
    """
    entities = opened.entities(rules)
    seen = Seen.of(_columns(opened.table, names), rules.region)
    keys = [shared(way.key(seen), min(many, way.most or many)) for way in _WAYS]
    parts = [_shown(way, key.at, seen, entities.at) for way, key in zip(_WAYS, keys, strict=True)]
    found = _once(parts, entities.at, opened.ids.rank)
    weight = _weights(rules, opened, found)
    counts = np.bincount(found.relation, minlength=len(RELATIONS))
    told: tuple[tuple[Relation, int], ...] = tuple(
        (RELATIONS[at], int(counts[at])) for at in range(len(RELATIONS)) if counts[at]
    )
    crowds = tuple(
        Crowd(way.relation, way.shared, len(key.over), int(key.sizes[key.over].sum()))
        for way, key in zip(_WAYS, keys, strict=True)
        if len(key.over)
    )
    made = opened.table.build(_rows(opened, entities, found, weight))
    return Relations(made, RelationReport(told, crowds))


def _columns(table: Table[Any], names: Mapping[str, str]) -> Once:
    """The column of each role, unknown where the table lacks it or it has another role."""
    taken = set(names.values())
    called = {role: names.get(role, "" if role in taken else role) for role in ROLES}
    table.require([name for role, name in names.items() if role in ROLES])
    needs: Needs = {name: "text" for name in called.values() if name in table.columns}
    read = table.read(needs)
    lost = unknown("text", table.size)
    return Once({role: read.get(name, lost) for role, name in called.items()})


def _shown(way: _Way, key: Index, seen: Seen, group: Index) -> _Found:
    """The pairs of records that show a relation in one way."""
    left, right = each_pair(key)
    holds = (group[left] != group[right]) & way.holds(seen, left, right)
    left, right = left[holds], right[holds]
    relation = np.full(len(left), RELATIONS.index(way.relation))
    return _Found(left, right, relation, np.full(len(left), _WAYS.index(way)))


def _once(parts: list[_Found], group: Index, rank: Floats) -> _Found:
    """Each relation of two customers once, by the first two records that show it."""
    left, right, relation, way = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("left", "right", "relation", "shared")
    )
    order = np.argsort(rank, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    turned = place[left] > place[right]
    left, right = np.where(turned, right, left), np.where(turned, left, right)
    low, high = np.minimum(group[left], group[right]), np.maximum(group[left], group[right])
    by = np.lexsort((place[right], place[left], way, relation, high, low))
    keys = np.stack([low, high, relation])[:, by]
    by = by[(np.diff(keys, axis=1, prepend=-1) != 0).any(axis=0)]
    by = by[np.lexsort((relation[by], place[right[by]], place[left[by]]))]
    return _Found(left[by], right[by], relation[by], way[by])


def _weights(rules: Taught, opened: Opened, found: _Found) -> Floats:
    if opened.found is None or rules.learnt is None or not len(found):
        return np.full(len(found), np.nan)
    return opened.found.between(rules.learnt.weights, found.left, found.right)


def _rows(
    opened: Opened, entities: Entities, found: _Found, weight: Floats
) -> dict[str, Attachable]:
    def ids(rows: Index) -> Attachable:
        column = opened.ids.column
        return gathered(opened.table, column, rows) if column else rows.astype(np.int64)

    return {
        "left_entity": ids(entities.named_by[found.left]),
        "right_entity": ids(entities.named_by[found.right]),
        "left_id": ids(found.left),
        "right_id": ids(found.right),
        "relation": Codes(found.relation, RELATIONS, plain=True),
        "shared": Codes(found.shared, tuple(way.shared for way in _WAYS), plain=True),
        "match_weight": weight,
    }
