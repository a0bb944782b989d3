"""Customers by where they came from."""

from collections.abc import Iterable
from typing import Any, cast

import attrs
import numpy as np

from custseg._typing import Codes, Index
from custseg.features.conventions import spoken
from custseg.frames import Table
from custseg.values import junk

Source = tuple[str | None, ...]


def key(source: Iterable[object]) -> Source:
    """A source as it is compared: case and blanks do not matter, placeholders are none.

    >>> key(["Olark Chat", "Select"])
    ('olark chat', None)
    """
    texts = (None if word is None else str(word) for word in source)
    return tuple(None if word is None or junk.problem(word) else spoken(word) for word in texts)


@attrs.frozen(eq=False)
class Groups:
    """Where each row came from.

    Attributes:
        at: Place of each row's source.
        sources: The sources in the spelling that most rows have; ``None`` where unknown.

    >>> from custseg import frames
    >>> rows = frames.table([{"from": word} for word in ("Ad", "n/a", "ad ", "Ad")])
    >>> found = Groups.of(rows, ("from",))
    >>> found.at.tolist(), found.sources
    ([1, 0, 1, 1], [(None,), ('Ad',)])
    """

    at: Index
    sources: list[Source]

    @classmethod
    def of(
        cls, table: Table[Any], columns: tuple[str, ...], more: Iterable[Source] = ()
    ) -> "Groups":
        """Tell sources apart.

        Args:
            table: The customers.
            columns: The columns that say where they came from.
            more: Sources that may have brought nobody.
        """
        parts = [_column(table, name) for name in columns]
        code = np.zeros(table.size, dtype=np.int64)
        for part in parts:
            code = code * (len(part.words) + 1) + part.at + 1
            code = np.unique(code, return_inverse=True)[1]  # many columns of many words are few
        _, first, at = np.unique(code, return_index=True, return_inverse=True)
        texts = (Codes(part.at[first], part.words).texts() for part in parts)
        sources: list[Source] = list(zip(*texts, strict=True))
        there = set(map(key, sources))
        sources += [one for one in more if key(one) not in there]
        return cls(at.astype(np.intp), sources)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.sources)


def _column(table: Table[Any], name: str) -> Codes:
    """Words of a column, those that are spelled alike as one."""
    codes = cast("Codes", table.read({name: "text"})[name])
    count = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words)).tolist()
    shown: dict[str, tuple[int, str]] = {}
    keys = [key([word])[0] for word in codes.words]
    for word, meant, many in zip(codes.words, keys, count, strict=True):
        if meant is not None:
            shown[meant] = min(shown.get(meant, (0, word)), (-many, word))
    order = {meant: i for i, meant in enumerate(sorted(shown))}
    place = np.array([*(-1 if meant is None else order[meant] for meant in keys), -1])
    return Codes(place[codes.at].astype(np.intp), tuple(shown[meant][1] for meant in order))
