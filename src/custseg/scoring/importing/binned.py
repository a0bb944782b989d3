"""A column as optbinning has it in bins: where they end, which words they hold, which codes."""

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import ceil
from typing import Any, cast

import attrs

from custseg._typing import floats
from custseg.errors import DataError
from custseg.frames.scalar import number, text


@attrs.frozen
class BinnedColumn:
    """The bins of one variable, in the order in which optbinning numbers them.

    Attributes:
        name: The variable.
        edges: The edges between bands of numbers; a value on an edge is in the band above.
        groups: The words of each bin; ``None``: it holds numbers.
        codes: The special codes of each bin of such.

    >>> BinnedColumn("visits", (1.5, 4.0)).rows
    5
    """

    name: str
    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] | None = None
    codes: tuple[tuple[object, ...], ...] = ((),)

    @property
    def known(self) -> int:
        """How many bins of values there are."""
        return len(self.edges) + 1 if self.groups is None else len(self.groups)

    @property
    def rows(self) -> int:
        """How many lines of the table they are: with special codes, and with missing at the end."""
        return self.known + len(self.codes) + 1


def binned_column(given: object) -> BinnedColumn:
    """Read what ``OptimalBinning.to_dict`` gives, or the text of its ``to_json``.

    Args:
        given: The document.

    Raises:
        DataError: It is no such document.

    >>> seen = {"name": "source", "dtype": "categorical", "splits": [1.5], "cat_others": ["tv"]}
    >>> binned_column({**seen, "categories": ["ad", "web", "fair"]}).groups
    (('ad', 'web'), ('fair',), ('tv',))
    """
    document = json.loads(given) if isinstance(given, str) else given
    try:
        known = dict(cast("Mapping[str, Any]", document))
        name, kind, splits = str(known["name"]), known["dtype"], floats(known["splits"])
    except (KeyError, TypeError, ValueError) as error:
        msg = "a document of optbinning is what to_dict() or to_json() of a binned variable gives"
        raise DataError(msg) from error
    codes = _codes(known.get("special_codes"))
    if kind != "categorical":
        return BinnedColumn(name, splits, None, codes)
    if known.get("user_splits") is not None:
        msg = "groups of words set by hand (user_splits) are not told by the document of optbinning"
        raise DataError(msg, name)
    return BinnedColumn(name, (), _groups(known, splits), codes)


def _groups(known: Mapping[str, Any], splits: Iterable[float]) -> tuple[tuple[str, ...], ...]:
    """Words by bin: splits are between places in the list of words; rare ones come last."""
    names = _words(known.get("categories"))
    ends = [0, *(ceil(split) for split in splits), len(names)]
    others = _words(known.get("cat_others"))
    return (*(names[a:b] for a, b in pairwise(ends)), *((others,) if others else ()))


def _words(given: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(word for word in map(text, given or ()) if word is not None)


def _codes(given: Any) -> tuple[tuple[object, ...], ...]:  # noqa: ANN401 - a list, or codes by name
    if isinstance(given, Mapping):
        named: Any = cast("Mapping[str, Any]", given).values()
        return tuple(_several(codes) for codes in named)
    return (tuple(given or ()),)


def _several(codes: Any) -> tuple[object, ...]:  # noqa: ANN401 - one code, or a list of them
    return tuple(cast("list[object]", codes)) if isinstance(codes, list) else (codes,)


def special(codes: Iterable[object]) -> Iterable[float]:
    """Special codes of a column of numbers."""
    return (number(code) for code in codes)
