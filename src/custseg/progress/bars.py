"""A bar for people, on terminals and in notebooks, when it takes longer than a moment."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import monotonic  # noqa: TID251 - a stopwatch: it decides when to draw, and nothing else
from typing import Final

import attrs

from custseg.labels import label
from custseg.progress.surfaces import Surface, surface
from custseg.progress.telling import WITHIN, told

_MOMENT: Final = 2.0
_BETWEEN: Final = 0.1
"""Seconds between two drawings: the eye sees no more, and a terminal costs time."""

_SOON: Final = 3
"""Parts that must be done before it is said how long the others take."""


@contextmanager
def bar(locale: str = "en", *, after: float = _MOMENT) -> Generator[None]:
    """Show how far the work of a block is: on a terminal, or under the cell of a notebook.

    Nothing is shown elsewhere, such as in a file or a service, nor where the work is done within
    a moment; and the bar goes when the block ends. Interrupt it as any work: Ctrl+C, or the square
    of the notebook.

    Args:
        locale: ``en`` or ``zh``.
        after: Seconds after which it appears.

    Raises:
        ConfigError: The locale is neither ``en`` nor ``zh``.

    >>> import custseg as cs
    >>> with bar():
    ...     crm = cs.datasets.crm(customers=50)
    """
    label("step.read", locale)  # refuses an unknown one
    where = surface(sys.stderr)
    if where is None:
        yield
        return
    shown = Bar(where, locale, after)
    try:
        with told(shown):
            yield
    finally:
        shown.clear()


@attrs.define(eq=False)
class _Level:
    """A step on its way.

    Attributes:
        path: Its name, after the names of those that it lies within.
        done: Parts that are done.
        total: Of how many; 0 is not known.
        since: When it was heard of first.
        first: How many parts were done then.
    """

    path: str
    done: int
    total: int
    since: float
    first: int

    @property
    def share(self) -> float:
        """What is done of it, from 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0


@attrs.define(eq=False)
class Bar:
    """Told how far a work is, it draws that, though not more often than the eye sees.

    Attributes:
        surface: What it is drawn on.
        locale: ``en`` or ``zh``.
        after: Seconds after which it appears.
        clock: Seconds that went by since some time.
    """

    surface: Surface
    locale: str = "en"
    after: float = _MOMENT
    clock: Callable[[], float] = monotonic
    _levels: list[_Level] = attrs.field(factory=list[_Level], init=False)
    _began: float = attrs.field(init=False)
    _next: float = attrs.field(init=False)
    _share: float = attrs.field(default=0.0, init=False)

    def __attrs_post_init__(self) -> None:
        self._began = self.clock()
        self._next = self._began + self.after

    def __call__(self, step: str, done: int, total: int) -> None:
        """Hear how far a step is."""
        now = self.clock()
        self._levels = [*_around(self._levels, step), self._level(step, done, total, now)]
        self._share = max(self._share, self._whole())
        if now >= self._next:
            self._next = now + _BETWEEN
            self.surface.draw(self._share, self._said(now))

    def clear(self) -> None:
        """Take the bar away, if there is one."""
        if self._next > self._began + self.after:
            self.surface.clear()

    def _level(self, step: str, done: int, total: int, now: float) -> _Level:
        """A step, with the time that it has taken so far."""
        before = next((one for one in self._levels if one.path == step), None)
        goes_on = before is not None and before.done <= done and before.total == total
        if before is None or not goes_on:
            return _Level(step, done, total, now, done)
        return _Level(step, done, total, before.since, before.first)

    def _whole(self) -> float:
        """What is done of all: parts within a part count as their share of it."""
        found, part = 0.0, 1.0
        for level in self._levels:
            found += part * level.share
            part = part / level.total if level.total else 0.0
        return min(found, 1.0)

    def _said(self, now: float) -> str:
        path, level = " · ".join(map(self._named, self._levels)), self._levels[-1]
        parts = f"{level.done:,}/{level.total:,}" if level.total else f"{level.done:,}"
        taken, done = f"{path} {parts}  {_clock(now - self._began)}", level.done - level.first
        if done < _SOON or level.done >= level.total:
            return taken
        left = (now - level.since) / done * (level.total - level.done)
        return f"{taken}  {label('progress.left', self.locale).format(time=_clock(left))}"

    def _named(self, level: _Level) -> str:
        name = level.path.rpartition(WITHIN)[2]
        return label(f"step.{name}", self.locale).removeprefix("step.")


def _around(levels: list[_Level], step: str) -> list[_Level]:
    """The steps that a step lies within."""
    return [one for one in levels if step.startswith(f"{one.path}{WITHIN}")]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
