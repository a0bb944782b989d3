"""The words for codes: one data file a room, Chinese and English with equal keys."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Final

from custseg.errors import ConfigError, did_you_mean

LOCALES: Final = ("en", "zh")

__all__ = ["LOCALES", "chosen", "filled", "heading", "label", "table", "title"]


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
    """The heading that people read for a column; of a user's own column its name.

    A column may be called like a setting or a code: their words are not for it.

    >>> title("lifecycle", "zh"), title("my_column"), title("tenure")
    ('客户状态', 'my column', 'tenure')
    """
    return table(locale).get(f"column.{column}", column.replace("_", " "))


def heading(code: str, locale: str = "en") -> str:
    """The heading that people read for a group, a setting or a part of a report.

    >>> heading("willingness", "zh"), heading("score", "zh"), heading("my_group")
    ('支付意愿', '评分', 'my group')
    """
    return table(locale).get(code) or title(code, locale)


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


def filled(template: str, /, **told: object) -> str:
    """A sentence with what it tells; behind a number it may choose its word: ``{n:day|days}``.

    Args:
        template: A sentence of the labels.
        **told: What it tells.

    >>> said = "{left:,} {left:customer is|customers are} left"
    >>> filled(said, left=1), filled(said, left=1200)
    ('1 customer is left', '1,200 customers are left')
    """
    return _WORDS.vformat(template, (), told)


def chosen(forms: str, number: object) -> str:
    """The word for a number, of ``one|many``; the number may be written already.

    >>> chosen("day|days", 1), chosen("day|days", "1"), chosen("day|days", 0)
    ('day', 'day', 'days')
    """
    one, _, many = forms.partition("|")
    return one if number in (1, "1") else many


class _Words(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - whatever is told
        if "|" in format_spec:
            return chosen(format_spec, value)
        return format(value, format_spec)


_WORDS: Final = _Words()
