"""A pile of parts, older ones below: joined so seldom that little is copied."""

from collections.abc import Callable, Sequence, Sized
from typing import Final, TypeVar

Part = TypeVar("Part", bound=Sized)

_FEWER: Final = 2  # an older part is at least so many times as long as the next


def piled(parts: Sequence[Part], joined: Callable[[tuple[Part, Part]], Part]) -> tuple[Part, ...]:
    """Settle a pile: parts that are not much longer than the next are joined with it.

    So whatever is in a part is copied as often as the pile doubles, not each time that some are
    added.

    Args:
        parts: The pile, the newest last.
        joined: Makes one part of two, in their order.

    >>> [len(part) for part in piled(["a" * 900, "b" * 300, "c" * 90, "d" * 50], "".join)]
    [900, 300, 140]
    """
    pile = [*parts]
    while len(pile) > 1 and len(pile[-2]) <= _FEWER * len(pile[-1]):
        last = pile.pop()
        pile.append(joined((pile.pop(), last)))
    return tuple(pile)
