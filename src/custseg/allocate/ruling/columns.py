"""Decisions as columns: the rule of each customer and where it sends it."""

from collections.abc import Sequence

import numpy as np

from custseg._typing import Codes, Column, Index
from custseg.allocate.ruling.ruled import Ruled

_JOINED = ";"


def written(
    column: str, at: Index, names: Sequence[str], targets: Sequence[str | None]
) -> dict[str, Column]:
    """Two columns of texts.

    Args:
        column: The name of the first; the second is called the same with ``_to``.
        at: The decision of each row.
        names: The rule of each decision.
        targets: Where each decision sends; None: to nobody.

    >>> two = written("rule", np.array([0, 1]), ("north", "rest"), ("R1", None))
    >>> [codes.texts() for codes in two.values()]
    [['north', 'rest'], ['R1', None]]
    """
    return {column: _texts(at, names), f"{column}_to": _texts(at, targets)}


def whom(found: Ruled, ids: Sequence[str | None]) -> tuple[str | None, ...]:
    """Where each decision sends: the ids of whom it allows, or the pool.

    Args:
        found: Decisions.
        ids: The representatives' ids.
    """
    answers: list[str | None] = []
    for row, pool in zip(found.open.tolist(), found.pool, strict=True):
        some = [str(who) for who, may in zip(ids, row, strict=True) if may]
        answers.append(pool or _JOINED.join(some) or None)
    return tuple(answers)


def _texts(at: Index, texts: Sequence[str | None]) -> Codes:
    words = tuple(dict.fromkeys(text for text in texts if text is not None))
    places = {word: place for place, word in enumerate(words)}
    code = np.array([-1 if text is None else places[text] for text in texts], dtype=np.intp)
    return Codes(code.take(at), words, plain=True)
