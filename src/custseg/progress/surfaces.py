"""What a bar is drawn on: a line of a terminal, or the place under a notebook's cell."""

import shutil
import sys
from html import escape
from typing import Any, Final, Protocol, TextIO

import attrs

from custseg.layout import width

_WIDTH: Final = 24
_KEEP: Final = 1
"""Columns of a terminal left free: a full line would break."""


class Surface(Protocol):
    """What a bar is drawn on."""

    def draw(self, share: float, said: str) -> None:
        """Show what is done, from 0 to 1, and say it."""
        ...

    def clear(self) -> None:
        """Leave no trace."""
        ...


@attrs.frozen(eq=False)
class Terminal:
    """The last line of a terminal.

    Attributes:
        stream: Where it is written.
    """

    stream: TextIO

    def draw(self, share: float, said: str) -> None:
        """Write the line anew."""
        full = "█" * int(_WIDTH * share)
        room = shutil.get_terminal_size().columns - _WIDTH - 1 - _KEEP
        self._write(f"{full:░<{_WIDTH}} {_fitting(said, room)}")

    def clear(self) -> None:
        """Empty the line."""
        self._write("")

    def _write(self, line: str) -> None:
        self.stream.write(f"\r\x1b[K{line}")
        self.stream.flush()


@attrs.define(eq=False)
class Notebook:
    """The place under the cell of a notebook that runs.

    Attributes:
        show: IPython's ``display``.
        handle: What was shown, to show something else in its place.
    """

    show: Any
    handle: Any = None

    def draw(self, share: float, said: str) -> None:
        """Show the bar, or how it is now."""
        percent = round(100 * share)
        self._put(
            f'<div role="status"><progress value="{percent}" max="100" aria-label="{percent} %">'
            f"</progress> <small>{escape(said)}</small></div>"
        )

    def clear(self) -> None:
        """Show nothing any more."""
        self._put("")

    def _put(self, html: str) -> None:
        # Front ends that show no HTML show the text: a bar is nothing to read again there.
        bundle = {"text/html": html, "text/plain": ""}
        if self.handle is None:
            self.handle = self.show(bundle, raw=True, display_id=True)
        else:
            self.handle.update(bundle, raw=True)


def surface(stream: TextIO | None) -> Surface | None:
    """Where a person would see a bar; ``None``: nowhere.

    Args:
        stream: Standard error; ``None`` where a program has none.
    """
    if (show := _notebook()) is not None:
        return Notebook(show)
    there = stream is not None and stream.isatty() and _writes(stream, "█░")
    return Terminal(stream) if there and stream is not None else None


def _notebook() -> Any:  # noqa: ANN401 - IPython's, which is not there elsewhere
    """``display`` of IPython where this runs in a notebook; it is never imported for that."""
    held = sys.modules.get("IPython")
    shell: Any = held.get_ipython() if held is not None else None
    return held.display.display if held is not None and hasattr(shell, "kernel") else None


def _writes(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _fitting(text: str, room: int) -> str:
    """As much of a text as a line has room for."""
    if width(text) <= room:
        return text
    taken = ""
    for char in text:
        if width(f"{taken}{char}…") > room:
            break
        taken += char
    return f"{taken}…" if room > 0 else ""
