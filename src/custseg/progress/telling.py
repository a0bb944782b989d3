"""Long work tells how far it is to whoever listens around it, and stops when asked to."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias, TypeVar

import attrs

from custseg.errors import CancelledError

T = TypeVar("T")

Progress: TypeAlias = Callable[[str, int, int], object]
"""Called as ``progress(step, done, total)``; returning ``False`` cancels the work.

A step within another is named after it: ``match.compare``. A ``total`` of 0 is not known.
"""

WITHIN = "."


@attrs.frozen(eq=False)
class _Listener:
    """Who is told, and within which step."""

    progress: Progress
    within: str = ""

    def hear(self, step: str, done: int, total: int) -> "_Listener":
        """Tell of a step; a listener to what happens within it."""
        path = f"{self.within}{step}"
        if self.progress(path, done, total) is False:
            so_far = f"{done} of {total} done" if total else f"{done} done"
            msg = f"cancelled at step {path!r}, {so_far}; nothing was changed"
            raise CancelledError(msg)
        return _Listener(self.progress, f"{path}{WITHIN}")


_LISTENER: ContextVar[_Listener | None] = ContextVar("custseg_progress", default=None)


@contextmanager
def told(progress: Progress | None) -> Generator[None]:
    """Have a function told how far the work of a block is.

    Whatever takes long within the block tells it, however deep it lies, in this thread alone. A
    block within another has its own listener.

    Args:
        progress: Called as ``progress(step, done, total)``; ``False`` from it cancels the work.
            ``None`` leaves it at whoever listens already.

    Raises:
        CancelledError: Through the work, when ``progress`` returned ``False``.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "at": "2026-01-05", "amount": 40}]
    >>> steps = []
    >>> with told(lambda step, done, total: steps.append((step, done, total))):
    ...     found = cs.profile(transactions=orders, as_of="2026-06-30")
    >>> steps[0]
    ('transactions', 0, 7)
    """
    if progress is None:
        yield
        return
    before = _LISTENER.set(_Listener(progress))
    try:
        yield
    finally:
        _LISTENER.reset(before)


def tell(step: str, done: int, total: int = 0) -> None:
    """Tell whoever listens that a step begins; nobody may.

    Args:
        step: Its name; ``step.NAME`` of the labels is what people read.
        done: How many steps or parts are done.
        total: Of how many; 0 where that is not known.

    Raises:
        CancelledError: Whoever listens wants no more.

    >>> with told(lambda *heard: print(heard)):
    ...     tell("read", 0, 2)
    ('read', 0, 2)
    """
    listener = _LISTENER.get()
    if listener is not None:
        listener.hear(step, done, total)


def each(step: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
    """Go through the parts of a work, and tell whoever listens before each and at the end.

    What is told while a part is worked on is told as within this step.

    Args:
        step: The name of the work.
        items: Its parts.
        total: How many; by default as many as ``items`` has, where it says so.

    Raises:
        CancelledError: Whoever listens wants no more.

    >>> with told(lambda *heard: print(heard)):
    ...     size = sum(len(word) for word in each("count", ("ab", "c")))
    ('count', 0, 2)
    ('count', 1, 2)
    ('count', 2, 2)
    """
    outer = _LISTENER.get()
    if outer is None:
        yield from items
        return
    many = total if total is not None else len(items) if isinstance(items, Collection) else 0
    done, inner = 0, outer
    try:
        for item in items:
            _LISTENER.set(inner := outer.hear(step, done, many))
            yield item
            done += 1
    finally:
        if _LISTENER.get() is inner:  # else it was left unfinished, and ends where others listen
            _LISTENER.set(outer)
    outer.hear(step, done, many)


@contextmanager
def within(step: str, done: int, total: int = 0) -> Generator[None]:
    """Tell that a part of a step begins; what is told in the block is told as within it.

    Args:
        step: The name of the step.
        done: How many parts are done.
        total: Of how many; 0 where that is not known.

    Raises:
        CancelledError: Whoever listens wants no more.

    >>> with told(lambda *heard: print(heard)), within("parts", 2):
    ...     tell("clean", 0, 1)
    ('parts', 2, 0)
    ('parts.clean', 0, 1)
    """
    outer = _LISTENER.get()
    if outer is None:
        yield
        return
    _LISTENER.set(outer.hear(step, done, total))
    try:
        yield
    finally:
        _LISTENER.set(outer)


@contextmanager
def steps(names: Collection[str]) -> Generator[Callable[[str], None]]:
    """Steps of a job that come one after the other, in several functions.

    Args:
        names: All of them, in order.

    Yields:
        Called as each step begins; what is told from then on is within that step.

    >>> with told(lambda *heard: print(heard)), steps(("read", "tier")) as at:
    ...     at("tier")
    ('tier', 1, 2)
    """
    outer, order = _LISTENER.get(), tuple(names)

    def at(step: str) -> None:
        if outer is not None:
            done = order.index(step) if step in order else len(order)
            _LISTENER.set(outer.hear(step, done, len(order)))

    try:
        yield at
    finally:
        if outer is not None:
            _LISTENER.set(outer)
