"""Which colour is which state? The same in every figure, also for those who see few colours."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from zlib import crc32

STATE_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "potential": "#C3CBD6",
        "subscriber": "#F1E4CC",
        "lead": "#D0AE7E",
        "opportunity": "#7A3B1E",
        "new": "#56B4E9",
        "active": "#0072B2",
        "at_risk": "#E69F00",
        "reactivated": "#2A9D5C",
        "dormant": "#8C95A3",
        "churned": "#4F5663",
    }
)
"""The colour of every known state.

Any two of them stay apart under the three kinds of colour blindness (a test measures how far), and
their lightness differs, so that a print in grey can be read too.

Source: blue, sky blue and orange of M. Okabe and K. Ito 2008, "Color Universal Design".
"""

_SPARE: Final = ("#8C30E8", "#A11212", "#C77CCB", "#B8B100", "#3E2A66", "#7FD1C7")
"""Colours of states of one's own."""

WON: Final = "#56B4E9"
BACK: Final = STATE_COLOURS["reactivated"]
LOST: Final = "#D55E00"
MORE: Final = "#9AD1B3"
LESS: Final = "#F0B48A"
"""New and returning customers, lost ones; more and less of the same."""

SEEN: Final = STATE_COLOURS["active"]
FORESEEN: Final = LOST
"""What was seen, and what a model foresaw."""

ROSE: Final = BACK
FELL: Final = LOST
STAYED: Final = "#B9C8D8"
CAME: Final = WON
WENT: Final = STATE_COLOURS["dormant"]
"""Customers who moved up, moved down, stayed, came and left."""

SHADES: Final = ("#EDF3F8", "#9CC3DF", "#3F86B8", "#0B4A75")
"""From little to much, of one hue."""


def colours(states: Iterable[str]) -> dict[str, str]:
    """The colour of each state.

    A state of your own takes one of some spare colours by its name, so it has the same one in
    every figure, unless two of one figure would be alike.

    >>> colours(["active", "dormant"])
    {'active': '#0072B2', 'dormant': '#8C95A3'}
    >>> len(set(colours(["sleepy", "awake", "gone"]).values()))
    3
    """
    made: dict[str, str] = {}
    for state in states:
        made[state] = STATE_COLOURS.get(state) or _spare(state, made.values())
    return made


def _spare(state: str, taken: Iterable[str]) -> str:
    start, used = crc32(state.encode()) % len(_SPARE), set(taken)
    order = _SPARE[start:] + _SPARE[:start]
    return next((colour for colour in order if colour not in used), order[0])


def ranked(tiers: Sequence[str]) -> dict[str, str]:
    """The colour of each tier: of one hue, the higher the darker.

    >>> ranked(["low", "high"])
    {'low': '#9cc3df', 'high': '#0b4a75'}
    """
    steps = len(tiers) - 1
    return {
        tier: _shade(1 / 3 + 2 / 3 * (i / steps if steps else 1.0)) for i, tier in enumerate(tiers)
    }


def _shade(place: float) -> str:
    """A colour between little (0) and much (1)."""
    at = place * (len(SHADES) - 1)
    low = min(int(at), len(SHADES) - 2)
    ends = [[int(shade[i : i + 2], 16) for i in (1, 3, 5)] for shade in SHADES[low : low + 2]]
    mixed = (a + (b - a) * (at - low) for a, b in zip(*ends, strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def brightness(colour: tuple[float, ...]) -> float:
    """How light a colour is to the eye, from 0 to 1.

    Source: W3C, Web Content Accessibility Guidelines 2.1, "relative luminance".

    >>> brightness((0.0, 0.0, 0.0)), round(brightness((1.0, 1.0, 1.0)), 6)
    (0.0, 1.0)
    """
    linear = (_linear(part) for part in colour[:3])
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
