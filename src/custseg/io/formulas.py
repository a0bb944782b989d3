"""Texts that a spreadsheet would take for a formula: guarded in a CSV, and bare again when read."""

import re
from typing import Any, Final

_WIDE: Final = (0xFF1D, 0xFF0B, 0xFF0D, 0xFF20)  # the same signs, as wide as Chinese letters
_SIGNS: Final = "=@\t\r" + "".join(map(chr, _WIDE))
FORMULA: Final = rf"'*(?:[{_SIGNS}]|[+\-][^\r\n]*[^\d\s().,/+\-])"
"""How a text begins that must be guarded; numbers of telephones and amounts need not be.

The pattern is understood by Python and by the engines. Who has apostrophes before a formula
already gets one more, so that what is read is always what was written.

Source: OWASP, "CSV Injection" (the signs and the apostrophe).
"""

_BEGIN: Final = frozenset(f"{_SIGNS}'+-")
_FORMULA: Final = re.compile(FORMULA)


def guarded(frame: Any) -> Any:  # noqa: ANN401 - a pandas frame
    """The frame with an apostrophe before each text that would be a formula.

    Args:
        frame: A pandas frame; it stays as it is.
    """
    found = {
        name: held
        for name in frame.columns
        if frame[name].dtype.kind in "OT"
        and (held := _marked(frame[name].astype(object).tolist())) is not None
    }
    return frame.assign(**found) if found else frame


def bare(frame: Any) -> Any:  # noqa: ANN401 - a pandas frame
    """The frame as it was before it was guarded.

    Args:
        frame: A pandas frame that was read.
    """
    for name in frame.columns:
        held = frame[name]
        # Few files have any apostrophe at a beginning: that is seen three times as fast.
        if held.dtype.kind in "OT" and held.str.startswith("'", na=False).any():
            frame[name] = held.mask(held.str.match(f"'{FORMULA}", na=False), held.str[1:])
    return frame


def _marked(cells: list[Any]) -> list[Any] | None:
    """The cells, guarded; ``None`` where none has to be."""
    places = [i for i, cell in enumerate(cells) if isinstance(cell, str) and _risky(cell)]
    if not places:
        return None
    for place in places:
        cells[place] = f"'{cells[place]}"
    return cells


def _risky(text: str) -> bool:
    return text[:1] in _BEGIN and _FORMULA.match(text) is not None
