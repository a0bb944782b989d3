"""The keys of records as a table of their own, for whoever keeps it in a database."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from custseg._typing import Codes, Ints
from custseg.frames import Attachable, Table
from custseg.frames.gather import gathered
from custseg.match.ids import ids_of
from custseg.match.keys import APART, joined
from custseg.match.lookup.atoms import Recipe, SearchPlan
from custseg.match.lookup.postings import hashed
from custseg.match.opened import Ruled, needs_of
from custseg.match.reading import Once
from custseg.match.told import told_by


def exported(rules: Ruled, table: Table[Any], salt: bytes) -> Any:  # noqa: ANN401 - the caller's kind
    """The keys of every record: one row for each key or pass that a record has.

    Args:
        rules: A matcher.
        table: The records.
        salt: What keys are hashed with.
    """
    plan = SearchPlan.of(rules)
    columns = Once(table.read(needs_of(rules)))
    pieces = [atom.codes(columns) for atom in plan.atoms]
    rows: list[Ints] = []
    hashes: list[tuple[Ints, tuple[str, ...]]] = []
    for recipe in plan.recipes:
        at, words = _joint(recipe, [pieces[place] for place in recipe.atoms], salt)
        rows.append(np.flatnonzero(at >= 0).astype(np.int64))
        hashes.append((at[at >= 0], words))
    where = np.concatenate([*rows, np.zeros(0, dtype=np.int64)])
    ids = ids_of(table, rules.id)
    made: dict[str, Attachable] = {
        "record_id": gathered(table, ids.column, where) if ids.column else where,
        "key_rule": _rules([one.rule for one in plan.recipes], [len(one) for one in rows]),
        "key_hash": _chained(hashes),
    }
    return table.build(made)


def keys_of_record(rules: Ruled, record: object, salt: bytes) -> list[dict[str, str]]:
    """The keys of one record, to ask a table of keys with.

    Args:
        rules: A matcher.
        record: The record.
        salt: What keys are hashed with.
    """
    plan = SearchPlan.of(rules)
    words = plan.words(told_by(record, plan.columns))
    made = ((recipe.rule, recipe.made_of(words)) for recipe in plan.recipes)
    return [
        {"key_rule": rule, "key_hash": f"{hashed(APART.join(held), salt):016x}"}
        for rule, held in made
        if held
    ]


def _joint(recipe: Recipe, pieces: Sequence[Codes], salt: bytes) -> tuple[Ints, tuple[str, ...]]:
    """The key of each record made of several pieces, -1 where one is missing."""
    made = joined(pieces, apart=recipe.distinct)
    words = tuple(f"{hashed(word, salt):016x}" for word in made.words)
    return made.at.astype(np.int64), words


def _rules(rules: Sequence[str], counts: Sequence[int]) -> Codes:
    return Codes(np.repeat(np.arange(len(rules)), counts), tuple(rules), plain=True)


def _chained(parts: Sequence[tuple[Ints, tuple[str, ...]]]) -> Codes:
    words: dict[str, int] = {}
    codes: list[Ints] = []
    for at, own in parts:
        table = np.array([words.setdefault(word, len(words)) for word in own], dtype=np.int64)
        codes.append(table[at] if len(table) else at)
    return Codes(np.concatenate([*codes, np.zeros(0, dtype=np.int64)]), tuple(words), plain=True)
