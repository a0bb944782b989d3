"""Words of a company's own trade, spelt as texts are read."""

from collections.abc import Mapping
from math import isfinite
from typing import Final

from custseg.errors import ConfigError
from custseg.values.sentiment.spelling import readable

_MOST: Final = 2.0


def own_words(words: Mapping[str, float]) -> dict[str, float]:
    """The words in one spelling, so that capitals and traditional characters are found.

    Args:
        words: Words with what they are worth, from -2 to 2.

    Raises:
        ConfigError: A word is blank, or its worth is not a number from -2 to 2.

    >>> own_words({"ＶＰＮ Down": -1, "斷線": -1.5})
    {'vpn down': -1.0, '断线': -1.5}
    """
    spelt: dict[str, float] = {}
    for place, (word, worth) in enumerate(words.items(), 1):
        plain = _plain(word)
        if not plain:
            msg = f"word {place} is blank or no text; give words with what they are worth"
            raise ConfigError(msg, "words")
        if not _is_worth(worth):
            msg = f"the worth of word {place} must be a number from -2 to 2, got {worth!r}"
            raise ConfigError(msg, "words")
        spelt[plain] = float(worth)
    return spelt


def _plain(word: object) -> str:
    return readable(word).lower().strip() if isinstance(word, str) else ""


def _is_worth(worth: object) -> bool:
    return isinstance(worth, int | float) and isfinite(worth) and -_MOST <= worth <= _MOST
