"""What the word lists say of a text, as one number that a model can weigh."""

from collections.abc import Mapping
from math import log1p

from custseg.values.sentiment.opinion import scanned, totals


def leaning(text: str, words: Mapping[str, float]) -> float:
    """``log((1 + praise) / (1 + blame))`` over the words of the lists, 0 where they say nothing.

    Args:
        text: Any text.
        words: Words of a company's own with what they are worth.

    >>> leaning("非常满意", {}) > 0 > leaning("太慢", {})
    True
    """
    praise, blame = totals(scanned(text, tuple(sorted(words.items()))))
    return log1p(praise) - log1p(blame)
