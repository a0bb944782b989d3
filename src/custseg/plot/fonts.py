"""Which font has Chinese characters, and what to do where none has?"""

import warnings
from collections.abc import Sequence
from typing import Any, Final

from custseg.errors import MissingFontWarning
from custseg.frames import optional
from custseg.labels import LOCALES, label
from custseg.plot.prose import chinese as has_chinese

_CHINESE: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",  # matplotlib before 3.11 sees only the first font of a collection
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


def installed() -> frozenset[str]:
    """The names of the fonts that matplotlib knows."""
    manager: Any = optional("matplotlib.font_manager", extra="plot").fontManager
    return frozenset(font.name for font in manager.ttflist)


def chinese() -> str | None:
    """A font with Chinese characters, ``None`` where there is none."""
    known = installed()
    return next((name for name in _CHINESE if name in known), None)


def families(usual: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Fonts for some texts, the first that has a character draws it.

    Args:
        usual: The fonts that are set.
        texts: What is to be drawn.

    >>> families(["sans-serif"], ["active", "1,234"])
    ['sans-serif']
    """
    if not any(map(has_chinese, texts)):
        return list(usual)
    found = chinese()
    if found is None:
        _warn()
        return list(usual)
    return [found, *usual]


def spoken(locale: str) -> str:
    """The language that a figure can be written in: English where Chinese cannot be drawn.

    Raises:
        ConfigError: The locale is neither ``en`` nor ``zh``.

    >>> spoken("en")
    'en'
    """
    label("active", locale)  # refuses an unknown one
    if locale == LOCALES[0] or chinese() is not None:
        return locale
    _warn()
    return LOCALES[0]


def _warn() -> None:
    cache = optional("matplotlib", extra="plot").get_cachedir()
    message = (
        "no font with Chinese characters is installed, so the figure speaks English and Chinese "
        "words of your own stay empty boxes; install one (Debian, Ubuntu: apt install "
        f"fonts-noto-cjk; others: Noto Sans CJK), then delete matplotlib's list of fonts in {cache}"
    )
    warnings.warn(MissingFontWarning(message), stacklevel=4)
