"""The words for codes: one data file a room, Chinese and English with equal keys."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from custseg.errors import ConfigError, did_you_mean

LOCALES: Final = ("en", "zh")

__all__ = ["LOCALES", "label", "table", "title"]


def label(code: str, locale: str = "en") -> str:
    """The word that people read for a stable code.

    Args:
        code: A code that custseg gives, such as ``dormant``.
        locale: ``en`` or ``zh``.

    Returns:
        The word; the code itself where no room names it.

    Raises:
        ConfigError: The locale is neither ``en`` nor ``zh``.

    >>> label("dormant"), label("dormant", "zh"), label("my-own-code", "zh")
    ('dormant', '沉默客户', 'my-own-code')
    """
    return table(locale).get(code, code)


def title(column: str, locale: str = "en") -> str:
    """The heading that people read for a column.

    >>> title("lifecycle", "zh"), title("my_column")
    ('客户状态', 'my column')
    """
    known = table(locale)
    return known.get(f"column.{column}", known.get(column, column.replace("_", " ")))


@cache
def table(locale: str) -> Mapping[str, str]:
    """All words of one locale, by code.

    >>> len(table("en")) == len(table("zh"))
    True
    """
    if locale not in LOCALES:
        msg = f"no locale {locale!r}; there are {list(LOCALES)}.{did_you_mean(locale, LOCALES)}"
        raise ConfigError(msg)
    words: dict[str, str] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".json"):
            words.update(json.loads(file.read_text(encoding="utf-8"))[locale])
    return words
