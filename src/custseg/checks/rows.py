"""The laws of models that add columns row by row."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import attrs

from custseg.checks.kinds import answers, kinds
from custseg.checks.law import demand
from custseg.checks.samples import Rows
from custseg.config import dump, load
from custseg.config.registry import kind_of
from custseg.model import RowModel

_ID = "customer_id"


def document(thing: object) -> Iterator[str]:
    """It is frozen, has a kind, and comes back from its document as it was."""
    cls = type(thing)
    name = cls.__name__
    yield demand("attrs class", f"{name} is no attrs class", holds=attrs.has(cls))
    frozen = "frozen" if _is_frozen(thing) else ""
    yield demand("frozen", f"{name} can be changed; use @attrs.frozen", holds=bool(frozen))
    known = kind_of(cls) is not None
    yield demand("kind", f"{name} has no kind; use @cs.strategy('my-kind')", holds=known)
    back = load(dump(thing))
    yield demand("document", f"load(dump(x)) gives {back!r}, not {thing!r}", holds=back == thing)


def row_model(model: RowModel, rows: Rows) -> Iterator[str]:
    """One record, every kind of table and every order of rows give the same answer."""
    names = tuple(model.gives)
    before = deepcopy(rows)
    once = model.apply(rows)
    yield demand("input unchanged", "apply changed the records", holds=_same(rows, before))
    expected = answers(once, names, _ID)
    ones = answers([model.one(row) for row in rows], names, _ID)
    yield demand("one record", _told(expected, ones), holds=_same(ones, expected))
    twice = answers(model.apply(once), names, _ID)
    yield demand("apply twice", _told(expected, twice), holds=_same(twice, expected))
    turned = answers(model.apply(rows[::-1]), names, _ID)
    yield demand("row order", _told(expected, turned), holds=_same(turned, expected))
    for kind, table in kinds(rows):
        found = answers(model.apply(table), names, _ID)
        yield demand(f"kind {kind}", _told(expected, found), holds=_same(found, expected))
    none: Rows = []
    yield demand("no rows", "0 rows do not give 0 rows", holds=not len(model.apply(none)))
    yield from document(model)


def _is_frozen(thing: Any) -> bool:  # noqa: ANN401 - any strategy
    fields = attrs.fields(type(thing))
    name = fields[0].name if fields else "custseg_probe"
    try:
        setattr(thing, name, getattr(thing, name, None))
    except (AttributeError, TypeError):
        return True
    return False


def _same(left: object, right: object) -> bool:
    return repr(left) == repr(right) or left == right


def _told(expected: dict[Any, Any], found: dict[Any, Any]) -> str:
    wrong = [key for key in expected if not _same(expected[key], found.get(key))]
    if not wrong:
        return "the customers differ"
    key = wrong[0]
    return f"{len(wrong)} of {len(expected)} differ: {key} is {found.get(key)}, not {expected[key]}"
