"""Words of both sides: split, sorted into classes, and held against one another."""

from collections.abc import Iterable

import numpy as np

from custseg._typing import Codes, Index
from custseg.allocate.wishing.protocol import Classes


def by_code(at: Index, missing: int) -> Index:
    """Codes as classes: what is missing is a class of its own, the last.

    >>> by_code(np.array([0, -1, 1]), 2).tolist()
    [0, 2, 1]
    """
    return np.where(at < 0, missing, at)


def shared_words(mine: Codes, theirs: Codes, *, separator: str | None = None) -> Classes:
    """1 where two cells have a word in common, else 0; a class for each set of representatives.

    However many words the customers use, there are no more classes than sets of representatives
    who share one: the first class shares a word with nobody, the last has none.

    >>> mine, theirs = Codes(np.array([0, -1]), ("zh",)), Codes(np.array([0, 1]), ("en;zh", "fr"))
    >>> at, points = shared_words(mine, theirs, separator=";")
    >>> points[at].tolist()
    [[1.0, 0.0], [0.0, 0.0]]
    """
    having = holders(theirs, separator)
    sets: dict[tuple[int, ...], int] = {(): 0}
    told = np.full(len(mine.words) + 1, -1, dtype=np.intp)
    for code, text in enumerate(mine.words):
        some = tuple(split(text, separator))
        if some:
            told[code] = sets.setdefault(_any(some, having), len(sets))
    points = np.zeros((len(sets) + 1, theirs.at.size))
    for shared, row in sets.items():
        points[row, list(shared)] = 1.0
    return by_code(told, len(sets))[mine.at], points


def _any(some: tuple[str, ...], having: dict[str, list[int]]) -> tuple[int, ...]:
    """Who holds one of the words."""
    if len(some) == 1:
        return tuple(having.get(some[0], ()))
    return tuple(sorted({rep for word in some for rep in having.get(word, ())}))


def holders(theirs: Codes, separator: str | None) -> dict[str, list[int]]:
    """The rows that hold each word.

    >>> holders(Codes(np.array([0, 1, 0]), ("en;zh", "zh")), ";")
    {'en': [0, 2], 'zh': [0, 1, 2]}
    """
    having: dict[str, list[int]] = {}
    for rep, text in enumerate(theirs.texts()):
        for word in dict.fromkeys(split(text, separator)):
            having.setdefault(word, []).append(rep)
    return having


def split(text: str | None, separator: str | None) -> Iterable[str]:
    """The words of a cell.

    >>> split("en; zh;", ";"), split("en; zh", None), split(None, ";")
    (['en', 'zh'], ('en; zh',), ())
    """
    if text is None:
        return ()
    if not separator:
        return (text,)
    return [part for piece in text.split(separator) if (part := piece.strip())]
