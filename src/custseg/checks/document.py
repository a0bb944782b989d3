"""The laws of settings: frozen, of a known kind, and the same after a trip through a document."""

import json
from collections.abc import Iterator
from typing import Any, cast

import attrs

from custseg.checks.law import demand, working
from custseg.config import dump, load
from custseg.config.registry import kind_of


def document(thing: object) -> Iterator[str]:
    """It is frozen, has a kind, and comes back from its document as it was.

    >>> from custseg.tiering import Pareto
    >>> list(document(Pareto()))
    ['attrs class', 'frozen', 'kind', 'document']
    """
    cls = type(thing)
    name = cls.__name__
    yield demand("attrs class", f"{name} is no attrs class", holds=attrs.has(cls))
    yield demand("frozen", f"{name} can be changed; use @attrs.frozen", holds=_is_frozen(thing))
    known = kind_of(cls) is not None
    yield demand("kind", f"{name} has no kind; use @cs.strategy('my-kind')", holds=known)
    with working("document"):
        written = dump(thing)
        back, read = load(written), load(json.dumps(written))
    told = f"load(dump(x)) gives {back!r}, not {thing!r}"
    yield demand("document", told, holds=back == thing == read)


def _is_frozen(thing: Any) -> bool:  # noqa: ANN401 - any strategy
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", type(thing)))
    name = fields[0].name if fields else "custseg_probe"
    try:
        setattr(thing, name, getattr(thing, name, None))
    except (AttributeError, TypeError):
        return True
    return False
