"""How kind the words of a customer are, by word lists."""

import attrs

from custseg.values.lexicon import polarity


@attrs.frozen
class Sentiment:
    """How kind the words of a customer are, by word lists in Chinese and English.

    Attributes:
        within_days: Words older than this do not count; ``None`` for the latest, however old.

    >>> Sentiment().of("服务很好，非常满意") > 0
    True
    """

    within_days: int | None = None

    def of(self, text: str) -> float | None:
        """Polarity of one text from -1 to 1, ``None`` where it shows none."""
        return polarity(text)
