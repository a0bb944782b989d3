"""What the rules decided of each customer, and that as columns of a table."""

from collections.abc import Sequence
from typing import Final, Literal

import attrs
import numpy as np

from custseg._typing import Bools, Codes, Column, Index
from custseg.showing import Shown

_JOINED: Final = ";"


@attrs.frozen(eq=False)
class Ruled(Shown):
    """The decisions of a book of rules, each once, and which of them each customer got.

    Attributes:
        at: For each customer its decision.
        open: For each decision whom it allows: decisions x representatives. Nobody, where it
            sends the customer to a pool.
        names: For each decision the rule that made it; of several their names, joined by ``+``;
            the fallback's name where it decides.
        pool: For each decision the pool that takes the customer; None: none.
        instead: For each decision of the fallback the rules whose representatives are not there
            (unknown, or all on leave); empty where no rule holds.
        rules: For each decision the places of its rules in the book, also where the fallback
            stands in for them.
        way: ``table``: decided by combination of what the rules compare; ``masks``: the
            combinations were too many, so that the rules were asked one after the other.

    >>> at, allowed = np.array([0, 0]), np.array([[True, False]])
    >>> Ruled(at, allowed, ("north",), (None,), ("",), ((0,),), "table").allowed().tolist()
    [[True, False], [True, False]]
    """

    at: Index
    open: Bools
    names: tuple[str, ...]
    pool: tuple[str | None, ...]
    instead: tuple[str, ...]
    rules: tuple[tuple[int, ...], ...]
    way: Literal["table", "masks"]

    def allowed(self) -> Bools:
        """Whom each customer may go to: customers x representatives."""
        return self.open[self.at]


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
