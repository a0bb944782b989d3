"""Codes in the reader's language: what gettext is for texts, `label` is for codes."""

from django.utils.functional import lazy
from django.utils.translation import get_language

import custseg as cs

LIFECYCLE = ("potential", "active", "dormant")
TIERS = ("low", "medium", "high")


def locale() -> str:
    """The language of this request, as custseg names it."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def _word(code: str) -> str:
    return cs.label(code, locale())


# The word is looked up when it is shown, as with gettext_lazy; the code is what is stored.
word = lazy(_word, str)


def choices(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Choices of a field: stable codes, words of the active language."""
    return [(code, word(code)) for code in codes]
